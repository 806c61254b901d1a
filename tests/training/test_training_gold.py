"""What annotated reports teach: the words an earlier sentence lends, and wordings of one name."""

from __future__ import annotations

from typing import Any

from training.gold import Taught, taught
from training.items import of_gold

from dateline.language.model.wordpiece import WordPiece

TEXT = (
    "Police shot two men in Zara on Friday. The governor, Omar Sayed, blamed rebels. A third man was killed later. "
    "A shop burned in May."
)


def spans(*quotes: str) -> list[list[int]]:
    """The first place of each quote."""
    return [[TEXT.index(q), TEXT.index(q) + len(q)] for q in quotes]


def statement(trigger: str, when: dict[str, Any], actors: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """A statement with a date and actors."""
    return {
        "trigger": spans(trigger), "event": ["ASSAULT"], "sub_event": [], "certainty": "stated", "incident": None,
        "actors": actors or [], "targets": [], "weapons": [], "places": [], "figures": [], "sources": [], "date": when,
    }  # fmt: skip


FRIDAY = {"earliest": "2016-07-01", "latest": "2016-07-01"}


def lessons(*statements: dict[str, Any]) -> Taught:
    """The report with these statements."""
    row = {"report_id": "r", "published": "2016-07-03", "publisher": None, "text": TEXT, "statements": [*statements]}
    return next(taught([row]))


def words(held: Taught, first: int, last: int) -> str:
    """Words of the report."""
    return " ".join(held.words[first : last + 1])


def test_a_day_that_an_earlier_expression_means_is_carried() -> None:
    held = lessons(
        statement("shot", {"spans": spans("on Friday"), **FRIDAY}),
        statement("killed", {"spans": [], **FRIDAY}),
    )
    assert [words(held, x.first, x.last) for x in held.lessons[1].carried if x.role == "date"] == ["on Friday"]
    assert held.lessons[1].unseen == () and not held.lessons[0].carried


def test_a_day_no_expression_means_teaches_nothing_of_carrying() -> None:
    (lesson,) = lessons(statement("killed", {"spans": [], **FRIDAY})).lessons
    assert lesson.unseen == ("date",) and not lesson.carried
    (lesson,) = lessons(statement("killed", {"spans": [], "earliest": None, "latest": None})).lessons
    assert lesson.unseen == ()


def test_what_is_unseen_stays_so_in_the_window() -> None:
    held = lessons(statement("killed", {"spans": [], **FRIDAY}))
    (item,) = of_gold([held], WordPiece(["[PAD]", "[UNK]", "[CLS]", "[SEP]"]))
    assert item.frames[0].unseen == ("date",)


def test_wordings_beside_each_other_are_one_name() -> None:
    governor = {"spans": spans("Omar Sayed", "The governor", "Sayed"), "name": "Omar Sayed"}
    held = lessons(statement("blamed", {"spans": []}, [governor]))
    assert [[words(held, *r) for r in chain] for chain in held.names] == [["The governor", "Omar Sayed"]]
