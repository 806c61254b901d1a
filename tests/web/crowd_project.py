"""A project of one incident that very many statements tell of, and some that are alike."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from tests.builders import HALAM, Say, report
from tests.web.desk_project import Desk, incident_row, write

from dateline.records import Link, Reason, ReportResult

CROWD = "SYR-2016-05-01-halam-airstrike"
REPORTS, EACH, MISSES = 250, 4, 30


def _link(left: str, right: str, score: float, same: bool = True) -> Link:
    reasons = (
        Reason(name="prior.across", text="two reports tell of different things", weight=-2.0),
        Reason(name="place.same", text="both in Halam", weight=round(score + 1.0, 3)),
        Reason(name="date.same", text="both on 2016-05-01", weight=1.0),
    )
    return Link(left=min(left, right), right=max(left, right), same=same, score=score, reasons=reasons)


def _report(n: int, each: int, key: str) -> ReportResult:
    sentences = [f"Strike {n} number {k} hit Halam, report {n} said, and killed {n % 40 + 1}." for k in range(each)]
    r = report(" ".join(sentences), key, f"2016-05-{n % 28 + 1:02}", f"Outlet {n % 60}")
    toll = n % 40 + 1
    held = (
        Say(r, s, "hit").at(HALAM).on("2016-05-01").toll(toll, toll).said(f"Voice {n % 90}").done() for s in sentences
    )
    return ReportResult(report=r, statements=tuple(held))


def crowd_project(root: Path, reports: int = REPORTS, each: int = EACH, misses: int = MISSES) -> Desk:
    """The project: `reports` of `each` statements on one strike, and `misses` incidents of one statement that come
    close. Reports hang together in a star, statements of a report in a chain."""
    told = [_report(n, each, f"told-{n:04}") for n in range(reports)]
    other = [_report(n, 1, f"other-{n:04}") for n in range(misses)]
    members = tuple(s for r in told for s in r.statements)
    links = []
    for n, r in enumerate(told):
        ids = [s.id for s in r.statements]
        links += [_link(a, b, 4.0) for a, b in pairwise(ids)]
        links += [_link(members[0].id, ids[0], 2.0 + n / 100)] if n else []
    links += [_link(members[n].id, r.statements[0].id, 0.5 + n / 100, same=False) for n, r in enumerate(other)]
    rows = [(incident_row(CROWD, members, place="Halam"), members)]
    rows += [(incident_row(f"SYR-2016-06-{n + 1:02}-halam", r.statements), r.statements) for n, r in enumerate(other)]
    project = write(root, [*told, *other], rows, links)
    return Desk(project, {r.report.key: r for r in (*told, *other)})
