from __future__ import annotations

import pytest

from dateline.data import load_yaml
from dateline.labels import SourceType
from dateline.language.base import MentionKind
from dateline.language.en import saying
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report


def speakers(text: str) -> list[tuple[str, str, str]]:
    """(quote, type, role) of every speaker."""
    report = Report(text=text)
    tokens = tokenize(text)
    found = saying.find(report, tokens, passages(report, tokens))
    return [(text[m.start : m.end], m.label, m.norm.partition("@")[0]) for m in found if m.kind is MentionKind.SOURCE]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police said that a bomb went off.", [("Police", "police", "speaker")]),
        ("A bomb went off, police said.", [("police", "police", "speaker")]),
        ("A bomb went off, said Ana Ruiz.", [("Ana Ruiz", "official", "speaker")]),
        ("A bomb went off, according to two medics.", [("two medics", "medic", "speaker")]),
        ("Ana Ruiz, a police spokeswoman, said it rained.", [("Ana Ruiz", "police", "speaker")]),
        ("He said that it rained.", [("He", "anaphor", "speaker")]),
        (
            "A bomb went off, a French diplomat told AFP.",
            [("a French diplomat", "official", "speaker"), ("AFP", "agency", "via")],
        ),
        (
            "According to a Danish source cited by Reuters, it fell.",
            [
                ("a Danish source", "unnamed", "speaker"),
                ("a Danish source", "unnamed", "speaker"),
                ("Reuters", "agency", "via"),
            ],
        ),
        ("Monitor: ten villages shelled", [("Monitor", "monitor", "speaker")]),
        (
            "The army confirmed the raid and denied the losses.",
            [("The army", "military", "speaker"), ("The army", "military", "speaker")],
        ),
    ],
)
def test_speakers(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert speakers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The reports were long.",
        "The army was accused of looting.",
        "Nobody claimed the blast.",
        "The army has not confirmed the raid.",
        "31 in the town said to be hurt.",
        "The road ran through Borno State, two hours away.",
    ],
)
def test_nobody_speaks(text: str) -> None:
    assert speakers(text) == []


def test_types_are_source_types() -> None:
    data = load_yaml("dateline.language.en.data", "saying.yaml")
    assert set(data["types"]) <= {t.value for t in SourceType}
    for key, value in data.items():
        if isinstance(value, list):
            assert all(isinstance(w, str) for w in value), key
