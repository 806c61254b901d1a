"""Sides weighed anew: what stands around a span speaks for it or against it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english

from dateline.errors import ConfigError
from dateline.language.base import Annotation, Argument, Reading
from dateline.records import Report
from dateline.statements import sides
from dateline.statements.candidates import Clause, logit
from dateline.statements.context import Context
from dateline.statements.sides import chance, clauses, settled, weights
from dateline.statements.wording import reasons


def at(text: str, words: str) -> tuple[int, int]:
    """Where words stand."""
    start = text.index(words)
    return start, start + len(words)


def reading(text: str, trigger: str, *arguments: tuple[str, str, float]) -> Reading:
    """A reading of a text of one sentence; an argument is (role, words, score)."""
    held = tuple(Argument(role, *at(text, words), p, sure=p >= 0.5) for role, words, p in arguments)
    return Reading(*at(text, trigger), 0, 0.99, ("ASSAULT", 0.99), ("Attack", 0.8), ("stated", 0.9), held)


def read(text: str, *readings: Reading) -> tuple[Report, Annotation]:
    """A report and its annotation with these readings."""
    report = Report(text=text)
    return report, replace(english().annotate(report), readings=readings)


def every(ctx: Context, r: Reading) -> bool:
    """Keeps all readings."""
    return True


def of(text: str, *readings: Reading) -> Clause:
    """The first reading in its sentence."""
    return next(clauses(*read(text, *readings), every))


def why(text: str, words: str, *readings: Reading) -> dict[str, float]:
    """The reasons for a span of the first reading."""
    c = of(text, *readings)
    return reasons(c, next(a for a in c.reading.arguments if (a.start, a.end) == at(text, words)))


def left(text: str, *readings: Reading) -> list[tuple[str, str]]:
    """Role and words of what the first reading has after all reasons."""
    found = settled(*read(text, *readings), every).readings[0]
    return [(a.role, text[a.start : a.end]) for a in found.arguments]


@pytest.mark.parametrize(
    ("text", "trigger", "voice"),
    [
        ("Gunmen killed a judge.", "killed", "verb"),
        ("A judge was later killed.", "killed", "passive"),
        ("A judge killed by gunmen was buried.", "killed", "passive"),
        ("The attack shook the town.", "attack", "noun"),
        ("Rebels were frobbed by troops.", "frobbed", "passive"),
        ("Rebels kept frobbing.", "frobbing", "verb"),
        ("They spoke of the frob.", "frob", "noun"),
        ("They will frob.", "frob", "verb"),
    ],
)
def test_the_voice_of_a_trigger(text: str, trigger: str, voice: str) -> None:
    assert of(text, reading(text, trigger)).voice == voice


def test_order_distance_and_what_leads_to_a_span() -> None:
    text = "Gunmen shot a judge, police in Halam said, after a raid by soldiers."
    held = why(text, "Gunmen", reading(text, "shot", ("actor", "Gunmen", 0.9), ("actor", "soldiers", 0.6)))
    assert held["verb.before"] == held["touching.verb.before"] == held["lead.bare.before"] == held["kind.generic"] == 1
    assert held["near"] == 1 and held["rival"] == 0.6 and held["score"] == logit(0.9) and "rival.more" in held
    assert held["order.actor"] == held["order.actor.subject"] == 1
    far = why(text, "soldiers", reading(text, "shot", ("actor", "Gunmen", 0.9), ("actor", "soldiers", 0.6)))
    assert {"between.comma", "between.boundary", "between.saying", "lead.by.after", "rival.more"} <= set(far)
    assert far["distance"] == 1.0 and far["order.rival"] == 1


def test_by_belongs_to_the_participle_before_it() -> None:
    text = "Shells hit a town besieged by rebels."
    assert "by.another" in why(text, "rebels", reading(text, "hit", ("actor", "rebels", 0.6)))
    assert "by.another" not in why(text, "rebels", reading(text, "besieged", ("actor", "rebels", 0.6)))


def test_an_owner_a_modifier_and_an_antecedent() -> None:
    text = "The army's attack angered rebels who fled."
    owner = why(text, "The army", reading(text, "attack", ("actor", "The army", 0.6)))
    assert {"owner", "owner.near"} <= set(owner)
    assert "antecedent" in why(text, "rebels", reading(text, "fled", ("actor", "rebels", 0.6)))
    text = "They blamed a rebel attack."
    assert "modifier" in why(text, "rebel", reading(text, "attack", ("actor", "rebel", 0.6)))


def test_spans_of_one_role_hang_together() -> None:
    text = "Soldiers, police and rebels of the north fought."
    spans = [("actor", w, 0.6) for w in ("Soldiers", "police", "rebels", "the north")]
    held = {w: why(text, w, reading(text, "fought", *spans)) for _, w, _ in spans}
    assert held["Soldiers"]["apposed.first"] == held["police"]["apposed.second"] == 0.6
    assert held["police"]["joined"] == 0.6 and held["Soldiers"]["listed"] == 0.6
    assert held["rebels"]["within.first"] == held["the north"]["within.second"] == 0.6


def test_other_events_want_the_same_words() -> None:
    text = "Rebels shelled Halam and troops killed two guards."
    first = reading(text, "shelled", ("actor", "troops", 0.5), ("actor", "Rebels", 0.9))
    second = reading(text, "killed", ("actor", "troops", 0.9), ("target", "two guards", 0.9))
    held = why(text, "troops", first, second)
    assert held["elsewhere.actor"] == held["nearer.actor"] == 0.9 and held["elsewhere.target"] == 0
    first = reading(text, "shelled", ("target", "two guards", 0.5))
    assert "between.event" not in held and "between.event" in why(text, "two guards", first, second)


def test_a_doubtful_subject_is_taken_and_what_is_another_verbs_is_left() -> None:
    text = "Gunmen killed two guards in Halam, a town besieged by rebels."
    whom = ("target", "two guards", 0.8)
    assert left(text, reading(text, "killed", ("actor", "Gunmen", 0.45), whom))[0] == ("actor", "Gunmen")
    held = reading(text, "killed", ("actor", "Gunmen", 0.9), ("actor", "rebels", 0.4), whom)
    assert left(text, held) == [("actor", "Gunmen"), ("target", "two guards")]


def test_other_roles_stay_and_a_side_says_why() -> None:
    text = "Gunmen killed two guards with rifles."
    held = reading(text, "killed", ("actor", "Gunmen", 0.9), ("weapon", "rifles", 0.9))
    actor, *_, weapon = settled(*read(text, held), every).readings[0].arguments
    assert weapon == held.arguments[1]
    assert actor.sure and actor.score > 0.9 and "0.90" in actor.why and "what stands around it" in actor.why


def test_readings_of_no_side_are_as_they_were() -> None:
    text = "There was fighting."
    report, annotation = read(text, reading(text, "fighting"))
    assert settled(report, annotation, every) == annotation
    assert chance({}, {"always": 3.0}) == 0.5


def test_weights_are_of_reasons_and_broken_ones_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(weights().weights) == {"actor", "target"} and 0 < weights().threshold < 1
    assert weights().weights["actor"]["score"] > 0 > weights().weights["actor"]["by.another"]
    wrong: list[dict[str, object]] = [{}, {"weights": {"actor": {"score": "much"}}, "threshold": 0.5}, {"weights": []}]
    for broken in wrong:
        monkeypatch.setattr(sides, "load_yaml", lambda *_, held=broken: held)
        with pytest.raises(ConfigError, match=r"sides\.yaml"):
            weights.__wrapped__()
