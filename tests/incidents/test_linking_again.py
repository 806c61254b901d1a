from __future__ import annotations

from itertools import accumulate

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.builders import HALAM, TARIF, Say, report

from dateline.config import LinkConfig
from dateline.incidents import Linkable, link
from dateline.incidents.linking import Linker
from dateline.incidents.verdicts import Verdict, Verdicts

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


def test_what_people_say_one_after_the_other_is_heeded_without_going_through_all_again() -> None:
    held = [told(f"k{n}", TEXTS[n % 3], n % 3, 1 + n % 4, 1 + n % 5) for n in range(30)]
    ids = [i.id for i in held]
    verdicts = [
        Verdict(((ids[0],), (ids[1],)), False),
        Verdict(((ids[0], ids[7], ids[20]),), True),
        Verdict(((ids[20],), (ids[2], ids[5])), True),
        Verdict(((ids[20],), (ids[0], ids[7])), False),
    ]
    linker = Linker(CONFIG)
    linker.link(held)
    whole = linker.scored
    for n in (1, 2, 3, 4, 1, 0):
        before, said = linker.scored, Verdicts(verdicts[:n])
        assert linker.link(held, said) == link(held, CONFIG, verdicts=said)
        assert linker.scored - before < whole


@settings(deadline=None)
@given(st.lists(items(), min_size=4, max_size=10), st.data())
def test_linking_again_after_verdicts_gives_what_linking_once_gives(held: list[Linkable], data: st.DataObject) -> None:
    once = {i.id: i for i in held}
    assume(len(once) > 1)
    linker = Linker(CONFIG)
    said: list[Verdict] = []
    for _ in range(3):
        chosen = data.draw(st.lists(st.sampled_from(sorted(once)), min_size=2, max_size=4, unique=True))
        said.append(Verdict(((chosen[0],), tuple(chosen[1:])), data.draw(st.booleans())))
        assert linker.link(once.values(), Verdicts(said)) == link(once.values(), CONFIG, verdicts=Verdicts(said))


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
