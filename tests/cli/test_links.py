from __future__ import annotations

from dateline.cli.links import kept_out_lines, link_lines, waterfall
from dateline.incidents.keptout import KeptOut
from dateline.incidents.onereport import FOLLOWS
from dateline.records import Link, Reason


def link(*reasons: tuple[str, float], same: bool = True) -> Link:
    held = tuple(Reason(name=n, text=f"because of {n}", weight=w) for n, w in reasons)
    return Link(left="s_a", right="s_b", same=same, score=round(sum(w for _, w in reasons), 3), reasons=held)


def test_each_bar_begins_where_the_one_before_it_ends() -> None:
    lines = list(waterfall(link(("date.same", 4.0), ("prior.across", -2.0), ("place.same", 1.0)).reasons))
    bars = [line[8:32] for line in lines]
    ends = [(len(b) - len(b.lstrip()), len(b.rstrip())) for b in bars]
    assert ends[0][0] == 0 and ends[0][1] == ends[1][1] and ends[1][0] == ends[2][0]
    assert "█" in bars[0] and "░" in bars[1] and lines[0].startswith(" +4.00")
    assert list(waterfall(link(("date.fits", 0.0)).reasons))


def test_links_stand_under_what_they_are() -> None:
    held = [link(("date.same", 4.0)), link((FOLLOWS, -2.0), same=False), link(("date.same", 1.0), same=False)]
    lines = list(link_lines(held, {"s_a": "SYR-1"}, {"s_a": "Jets\nbombed."}, 2.0))
    order = [lines.index(h) for h in ("joined because", "told as coming after", "not joined, though alike")]
    assert order == sorted(order)
    assert "    SYR-1: “Jets bombed.”" in lines
    many = list(link_lines([link(("date.same", 4.0))] * 40, {}, {}, 2.0))
    assert many[-1] == "  … and 10 more"


def test_what_is_kept_out_is_told_with_what_forbids_it() -> None:
    held = KeptOut(link(("date.same", 4.0), ("place.far", -20.0), same=False), "Halam and Tarif lie far apart")
    lines = list(kept_out_lines([held], {"s_b": "SYR-2"}, {}))
    assert lines[0] == "would be joined, were it not forbidden"
    assert [line.split(":")[0].split()[-1] for line in lines if "because of" in line] == ["date.same", "place.far"]
    assert "whatever the sum" in lines[-2] and "█" in lines[-3]
    assert lines[-1].endswith("but for this: Halam and Tarif lie far apart")
    assert "    SYR-2: “”" in lines
    assert list(kept_out_lines([], {}, {})) == []
    assert list(kept_out_lines([held] * 40, {}, {}))[-1] == "  … and 10 more"
