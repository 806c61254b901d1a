"""Words for weapons, and weapons inside other words."""

from __future__ import annotations

import pytest

from dateline.language.en import weapons
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A truck bomber struck.", [("truck", "ied")]),
        ("Two car bombings struck.", [("car", "ied")]),
        ("A car bomb went off.", [("car bomb", "ied")]),
        ("A car and a bomber were seen.", []),
        ("A Knife-wielding man ran.", [("Knife", "blade")]),
        ("A flag-wielding man ran.", []),
        ("A rifle-length pole lay there.", []),
    ],
)
def test_weapons_inside_other_words(text: str, wanted: list[tuple[str, str]]) -> None:
    report, tokens = Report(text=text), tokenize(text)
    found = weapons.find(report, tokens, passages(report, tokens))
    assert [(text[m.start : m.end], m.label) for m in found] == wanted
