from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.made_up import everything

from benchmarks import again, scale
from dateline.records import ReportResult


def told() -> tuple[ReportResult, ...]:
    return tuple(r for r in everything() if r.statements)


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The reports that are copied are made up, so that no model reads any."""
    monkeypatch.setattr(scale, "real", told)
    for cached in (scale._pool, scale._other_word):
        cached.cache_clear()
    yield
    for cached in (scale._pool, scale._other_word):
        cached.cache_clear()


def test_tellings_of_one_copy_agree_and_copies_do_not() -> None:
    first, reprint, otherwise = (scale.perturbed(told()[0], 3, version) for version in range(3))
    elsewhere = scale.perturbed(told()[0], 4, 0)
    assert first.report.text == reprint.report.text
    assert len({len(r.report.text) for r in (first, reprint, otherwise, elsewhere)}) == 1
    assert first.statements[0].date == reprint.statements[0].date != elsewhere.statements[0].date
    assert [p.place_id for p in first.statements[0].places] != [p.place_id for p in elsewhere.statements[0].places]
    triggers = [s.trigger[0].quote for s in told()[0].statements]
    assert all([s.trigger[0].quote for s in r.statements] == triggers for r in (first, reprint, otherwise, elsewhere))


def test_as_many_are_made_as_are_asked_for() -> None:
    reports = list(scale.made(50))
    statements = [s.id for r in reports for s in r.statements]
    assert 50 <= len(set(statements)) == len(statements) < 60


def test_linking_again_is_measured() -> None:
    found = again.measure(30, 5)
    assert found["statements"] == 30
    assert found.keys() >= {"seconds", "seconds for these", "seconds for three verdicts"}
