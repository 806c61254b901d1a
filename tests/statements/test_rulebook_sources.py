"""Who says so: one voice once, who told an agency, and who goes on through it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english

from dateline.labels import Basis
from dateline.language.base import Argument, Named, Reading
from dateline.records import Report, Source, Statement
from dateline.statements.combined import CombinedExtractor
from dateline.statements.rulebook.sources import CLOSING

Link = tuple[str, str, str]
"""Role (source or via), words, type."""


def read(text: str, *told: tuple[str, list[Link]], person: str = "", certainty: str = "stated") -> list[Statement]:
    """A statement for each (trigger, links of its chain)."""
    report = Report(text=text)
    annotation = english().annotate(report)
    made = []
    for trigger, links in told:
        start = text.index(trigger)
        sentence = next(s for s in annotation.sentences if s.start <= start < s.end)
        held = []
        for role, words, kind in links:
            at = text.index(words, sentence.start)
            held.append(Argument(role, at, at + len(words), 0.8, kind))
        held.sort(key=lambda a: (a.start, a.end, a.role))
        codes = ("ASSAULT", 0.9), ("Attack", 0.8), (certainty, 0.9)
        made.append(Reading(start, start + len(trigger), sentence.index, 0.9, *codes, tuple(held)))
    named = (Named(text.index(person), text.index(person) + len(person), "PER", 0.9),) if person else ()
    found = CombinedExtractor().extract(report, replace(annotation, readings=tuple(made), named=named))
    return sorted(found, key=lambda s: s.trigger[0].start)


def chain(sources: tuple[Source, ...]) -> list[str]:
    """Their names."""
    return [s.name for s in sources]


@pytest.mark.parametrize(
    ("text", "first", "second", "left"),
    [
        ("Gunmen shot ten men, said Omar Sayed, head of the Hill Observatory.", "Omar Sayed, head", "the Hill", 1),
        ("The Dawn Army (DA) group said it shot ten men.", "The Dawn Army", "group", 1),
        ("Omar Sayed said so as he warned that gunmen shot ten men.", "Omar Sayed", "he", 1),
        ("Police said a farmer told them that gunmen shot ten men.", "Police", "a farmer", 2),
        ("A nurse and a doctor said gunmen shot ten men.", "A nurse", "a doctor", 2),
    ],
)
def test_one_voice_is_one_link(text: str, first: str, second: str, left: int) -> None:
    (s,) = read(text, ("shot", [("source", first, "official"), ("source", second, "official")]))
    assert chain(s.sources)[0] == first and len(s.sources) == left


def test_an_adverb_is_no_part_of_who_speaks() -> None:
    text = "Earlier the Hill Observatory said gunmen shot ten men."
    (s,) = read(text, ("shot", [("source", "Earlier the Hill Observatory", "monitor")]))
    assert chain(s.sources) == ["the Hill Observatory"] and "is who says so" in s.sources[0].why[-1]


def test_who_told_an_agency_is_the_source() -> None:
    text = "Omar Sayed the governor told the Hill Agency that gunmen shot ten men."
    (s,) = read(text, ("shot", [("source", "Hill Agency", "agency")]), person="Omar Sayed the")
    assert chain(s.sources) == ["Hill Agency", "Omar Sayed"]
    assert s.sources[-1].rule == "sources.told.v1" and "told “Hill Agency”" in s.sources[-1].why[0]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("The governor told the Hill Agency that gunmen shot ten men.", ""),
        ("the governor told the Hill Agency that gunmen shot ten men.", "the governor"),
        ("Omar Sayed told his brother in the Hill Agency that gunmen shot ten men.", "Omar Sayed"),
        ("Omar Sayed read the Hill Agency report that gunmen shot ten men.", "Omar Sayed"),
    ],
)
def test_nobody_is_made_a_source_who_did_not_tell_an_agency(text: str, person: str) -> None:
    (s,) = read(text, ("shot", [("source", "Hill Agency", "agency")]), person=person)
    assert chain(s.sources) == ["Hill Agency"]


SPOKEN = "Omar Sayed told the Hill Agency that gunmen shot ten men. He said they raided a farm. Police fired back."
HE, POLICE = [("source", "He", "official")], [("source", "Police", "police")]
THROUGH = [("via", "Hill Agency", "agency"), ("source", "Omar Sayed", "official")]


def test_who_spoke_through_an_agency_goes_on_through_it() -> None:
    shot, raided, fired = read(
        SPOKEN,
        ("shot", THROUGH),
        ("raided", HE),
        ("fired", POLICE),
    )
    assert chain(shot.sources) == ["Hill Agency", "Omar Sayed"]
    assert chain(raided.sources) == ["Hill Agency", "He"] and chain(fired.sources) == ["Police"]
    outlet = raided.sources[0]
    assert outlet.basis is Basis.CONTEXT and outlet.rule == "sources.through.v1" and "goes on for" in outlet.why[-1]


def test_a_pronoun_far_from_the_voice_or_behind_another_goes_on_through_nobody() -> None:
    far = SPOKEN.replace("He said", "It rained. " * 120 + "He said")
    _, raided = read(far, ("shot", THROUGH), ("raided", HE))
    assert chain(raided.sources) == ["He"]
    only = [("source", "Omar Sayed", "official")]
    _, raided = read(SPOKEN.replace("the Hill Agency", "us"), ("shot", only), ("raided", HE))
    assert chain(raided.sources) == ["He"]


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        ("There has been concern that jets hit a farm.", "hit", ["There has been concern"]),
        ("On Friday, it was confirmed that a bomb killed nine.", "killed", ["it was confirmed"]),
        ("It is feared that nine were killed.", "killed", ["It is feared"]),
        ("It is the first time that Ostia bombed Halam.", "bombed", []),
        ("It was a bomb that killed nine.", "killed", []),
        ("The bomb that killed nine was found, it was reported.", "killed", []),
        ("That bomb killed nine.", "killed", []),
    ],
)
def test_nobody_is_a_source_too(text: str, trigger: str, wanted: list[str]) -> None:
    (s, *_) = read(text, (trigger, []))
    assert chain(s.sources) == wanted
    assert all(x.type == "impersonal" and x.rule == "sources.nobody.v1" for x in s.sources)


@pytest.mark.parametrize(
    ("text", "links", "wanted"),
    [
        (
            "The Dawn Army claimed through Hill News that gunmen shot ten men.",
            [("source", "The Dawn Army", "armed_group"), ("source", "Hill News", "media")],
            ["Hill News", "The Dawn Army"],
        ),
        (
            "The ministry said in a statement that gunmen shot ten men.",
            [("source", "The ministry", "government"), ("source", "a statement", "document")],
            ["a statement", "The ministry"],
        ),
        (
            "An official, citing drone footage, said gunmen shot ten men.",
            [("source", "An official", "official"), ("source", "drone footage", "document")],
            ["An official", "drone footage"],
        ),
        (
            "The ministry and Hill News said gunmen shot ten men.",
            [("source", "The ministry", "government"), ("source", "Hill News", "media")],
            ["The ministry", "Hill News"],
        ),
        (
            "The council said gunmen allegedly shot ten men.",
            [("source", "The council", "official"), ("source", "allegedly", "impersonal")],
            ["The council"],
        ),
        ("Gunmen allegedly shot ten men.", [("source", "allegedly", "impersonal")], ["allegedly"]),
        ("Gunmen are suspected to have shot ten men.", [("source", "are suspected", "impersonal")], []),
    ],
)
def test_who_passes_it_on_comes_first_and_a_hedge_is_nobody(text: str, links: list[Link], wanted: list[str]) -> None:
    (s,) = read(text, ("shot", links))
    assert chain(s.sources) == wanted


@pytest.mark.parametrize(
    ("text", "said", "left"),
    [
        ("Gunmen shot a clerk, the Halam Post reports.", "the Halam Post reports", "the Halam Post"),
        ("Gunmen shot a clerk, local reports said.", "local reports", "local reports"),
    ],
)
def test_the_verb_is_no_part_of_who_says_so(text: str, said: str, left: str) -> None:
    (s,) = read(text, ("shot", [("source", said, "media")]))
    assert chain(s.sources) == [left]


@pytest.mark.parametrize(
    ("text", "held", "left"),
    [
        ("A man was shot by guards on Monday, reports The Halam Post.", [], ["The Halam Post"]),
        ("A man was shot by guards, reports The Halam Post.", ["guards"], ["The Halam Post"]),
        ("A man was shot, police say, reports The Halam Post.", ["police"], ["police"]),
        ("A man was shot in the square, reports say.", [], []),
        ("A man was shot on Monday, said the clerk.", [], []),
    ],
)
def test_an_outlet_at_the_end_says_all_of_it(text: str, held: list[str], left: list[str]) -> None:
    (s,) = read(text, ("shot", [("source", x, "military") for x in held]))
    assert chain(s.sources) == left
    assert all((x.rule == CLOSING) is (x.name == "The Halam Post") for x in s.sources)


@pytest.mark.parametrize(
    ("text", "certainty", "left"),
    [
        ("The strike claimed the lives of nine men.", "stated", []),
        ("The army claimed a strike on nine men.", "claimed", ["The army"]),
    ],
)
def test_what_claims_lives_claims_nothing_else(text: str, certainty: str, left: list[str]) -> None:
    said = text[: text.index(" claimed")]
    (s,) = read(text, ("strike", [("source", said, "military")]), certainty="claimed")
    assert (s.certainty.label.value, chain(s.sources)) == (certainty, left)
