from __future__ import annotations

import pytest
from tests.english import triggers

from dateline.data import load_yaml


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled Halam.", [("shelled", "shelling")]),
        ("The shelling went on.", [("shelling", "shelling")]),
        ("Guards opened fire.", [("opened fire", "fire")]),
        ("He blew himself up.", [("blew himself up", "suicide_bombing")]),
        ("Police arrested two men.", [("arrested", "arrest")]),
        ("The army accuses the rebels.", [("accuses", "accuse")]),
        ("They took control of Halam.", [("took control of", "capture")]),
        ("Troops entered Tarif.", [("entered", "move")]),
        ("He entered politics.", []),
        ("They fired rockets.", [("fired", "fire")]),
        ("The manager was fired.", []),
        ("Air strikes hit the market.", [("Air strikes", "air_strike"), ("hit", "hit")]),
        ("The rebels attack at dawn.", [("attack", "attack")]),
        ("The attack came at dawn.", [("attack", "attack")]),
        ("The bombing was condemned.", [("bombing", "bombing"), ("condemned", "condemn")]),
        ("They were accused of bombing the town.", [("accused", "accuse"), ("bombing", "bombing")]),
        ("The Liberation Front said so.", []),
        ("The peace process is slow.", []),
    ],
)
def test_words_name_happenings_where_they_should(text: str, expected: list[tuple[str, str]]) -> None:
    assert triggers(text) == expected


def test_every_kind_of_trigger_is_a_kind_of_happening() -> None:
    kinds = set(load_yaml("dateline.language.en.data", "triggers.yaml")) - {"never"}
    assert kinds <= set(load_yaml("dateline.ontology.data", "happenings.yaml"))
