"""Places: each expression of a statement gets its gazetteer entry, coordinates and precision, or none."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from dateline.language.base import Annotation
from dateline.language.en.placecontext import ANY, SEAT, Again, again
from dateline.language.en.placenames import PlaceFinder
from dateline.language.en.placewords import led, words
from dateline.records import Place, Report, Statement
from dateline.resolve.gazetteer.base import Candidate, Gazetteer
from dateline.resolve.names import PlaceNames
from dateline.resolve.place_again import Before, Named
from dateline.resolve.place_precision import precision, shown
from dateline.resolve.place_reading import NATION, PlaceReader, Reading
from dateline.resolve.place_sense import Choice, Query, Senses

_MOST = 0.6
"""Share of a report's decided places that lie in the country it is about."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What a place expression means: values for a Place."""

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


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name of a report, whatever it does there, and what it means.

    `placed` is what it would say as the place of an event. `named` is the entry of the name itself: Jordan for "the
    border with Jordan", and for a word for nationals ("Syrian", then `national` is set) their country.
    """

    start: int
    end: int
    placed: Placed
    named: Candidate | None = None
    national: bool = False

    @property
    def entry(self) -> Candidate | None:
        """The entry of the name, or else of what holds it."""
        return self.named or self.placed.entry


class PlaceResolver:
    """Resolves the places of a report together: each name means the same entry throughout.

    `nationals`: case-folded words for a country's people or things → name of the country.
    """

    def __init__(self, gazetteer: Gazetteer, nationals: Mapping[str, str] | None = None) -> None:
        self._gazetteer = gazetteer
        self._reader = PlaceReader(gazetteer, nationals or {})
        self._finder = PlaceFinder(PlaceNames(gazetteer), nationals or {})

    def toponyms(self, report: Report, annotation: Annotation) -> list[Toponym]:
        """All place names and words for nationals of a report, in text order."""
        return self.at(report, [(f.start, f.end) for f in self._finder.find(report.text, annotation)])

    def at(self, report: Report, spans: Sequence[tuple[int, int]]) -> list[Toponym]:
        """What the names at these offsets mean, decided together; in their order."""
        readings = [self._reader.read(report.text, report.text[a:b], a, b) for a, b in spans]
        counts = Counter(q for r in readings for q in r.queries)
        choices = self._decided(counts, {})
        about = _about(readings, choices, counts)
        made = []
        for (start, end), r in zip(spans, readings, strict=True):
            named = choices[r.head].entry if r.head else None
            made.append(Toponym(start, end, self._placed(r, choices, about), named, r.nation is not None))
        return made

    def resolve(
        self, report: Report, annotation: Annotation, statements: tuple[Statement, ...]
    ) -> tuple[Statement, ...]:
        """The same statements, each place with its entry, precision and reasons; unknown places unchanged."""
        readings: dict[tuple[str, int, int], Reading] = {}
        counts: Counter[Query] = Counter()
        spots: set[tuple[int, int]] = set()
        for key, place in _places(statements):
            if key not in readings:
                readings[key] = self._reader.read(report.text, place.name, key[1], key[2])
        if not readings:
            return statements
        for key, r in readings.items():
            for q in r.queries:
                if (key[1], key[2]) not in spots or q not in counts:
                    counts[q] += 1
            spots.add((key[1], key[2]))
        others = list(self._others(report, annotation, spots))
        counts.update(n.reading.head for n in others if n.reading.head)
        choices = self._decided(counts, _actor_countries(statements))
        about = _about(readings.values(), choices, counts)
        own = (Named(start, r, told=True) for (_, start, _), r in readings.items())
        before, done = Before((*own, *others), choices, about.mainly), {}
        for key, r in readings.items():
            said = again(report.text, key[0], key[1])
            if said and (r.phrase.head is None or self._reader.nation(said.of or "", said.kind)):
                done[key] = self._again(said, key[1], before, choices, about)
            else:
                done[key] = self._placed(r, choices, about)
        return tuple(
            replace(s, places=tuple(done[_key(p)].onto(p) for p in s.places)) if s.places else s for s in statements
        )

    def _decided(self, counts: Mapping[Query, int], countries: Mapping[str, float]) -> dict[Query, Choice]:
        ordered = {q: counts[q] for q in sorted(counts, key=lambda q: (q.name, q.kind or "", q.holders))}
        return Senses(self._gazetteer, ordered, countries).decide()

    def _again(self, said: Again, start: int, before: Before, choices: Mapping[Query, Choice], about: _About) -> Placed:
        """What "the city" means: a place named before."""
        nation = self._reader.nation(said.of, said.kind) if said.of else None
        if seat := self._seat(said, nation):
            return seat
        meant = before.latest(said.kind, said.word, start, nation)
        if meant is None or meant.reading.head is None:
            why = f"no {said.word} is named before"
            return Placed(country=nation, why=(why,)) if nation else _in_main(why, about=about)
        found, entry = meant.reading, choices[meant.reading.head].entry
        name = entry.name if entry else found.phrase.surface
        why = f"“{said.word}” is {name}, named before"
        if entry and entry.kind == "country":  # as good as nowhere: its middle would make one of all that is told of it
            return Placed(country=entry.country, why=(why,))
        lead = said.lead or (f"the {said.word} of " if said.kind == ANY and said.word in words().kinds else "")
        if not lead:
            made = self._placed(found, choices, about)
            return replace(made, name=made.name or name, why=(why, *made.why))
        phrase = self._reader.parse(lead + name)
        if entry is None or phrase.head is None:
            return _in_main(why, about=about)
        return self._entry(entry, replace(found, phrase=phrase), (why,), exact=True)

    def _seat(self, said: Again, nation: str | None) -> Placed | None:
        """The capital of a country, whether the report names it or not."""
        entry = self._gazetteer.capital(nation) if nation and said.kind == SEAT else None
        if entry is None:
            return None
        phrase = self._reader.parse((said.lead + entry.name).strip())
        if phrase.head:
            phrase = replace(phrase, head=led(phrase.head, said.before))
        reading = Reading(phrase, None)
        return self._entry(entry, reading, (f"“{said.word}” is {entry.name}, that of {nation}",), exact=True)

    def _others(self, report: Report, annotation: Annotation, seen: set[tuple[int, int]]) -> Iterator[Named]:
        """The place names outside statements: they say what the report is about."""
        starts, ends = _reaching(seen)
        for f in self._finder.find(report.text, annotation):
            if not f.start < ends[bisect_left(starts, f.end)]:
                r = self._reader.read(report.text, report.text[f.start : f.end], f.start, f.end)
                if r.head and r.phrase.head and r.phrase.head.known and not r.phrase.head.border:
                    yield Named(f.start, r, told=False)

    def _placed(self, r: Reading, choices: Mapping[Query, Choice], about: _About) -> Placed:
        """What an expression means: its own entry, else that of what holds it, else at most a country."""
        head = r.phrase.head
        if r.head is None or head is None:
            return _in_main("the expression holds no name", about=about)
        choice = choices[r.head]
        if r.nation and not head.border:
            return Placed(country=choice.country, why=(f"a word for what belongs to {r.nation} is no place",))
        crossing = head.border and (choice.entry is None or choice.entry.kind == "country")
        if choice.entry and not crossing and not (head.kind == "facility" and choice.entry.level == 3):
            return self._entry(choice.entry, r, choice.why, exact=True)
        for q in r.holders:
            held = choices[q]
            if held.entry:
                why = (*choice.why, f"placed by {q.name!r}, which holds it", *held.why)
                return self._entry(held.entry, r, why, exact=False)
        if crossing:
            # "the border with Jordan" lies beside Jordan, in a country the words do not name.
            inland = f"every other place of the report lies in {about.only}"
            said = inland if about.only else "a border lies in either country"
            return Placed(country=about.only, why=(*choice.why, said))
        if choice.country is None and (not choice.among or about.mainly in choice.among):
            return _in_main(*choice.why, about=about)
        return Placed(country=choice.country, why=choice.why)

    def _entry(self, c: Candidate, r: Reading, why: tuple[str, ...], *, exact: bool) -> Placed:
        geo, where = precision(c, r.phrase, exact=exact)
        country = self._gazetteer.country(c.country) if c.country else None
        path = [country.name if country else "", c.admin1 if c.kind in ("admin1", "admin2", "place") else ""]
        path.append(c.admin2 if c.kind in ("admin2", "place") else "")
        admin = tuple(p for p in path if p)
        return Placed(shown(c, r.phrase, exact=exact), c, c.country or None, admin, geo, where, why)


def _in_main(*why: str, about: _About) -> Placed:
    """No entry, but the country that the report is about."""
    if about.mainly is None:
        return Placed(why=why)
    return Placed(country=about.mainly, why=(*why, f"most places of the report lie in {about.mainly}"))


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


@dataclass(frozen=True, slots=True)
class _About:
    """What country a report is about: `only`, if all its decided places lie in one; `mainly`, if most do."""

    only: str | None
    mainly: str | None


def _about(readings: Iterable[Reading], choices: Mapping[Query, Choice], counts: Mapping[Query, int]) -> _About:
    """Where the places of a report lie; a border lies beside its country."""
    beside = {r.head for r in readings if r.phrase.head and r.phrase.head.border}
    tally: Counter[str] = Counter()
    for q, c in choices.items():
        if c.entry and c.entry.country and q not in beside:
            tally[c.entry.country] += (1 if q.kind == NATION else 2) * counts[q]
    named = {c.entry.country for q, c in choices.items() if q.kind != NATION and q not in beside and c.entry}
    only = min(named - {""}) if len(named - {""}) == 1 else None
    best, most = min(tally.items(), key=lambda x: (-x[1], x[0]), default=("", 0))
    return _About(only, best if best and most >= _MOST * tally.total() else None)
