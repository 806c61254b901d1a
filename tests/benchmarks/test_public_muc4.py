from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from benchmarks.public._muc4_actors import confidence
from benchmarks.public._muc4_people import Scene, full_name, plain
from benchmarks.public._muc4_slots import place_name
from benchmarks.public._muc4_words import people, person, phrase, singular, thing
from benchmarks.public.muc4 import answer, country_of, filed, report_of, type_of
from benchmarks.public.muc4_gtt import form
from tests.builders import RULE, Say, find, report

from dateline.labels import Basis, Certainty, SourceType
from dateline.records import Party, Place, Report, ReportResult, Statement

TEXT = (
    "LIMA, 9 JUN 88 (WIRE) -- [TEXT] REBELS OF THE NORTHERN DAWN FRONT KIDNAPPED MAYOR RENATO ILLESCAS PAZ AND TWO "
    "TEACHERS IN PIURA ON 7 JUNE. A CAR BOMB WRECKED A BAKERY IN TACNA. SOLDIERS CLASHED WITH REBELS. "
    "ILLESCAS, A LAWYER, IS 50."
)
PIURA: dict[str, Any] = {"name": "Piura", "country": "PER", "feature": "P.PPLA"}


def wire() -> Report:
    return report(TEXT, key="W-1", published="1988-06-09")


def party(r: Report, words: str, kind: str | None = None, actor_id: str | None = None) -> Party:
    return Party(name=words, spans=(find(r, words),), rule=RULE, kind=kind, actor_id=actor_id)


def kidnapping(r: Report) -> Statement:
    s = Say(r, TEXT.split(". ")[0], "KIDNAPPED", "Abduction/forced disappearance").on("1988-06-07").done()
    return replace(
        s,
        actors=(party(r, "REBELS OF THE NORTHERN DAWN FRONT", "armed_group", "a:dawn"),),
        targets=(party(r, "MAYOR RENATO ILLESCAS PAZ AND TWO TEACHERS"),),
        places=(Place(spans=(find(r, "PIURA"),), rule=RULE, **PIURA),),
    )


def names(r: Report) -> tuple[tuple[int, int], ...]:
    return tuple((s.start, s.end) for s in (find(r, "RENATO ILLESCAS PAZ"), find(r, "ILLESCAS, A")))


def made(*statements: Statement, r: Report | None = None) -> list[dict[str, Any]]:
    r = r or wire()
    found: list[dict[str, Any]] = answer(ReportResult(report=r, statements=statements), names(r))["templates"]
    return found


def test_a_kidnapping_becomes_a_template() -> None:
    r = wire()
    (t,) = made(kidnapping(r))
    assert (t["type"], t["stage"], t["date"], t["location"]) == (
        "KIDNAPPING",
        "ACCOMPLISHED",
        "07 JUN 88",
        "PERU: PIURA",
    )
    assert t["perp_organizations"] == [{"id": "NORTHERN DAWN FRONT", "confidence": "REPORTED AS FACT"}]
    assert t["perp_individuals"] == ["REBELS OF THE NORTHERN DAWN FRONT"]
    assert t["category"] == "TERRORIST ACT"
    mayor, teachers = t["human_targets"]
    assert (mayor["name"], mayor["description"], mayor["type"]) == (
        "RENATO ILLESCAS PAZ",
        "MAYOR",
        "GOVERNMENT OFFICIAL",
    )
    assert (teachers["name"], teachers["description"], teachers["number"]) == (None, "TEACHERS", "2")
    assert t["physical_targets"] == []


def test_a_physical_target_has_its_type_and_the_instrument_is_named() -> None:
    r = report(TEXT.replace("BAKERY", "STORE"), key="W-1", published="1988-06-09")
    s = Say(r, "A CAR BOMB WRECKED A STORE IN TACNA", "BOMB", "Remote explosive/landmine/IED").using("x", "ied").done()
    s = replace(s, weapons=(replace(s.weapons[0], spans=(find(r, "A CAR BOMB"),)),), targets=(party(r, "A STORE"),))
    (t,) = made(s, r=r)
    assert t["type"] == "BOMBING"
    assert t["date"] == "- 09 JUN 88"
    assert t["instruments"] == [{"id": "CAR BOMB", "type": "VEHICLE BOMB"}]
    (shop,) = t["physical_targets"]
    assert (shop["id"], shop["type"], shop["number"]) == ("STORE", "COMMERCIAL", "1")


@pytest.mark.parametrize("label", [Certainty.DENIED, Certainty.HYPOTHETICAL, Certainty.PLANNED])
def test_what_did_not_happen_is_no_template(label: Certainty) -> None:
    s = kidnapping(wire())
    unreal = replace(s.certainty, label=label, basis=Basis.TEXT, spans=s.trigger)
    assert made(replace(s, certainty=unreal)) == []


def test_what_is_long_past_is_no_template() -> None:
    s = kidnapping(wire())
    old = Say(wire(), TEXT.split(". ")[0], "KIDNAPPED").on("1987-01-03").done().date
    assert made(replace(s, date=old)) == []


def test_a_clash_of_arms_is_no_template() -> None:
    r = wire()
    s = Say(r, "SOLDIERS CLASHED WITH REBELS.", "CLASHED", "Armed clash").done()
    assert (
        made(replace(s, actors=(party(r, "SOLDIERS", "military"),), targets=(party(r, "REBELS", "armed_group"),))) == []
    )


def test_no_target_no_template() -> None:
    assert made(replace(kidnapping(wire()), targets=())) == []


def test_two_tellings_with_one_victim_are_one_template() -> None:
    r = wire()
    first = kidnapping(r)
    later = Say(r, "ILLESCAS, A LAWYER, IS 50.", "IS", "Abduction/forced disappearance").on("1988-06-01").done()
    assert len(made(first, replace(later, targets=(party(r, "RENATO ILLESCAS PAZ"),)))) == 1


def test_the_day_and_the_text_of_a_wire() -> None:
    r = report_of(
        {"id": "x", "text": "   QUITO, 12 MAY 90 (WIRE) -- [TEXT] NOTHING AT ALL HAPPENED IN THE WHOLE\nOF THE CITY.\n"}
    )
    assert str(r.published) == "1990-05-12"
    assert filed("NO DATE HERE") is None
    assert filed("QUITO, 31 FEB 90 (WIRE)") is None
    assert country_of(r) == "ECU"


@pytest.mark.parametrize(
    ("quote", "text", "number"),
    [
        ("AT LEAST 12 PASSENGERS WHO FLED", "PASSENGERS", "12 -"),
        ("ABOUT TWENTY NUNS", "NUNS", "~20"),
        ("THREE HUNDRED MEMBERS OF THE CHOIR", "MEMBERS OF THE CHOIR", "300"),
        ("A DRIVER", "DRIVER", ""),
    ],
)
def test_noun_phrases(quote: str, text: str, number: str) -> None:
    p = phrase(quote)
    assert p is not None
    assert (p.text, p.number) == (text, number)


def test_phrases_that_name_nothing() -> None:
    assert phrase("THEY") is None
    assert phrase("THE") is None


def test_things_and_people() -> None:
    def of(quote: str) -> Any:
        p = phrase(quote)
        assert p is not None
        return p

    assert thing(of("TWO BUSES")) == "TRANSPORT VEHICLE"
    assert thing(of("A BANK BRANCH")) == "FINANCIAL"
    assert thing(of("THE FRENCH EMBASSY")) == "DIPLOMAT OFFICE OR RESIDENCE"
    assert thing(of("THE TEACHERS")) is None
    assert people(of("THE TEACHERS"), None)
    assert not people(of("THE RUBBLE"), None)
    assert person("POLICEMAN", None) == "LAW ENFORCEMENT"
    assert person("PEASANT", None) == "CIVILIAN"
    assert person("SOMEBODY", "military") == "ACTIVE MILITARY"
    assert [singular(w) for w in ("buses", "policemen", "cities", "headquarters")] == [
        "bus",
        "policeman",
        "city",
        "headquarters",
    ]


def test_place_names_lose_their_kind() -> None:
    assert place_name("NORTHERN PIURA DEPARTMENT") == "PIURA"
    assert place_name("THE CITY OF TACNA") == "TACNA"


def test_names_are_plain_and_full() -> None:
    r = wire()
    scene = Scene("ATTACK", (), r, names(r))
    assert plain("\"ILLESCAS'") == "ILLESCAS"
    assert full_name(scene, "ILLESCAS") == "RENATO ILLESCAS PAZ"


def test_confidence_follows_who_says_it() -> None:
    r = wire()
    s = kidnapping(r)

    def said(label: Certainty, kind: SourceType) -> str:
        made = Say(r, TEXT.split(". ")[0], "KIDNAPPED").surely(label).said("x", kind).done()
        return confidence(made, s.actors[0])

    assert confidence(s, s.actors[0]) == "REPORTED AS FACT"
    assert said(Certainty.CLAIMED, SourceType.ARMED_GROUP) == "CLAIMED OR ADMITTED"
    assert said(Certainty.ALLEGED, SourceType.POLICE) == "SUSPECTED OR ACCUSED BY AUTHORITIES"
    assert said(Certainty.ALLEGED, SourceType.RESIDENT) == "SUSPECTED OR ACCUSED"


def test_types_come_from_words_then_from_the_sub_event() -> None:
    r = report("GUNMEN ROBBED A SHOP. MEN BURNED IT. A DEVICE WENT OFF. TALKS WERE HELD.", published="1988-06-09")
    assert type_of(Say(r, "GUNMEN ROBBED A SHOP.", "ROBBED", "Attack").done()) == "ROBBERY"
    assert type_of(Say(r, "MEN BURNED IT.", "BURNED", "Attack").done()) == "ARSON"
    assert type_of(Say(r, "A DEVICE WENT OFF.", "WENT OFF", "Remote explosive/landmine/IED").done()) == "BOMBING"
    assert type_of(Say(r, "TALKS WERE HELD.", "TALKS").kind("CONSULT").done()) is None


def test_the_same_answer_in_the_form_of_gtt() -> None:
    r = wire()
    got = form(answer(ReportResult(report=r, statements=(kidnapping(r),)), names(r)))
    assert got["docid"] == "W-1"
    (t,) = got["templates"]
    assert t["incident_type"] == "kidnapping"
    assert t["Victim"] == [["renato illescas paz"], ["teachers"]]
    assert t["PerpOrg"] == [["northern dawn front"]]
