"""What speaks for and against two statements of one report being about one happening: where they stand, what the later
adds, what was told between them."""

from __future__ import annotations

from collections.abc import Iterator

from dateline.incidents.apart import Found, because
from dateline.incidents.course import named_here
from dateline.incidents.features import Features
from dateline.incidents.places import TOGETHER, relation
from dateline.incidents.remark import chance
from dateline.incidents.weights import Weights

CLOSE = 400
"""Characters between two triggers of a report that stand close together: two or three sentences."""
DISTANT = 1500
"""Characters between two triggers of a report that stand far from each other."""
SURELY_ONE = -1.5
"""The log odds of a general remark up to which a statement is of one happening for all linking cares."""
FOLLOWS = "cue.after"
"""The reason that says that one of two statements came after the other."""


def one_report(a: Features, b: Features, w: Weights) -> Iterator[Found]:
    """The reasons of two statements of one report."""
    earlier, later = sorted((a, b), key=lambda f: (f.item.statement.trigger[0].start, f.id))
    yield because("report.same")
    yield from _where(earlier, later)
    yield from _cues(earlier, later, w)
    if a.size == b.size == 1:
        yield from _added(earlier, later, w)
        yield from _between(earlier, later, w)


def _where(earlier: Features, later: Features) -> Iterator[Found]:
    """Where the two stand in their report, and what the report as a whole is like."""
    x, y, story = earlier.item.statement, later.item.statement, earlier.story
    if x.sentence == y.sentence:
        yield because("sentence.same_sentence")
        if earlier.earlier != later.earlier:
            yield because(FOLLOWS, x=(earlier if earlier.earlier else later).item.statement.trigger[0].quote)
    elif (apart := y.trigger[0].start - x.trigger[0].start) <= CLOSE:
        yield because("report.close")
    elif apart > DISTANT:
        yield because("report.distant")
    if later.course.nth - earlier.course.nth == 1:
        yield because("report.next")
    if min(x.sentence.end, y.sentence.end) <= story.lead:
        yield because("report.lead")
    if story.one_town:
        yield because("report.one_town")
    if story.one_day:
        yield because("report.one_day")


def _cues(earlier: Features, later: Features, w: Weights) -> Iterator[Found]:
    """Words that set the later apart or point back, and how much either says of what was done."""
    if later.another:
        yield because("cue.another")
    if later.beside:
        yield because("cue.beside")
    if later.definite is not None:
        yield because("report.points_back" if later.definite else "report.tells_new")
    if earlier.several != later.several:
        yield because("trigger.number")
    if (general := round(max(earlier.remark, later.remark) - SURELY_ONE, 3)) > 0:
        yield because("event.remark", general, x=round(100 * chance(general + SURELY_ONE)))
    if earlier.sub_event == later.sub_event and earlier.sub_event in w.general:
        yield because("event.both_general", x=earlier.sub_event)


def _added(earlier: Features, later: Features, w: Weights) -> Iterator[Found]:
    """What the later names of its own: hardly anything, and it goes on about what was told; a place, and it may not."""
    if later.facts < 2:
        yield because("report.adds_little" if later.facts else "report.adds_nothing")
    ours, theirs = named_here(earlier.item), named_here(later.item)
    if theirs and not ours:
        yield because("place.of_its_own", x=theirs[0].name)
    lie = {relation(p, q, w.near_km, w.far_km) in TOGETHER for p in ours for q in theirs}
    if len(lie) == 2:
        yield because("place.besides", a=ours[0].name, b=theirs[-1].name)


def _between(earlier: Features, later: Features, w: Weights) -> Iterator[Found]:
    """A place or a day that is not that of the earlier, named last before the later."""
    at, last = earlier.item.statement.trigger[0].start, later.course
    if last.place_at > at and earlier.places:
        lie = {relation(p, q, w.near_km, w.far_km) for p in earlier.places for q in last.places}
        if not lie & TOGETHER:
            yield because("place.between", x=last.places[0].name)
    if last.day_at > at and earlier.earliest and last.day != earlier.earliest:
        yield because("date.between", x=last.day)
