"""A project of one strike whose toll is told again and again: revisions, a reprint, a denial, an undated report."""

from __future__ import annotations

from pathlib import Path

from tests.builders import HALAM, Say, report
from tests.web.desk_project import Desk, incident_row, write

from dateline.labels import Certainty, SourceType
from dateline.records import ReportResult

CODE = "DL-2016-0009"
WIRE = (
    "The strike on the dam of Halam killed 9 people on Sunday, and rescuers were still digging in the evening when "
    "rain set in over the valley and the lights went out along the road to the bridge."
)
LIND = ("Mayor Lind", SourceType.OFFICIAL)
LAKES = ("Lakes Observatory", SourceType.MONITOR)


Bounds = tuple[int | None, int | None]
Named = tuple[str, SourceType]


def _said(key: str, day: str | None, outlet: str, text: str, toll: Bounds, by: Named | None = None) -> Say:
    say = Say(report(text, key, day, outlet), text, "strike").at(HALAM).on("2016-05-01").toll(*toll)
    return say.said(*by) if by else say


def told_project(root: Path) -> Desk:
    """The project; its one incident has the code `CODE`."""
    lakes = _said("lakes-1", "2016-05-03", "Lake Herald", "The strike killed 17, 5 of them children.", (17, 17), LAKES)
    said = [
        _said("mayor-1", "2016-05-01", "Harbour Wire", "The strike killed 9, the mayor said.", (9, 9), LIND),
        _said("post-1", "2016-05-02", "Valley Post", f"{WIRE} --Reuters", (9, 9)),
        _said("star-1", "2016-05-02", "Delta Star", WIRE, (9, 9)),
        _said("mayor-2", "2016-05-03", "Harbour Wire", "At least 14 died in the strike.", (14, None), LIND),
        lakes.toll(5, 5, of="children"),
        _said("mayor-3", "2016-05-06", "Harbour Wire", "The strike killed 19, the mayor said.", (19, 19), LIND),
        _said("radio-1", "2016-05-05", "State Radio", "No strike killed 30.", (30, 30)).surely(Certainty.DENIED),
        _said("blog-1", None, "Hill Blog", "A blog counted 12 dead in the strike.", (12, 12)),
    ]
    results = [ReportResult(report=s.r, statements=(s.done(),)) for s in said]
    members = tuple(r.statements[0] for r in results)
    project = write(root, results, [(incident_row(CODE, members, place="Halam"), members)], [])
    return Desk(project, {r.report.key: r for r in results})
