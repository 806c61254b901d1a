from __future__ import annotations

from functools import cache

import pytest
from training.inner import Lists, lists, with_inner


@cache
def held() -> Lists:
    return lists()


def inside(text: str, label: str) -> list[tuple[str, str]]:
    """What is found inside a text that is one name."""
    line = {"doc_id": "d", "entities": [{"start": 0, "end": len(text), "type": label}]}
    found = with_inner(line, text, held())["entities"]
    assert found[0] == line["entities"][0]
    return [(text[e["start"] : e["end"]], e["type"]) for e in found[1:]]


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("Ministry of Water of Chad", "ORG", [("Chad", "LOC")]),
        ("Chad", "LOC", []),
        ("the west of Chad", "DATE", []),
        ("Al-Shabaab cell", "ORG", [("Al-Shabaab", "ORG")]),
        ("Lukashenko’s guard", "ORG", [("Lukashenko’s", "PER")]),
        ("Deputy Prime Minister Tamsin Vell", "PER", [("Tamsin Vell", "PER")]),
        ("Tamsin Vell", "PER", []),
        ("the prime minister", "PER", []),
    ],
)
def test_names_inside_a_name(text: str, label: str, found: list[tuple[str, str]]) -> None:
    assert inside(text, label) == found


def test_a_name_that_is_there_already_is_not_said_twice() -> None:
    text = "Ministry of Water of Chad"
    entities = [{"start": 0, "end": 25, "type": "ORG"}, {"start": 21, "end": 25, "type": "LOC"}]
    assert with_inner({"doc_id": "d", "entities": entities}, text, held())["entities"] == entities
