"""Places: each expression of a statement gets its gazetteer entry, coordinates and precision, or none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate

from dateline.language.base import Annotation, MentionKind
from dateline.language.en.placewords import Part, Phrase, led, parse, words
from dateline.records import Place, Report, Statement
from dateline.resolve.gazetteer.base import Candidate, Gazetteer
from dateline.resolve.gazetteer.normal import normal
from dateline.resolve.place_sense import Choice, Query, Senses

TAIL = 60
"""Characters after a name that may say what holds it."""
_STOP = re.compile(r"[.;:()\[\]\n—–\"“”!?]")
_OWNER = re.compile(r"((?:[A-Z][\w-]*\s)*[A-Z][\w-]+)['’]s\s+(?:\w+ern\s+)?$")
PRECISION = {"country": (3, 6), "admin1": (3, 4), "admin2": (2, 3), "region": (3, 5), "water": (3, 5), "place": (1, 1)}
"""Kind of entry → (ACLED geo_precision, UCDP where_prec), after the codebooks: 1 the named town; ACLED 2 near a
town or part of a region, 3 a larger region; UCDP 2 within 25 km, 3 second- and 4 first-order region, 5 a fuzzy
area, 6 a country, 7 international waters."""


@dataclass(frozen=True, slots=True)
class _Mention:
    phrase: Phrase
    head: Query | None
    holders: tuple[Query, ...]


class PlaceResolver:
    """Resolves the places of a report together: each name means the same entry throughout."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._longest = lru_cache(maxsize=20_000)(self._longest_of)
        self._parse = lru_cache(maxsize=20_000)(lambda surface: parse(surface, lambda w: self._longest(tuple(w))))

    def _longest_of(self, tokens: tuple[str, ...]) -> int:
        return self._gazetteer.longest(tokens)

    def resolve(
        self, report: Report, annotation: Annotation, statements: tuple[Statement, ...]
    ) -> tuple[Statement, ...]:
        """The same statements, each place with its entry, precision and reasons; unknown places unchanged."""
        mentions: dict[tuple[str, int, int], _Mention] = {}
        counts: Counter[Query] = Counter()
        spots: set[tuple[int, int]] = set()
        for key, place in _places(statements):
            if key not in mentions:
                mentions[key] = self._mention(report, place.name, key[1], key[2])
        for key, m in mentions.items():
            for q in (m.head, *m.holders):
                if q and ((key[1], key[2]) not in spots or q not in counts):
                    counts[q] += 1
            spots.add((key[1], key[2]))
        self._others(report, annotation, counts, spots)
        if not mentions:
            return statements
        ordered = {q: counts[q] for q in sorted(counts, key=lambda q: (q.name, q.kind or "", q.holders))}
        choices = Senses(self._gazetteer, ordered, _actor_countries(statements)).decide()
        only = _only_country(choices)
        done = {k: self._placed(m, choices, only) for k, m in mentions.items()}
        return tuple(
            replace(s, places=tuple(done[_key(p)].onto(p) for p in s.places)) if s.places else s for s in statements
        )

    def _mention(self, report: Report, surface: str, start: int, end: int) -> _Mention:
        """The expression with what the text around it says: ", Country" after it, an owner before it."""
        phrase = self._parse(surface)
        head = phrase.head
        if head is None:
            return _Mention(phrase, None, ())
        if not phrase.holders and start < end and report.text[start:end] == surface:
            phrase, head = self._in_context(report.text, start, end, phrase, head)
        holders = tuple(h for h in phrase.holders if not h.near and not h.border)
        named = tuple((_holder_name(h), h.listed) for h in holders)
        asked = head.kind if head.kind != "facility" else None
        name = _holder_name(head) if "." in head.name else head.name
        return _Mention(phrase, Query(name, asked, named), tuple(_holder_query(h) for h in holders))

    def _in_context(self, text: str, start: int, end: int, phrase: Phrase, head: Part) -> tuple[Phrase, Part]:
        before = text[max(0, start - TAIL) : start]
        head = led(head, before)
        phrase = replace(phrase, head=head)
        tail = text[end : end + TAIL]
        cut = _STOP.search(tail)
        if tail := tail[: cut.start() if cut else None].rstrip():
            longer = self._parse(phrase.surface + tail)
            if longer.head and normal(longer.head.name) == normal(head.name) and longer.holders:
                head = replace(head, kind=longer.head.kind)
                return replace(longer, surface=phrase.surface, head=head), head
        if owner := _OWNER.search(before):
            found = self._parse(owner[1])
            if found.head and found.head.known:
                return replace(phrase, holders=(found.head,)), head
        return phrase, head

    def _others(
        self, report: Report, annotation: Annotation, counts: Counter[Query], seen: set[tuple[int, int]]
    ) -> None:
        """Count place mentions outside statements: they say what the report is about."""
        starts, ends = _reaching(seen)
        for m in annotation.mentions:
            if m.kind is MentionKind.PLACE and not m.start < ends[bisect_left(starts, m.end)]:
                head = self._parse(report.text[m.start : m.end]).head
                if head and head.known and not head.border:
                    counts[Query(head.name, head.kind if head.kind != "facility" else None)] += 1

    def _placed(self, m: _Mention, choices: dict[Query, Choice], only: str | None) -> _Placed:
        """What a mention means: its own entry, else that of what holds it, else at most a country."""
        if m.head is None or m.phrase.head is None:
            return _Placed(why=("the expression holds no name",))
        choice = choices[m.head]
        crossing = m.phrase.head.border and (choice.entry is None or choice.entry.kind == "country")
        if choice.entry and not crossing and not (m.phrase.head.kind == "facility" and choice.entry.level == 3):
            return self._entry(choice.entry, m.phrase, choice.why, exact=True)
        for q in m.holders:
            held = choices[q]
            if held.entry:
                why = (*choice.why, f"placed by {q.name!r}, which holds it", *held.why)
                return self._entry(held.entry, m.phrase, why, exact=False)
        if crossing:
            # "the border with Jordan" lies beside Jordan, in a country the words do not name.
            said = (
                (f"every other place of the report lies in {only}",) if only else ("a border lies in either country",)
            )
            return _Placed(country=only, why=(*choice.why, *said))
        return _Placed(country=choice.country, why=choice.why)

    def _entry(self, c: Candidate, phrase: Phrase, why: tuple[str, ...], *, exact: bool) -> _Placed:
        geo, where = precision(c, phrase, exact=exact)
        country = self._gazetteer.country(c.country) if c.country else None
        path = [country.name if country else "", c.admin1 if c.kind in ("admin1", "admin2", "place") else ""]
        path.append(c.admin2 if c.kind in ("admin2", "place") else "")
        admin = tuple(p for p in path if p)
        return _Placed(shown(c, phrase, exact=exact), c, c.country or None, admin, geo, where, why)


@dataclass(frozen=True, slots=True)
class _Placed:
    """Values for a Place."""

    name: str | None = None
    entry: Candidate | None = None
    country: str | None = None
    admin: tuple[str, ...] = ()
    geo_precision: int | None = None
    where_prec: int | None = None
    why: tuple[str, ...] = ()

    def onto(self, place: Place) -> Place:
        """The place with these values; spans, role and basis stay."""
        e = self.entry
        return replace(
            place,
            name=self.name or place.name,
            country=self.country or place.country,
            place_id=e.id if e else None,
            lat=e.lat if e else None,
            lon=e.lon if e else None,
            feature=e.feature if e else None,
            admin=self.admin,
            geo_precision=self.geo_precision,
            where_prec=self.where_prec,
            why=(*place.why, *self.why),
        )


def precision(c: Candidate, phrase: Phrase, *, exact: bool) -> tuple[int, int]:
    """(ACLED geo_precision, UCDP where_prec) of an expression placed by an entry. Never finer than its words."""
    geo, where = PRECISION[c.kind]
    if c.kind == "water" and not (c.country or c.countries):
        where = 7
    if phrase.plain and exact:
        return geo, where
    if c.kind == "place":
        return 2, 2
    return geo, 5 if c.kind == "country" and exact else where


def shown(c: Candidate, phrase: Phrase, *, exact: bool) -> str:
    """The name to show: the entry's, with its kind where the text says it; else the text's own words."""
    head = phrase.head
    if head is None or not exact or not phrase.plain:
        return phrase.surface
    kept = head.kind_word if head.kind in ("admin1", "admin2", "facility") else None
    return f"{c.name} {kept}" if kept and not normal(c.name).endswith(normal(kept)) else c.name


def _holder_name(h: Part) -> str:
    return words().abbreviations.get(normal(h.name), h.name)


def _holder_query(h: Part) -> Query:
    return Query(_holder_name(h), h.kind)


def _reaching(spans: set[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Where the spans start, in order, and how far the first 0, 1, 2, … of them reach."""
    ordered = sorted(spans)
    return [a for a, _ in ordered], list(accumulate((b for _, b in ordered), max, initial=0))


def _key(place: Place) -> tuple[str, int, int]:
    """What identifies a mention: its words and where they stand."""
    spans = place.spans
    return (place.name, spans[0].start, spans[0].end) if spans else (place.name, 0, 0)


def _places(statements: tuple[Statement, ...]) -> Iterator[tuple[tuple[str, int, int], Place]]:
    for s in statements:
        for p in s.places:
            yield _key(p), p


def _actor_countries(statements: tuple[Statement, ...]) -> dict[str, float]:
    """Countries of actors and targets: weaker evidence than a place, however often they are named."""
    named = sorted({p.country for s in statements for p in (*s.actors, *s.targets) if p.country})
    return dict.fromkeys(named, 0.5)


def _only_country(choices: dict[Query, Choice]) -> str | None:
    """The country all decided places of a report lie in, if there is just one."""
    countries = {c.entry.country for c in choices.values() if c.entry and c.entry.country}
    return countries.pop() if len(countries) == 1 else None
