from __future__ import annotations

import pytest
from tests.english import names, one, read

from dateline.labels import Basis
from dateline.records import Statement


def sub(s: Statement) -> str | None:
    return s.sub_event.code if s.sub_event else None


@pytest.mark.parametrize(
    "text",
    [
        "Shells landed in Halam. Nine people died.",
        "Rockets were fired at Halam. The attack killed two men.",
        "Warships shelled Halam.\nTwo men were wounded.",
    ],
)
def test_a_general_word_has_the_tactic_told_just_before(text: str) -> None:
    _, s = read(text)
    assert sub(s) == "Shelling/artillery/missile attack"
    assert s.sub_event is not None
    assert s.sub_event.basis is Basis.CONTEXT
    assert s.sub_event.spans[0].end < s.sentence.start


@pytest.mark.parametrize(
    "text",
    [
        "Warships shelled Halam. Nine people died in Tarif.",
        "Warships shelled Halam.\nIt rained.\nNine people died.",
        "Warships shelled Halam. Nine people died. The attacks in Tarif killed two men.",
        "Warships will shell Halam. Nine people died.",
        "Warships shelled Halam. Gunmen attacked a convoy with rifles.",
    ],
)
def test_another_place_a_later_paragraph_a_plan_or_a_weapon_keep_it_general(text: str) -> None:
    assert sub(read(text)[-1]) == "Attack"


def test_a_suicide_bomber_tells_the_kind_of_attack_and_is_its_actor() -> None:
    s = one("A suicide bomber killed nine people in Halam.")
    assert sub(s) == "Suicide bomb"
    assert s.weapons == ()
    assert names(s.actors) == ["suicide bomber"]
