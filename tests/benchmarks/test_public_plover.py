from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.public.plover import Pair, answer, chosen, pair_of, places_of, root
from tests.builders import RULE, Say, find, report

from dateline.labels import Certainty
from dateline.records import Code, Party, Report, Statement

TEXT = "Norland condemned the raid in which Sudland's army killed ten villagers."
R = report(TEXT)


def parties(r: Report, *words: str) -> tuple[Party, ...]:
    return tuple(Party(spans=(find(r, w),), rule=RULE, name=w) for w in words)


def said(
    event: str, trigger: str, by: tuple[str, ...] = (), to: tuple[str, ...] = (), sub: str | None = None, r: Report = R
) -> Statement:
    made = Say(r, r.text, trigger).kind(event, sub).done()
    return replace(made, actors=parties(r, *by), targets=parties(r, *to))


def mode(s: Statement, code: str) -> Statement:
    return replace(s, codes=(Code(scheme="plover_mode", code=code, rule=RULE, spans=s.trigger),))


def surely(s: Statement, label: Certainty) -> Statement:
    return replace(s, certainty=replace(s.certainty, label=label))


CONDEMNED = said("ACCUSE", "condemned", ("Norland",))
KILLED = said("ASSAULT", "killed", ("Sudland's army",), ("ten villagers",))


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [("Norland", "the raid", "ACCUSE"), ("Sudland's army", "ten villagers", "ASSAULT"), ("Norland", "army", "ACCUSE")],
)
def test_the_statement_about_the_two_is_taken(source: str, target: str, wanted: str) -> None:
    row = {"sentence": TEXT, "source": source, "target": target}
    assert answer("7", (KILLED, CONDEMNED), pair_of(row)) == {"uid": "7", "root": wanted}


def test_no_statement_no_answer() -> None:
    assert answer("7", (), Pair((), ())) == {"uid": "7", "root": None}


def test_an_act_that_is_part_of_a_name_gives_way() -> None:
    raid = said("ASSAULT", "raid", (), ("ten villagers",))
    assert chosen((raid, CONDEMNED), Pair(places_of("Norland", TEXT), places_of("the raid", TEXT))) is CONDEMNED


def test_two_that_are_joined_act_both() -> None:
    row = {"sentence": "Norland and Sudland talked.", "source": "Norland", "target": "Sudland"}
    pair = pair_of(row)
    assert pair.source == pair.target == ((0, 7), (12, 19))


@pytest.mark.parametrize(
    ("s", "wanted"),
    [
        (said("RETREAT", "raid"), "YIELD"),
        (said("CONCEDE", "raid"), "YIELD"),
        (said("REQUEST", "raid"), "REQUEST"),
        (mode(said("SANCTION", "raid"), "convict"), "ACCUSE"),
        (surely(said("CONSULT", "raid"), Certainty.PLANNED), "AGREE"),
        (surely(said("COERCE", "raid"), Certainty.HYPOTHETICAL), "THREATEN"),
        (surely(said("RETREAT", "raid"), Certainty.DENIED), "REJECT"),
        (surely(said("ACCUSE", "raid"), Certainty.PLANNED), "ACCUSE"),
        (mode(KILLED, "destroy"), "COERCE"),
        (said("AGREE", "condemned", sub="Agreement"), "AGREE"),
    ],
)
def test_categories_of_the_codebook(s: Statement, wanted: str) -> None:
    assert root(s) == wanted


@pytest.mark.parametrize(
    ("text", "event", "trigger", "sub", "wanted"),
    [
        ("Both signed the pact.", "AGREE", "signed", "Agreement", "SUPPORT"),
        ("It accepted their demands.", "AGREE", "accepted", None, "YIELD"),
        ("It sent men as peacekeepers.", "MOBILIZE", "sent", None, "AID"),
        ("Rebels violated the truce.", "REJECT", "violated", None, "ASSAULT"),
        ("Rebels violated the rules.", "REJECT", "violated", None, "REJECT"),
        ("Norland declared a ceasefire.", "AGREE", "ceasefire", None, "YIELD"),
        ("They boycotted the vote.", "REJECT", "boycotted", None, "PROTEST"),
        ("They would boycott the vote.", "REJECT", "boycott", None, "THREATEN"),
        ("They held joint exercises.", "MOBILIZE", "exercises", None, "COOPERATE"),
        ("They held exercises.", "MOBILIZE", "exercises", None, "MOBILIZE"),
        ("The judge found him guilty.", "SANCTION", "found", None, "ACCUSE"),
        ("It gave them permission to land.", "AID", "gave", None, "YIELD"),
        ("It gave them tents.", "AID", "gave", None, "AID"),
        ("It returned the coins.", "AID", "returned", None, "YIELD"),
        ("The envoy ended mediation.", "CONSULT", "mediation", None, "SANCTION"),
    ],
)
def test_words_decide_where_the_codebook_does(
    text: str, event: str, trigger: str, sub: str | None, wanted: str
) -> None:
    assert root(said(event, trigger, sub=sub, r=report(text))) == wanted


def test_to_promise_support_is_support() -> None:
    r = report("Norland promised its support for Sudland.")
    promise = said("AGREE", "promised", ("Norland",), r=r)
    support = said("SUPPORT", "support", ("Norland",), r=r)
    assert root(promise, (promise, support)) == "SUPPORT"
    assert root(promise, (promise,)) == "AGREE"


def test_what_another_must_do_is_demanded() -> None:
    r = report("Norland said that Sudland must leave.")
    s = surely(said("RETREAT", "leave", ("Sudland",), r=r), Certainty.PLANNED)
    assert root(s, (s,), Pair(places_of("Norland", r.text), places_of("Sudland", r.text))) == "REQUEST"
    assert root(s, (s,), Pair(places_of("Sudland", r.text), places_of("Norland", r.text))) == "AGREE"


def test_a_strike_called_off_and_support_told_on_the_telephone() -> None:
    r = report("Miners called off a strike.")
    off, strike = said("REJECT", "called off", ("Miners",), r=r), said("PROTEST", "strike", ("Miners",), r=r)
    assert root(off, (off, strike)) == "YIELD"
    r = report("Norland called Sudland to voice support.")
    call, support = said("CONSULT", "called", ("Norland",), r=r), said("SUPPORT", "support", ("Norland",), r=r)
    assert root(call, (call, support)) == "SUPPORT" and root(call, (call,)) == "CONSULT"
