"""Where parties and sources begin and end, and on which side they are, on statements made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english
from tests.statements.test_rulebook import names

from dateline.language.base import Argument, MentionKind, Named, Reading
from dateline.records import Report, Statement
from dateline.statements.combined import CombinedExtractor
from dateline.statements.rulebook.whole import BRACKET, COUNTED, MANNER, NAME


def read(text: str, trigger: str, *held: tuple[str, str], known: tuple[tuple[str, str], ...] = ()) -> Statement:
    """The statement of one reading; `held` (role, words), `known` (words, label) of names the model reads."""
    report = Report(text=text)

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    made = (Argument(r, *at(w), 0.9, "military" if r == "source" else "") for r, w in held)
    arguments = tuple(sorted(made, key=lambda a: (a.start, a.end, a.role)))
    reading = Reading(*at(trigger), 0, 0.99, ("ASSAULT", 0.9), ("Attack", 0.8), ("stated", 0.9), arguments)
    found = tuple(Named(*at(w), label, 0.9) for w, label in known)
    annotation = replace(english().annotate(report), readings=(reading,), named=found)
    return CombinedExtractor().extract(report, annotation)[0]


@pytest.mark.parametrize(
    ("text", "source", "name", "left"),
    [
        ("Men shot a clerk, Al Bardan said.", "Bardan", "Al Bardan", "Al Bardan"),
        ("Men shot a clerk, envoy Tolan Verik said.", "envoy Tolan", "Tolan Verik", "envoy Tolan Verik"),
        ("Men shot a clerk, Halam's Bardan Office said.", "Office", "'s Bardan Office", "Bardan Office"),
        ("Men shot a clerk, the Bardan Office said.", "the Bardan Office", "Bardan Office", "the Bardan Office"),
    ],
)
def test_a_source_holds_the_whole_of_a_name(text: str, source: str, name: str, left: str) -> None:
    held = read(text, "shot", ("source", source), known=((name, "ORG"),)).sources
    assert names(held) == [left]
    assert (held[0].rule == NAME) is (source != left)


def test_a_name_that_ends_in_an_act_is_not_taken_whole() -> None:
    text = "Men shot a clerk, the Halam prosecutor charges."
    held = read(text, "shot", ("source", "Halam prosecutor"), known=(("Halam prosecutor charges", "ORG"),)).sources
    assert names(held) == ["Halam prosecutor"]


def test_a_name_that_holds_another_party_is_not_taken_whole() -> None:
    text = "Men shot a clerk of Omar Sayed Karim."
    held = read(text, "shot", ("target", "Omar"), ("target", "Karim"), known=(("Omar Sayed Karim", "PER"),)).targets
    assert names(held) == ["Omar", "Karim"]


@pytest.mark.parametrize(
    ("text", "targets", "left"),
    [
        ("They shot the Halam Rescue Force (HRF) there.", ["the Halam Rescue Force (HRF"], "(HRF)"),
        ("They shot two Rescue Force (HRF) guards.", ["two Rescue Force (HRF", "guards"], "(HRF) guards"),
        ("They shot the Halam Rescue Force (HRF there.", ["the Halam Rescue Force (HRF"], "(HRF"),
    ],
)
def test_a_bracket_is_closed(text: str, targets: list[str], left: str) -> None:
    held = read(text, "shot", *(("target", t) for t in targets)).targets
    assert len(held) == 1
    assert held[0].name.endswith(left)
    assert (held[0].rule == BRACKET) is left.startswith("(HRF)")


@pytest.mark.parametrize(
    ("text", "target", "left"),
    [
        ("They shot at Jordan, Yemen and Iraq.", "Jordan, Yemen", ["Jordan", "Yemen"]),
        ("They shot at Yemen, Jordan, and Iraq.", "Yemen, Jordan", ["Yemen", "Jordan"]),
        ("They shot at a clerk, Omar and Iraq.", "a clerk, Omar", ["a clerk, Omar"]),
        ("A gang, Yemen, had shot two men.", "A gang, Yemen", ["A gang, Yemen"]),
        ("They shot at Jordan, Yemen.", "Jordan, Yemen", ["Jordan, Yemen"]),
    ],
)  # fmt: skip
def test_known_names_of_a_list_are_parties_of_their_own(text: str, target: str, left: list[str]) -> None:
    assert names(read(text, "shot", ("target", target)).targets)[: len(left)] == left


@pytest.mark.parametrize(
    ("text", "target", "left"),
    [
        ("They shot 16 officers accused of treason.", "16 officers accused", "16 officers"),
        ("They shot the wounded.", "the wounded", "the wounded"),
        ("They shot 16 wounded.", "16 wounded", "16 wounded"),
    ],
)
def test_no_act_hangs_on_at_the_end_of_a_party(text: str, target: str, left: str) -> None:
    assert names(read(text, "shot", ("target", target)).targets)[:1] == [left]


def test_its_allies_are_on_its_side() -> None:
    text = "Strikes by Jordan and its allies hit a mill."
    made = read(text, "Strikes", ("actor", "Jordan"), ("target", "its allies"), ("target", "a mill"))
    assert (names(made.actors), names(made.targets)) == (["Jordan", "its allies"], ["a mill"])
    text = "They fought Jordan, and its allies fled."
    made = read(text, "fought", ("actor", "its allies"), ("target", "Jordan"))
    assert names(made.actors) == ["its allies"]


@pytest.mark.parametrize(
    ("text", "trigger", "teller", "left"),
    [
        ("The army says a man was killed in an air strike.", "air strike", "The army", []),
        ("The army says it carried out an air strike.", "air strike", "The army", ["The army"]),
        ("The army was accused of an air strike.", "air strike", "The army", ["The army"]),
    ],
)
def test_who_only_tells_of_it_did_not_do_it(text: str, trigger: str, teller: str, left: list[str]) -> None:
    assert names(read(text, trigger, ("actor", teller), ("source", teller)).actors) == left


@pytest.mark.parametrize(
    ("text", "trigger", "thing", "left"),
    [
        ("They fired two missiles at a mill.", "fired", "two missiles", []),
        ("They destroyed two missiles at a mill.", "destroyed", "two missiles", ["two missiles"]),
    ],
)
def test_what_is_fired_is_not_what_is_hit(text: str, trigger: str, thing: str, left: list[str]) -> None:
    assert names(read(text, trigger, ("target", thing), ("weapon", thing)).targets) == left


def test_whoever_acts_alongside_is_on_that_side() -> None:
    text = "Soldiers fought alongside Ruvania in Halam."
    made = read(text, "fought", ("actor", "Soldiers"), ("target", "Ruvania"))
    assert (names(made.actors), names(made.targets)) == (["Soldiers", "Ruvania"], [])
    text = "Soldiers fought Ruvania in Halam."
    made = read(text, "fought", ("actor", "Soldiers"), ("target", "Ruvania"))
    assert (names(made.actors), names(made.targets)) == (["Soldiers"], ["Ruvania"])


@pytest.mark.parametrize(
    ("text", "actor", "weapon", "left"),
    [
        ("A suicide car bomb killed a clerk.", "suicide car", "suicide car bomb", []),
        ("A Ruvania bomb killed a clerk.", "Ruvania", "Ruvania bomb", ["Ruvania"]),
        ("A gang bomb killed a clerk.", "gang", "bomb", ["gang"]),
    ],
)
def test_words_of_a_weapon_did_nothing(text: str, actor: str, weapon: str, left: list[str]) -> None:
    assert names(read(text, "killed", ("actor", actor), ("weapon", weapon)).actors) == left


@pytest.mark.parametrize(
    ("text", "target", "left"),
    [
        ("They shot Karim reportedly.", "Karim reportedly", "Karim"),
        ("They shot the Karim family.", "the Karim family", "the Karim family"),
        ("They shot a clerk fatally.", "a clerk fatally", "a clerk fatally"),
    ],
)
def test_an_adverb_is_no_part_of_a_name(text: str, target: str, left: str) -> None:
    held = read(text, "shot", ("target", target)).targets
    assert names(held) == [left]
    assert (held[0].rule == MANNER) is (left != target)


@pytest.mark.parametrize(
    ("text", "actors", "left"),
    [
        ("Men wearing Ruvania uniforms shot a clerk.", ["Men wearing", "Ruvania"], ["Men"]),
        ("Men dressed as soldiers shot a clerk.", ["Men", "soldiers"], ["Men"]),
        ("Men and soldiers shot a clerk.", ["Men", "soldiers"], ["Men", "soldiers"]),
    ],
)
def test_whose_uniform_they_wear_is_not_who_they_are(text: str, actors: list[str], left: list[str]) -> None:
    assert names(read(text, "shot", *(("actor", a) for a in actors)).actors) == left


def test_a_word_that_tells_the_kind_of_a_weapon_is_no_event() -> None:
    text = "They sent ten battle tanks there."
    report = Report(text=text)
    at = text.index("battle")
    annotation = english().annotate(report)
    unsure = Reading(at, at + 6, 0, 0.6, ("ASSAULT", 0.6), ("Attack", 0.6), ("stated", 0.6), (), sure=False)
    sure = replace(unsure, sure=True)
    tank = [m for m in annotation.mentions if m.kind is MentionKind.WEAPON]
    assert [text[m.start : m.end] for m in tank] == ["battle tanks"]
    for r in (unsure, sure):
        assert CombinedExtractor().extract(report, replace(annotation, readings=(r,))) == ()


@pytest.mark.parametrize(
    ("text", "targets", "left"),
    [
        ("They shot at least 22 people.", ["least 22 people"], ["at least 22 people"]),
        ("They shot more than 30 old clerks.", ["than 30 old clerks"], ["more than 30 old clerks"]),
        ("They shot at least 22 people.", ["at", "least 22 people"], ["at least 22 people"]),
        ("They shot at least 22 people.", ["22 people"], ["22 people"]),
    ],
)
def test_no_party_begins_inside_a_number(text: str, targets: list[str], left: list[str]) -> None:
    held = read(text, "shot", *(("target", t) for t in targets)).targets
    assert names(held) == left
    assert (held[0].rule == COUNTED) is (left[0] not in targets)


def test_what_a_party_is_just_doing_is_no_part_of_it() -> None:
    held = read("They shot at a convoy travelling to Halam.", "shot", ("target", "a convoy travelling")).targets
    assert names(held) == ["a convoy"]
