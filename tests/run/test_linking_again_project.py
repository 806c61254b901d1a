"""Linking a project again after new reports gives what linking it at once gives, row for row, with less to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from tests.builders import HALAM, TARIF, Say, report
from tests.made_up import everything, load, loadable

from dateline.config import Config, LinkConfig
from dateline.incidents.groups import Told
from dateline.incidents.items import Linkable
from dateline.incidents.linking import Linker
from dateline.incidents.verdicts import Verdict
from dateline.project import DATABASE_NAME
from dateline.records import ReportResult
from dateline.run.linking import link_project
from dateline.store import linked, reviews
from dateline.store import tables as t
from dateline.store.database import open_database, writing

TABLES = (t.incidents, t.members, t.links, t.link_memory)
TEXTS = (
    "Jets bombed the market hall of Halam, killing nine people.",
    "Warplanes bombed Halam's market hall again.",
    "A raid on a bakery bombed out half of Tarif.",
)


def dump(engine: Engine) -> dict[str, list[str]]:
    with engine.connect() as c:
        return {x.name: sorted(map(repr, c.execute(x.select()))) for x in TABLES}


def told(n: int, words: int, place: int, day: int) -> ReportResult:
    said = TEXTS[words]
    r = report(f"{said} It was heard of in Marrin.", f"k{n}", f"2016-05-{day + 1:02}", outlet=f"Wire {n % 3}")
    s = Say(r, said, "bombed").at((HALAM, TARIF)[place]).on(f"2016-05-{day:02}").toll(9 + place, 9 + place)
    return ReportResult(report=r, statements=(s.done(),))


results = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(1, 3)), min_size=1, max_size=6).map(
    lambda given: [told(n, *g) for n, g in enumerate(given)]
)


def linked_in(
    path: Path, parts: Sequence[Sequence[ReportResult]], said: Sequence[Verdict] = ()
) -> dict[str, list[str]]:
    """The tables after the parts have come one after another, each linked, and then the verdicts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = open_database(path, write=True)
    for part in parts:
        load(engine, path, [loadable(r) for r in part])
        with writing(engine, path) as c:
            link_project(c, Config())
    for verdict in said:
        with writing(engine, path) as c:
            reviews.append_verdict(c, verdict, "merge" if verdict.same else "forbid")
            link_project(c, Config())
    held = dump(engine)
    engine.dispose()
    return held


@settings(deadline=None, max_examples=12)
@given(results, st.integers(0, 6))
def test_reports_that_come_later_join_as_if_all_had_come_at_once(
    tmp_path_factory: pytest.TempPathFactory, made: list[ReportResult], cut: int
) -> None:
    root = tmp_path_factory.mktemp("again")
    mixed = sorted(made, key=lambda r: crc32(f"{cut} {r.report.key}".encode()))
    first, second = mixed[: cut % len(mixed) + 1], mixed[cut % len(mixed) + 1 :]
    assert linked_in(root / "a" / DATABASE_NAME, [made]) == linked_in(root / "b" / DATABASE_NAME, [first, second])


def test_what_people_say_holds_for_reports_that_come_later(tmp_path: Path) -> None:
    reports = [told(n, n % 2, 0, 1) for n in range(4)]
    ids = [r.statements[0].id for r in reports]
    apart = Verdict(((ids[0],), (ids[1],)), False, "Ada", "2024-01-01")
    one = Verdict(((ids[2],), (ids[3],)), True, "Ada", "2024-01-02")
    at_once = linked_in(tmp_path / "a" / DATABASE_NAME, [reports], [apart, one])
    path = tmp_path / "b" / DATABASE_NAME
    linked_in(path, [reports[:2]], [apart])
    assert linked_in(path, [reports[2:]], [one]) == at_once
    of = dict(row.removeprefix("('").removesuffix("')").split("', '") for row in at_once["incident_statements"])
    assert of[ids[0]] != of[ids[1]]
    assert of[ids[2]] == of[ids[3]]


def test_only_new_reports_are_gone_through(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / DATABASE_NAME
    linked_in(path, [everything()])
    gone_through: list[str] = []
    scored: list[Linker] = []
    tell, made = Linker.tell, Linker.__init__

    def noted(self: Linker, items: Sequence[Linkable]) -> Told:
        found = tell(self, items)
        gone_through.extend(g.whole.item.report_id for g in found.groups)
        return found

    def kept(self: Linker, config: LinkConfig) -> None:
        made(self, config)
        scored.append(self)

    monkeypatch.setattr(Linker, "tell", noted)
    monkeypatch.setattr(Linker, "__init__", kept)
    linked_in(path, [[told(7, 0, 0, 2)]])
    assert gone_through == ["k7"]
    before = scored[-1].scored
    engine = open_database(path, write=True)
    with writing(engine, path) as c:
        c.execute(text("DELETE FROM meta WHERE key = 'linked'"))
        assert link_project(c, Config())
    engine.dispose()
    assert gone_through == ["k7"]
    assert scored[-1].scored == 0 < before


def test_what_cannot_be_read_is_gone_through_again(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    before = linked_in(path, [everything()])
    engine = open_database(path, write=True)
    with writing(engine, path) as c:
        c.execute(t.link_memory.update().values(told=b"x", scores=b"y"))
        c.execute(text("DELETE FROM meta WHERE key = 'linked'"))
        assert link_project(c, Config())
    assert dump(engine) == before
    with writing(engine, path) as c:
        c.execute(t.link_memory.update().values(scores=b"y"))
        c.execute(text("DELETE FROM meta WHERE key = 'linked'"))
        assert link_project(c, Config())
    assert dump(engine) == before
    engine.dispose()


def test_another_setting_forgets_what_was_remembered(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    linked_in(path, [everything()])
    engine = open_database(path, write=True)
    config = Config(link=LinkConfig(threshold=50.0))
    with writing(engine, path) as c:
        before = linked.read_memory(c)
        assert link_project(c, config)
        assert before.keys() == linked.read_memory(c).keys()
        assert all(len(held) == 1 for held in linked.read_members(c).values())
    engine.dispose()
