from __future__ import annotations

import pytest
from tests.english import one, read

from dateline.errors import PluginError
from dateline.language.base import Mention, MentionKind
from dateline.statements.events import happenings, kind_of


def said(text: str) -> list[list[str]]:
    return [[t.quote for t in s.trigger] for s in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bombing killed 12 people and wounded 30.", [["bombing", "killed", "wounded"]]),
        ("Rebels shelled Tarif and captured Halam.", [["shelled"], ["captured"]]),
        ("The army carried out strikes on rebel bases.", [["strikes", "carried out"]]),
        ("The group claimed responsibility for the attack.", [["attack", "claimed responsibility for"]]),
        ("No group has claimed responsibility for the attack.", [["attack"]]),
        ("Nobody has claimed responsibility.", []),
        ("Air strikes hit the market.", [["Air strikes", "hit"]]),
        ("They met to discuss the border.", [["met", "discuss"]]),
        ("Ten people were killed.", [["killed"]]),
    ],
)
def test_words_for_one_happening_make_one_statement(text: str, expected: list[list[str]]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    ("text", "event", "sub"),
    [
        ("Warships fired missiles at rebel bases.", "ASSAULT", "Shelling/artillery/missile attack"),
        ("Warplanes attacked a convoy.", "ASSAULT", "Air/drone strike"),
        ("Gunmen attacked a convoy.", "ASSAULT", "Attack"),
        ("Police arrested ten men.", "COERCE", "Arrests"),
        ("Rebels captured Halam.", "ASSAULT", "Non-state actor overtakes territory"),
        ("The Ruvanian army captured Halam.", "ASSAULT", "Government regains territory"),
        ("Students protested in Halam.", "PROTEST", "Peaceful protest"),
        ("The two leaders met on Monday.", "CONSULT", None),
    ],
)
def test_codes_depend_on_the_word_and_on_what_is_with_it(text: str, event: str, sub: str | None) -> None:
    s = one(text)
    assert s.event.code == event
    assert (s.sub_event.code if s.sub_event else None) == sub
    assert s.event.scheme == "plover"
    assert s.event.why


def test_every_happening_has_a_reason_and_a_source() -> None:
    for kind in happenings().values():
        assert kind.why
        assert kind.source


def test_an_unknown_label_is_said_to_be_unknown() -> None:
    with pytest.raises(PluginError, match="heads\\.v9 labels a trigger 'NONSENSE'"):
        kind_of(Mention(MentionKind.TRIGGER, 0, 1, 0, "NONSENSE", "", "heads.v9"))
