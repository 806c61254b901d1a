from __future__ import annotations

from itertools import accumulate

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import HALAM, TARIF, Say, report

from dateline.config import LinkConfig
from dateline.incidents import Linkable, link
from dateline.incidents.linking import Linker

CONFIG = LinkConfig()
PLACES = (HALAM, TARIF, {"name": "Marrin"})
TEXTS = ("Jets bombed the market hall of Halam.", "Warplanes bombed Halam.", "A raid hit a bakery in Tarif.")


def told(key: str, text: str, place: int, day: int, toll: int) -> Linkable:
    trigger = "hit" if " hit " in text else "bombed"
    say = Say(report(text, key, f"2016-05-{day + 1:02}"), text, trigger)
    return say.at(PLACES[place]).on(f"2016-05-{day:02}").toll(toll, toll).item()


@st.composite
def items(draw: st.DrawFn) -> Linkable:
    key = draw(st.sampled_from([f"k{i}" for i in range(9)]))
    numbers = [draw(st.integers(*bounds)) for bounds in ((0, 2), (1, 4), (1, 7))]
    return told(key, draw(st.sampled_from(TEXTS)), *numbers)


@settings(deadline=None)
@given(st.lists(st.lists(items(), max_size=5), min_size=1, max_size=5))
def test_linking_again_gives_what_linking_once_gives(parts: list[list[Linkable]]) -> None:
    linker = Linker(CONFIG)
    for held in accumulate(parts, lambda a, b: [*a, *b]):
        once = {i.id: i for i in held}
        assert linker.link(once.values()) == link(once.values(), CONFIG)


@settings(deadline=None)
@given(st.lists(items(), max_size=10), st.data())
def test_what_is_taken_away_is_forgotten(held: list[Linkable], data: st.DataObject) -> None:
    once = {i.id: i for i in held}
    linker = Linker(CONFIG)
    linker.link(once.values())
    kept = [i for i in once.values() if data.draw(st.booleans())]
    assert linker.link(kept) == link(kept, CONFIG)


def test_a_new_report_costs_its_own_pairs_only() -> None:
    held = [told(f"k{n}", TEXTS[n % 3], n % 3, 1 + n % 4, 1 + n % 5) for n in range(40)]
    linker = Linker(CONFIG)
    linker.link(held)
    before = linker.scored
    linker.link(held)
    assert linker.scored == before
    result = linker.link([*held, told("new", TEXTS[0], 0, 2, 3)])
    assert 0 < linker.scored - before < len(held)
    assert len([s for i in result.incidents for s in i.statements]) == 41
