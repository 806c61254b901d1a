"""Loading: idempotent, replacing what changed, one current report for each source."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, text
from tests.made_up import FINGERPRINT, everything, load, loadable, second_view, strike
from tests.strategies import reports, statements

from dateline.config import Config
from dateline.errors import EvidenceError, IssueCode
from dateline.records import Issue, ReportResult
from dateline.run.linking import link_project
from dateline.store import queries
from dateline.store import tables as t
from dateline.store.database import open_database, writing
from dateline.store.load import get_meta, load_issues, set_meta
from dateline.store.search import search_reports


def dump(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table."""
    with engine.connect() as c:
        return {x.name: sorted(map(repr, c.execute(x.select()))) for x in t.metadata.sorted_tables}


def current(engine: Engine) -> list[str]:
    with engine.connect() as c:
        return queries.report_ids(c)


def test_loading_twice_changes_no_row(engine: Engine, path: Path) -> None:
    items = [loadable(r) for r in everything()]
    assert load(engine, path, items) == len(items)
    before = dump(engine)
    assert load(engine, path, items) == 0
    assert load(engine, path, items[::-1]) == 0
    assert dump(engine) == before


def test_what_is_loaded_is_what_is_read(engine: Engine, path: Path) -> None:
    load(engine, path, [loadable(r) for r in everything()])
    with engine.connect() as c:
        read = list(queries.results(c))
    assert read == sorted(everything(), key=lambda r: r.report.key)


@st.composite
def results(draw: st.DrawFn) -> ReportResult:
    report = draw(reports)
    made = {s.id: s for s in draw(st.lists(statements(report), max_size=3))}
    return ReportResult(report=report, statements=tuple(made.values()))


@given(st.lists(results(), max_size=3, unique_by=lambda r: r.report.id))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_result_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, made: list[ReportResult]) -> None:
    path = tmp_path_factory.mktemp("any") / "d.db"
    engine = open_database(path, write=True)
    load(engine, path, [loadable(r) for r in made])
    with engine.connect() as c:
        assert {r.report.id: r for r in queries.results(c)} == {r.report.id: r for r in made}
    engine.dispose()


def test_changed_statements_replace_the_old_ones(engine: Engine, path: Path) -> None:
    whole = strike()
    load(engine, path, [loadable(whole), loadable(second_view())])
    with writing(engine, path) as c:
        link_project(c, Config())
    fewer = replace(whole, statements=whole.statements[1:])
    assert load(engine, path, [loadable(fewer)]) == 1
    with engine.connect() as c:
        assert queries.result(c, whole.report.id) == fewer
        gone = whole.statements[0].id
        for table in (t.parties, t.places, t.figures, t.weapons, t.sources, t.members):
            assert c.execute(table.select().where(table.c.statement_id == gone)).first() is None, table.name
        assert c.execute(t.links.select().where((t.links.c.left == gone) | (t.links.c.right == gone))).first() is None
        assert c.execute(text("PRAGMA foreign_key_check")).all() == []
        said = text("SELECT count(*) FROM statement_search WHERE statement_search MATCH 'market'")
        assert c.execute(said).scalar_one() == 0


def test_a_new_fingerprint_alone_rewrites_no_statement(engine: Engine, path: Path) -> None:
    load(engine, path, [loadable(strike())])
    before = dump(engine)
    assert load(engine, path, [loadable(strike())], fingerprint="f1") == 0
    after = dump(engine)
    assert after.pop("results") != before.pop("results")
    assert after == before


def test_a_new_reading_of_a_source_supersedes_the_old_one(engine: Engine, path: Path) -> None:
    old = strike()
    new = ReportResult(report=replace(old.report, id="", outlet="Harbour Wire Online"))
    load(engine, path, [loadable(old, key="k1", source="o1")])
    load(engine, path, [loadable(new, key="k2", source="o1")])
    assert current(engine) == [new.report.id]
    with engine.connect() as c:
        assert search_reports(c, "jets")[0].report_id == new.report.id
        assert len(search_reports(c, "jets")) == 1
        assert queries.counts(c) == {"reports": 1, "statements": 0, "incidents": 0, "issues": 0}
        assert queries.result(c, old.report.id) == old


def test_a_report_that_another_source_also_gave_stays(engine: Engine, path: Path) -> None:
    old = strike()
    new = ReportResult(report=replace(old.report, id="", outlet="Harbour Wire Online"))
    load(engine, path, [loadable(old, key="k1", source="o1"), loadable(old, key="k2", source="o2")])
    load(engine, path, [loadable(new, key="k3", source="o1")])
    assert set(current(engine)) == {old.report.id, new.report.id}


def test_a_report_that_comes_back_is_current_again(engine: Engine, path: Path) -> None:
    old = strike()
    new = ReportResult(report=replace(old.report, id="", outlet="Harbour Wire Online"))
    for result, key in ((old, "k1"), (new, "k2"), (old, "k1")):
        load(engine, path, [loadable(result, key=key, source="o1")])
    assert current(engine) == [old.report.id]


def test_loading_another_reading_of_stored_reports_names_no_input(engine: Engine, path: Path) -> None:
    """A report processed again, without its input, adds no item and supersedes nothing."""
    load(engine, path, [loadable(strike())])
    again = replace(loadable(strike()), key="", source_key="")
    load(engine, path, [again], fingerprint="f1")
    with engine.connect() as c:
        assert len(c.execute(t.items.select()).all()) == 1
    assert current(engine) == [strike().report.id]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reports SET text = replace(text, 'Halam', 'Malah')",
        "UPDATE reports SET outlet = 'Somebody Else'",
        "UPDATE statements SET record = replace(record, 'Halam', 'Malah')",
        "UPDATE statements SET record = '{}'",
    ],
)
def test_a_changed_quote_is_not_believed(engine: Engine, path: Path, change: str) -> None:
    """Law 1 holds when records are read, too."""
    result = strike()
    load(engine, path, [loadable(result)])
    with writing(engine, path) as c:
        c.execute(text(change))
    with engine.connect() as c, pytest.raises(EvidenceError) as e:
        queries.result(c, result.report.id)
    assert result.report.id in str(e.value) or "Statement" in str(e.value)


def test_the_error_shows_the_quote_that_does_not_stand_there(engine: Engine, path: Path) -> None:
    load(engine, path, [loadable(strike())])
    with writing(engine, path) as c:
        c.execute(text('UPDATE statements SET record = replace(record, \'"quote":"struck"\', \'"quote":"shrunk"\')'))
    with engine.connect() as c, pytest.raises(EvidenceError, match="'struck', not 'shrunk'"):
        queries.result(c, strike().report.id)


def test_an_issue_seen_again_belongs_to_the_later_run(engine: Engine, path: Path) -> None:
    issue = Issue(code=IssueCode.EMPTY, message="a.txt: nothing in it", stage="parse", origin="a.txt")
    run = {"started_at": "x", "status": "done", "version": "0", "fingerprint": FINGERPRINT, "settings": {}}
    with writing(engine, path) as c:
        for n in (1, 2):
            c.execute(insert(t.runs).values(id=n, **run))
            load_issues(c, [issue], n)
    with engine.connect() as c:
        assert queries.list_issues(c) == (issue,)
        assert queries.list_issues(c, 1) == ()
        assert queries.list_issues(c, 2) == (issue,)


def test_linking_again_changes_no_row(engine: Engine, path: Path) -> None:
    load(engine, path, [loadable(r) for r in everything()])
    with writing(engine, path) as c:
        assert link_project(c, Config())
    before = dump(engine)
    with writing(engine, path) as c:
        assert not link_project(c, Config())
        set_meta(c, "linked", "something else")
        assert link_project(c, Config())
    assert dump(engine) == before


def test_meta_is_remembered(engine: Engine, path: Path) -> None:
    with writing(engine, path) as c:
        assert get_meta(c, "colour") is None
        set_meta(c, "colour", "red")
        set_meta(c, "colour", "blue")
        assert get_meta(c, "colour") == "blue"
