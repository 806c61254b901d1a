"""Words that may name a happening."""

from __future__ import annotations

import pytest
from tests.english import english

from dateline.data import load_yaml
from dateline.language.base import MentionKind
from dateline.records import Report


def hints(text: str) -> list[tuple[str, str, str]]:
    held = english().annotate(Report(text=text)).mentions
    return [(text[m.start : m.end], m.label, m.norm) for m in held if m.kind is MentionKind.HINT]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ruvania gave Ostia tents.", ("gave", "aid", "maybe")),
        ("Ostia has returned the coins.", ("returned", "release", "maybe")),
        ("It opened its borders.", ("opened its borders", "aid", "maybe")),
        ("The king pardons ten men.", ("pardons", "release", "plain")),
        ("Ostia lifted the ban.", ("lifted", "end_action", "plain")),
        ("They failed to reach agreement.", ("failed to reach agreement", "reject", "plain")),
    ],
)
def test_forms_are_found(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in hints(text)


def test_a_word_of_several_kinds_has_a_hint_for_each() -> None:
    assert {kind for _, kind, _ in hints("The court ordered it.")} == {"demand", "coerce"}


def test_a_word_of_one_category_has_no_other_kind() -> None:
    data = load_yaml("dateline.language.en.data", "hints.yaml")
    held = [w for lists in data["plain"].values() for w in {*lists["verbs"], *lists["nouns"]}]
    assert len(held) == len(set(held))


def test_every_kind_of_hint_is_a_kind_of_happening() -> None:
    data = load_yaml("dateline.language.en.data", "hints.yaml")
    kinds = {kind for lists in data.values() for kind in lists}
    assert kinds <= set(load_yaml("dateline.ontology.data", "happenings.yaml"))
