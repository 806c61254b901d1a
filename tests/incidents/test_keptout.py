from __future__ import annotations

from tests.builders import HALAM, TARIF, Say, report

from dateline.config import LinkConfig
from dateline.incidents.items import Linkable
from dateline.incidents.keptout import KeptOut, kept_out
from dateline.records import Statement

CONFIG = LinkConfig()
STRIKE = "Jets struck the grain market of Halam and killed 14 people."


def told(key: str, day: str, *, published: str = "2016-05-04", text: str = STRIKE) -> Say:
    return Say(report(text, key, published, f"Outlet {key}"), text, "struck").at(HALAM).on(day).toll(14, 14)


def item(say: Say) -> tuple[Linkable, ...]:
    made: Statement = say.done()
    return (Linkable(made, say.r.key, say.r.published, say.r.outlet, say.r.text),)


def found(first: Say, *others: Say) -> tuple[KeptOut, ...]:
    ours = item(first)
    return kept_out([ours, *map(item, others)], [ours[0].id], CONFIG)


def test_a_pair_that_only_its_day_forbids_is_found_with_that_reason() -> None:
    (held,) = found(told("a", "2016-05-01"), told("b", "2016-04-20"))
    assert held.because == "2016-05-01 and 2016-04-20 do not overlap"
    assert held.link.score >= CONFIG.threshold and not held.link.same
    assert any(r.name == "date.disjoint" for r in held.link.reasons)


def test_what_nothing_forbids_and_what_is_not_alike_are_left_out() -> None:
    other = "A court in the capital heard the case of two smugglers."
    unlike = Say(report(other, "c", "2016-05-04", "Outlet c"), other, "heard").at(TARIF).on("2016-04-20")
    assert found(told("a", "2016-05-01"), told("b", "2016-05-01"), unlike) == ()


def test_a_practice_is_told_from_one_happening() -> None:
    text = "Jets have repeatedly struck the grain market of Halam and killed 14 people."
    (held,) = found(told("a", "2016-05-01"), told("b", "2016-05-01", text=text))
    assert held.because == "one tells of a habit or a campaign, the other of one happening"


def test_the_order_of_reports_does_not_matter() -> None:
    ours, one, two = item(told("a", "2016-05-01")), item(told("b", "2016-04-20")), item(told("c", "2016-04-18"))
    pairs = kept_out([ours, one, two], [ours[0].id], CONFIG)
    assert pairs == kept_out([two, one, ours], [ours[0].id], CONFIG) and len(pairs) == 2
    assert pairs == kept_out([one, ours, two], [ours[0].id], CONFIG)
