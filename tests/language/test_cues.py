from __future__ import annotations

import pytest

from dateline.data import load_yaml
from dateline.labels import Certainty, Measure
from dateline.language.en import cues
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report


def found(text: str) -> list[tuple[str, str, str]]:
    report = Report(text=text)
    tokens = tokenize(text)
    return [(text[m.start : m.end], m.label, m.norm) for m in cues.find(report, tokens, passages(report, tokens))]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("The army will attack.", ("will", "planned.will", "next")),
        ("They did not attack.", ("not", "denied.not", "verb")),
        ("If they attack, we leave.", ("If", "hypothetical.if", "clause")),
        ("It reportedly burned.", ("reportedly", "impersonal.reportedly", "clause")),
        ("The claim has yet to be verified.", ("yet to be verified", "unverified.not_verified", "all")),
        ("Six were killed.", ("killed", "measure.killed", "passive")),
        ("A bomb killed six.", ("killed", "measure.killed", "either")),
        ("A bomb fell, killing six.", ("killing", "measure.killed", "active")),
        ("No group has claimed the blast.", ("No group has claimed", "unclaimed", "none")),
        ("Ten died, but many fled.", ("but", "boundary.strong", "none")),
    ],
)
def test_cues(text: str, cue: tuple[str, str, str]) -> None:
    assert cue in found(text)


def test_a_longer_neutral_phrase_hides_a_cue() -> None:
    assert not [c for c in found("Not only they came.") if c[1].startswith("denied")]


@pytest.mark.parametrize("text", ["Nobody claimed it.", "No one has claimed responsibility.", "They never claimed it."])
def test_a_claim_that_nobody_makes_says_nothing_of_how_surely(text: str) -> None:
    assert [label for _, label, _ in found(text)] == ["unclaimed"]


def test_every_label_is_known_to_the_rules() -> None:
    data = load_yaml("dateline.language.en.data", "cues.yaml")["cues"]
    groups = {c.value for c in Certainty} | {"impersonal", "boundary", "measure", "figure", "neutral"}
    scopes = {
        "next",
        "phrase",
        "verb",
        "touch",
        "word",
        "clause",
        "around",
        "before",
        "all",
        "none",
        "passive",
        "active",
        "noun",
    }
    for label, cue in data.items():
        group, _, name = label.partition(".")
        assert group in groups
        assert cue["scope"] in scopes
        assert all(isinstance(w, str) for w in cue["words"]), label
        if group == "measure":
            assert name.rstrip("+=") in {m.value for m in Measure}
