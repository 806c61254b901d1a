"""A noun phrase → who it is: "the Kurdish YPG militia" → the YPG; "Russian warships" → Russia's armed forces.

The phrase is cut before words that only set another actor beside it ("backed by", "in"), a leading article and
counts fall away, and the longest name of the register that stands in the rest decides. A demonym with a noun gives
an organ of the state ("Turkish police"), or people of that country ("Syrian refugees").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from dateline.labels import SourceType
from dateline.language.en.actorwords import ActorWords
from dateline.ontology import actor_kinds
from dateline.resolve.actorscene import Scene, longest, named, state_of, words
from dateline.resolve.register.index import Register
from dateline.resolve.register.model import Actor, key

_ORGANS = {
    "military": "mil",
    "police": "pol",
    "government": "gov",
    "intelligence": "spy",
    "judicial": "jud",
    "legislature": "leg",
    "diplomats": "dip",
}
_REMEMBERED = 1 << 13
"""Phrases whose words and meaning are kept from report to report."""
PEOPLE = "civilians"
_NOUN = 3
"""Nouns for actors have at most so many words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Who a phrase names. `whole`: the name is all there is to the phrase. `office`: somebody who speaks for it."""

    name: str | None = None
    group: str | None = None
    actor_id: str | None = None
    kind: str | None = None
    country: str | None = None
    sector: str | None = None
    source: SourceType | None = None
    why: tuple[str, ...] = ()
    whole: bool = False
    office: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of the register at words [first, last) of a phrase."""

    first: int
    last: int
    actor: Actor
    demonym: bool

    @property
    def rank(self) -> tuple[bool, int, int]:
        """What is named outweighs whose it is; then longer names; then later ones."""
        return not self.demonym, self.last - self.first, self.first


class Around(Protocol):
    """What of a report decides between the actors of one name."""

    @property
    def ids(self) -> frozenset[str]:
        """Ids of the actors it names beyond doubt."""
        ...

    @property
    def countries(self) -> frozenset[str]:
        """ISO codes of the states it names."""
        ...


class _Asked(Exception):
    """What a phrase means depends on the report around it."""


class _NoReport:
    """Stands for the report where none may be needed."""

    @property
    def ids(self) -> frozenset[str]:
        raise _Asked

    @property
    def countries(self) -> frozenset[str]:
        raise _Asked


class Phrases:
    """Reads noun phrases with the words of one language and the names of one register."""

    def __init__(self, register: Register, lexicon: ActorWords) -> None:
        self.register = register
        self.words = lexicon
        self._joins, self._cuts = _by_first(lexicon.joins), _by_first(lexicon.cuts)
        self.core = lru_cache(maxsize=_REMEMBERED)(self._core)
        self._anywhere = lru_cache(maxsize=_REMEMBERED)(self._settled)

    def _core(self, phrase: str) -> tuple[str, ...]:
        """The words that say who it is: without leading articles and counts, cut before "backed by", "in", …"""
        held = [w for _, _, w in words(phrase)]
        while len(held) > 1 and (held[0].lower() in self.words.determiners or held[0][0].isdigit()):
            held = held[1:]
        low = [w.lower() for w in held]
        for i in range(1, len(low)):
            if _stands(self._cuts, low, i) and not _stands(self._joins, low, i):
                return tuple(held if self.register.named(" ".join(held)) else held[:i])
        return tuple(held)

    def noun(self, held: Sequence[str]) -> tuple[str, str] | None:
        """The last noun for an actor in the words and its kind: "government forces" → military."""
        low = [w.lower() for w in held]
        for end in range(len(low), 0, -1):
            for n in range(min(_NOUN, end), 0, -1):
                name = " ".join(low[end - n : end])
                if kind := self.words.generic.get(name):
                    return name, kind
        return None

    def role(self, held: Sequence[str]) -> str | None:
        """The kind of body an office named in the words acts for."""
        low = [w.lower() for w in held]
        for n in range(_NOUN, 0, -1):
            for i in range(len(low) - n + 1):
                if kind := self.words.roles.get(" ".join(low[i : i + n])):
                    return kind
        return None

    def hits(self, held: Sequence[str], scene: Around | None) -> list[Hit]:
        """Names of the register in the words, longest first at each place, without overlaps."""
        found: list[Hit] = []
        i = 0
        while i < len(held):
            got = self._at(held, i, scene)
            if got is None:
                i += 1
                continue
            found.append(got)
            i = got.last
        return found

    def _at(self, held: Sequence[str], i: int, scene: Around | None) -> Hit | None:
        hit = longest(self.register, held, i)
        if i == 0 and (seat := self.register.capitals().get(key(" ".join(held)))) and named(held[0]):
            gov = self.register.get(seat)
            return Hit(0, len(held), gov, False) if gov else None
        if hit is None:
            return None
        n, actors = hit
        name = " ".join(held[i : i + n])
        chosen = self._choose(name, actors, scene)
        return Hit(i, i + n, chosen, key(name) in self.register.demonyms()) if chosen else None

    def _choose(self, name: str, actors: tuple[Actor, ...], scene: Around | None) -> Actor | None:
        """The actor a name means in this report: the one that is also named in full, else the one whose country is
        named, else the preferred one that needs no such help."""
        strong = [a for a in actors if not self.register.needs_context(name, a.id)]
        if scene is None or (len(actors) == 1 and strong):
            return strong[0] if strong else None
        for fits in (
            [a for a in actors if a.id in scene.ids],
            [a for a in actors if set(a.countries) & scene.countries],
        ):
            if len(fits) == 1:
                return fits[0]
        return strong[0] if strong else None

    def read(self, phrase: str, scene: Scene | None = None) -> Found | None:
        """Who the phrase names, as far as phrase and register tell; None if they do not tell."""
        if scene is None:
            return self._read(phrase, None)
        if phrase not in scene.read:
            settled = self._anywhere(phrase)
            scene.read[phrase] = settled[0] if settled else self._read(phrase, scene)
        return scene.read[phrase]

    def _settled(self, phrase: str) -> tuple[Found | None] | None:
        """Who the phrase names in any report; None if that depends on the report."""
        try:
            return (self._read(phrase, _NoReport()),)
        except _Asked:
            return None

    def _read(self, phrase: str, scene: Around | None) -> Found | None:
        held = self.core(phrase)
        hits = self.hits(held, scene)
        if not hits:
            return self._placed(self._generic(held), phrase, scene)
        best = max(self._before_of(held, hits), key=lambda h: h.rank)
        whole = best.first == 0 and best.last == len(held)
        taken = {i for h in hits for i in range(h.first, h.last)}
        rest = [w for i, w in enumerate(held) if i not in taken]
        if best.demonym and (rest or whole) and self._counts(phrase, held[best.first : best.last]):
            return self.nationals(best.actor, " ".join(held[best.first : best.last]))
        if whole:
            return self._actor(best, held, whole=True)
        if state_of(best.actor) == best.actor.id:
            return self._of_state(best, held, rest)
        return self._member(best, held, rest)

    def _counts(self, phrase: str, name: Sequence[str]) -> bool:
        """Whether a phrase has a number or "a" beside a name, and nothing else."""
        held = [w for _, _, w in words(phrase)]
        at = len(held) - len(name)
        ends = at > 0 and held[at:] == list(name)
        return ends and all(w[0].isdigit() or w.lower() in self.words.counting for w in held[:at])

    def plural(self, phrase: str) -> Found | None:
        """The persons that a plural like "Ostians" means, if it means persons; None for any other phrase."""
        word = " ".join(self.core(phrase))
        known, one = self.register.demonyms(), key(word).removesuffix("s")
        state = (
            self.register.get(known[key(word)]) if key(word) in known and one != key(word) and one in known else None
        )
        return self.nationals(state, word) if state else None

    def nationals(self, state: Actor, word: str) -> Found:
        """Some persons of a country, of whom nothing else is said."""
        return Found(
            group=state.group,
            kind=PEOPLE,
            country=state.country,
            sector=sector_of(PEOPLE),
            why=(f"{word!r} says the country, {state.name}: persons of it",),
        )

    def _before_of(self, held: Sequence[str], hits: list[Hit]) -> list[Hit]:
        """Names before "of" or "from" outweigh those after, unless none stands before."""
        low = [w.lower() for w in held]
        joint = next((i for i, w in enumerate(low) if w in self.words.owning), len(low))
        inside = [h for h in hits if h.first < joint]
        return inside or hits

    def _actor(self, hit: Hit, held: Sequence[str], *, whole: bool) -> Found:
        a = hit.actor
        name = " ".join(held[hit.first : hit.last])
        own = a.name
        if state_of(a) and not a.id.startswith("person:"):  # a state's organs keep the name they are called by
            own = next((x for x in a.aliases if key(x) == key(name)), a.name) if state_of(a) != a.id else a.name
        return Found(
            name=own,
            group=a.group,
            actor_id=a.id,
            kind=a.kind,
            country=a.country,
            sector=a.sector,
            source=a.source,
            why=(f"the register knows {name!r} as {a.name} ({a.id})",),
            whole=whole,
        )

    def _member(self, hit: Hit, held: Sequence[str], rest: list[str]) -> Found:
        """Somebody or something of a known actor: "DAESH terrorists", "Hamas positions", "Taliban prisoners"."""
        base = self._actor(hit, held, whole=False)
        noun, person = self.noun(rest), self._person(rest)
        if person and self.role(held) and not hit.actor.id.startswith("person:"):
            return replace(base, name=person, actor_id=None, office=True)
        office = self.role(rest) is not None
        if noun and noun[1] in self.words.people_kinds and base.kind not in ("outlet", "agency"):
            sector = sector_of(noun[1])
            return replace(
                base, name=" ".join(held), actor_id=None, kind=noun[1], sector=sector, country=None, office=office
            )
        return replace(base, office=office)

    def _person(self, rest: list[str]) -> str:
        """The words that can only be a person's name: capitals, and no office or noun for actors."""
        roles, nouns = self.words.roles, self.words.generic
        return " ".join(w for w in rest if named(w) and w.lower() not in roles and w.lower() not in nouns)

    def _of_state(self, hit: Hit, held: Sequence[str], rest: list[str]) -> Found:
        """A demonym or a state's name with something else: an organ, people, armed men, a holder of office."""
        state = hit.actor
        word = " ".join(held[hit.first : hit.last])
        noun, role = self.noun(rest), self.role(rest)
        if noun and noun[0] in self.words.forces:
            noun = (noun[0], "military")
        why = (f"{word!r} says the country, {state.name}",)
        person = self._person(rest)
        if role and (person or noun is None or noun[1] not in self.words.people_kinds):
            organ = self.register.organ(state.id, _ORGANS.get(role, "gov"))
            return Found(
                name=person or None,
                group=state.group,
                actor_id=organ.id if organ and not person and role in _ORGANS else None,
                kind=role,
                country=state.country,
                sector=sector_of(role),
                source=actor_kinds()[role].source,
                why=(*why, f"an office of kind {role}"),
                office=True,
            )
        if noun and noun[1] in self.words.state_kinds:
            return replace(self._organ(state, noun, why), name=" ".join(held))
        kind = noun[1] if noun else None
        own = noun is not None and actor_kinds()[noun[1]].side == "group"
        proper = noun is not None and own and noun[0].title() in " ".join(held)
        return Found(
            name=None if proper else " ".join(held),
            group=None if proper else f"{word} {noun[0]}" if noun and own else state.group,
            kind=kind,
            country=state.country,
            sector=sector_of(kind),
            source=actor_kinds()[kind].source if kind else None,
            why=(*why, f"{noun[0]!r} is a word for {noun[1]}") if noun else why,
        )

    def _organ(self, state: Actor, noun: tuple[str, str], why: tuple[str, ...]) -> Found:
        organ = self.register.organ(state.id, _ORGANS[noun[1]])
        return Found(
            name=organ.name if organ else state.name,
            group=state.group,
            actor_id=organ.id if organ else state.id,
            kind=noun[1],
            country=state.country,
            sector=sector_of(noun[1]),
            source=actor_kinds()[noun[1]].source,
            why=(*why, f"{noun[0]!r} is a word for its {noun[1]}"),
        )

    def _generic(self, held: Sequence[str]) -> Found | None:
        """A phrase without a known name: typed by its noun, or by the people it names."""
        noun = self.noun(held)
        people = next((self.words.peoples[w.lower()] for w in held if w.lower() in self.words.peoples), None)
        if noun is None and people is None:
            role = self.role(held)
            if role is None:
                return None
            why = (f"an office of kind {role}",)
            return Found(kind=role, sector=sector_of(role), source=actor_kinds()[role].source, why=why, office=True)
        kind = noun[1] if noun else "communal"
        why = (f"{noun[0]!r} is a word for {kind}",) if noun else (f"names a people, {people}",)
        own = people is not None and actor_kinds()[kind].side == "group"
        return Found(
            group=" ".join(held) if own and noun else people if own else None,
            kind=kind,
            sector=sector_of(kind),
            source=actor_kinds()[kind].source,
            why=why,
        )

    def _placed(self, found: Found | None, phrase: str, scene: Around | None) -> Found | None:
        """ "The armed forces in Ruritania": a state named right after the noun says whose they are."""
        if found is None or found.kind not in self.words.state_kinds:
            return found
        held = [w for _, _, w in words(phrase)]
        at = next((i for i, w in enumerate(held) if i and w.lower() in self.words.placed), None)
        hit = self._at(held[at + 1 :], 0, scene) if at and at + 1 < len(held) else None
        if hit is None or state_of(hit.actor) != hit.actor.id:
            return found
        return self.in_state(found, phrase, hit.actor, "named with it")

    def in_state(self, found: Found, phrase: str, state: Actor, why: str) -> Found:
        """A generic organ or armed group ("the army", "rebels") given its state by what surrounds it.

        An armed group gets a name only where the register has one ("Ruritanian rebels"); a phrase with "-backed" or
        the like gets none, since it may be the other side's.
        """
        held = self.core(phrase)
        if any(w.lower().endswith(self.words.suffixes) for w in held):
            return found
        reasons = (*found.why, f"{state.name} is {why}")
        if found.kind in _ORGANS:
            return replace(self._organ(state, (found.kind, found.kind), ()), name=None, why=reasons)
        noun = self.noun(held)
        names = [f"{a} {noun[0]}" for a in state.aliases if key(a) in self.register.demonyms()] if noun else []
        for name in names:
            for known in self.register.named(name):
                if known.kind == found.kind:
                    made = self._actor(Hit(0, 1, known, False), [known.name], whole=False)
                    return replace(made, why=reasons)
        return found


_ByFirst = Mapping[str, Sequence[tuple[str, ...]]]


def _by_first(phrases: Iterable[tuple[str, ...]]) -> _ByFirst:
    held: dict[str, list[tuple[str, ...]]] = {}
    for p in phrases:
        held.setdefault(p[0], []).append(p)
    return held


def _stands(phrases: _ByFirst, low: Sequence[str], at: int) -> bool:
    """Whether one of the phrases stands at a word."""
    return any(tuple(low[at : at + len(p)]) == p for p in phrases.get(low[at], ()))


def sector_of(kind: str | None) -> str | None:
    """The PLOVER sector of a kind of actor."""
    known = actor_kinds().get(kind or "")
    return known.sector if known else None
