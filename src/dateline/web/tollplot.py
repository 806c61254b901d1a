"""The toll over time: for each measure a picture of every voice's figures by the day they were published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.incidents.totals import number
from dateline.incidents.view import IncidentView, LedgerEntry, PublishedRange
from dateline.labels import Measure
from dateline.web import labels

WIDTH, HEIGHT = 760, 280
LEFT, RIGHT, TOP, BOTTOM = 56, 560, 18, 236
"""The frame within the picture; names of voices stand right of it, days below it."""
UNDATED = 66
"""Width of the lane left of the first day for figures without one."""
SHAPES = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z",
    "M-4.5 -4.5H4.5V4.5H-4.5Z",
    "M0 -6L5.5 4.5H-5.5Z",
    "M0 -6L6 0L0 6L-6 0Z",
    "M0 6L5.5 -4.5H-5.5Z",
    "M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z",
)
"""Marks, drawn around 0, 0: a voice is told by its shape, its colour and its name."""
MOST_VOICES = len(SHAPES)
"""Voices that are drawn apart, those with most figures first; the others share one mark."""
LINE = 15
_MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure: where it stands, its bar from lowest to highest, and which of its ends are open."""

    x: float
    y: float
    low: float
    high: float
    up: bool
    down: bool
    hollow: bool
    title: str


@dataclass(frozen=True, slots=True)
class Series:
    """A voice's figures in order of publication; `path` joins those that stand, `label_y` is where its name goes."""

    n: int
    name: str
    marks: tuple[Mark, ...]
    path: str
    label_y: float

    @property
    def shape(self) -> str:
        """The path of its mark."""
        return SHAPES[self.n]


@dataclass(frozen=True, slots=True)
class Band:
    """The published range: from `y` over `height`; open at the top where it has no upper bound."""

    y: float
    height: float
    open: bool
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of one measure. Ticks are (place, words); `omitted` counts figures it does not show."""

    measure: Measure
    series: tuple[Series, ...]
    across: tuple[tuple[float, str], ...]
    upwards: tuple[tuple[float, str], ...]
    band: Band | None
    summary: str
    omitted: int


def plots(view: IncidentView) -> dict[Measure, Plot]:
    """A picture for each measure of which two figures or more can be drawn: totals, but not of something wider."""
    made = {}
    for measure in view.ledger.measures:
        entries = view.ledger.totals(measure)
        drawn = [e for e in entries if (e.min, e.max) != (None, None) and not (e.left_out or "").startswith("counts")]
        if len(drawn) > 1:
            made[measure] = _plot(view, measure, drawn, len(entries) - len(drawn))
    return made


def _plot(view: IncidentView, measure: Measure, entries: Sequence[LedgerEntry], omitted: int) -> Plot:
    published = view.range_of(measure)
    top = _ceiling(max(e.max if e.max is not None else number(e) for e in entries))
    days = sorted({e.said.published for e in entries if e.said.published})
    frame = _Frame(days, top, any(e.said.published is None for e in entries))
    names = {v.id: v.name for v in view.hearing.voices}
    series = _spread(_series(entries, frame, names))
    voices = labels.counted(len({e.said.voice for e in entries}), "voice")
    span = f", published {labels.days(days[0], days[-1])}" if days else ""
    told = f"{labels.counted(len(entries), 'figure')} of {voices}{span}"
    lowest, highest = min(number(e) for e in entries), max(number(e) for e in entries)
    return Plot(
        measure=measure,
        series=series,
        across=frame.across(),
        upwards=tuple((frame.y(v), f"{v:,}") for v in _ticks(top)),
        band=_band(published, frame) if published else None,
        summary=f"{labels.measure(measure).capitalize()}: {told}, from {lowest:,} to {highest:,}",
        omitted=omitted,
    )


def _step(highest: int) -> int:
    """The smallest of 1, 2, 5, 10, 20 … with which few ticks reach the highest number."""
    power = 1
    while 5 * power * _MOST_TICKS < highest:
        power *= 10
    return next(first * power for first in (1, 2, 5) if first * power * _MOST_TICKS >= highest)


def _ceiling(highest: int) -> int:
    step = _step(max(highest, 1))
    return -(-max(highest, 1) // step) * step


def _ticks(top: int) -> range:
    return range(0, top + 1, _step(top))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Days to x, numbers to y."""

    days: Sequence[date]
    top: int
    undated: bool

    @property
    def left(self) -> float:
        return LEFT + 14 + (UNDATED if self.undated and self.days else 0)

    def x(self, day: date | None) -> float:
        if day is None:
            return LEFT + 14 if self.days else (LEFT + RIGHT) / 2
        length = (self.days[-1] - self.days[0]).days
        if not length:
            return (self.left + RIGHT) / 2
        return self.left + (RIGHT - 14 - self.left) * (day - self.days[0]).days / length

    def y(self, value: int) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * min(value, self.top) / self.top, 1)

    def across(self) -> tuple[tuple[float, str], ...]:
        """Up to four days, evenly; "no day" for figures without one."""
        ticks = [(self.x(None), "no day")] if self.undated else []
        if self.days:
            length = (self.days[-1] - self.days[0]).days
            parts = min(length, 3)
            shown = [self.days[0] + timedelta(days=round(length * n / max(parts, 1))) for n in range(parts + 1)]
            ticks += [(round(self.x(d), 1), f"{d.day} {labels.month(d)[:3]} {d.year}") for d in shown]
        return tuple(ticks)


def _series(entries: Sequence[LedgerEntry], frame: _Frame, names: Mapping[str, str]) -> list[Series]:
    """Voices with most figures first; beyond the first few they share the last mark."""
    by_voice: dict[str, list[LedgerEntry]] = defaultdict(list)
    for e in entries:
        by_voice[e.said.voice].append(e)
    ranked = sorted(by_voice, key=lambda v: (-len(by_voice[v]), v))
    if len(ranked) > MOST_VOICES:
        rest = ranked[MOST_VOICES - 1 :]
        groups = [[v] for v in ranked[: MOST_VOICES - 1]] + [rest]
    else:
        groups = [[v] for v in ranked]
    aside = _aside([[e for v in group for e in by_voice[v]] for group in groups])
    out = []
    for n, group in enumerate(groups):
        own = sorted((e for v in group for e in by_voice[v]), key=lambda e: (e.said.published or date.min, e.id))
        marks = tuple(_mark(e, frame, aside[n, e.said.published], names) for e in own)
        path = _path(own, marks) if len(group) == 1 else ""
        name = names[group[0]] if len(group) == 1 else f"{len(group)} other voices"
        out.append(Series(n, _short(name), marks, path, marks[-1].y))
    return out


def _aside(groups: Sequence[Sequence[LedgerEntry]]) -> dict[tuple[int, date | None], float]:
    """How far beside its day each group's marks stand, so that those of one day do not cover each other."""
    of_day: dict[date | None, list[int]] = defaultdict(list)
    for n, group in enumerate(groups):
        for day in dict.fromkeys(e.said.published for e in group):
            of_day[day].append(n)
    return {(n, day): (i - (len(ns) - 1) / 2) * 11 for day, ns in of_day.items() for i, n in enumerate(ns)}


def _path(entries: Sequence[LedgerEntry], marks: Sequence[Mark]) -> str:
    """A line through a voice's figures, the highest of each day, if there are several days."""
    highest: dict[date, Mark] = {}
    for e, m in zip(entries, marks, strict=True):
        day = e.said.published
        if day and _stood(e) and (day not in highest or m.y < highest[day].y):
            highest[day] = m
    return "M" + "L".join(f"{m.x} {m.y}" for m in highest.values()) if len(highest) > 1 else ""


def _stood(e: LedgerEntry) -> bool:
    """Whether a figure is, or was until it was revised, what its voice says."""
    return e.left_out is None or e.revised_by is not None


def _mark(e: LedgerEntry, frame: _Frame, aside: float, names: Mapping[str, str]) -> Mark:
    value = number(e)
    day = labels.day(e.said.published) if e.said.published else "no day known"
    why = f"; not counted: {e.left_out}" if e.left_out else ""
    return Mark(
        x=round(frame.x(e.said.published) + aside, 1),
        y=frame.y(value),
        low=frame.y(e.min if e.min is not None else value),
        high=frame.y(e.max if e.max is not None else value),
        up=e.max is None,
        down=e.min is None,
        hollow=e.left_out is not None,
        title=f"{labels.number_range(e.min, e.max)}: {names[e.said.voice]}, {day}{why}",
    )


def _short(name: str) -> str:
    return name if len(name) <= 25 else f"{name[:24].rstrip()}…"


def _spread(series: Sequence[Series]) -> tuple[Series, ...]:
    """The same series with names far enough apart to be read, each as near to its last figure as that allows."""
    order = sorted(series, key=lambda s: (s.label_y, s.n))
    places: dict[int, float] = {}
    floor = float(TOP)
    for s in order:
        places[s.n] = max(floor, s.label_y)
        floor = places[s.n] + LINE
    ceiling = float(BOTTOM)
    for s in reversed(order):
        places[s.n] = min(places[s.n], ceiling)
        ceiling = places[s.n] - LINE
    return tuple(Series(s.n, s.name, s.marks, s.path, round(places[s.n], 1)) for s in series)


def _band(published: PublishedRange, frame: _Frame) -> Band | None:
    if not published.used:
        return None
    low = frame.y(published.min or 0)
    high = frame.y(published.max) if published.max is not None else float(TOP)
    told = labels.number_range(published.min, published.max, published.highest)
    text = f"published by policy {published.policy}: {told}"
    # a single number is a line, not nothing
    return Band(min(high, low - 1.5), round(max(low - high, 3), 1), published.max is None, text)
