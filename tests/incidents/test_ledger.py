from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import Say, report

from dateline.errors import ConfigError
from dateline.incidents import Linkable
from dateline.incidents.ledger import ledger
from dateline.incidents.policies import POLICIES, published_range, ranges
from dateline.incidents.totals import number
from dateline.incidents.voices import voices
from dateline.labels import Certainty, Measure, SourceType


def toll(
    key: str,
    low: int | None,
    high: int | None,
    published: str | None = "2016-05-02",
    label: Certainty = Certainty.STATED,
    source: str | None = None,
) -> Linkable:
    r = report(f"A toll as {key} gives it.", key, published, outlet=f"Outlet {key}")
    say = Say(r, r.text, "toll").toll(low, high).surely(label)
    return (say.said(source) if source else say).item()


def bounds(policy: str, *items: Linkable) -> tuple[int | None, int | None]:
    found = published_range(ledger(items).entries, policy)
    return found.min, found.max


def test_every_figure_is_kept_with_who_says_it() -> None:
    r = report("Police said 12 died, among them 3 children.", "a", outlet="Wire")
    said = Say(r, r.text, "died").toll(12, 12).toll(3, 3, of="children").toll(5, None, measure="injured")
    book = ledger([said.said("Agency", SourceType.AGENCY).said("Police", SourceType.POLICE).item()])
    total, child, injured = book.entries
    assert (total.min, total.max, total.of) == (12, 12, None)
    assert (child.of, injured.measure) == ("children", Measure.INJURED)
    assert total.said.sources == ("Agency", "Police")
    assert (total.said.voice, total.said.outlet, total.quote) == ("police:police", "Wire", "died")
    assert book.totals(Measure.KILLED) == (total,)
    assert book.breakdowns(Measure.KILLED) == (child,)
    assert book.measures == (Measure.KILLED, Measure.INJURED)
    assert [(x.measure, x.victims, x.min, x.max) for x in ranges(book)] == [
        (Measure.KILLED, None, 12, 12),
        (Measure.KILLED, "children", 3, 3),
        (Measure.INJURED, None, 5, None),
    ]


def test_policies() -> None:
    items = [
        toll("a", 12, 12, "2016-05-01"),
        toll("b", 10, None, "2016-05-02"),
        toll("c", 15, 15, "2016-05-03"),
        toll("d", 12, 12, "2016-05-02"),
    ]
    assert bounds("envelope", *items) == (10, 15)
    assert bounds("lowest", *items) == (10, None)
    assert bounds("latest", *items) == (15, 15)
    assert bounds("majority", *items) == (12, 12)
    assert published_range(ledger(items).entries, "latest").policy == "latest"


def test_what_most_tell_first_goes_before_what_most_tell() -> None:
    items = []
    for key, where in (("a", "a mill"), ("b", "a school by the river"), ("c", "the old market hall of Marrin")):
        first, later = f"Nine were killed in {where}.", f"Two of {where} were killed at once."
        r = report(f"{first} {later}", key, outlet=key)
        items += [Say(r, first, "killed").toll(9, 9).item(), Say(r, later, "killed").toll(2, 2).item()]
    other = report("Another paper counts two.", "d", outlet="d")
    items.append(Say(other, other.text, "counts").toll(2, 2).item())
    assert bounds("majority", *items) == (2, 2)
    assert bounds("foremost", *items) == (9, 9)


def test_of_what_is_as_common_first_that_which_is_said_most_goes_before() -> None:
    text = "Nine were killed in a mill. Nine of the miller's men were killed."
    r, other = report(text, "a", outlet="a"), report("Another paper counts two dead.", "b", outlet="b")
    items = [Say(r, f"{s}.", "killed").toll(9, 9).item() for s in text[:-1].split(". ")]
    items.append(Say(other, other.text, "dead").toll(2, 2).item())
    assert bounds("foremost", *items) == (9, 9)
    assert bounds("foremost", *items[1:]) == (2, 9)


def test_an_open_bound_stays_open() -> None:
    assert bounds("envelope", toll("a", 12, None)) == (12, None)
    assert bounds("envelope", toll("a", 12, None), toll("b", 10, 10)) == (10, None)
    assert bounds("envelope", toll("a", 12, None), toll("b", 20, 20)) == (12, 20)
    assert bounds("envelope", toll("a", None, 5), toll("b", 10, 10)) == (None, 10)


@pytest.mark.parametrize(("tolls", "low", "high", "highest"), [
    ((toll("a", 6, 6), toll("b", 126, None)), 6, None, 126),
    ((toll("a", 6, None),), 6, None, 6),
    ((toll("a", 6, None), toll("b", 20, 30)), 6, 30, 30),
    ((toll("a", None, 5),), None, 5, 5),
    ((toll("a", 9, 9, label=Certainty.DENIED),), None, None, None),
])  # fmt: skip
def test_the_highest_number_said_stands_beside_an_open_range(
    tolls: tuple[Linkable, ...], low: int | None, high: int | None, highest: int | None
) -> None:
    found = published_range(ledger(tolls).entries)
    assert (found.min, found.max, found.highest) == (low, high, highest)


@pytest.mark.parametrize("label", [Certainty.PLANNED, Certainty.HYPOTHETICAL, Certainty.ALLEGED, Certainty.DENIED])
def test_what_is_not_said_to_have_happened_is_marked_and_not_counted(label: Certainty) -> None:
    book = ledger([toll("a", 12, 12), toll("b", 90, 90, label=label)])
    assert [e.left_out for e in book.entries] == [None, str(label)]
    found = published_range(book.entries)
    assert (found.min, found.max, found.left_out) == (12, 12, 1)
    alone = published_range(book.entries[1:])
    assert (alone.min, alone.max, alone.used) == (None, None, ())


def test_wrong_requests_are_refused() -> None:
    book = ledger([toll("a", 12, 12)])
    with pytest.raises(ConfigError, match="no ledger policy 'mean'"):
        published_range(book.entries, "mean")
    with pytest.raises(ConfigError, match="one measure"):
        published_range([])


def test_a_reprint_is_no_second_voice() -> None:
    text = "At least twelve people died in the raid."
    first = Say(report(text, "a", "2016-05-01", "One"), text, "died").item()
    again = Say(report(text, "b", "2016-05-02", "Two"), text, "died").item()
    other = Say(report("Twelve died.", "c", "2016-05-02", "Three"), "Twelve died.", "died").item()
    assert set(voices([again, other, first]).values()) == {"outlet:one", "outlet:three"}


def test_two_outlets_that_quote_one_source_are_one_voice() -> None:
    a, b = toll("a", 3, 3, source="Mayor"), toll("b", 4, 4, source="mayor")
    assert set(voices([a, b]).values()) == {"official:mayor"}


def test_nobody_is_no_voice() -> None:
    r = report("Twelve reportedly died.", outlet="Wire")
    item = Say(r, r.text, "died").said("reportedly", SourceType.IMPERSONAL).item()
    assert voices([item]) == {item.id: "outlet:wire"}


figures = st.builds(
    toll,
    st.sampled_from("abcdef"),
    st.integers(0, 50),
    st.none() | st.integers(50, 90),
    st.sampled_from(["2016-05-01", "2016-05-03", None]),
)


@given(st.lists(figures, min_size=1, max_size=8, unique_by=lambda i: i.id), st.sampled_from(sorted(POLICIES)))
def test_a_range_lies_within_what_is_said_and_does_not_depend_on_order(items: list[Linkable], policy: str) -> None:
    book = ledger(items)
    assert ledger(reversed(items)) == book
    found = published_range(book.entries, policy)
    assert found.min is not None and found.min >= min(number(e) for e in book.entries)
    if found.max is not None:
        assert found.min <= found.max <= max(e.max or 0 for e in book.entries)
    assert set(found.used) <= {i.id for i in items} and found.used
