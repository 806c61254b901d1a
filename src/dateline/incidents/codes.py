"""Ids and codes of incidents. The id is stable; the code is for people to read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from dateline.incidents.items import Linkable
from dateline.incidents.places import level
from dateline.incidents.weights import weights
from dateline.records import Place, digest

NO_COUNTRY = "XXX"
"""What ICAO 9303 writes for an unspecified state."""


def incident_id(items: Iterable[Linkable]) -> str:
    """Hash of the anchor, the earliest published statement: the id stays while later reports join."""
    return "i_" + digest(min(items, key=lambda i: i.order).id)


def slug(text: str) -> str:
    """Lower-case ASCII letters and digits joined by hyphens; other scripts leave nothing."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def summary_place(items: Iterable[Linkable]) -> Place | None:
    """The finest event place that most statements name; of equals, the first said."""
    named: Counter[str] = Counter()
    first: dict[str, Place] = {}
    for item in sorted(items, key=lambda i: i.order):
        for key, p in {(p.place_id or p.name.casefold()): p for p in item.statement.event_places}.items():
            named[key] += 1
            first.setdefault(key, p)
    if not first:
        return None
    fine = {k: 9 if level(p) is None else level(p) or 0 for k, p in first.items()}
    seen = list(first)
    return first[max(first, key=lambda k: (fine[k], named[k], -seen.index(k)))]


def _when(items: Sequence[Linkable]) -> str:
    """The day most statements give, else "by-" the first publication, else "undated"."""
    days = Counter(d.earliest for i in items if (d := i.statement.date) and d.earliest and d.earliest == d.latest)
    if days:
        return str(max(days, key=lambda d: (days[d], -d.toordinal())))
    published = min((i.published for i in items if i.published), default=None)
    return f"by-{published}" if published else "undated"


def code(items: Sequence[Linkable]) -> str:
    """Country, day, place and kind: "SYR-2015-11-17-raqqa-shelling". Parts nobody says are left out."""
    place = summary_place(items)
    short = weights().short
    kinds = Counter(
        short.get(s.sub_event.code if s.sub_event else "", slug(s.event.code))
        for s in (i.statement for i in sorted(items, key=lambda i: i.order))
    )
    parts = [place.country if place and place.country else NO_COUNTRY, _when(items)]
    parts += [slug(place.name)] if place and slug(place.name) else []
    return "-".join([*parts, max(kinds, key=lambda k: kinds[k])])


def unique(names: Iterable[str]) -> list[str]:
    """The codes with -2, -3 … after those that came before."""
    names = list(names)
    taken, out = set(names), []
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        made = name
        while seen[name] > 1 and (made := f"{name}-{seen[name]}") in taken:
            seen[name] += 1
        taken.add(made)
        out.append(made)
    return out
