"""Names of persons, groups, states, places and sources replaced by others of their kind.

Which names a text has is found by the register, the gazetteer, titles and common given names, apart from the model
that is measured. One name becomes one other throughout a report, in all its forms: a state with its adjective, its
people and its capital; a person with the surname alone; a group with its acronym. The towns of a state become towns of
the state that replaces it, of a like size.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.checklist.edits import Edit
from dateline.data import load_text
from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.register import load_register
from dateline.resolve.register.builtin import State, states
from dateline.resolve.register.model import Actor

_MOST_WORDS = 6
_TOWN = 2000
"""A place of fewer people is taken for one only where the annotation says so."""
_CHOICE = 30
"""A town becomes one of so many that are nearest to it in size."""
_REGISTERED = {"group": "group", "agency": "agency", "outlet": "outlet", "monitor": "monitor", "ngo": "ngo"}
"""Beginnings of register ids whose names are replaced, by the kind they are replaced in."""
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_ABBREVIATION = 4
"""A longer word with a full stop ends a sentence."""
_ACRONYM = 4
"""A longer word in capitals is a name written so, as in a dateline."""
_INSIDE = frozenset({"of", "for", "and", "the", "de"})
_PARTICLE = re.compile(r"^(?:al|el|an|ar|as|ash|at|ad)-", re.I)
_BOUND = re.compile(r"[.!?:\"“”]\s*$|\n\s*$|^\s*$")


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it stands in a text: whose it is and in which form."""

    kind: str
    key: str
    form: str = "name"


class Lists:
    """What there is to find and to choose from; made once."""

    def __init__(self) -> None:
        held: dict[str, Any] = load_text(
            Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"), "names.yaml"
        )
        self.given, self.family = tuple(held["given"]), tuple(held["family"])
        self.titles = {tuple(t.split()) for t in held["titles"]}
        self.persons, self.never = frozenset(held["persons"]), frozenset(held["never"])
        self.register = load_register(())
        self.gazetteer = SqliteGazetteer()
        self.states = {s.id: s for s in states()}
        self._towns: dict[tuple[str, str], list[tuple[str, int]]] = {}

    @cached_property
    def state_forms(self) -> dict[str, Form]:
        """Every name of a state, in its own case."""
        made: dict[str, Form] = {}
        for s in self.states.values():
            forms = (("capital", s.capitals), ("people", s.people), ("exact", s.exact), ("adjective", s.adjectives))
            for form, names in (*forms, ("name", s.names)):
                made |= {n: Form("state", s.id, form) for n in names}
        return made

    @cached_property
    def pools(self) -> dict[str, tuple[Actor, ...]]:
        """Registered actors to choose from: of several words or with a short form, named after no state."""
        made: dict[str, list[Actor]] = {}
        for a in self.register:
            kind = _REGISTERED.get(a.id.partition(":")[0])
            if kind and a.name.isascii() and not any(w in self.state_forms for w in a.name.split()):
                made.setdefault(kind, []).append(a)
        return {k: tuple(v) for k, v in made.items()}

    @cached_property
    def new_states(self) -> tuple[State, ...]:
        """States with a short name, an adjective and a capital."""
        return tuple(
            s
            for s in self.states.values()
            if s.id.startswith("state:") and s.capitals and s.adjectives and " " not in s.name and s.end is None
        )

    def towns(self, iso3: str, kind: str) -> list[tuple[str, int]]:
        """Names and populations of a state's places of a kind, largest first."""
        if (iso3, kind) not in self._towns:
            self._towns[iso3, kind] = self._read_towns(iso3, kind)
        return self._towns[iso3, kind]

    def _read_towns(self, iso3: str, kind: str) -> list[tuple[str, int]]:
        db = sqlite3.connect(f"{self.gazetteer.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            rows = db.execute(
                "SELECT e.name, max(e.population) FROM entry e JOIN country c ON c.iso2 = e.iso2 WHERE c.iso3 = ? AND "
                "e.kind = ? GROUP BY e.name ORDER BY 2 DESC, 1 LIMIT 2000",
                (iso3, kind),
            )
            return [(n, p) for n, p in rows if n.isascii() and re.fullmatch(r"[A-Z][\w' -]+", n) and n.count(" ") < 2]
        finally:
            db.close()


class Replacer:
    """The replacements of one report. `iso` are the states its annotated places lie in."""

    def __init__(self, lists: Lists, rng: Random, row: Mapping[str, Any]) -> None:
        self.lists, self.rng = lists, rng
        self._made: dict[tuple[str, str], Any] = {}
        self._used: set[str] = set()
        places = [p for s in row["statements"] for p in s.get("places") or ()]
        self._iso = {p.get("country") for p in places} - {None}
        self._places = {_bare(row["text"][a:b]) for p in places for a, b in p["spans"][:1]} | {
            _bare(str(p.get("name") or "")) for p in places
        }
        self._surnames: set[str] = set()
        self._lower = set(re.findall(r"\b[a-z][\w'-]+", row["text"]))
        self._persons_of(row["text"])

    # finding

    def edits(self, text: str) -> Iterator[Edit]:
        """The edits of a text, in its order, "a" and "an" put right."""
        words = list(_WORD.finditer(text))
        k = 0
        while k < len(words):
            n, form = self._at(text, words, k)
            if form is None:
                k += 1
                continue
            start, end = words[k].start(), words[k + n - 1].end()
            surface = text[start:end]
            if surface.endswith(".") and not surface.endswith((".S.", ".N.", ".K.")):
                end, surface = end - 1, surface[:-1]
            new = self._new(form, surface, text[end : end + 2])
            yield from _with_article(text, start, end, new)
            k += n

    def named(self, name: str) -> str:
        """A canonical name of the annotation after the same replacements."""
        parts, at = [], 0
        for e in self.edits(name):
            parts += [name[at : e.start], e.new]
            at = e.end
        return "".join([*parts, name[at:]])

    def _at(self, text: str, words: list[re.Match[str]], k: int) -> tuple[int, Form | None]:
        """The longest name that begins with a word, and whose it is."""
        if not words[k][0][0].isupper() and not _PARTICLE.match(words[k][0]):
            return 1, None
        most = _run(text, words, k)
        for n in range(most, 0, -1):
            surface = text[words[k].start() : words[k + n - 1].end()].removesuffix(".")
            form = self._form(surface, first=bool(_BOUND.search(text, 0, words[k].start())) or words[k].start() == 0)
            if form:
                return n, form
        return 1, None

    def _form(self, surface: str, first: bool) -> Form | None:
        lists, single = self.lists, " " not in surface
        if surface in lists.never or (single and len(surface) < 2):
            return None
        if _surname(surface) in self._surnames and (single or surface.count(" ") < 4):
            return Form("person", surface)
        if surface.isupper() and single and len(surface) > _ACRONYM:
            return lists.state_forms.get(surface.title()) or self._place(surface.title(), first=False, single=True)
        if held := lists.state_forms.get(surface):
            return held
        for actor_id in lists.register.candidates(surface)[:1]:
            kind = _REGISTERED.get(actor_id.partition(":")[0])
            if kind and surface[0].isupper():
                return Form(kind, actor_id, "short" if surface.isupper() and single else "name")
            if actor_id.startswith("person:"):
                return Form("person", surface)
        return self._place(surface, first, single)

    def _place(self, surface: str, first: bool, single: bool) -> Form | None:
        if not surface[0].isupper() and _bare(surface) not in self._places:
            return None
        found = next((c for c in self._found(surface) if c.kind in ("place", "admin1", "admin2")), None)
        if _bare(surface) in self._places:
            return Form("place", surface, f"{found.kind}:{found.country}:{found.population}" if found else "place::0")
        ordinary = single and (surface.isupper() or surface.lower() in self._lower or first)
        if found is None or ordinary or found.population < _TOWN or surface in self.lists.persons:
            return None
        return Form("place", surface, f"{found.kind}:{found.country}:{found.population}")

    def _found(self, surface: str) -> list[Candidate]:
        """Places of that very name; those of the states the annotation names come first."""
        found = [c for c in self.lists.gazetteer.lookup(surface) if c.level < 2]
        return sorted(found, key=lambda c: c.country not in self._iso)

    def _persons_of(self, text: str) -> None:
        """Learn the surnames of a text: of names behind a title, and of names that begin with a common given name."""
        words = list(_WORD.finditer(text))
        for k in range(len(words)):
            said = (tuple(w[0] for w in words[max(0, k - n) : k]) for n in (1, 2, 3))
            behind = any(t in self.lists.titles for t in said) and text[words[k - 1].end()] == " "
            known = words[k][0] in self.lists.persons
            if not words[k][0][0].isupper() or not (behind or known):
                continue
            n = 1
            while n < min(4, _run(text, words, k)) and self._personal(words[k + n][0]):
                n += 1
            last = words[k + n - 1][0].removesuffix(".")
            if self._personal(last) and (n > 1 or behind):
                self._surnames.add(_surname(last))

    def _personal(self, word: str) -> bool:
        plain = word.removesuffix(".")
        known = plain in self.lists.never or plain in self.lists.state_forms or (plain,) in self.lists.titles
        return not known and (len(plain) > 1 or word.endswith(".")) and not plain.isupper()

    # choosing

    def _new(self, form: Form, surface: str, after: str) -> str:
        match form.kind:
            case "person":
                new = self._person(surface)
            case "state":
                new = _state_form(self._state(form.key), form.form, after)
            case "place":
                new = self._town(surface, form.form)
            case _:
                new = self._actor(form)
        return new.upper() if surface.isupper() and len(surface) > _ACRONYM else new

    def _once(self, kind: str, key: str, pool: Iterable[Any], names: Mapping[int, str] | None = None) -> Any:
        """The choice for a key, drawn from a pool the first time; what is in use already is drawn last."""
        if (kind, key) not in self._made:
            held = list(pool)
            free = [x for x in held if _name(x) not in self._used] or held
            choice = self._made[kind, key] = self.rng.choice(free)
            self._used.add(_name(choice))
        return self._made[kind, key]

    def _person(self, surface: str) -> str:
        words = surface.split()
        titles = next((n for n in (3, 2, 1) if tuple(words[:n]) in self.lists.titles), 0)
        title, words = words[:titles], words[titles:]
        family = str(self._once("family", _surname(words[-1]), self.lists.family))
        given = [str(self._once("given", w, self.lists.given)) for w in words[:-1]]
        return " ".join([*title, *given, family])

    def _state(self, key: str) -> State:
        present = {k for kind, k in self._made if kind == "state"}
        pool = [s for s in self.lists.new_states if s.id not in present and s.id != key and s.iso not in self._iso]
        state: State = self._once("state", key, pool)
        return state

    def _town(self, surface: str, where: str) -> str:
        kind, iso, population = where.split(":")
        old = next((s.id for s in self.lists.states.values() if s.iso == iso), f"none:{iso}")
        pool = self.lists.towns(self._state(old).iso, kind) or self.lists.towns(self._state(old).iso, "place")
        near = sorted(pool, key=lambda t: abs(t[1] - int(population)))[:_CHOICE]
        return _name(self._once("place", _bare(surface), near))

    def _actor(self, form: Form) -> str:
        actor: Actor = self._once(form.kind, form.key, self.lists.pools[form.kind])
        short = next((n for n in (*actor.exact, *actor.aliases) if n.isupper() and n.isalpha()), None)
        return short or actor.name if form.form == "short" else actor.name


def _name(choice: Any) -> str:
    return choice if isinstance(choice, str) else choice[0] if isinstance(choice, tuple) else str(choice.name)


def _run(text: str, words: list[re.Match[str]], k: int) -> int:
    """How many words from one on stand in one line with single spaces between, all with capitals or particles."""
    n = 1
    while n < _MOST_WORDS and k + n < len(words) and text[words[k + n - 1].end() : words[k + n].start()] == " ":
        before, word = words[k + n - 1][0], words[k + n][0]
        if before.endswith(".") and len(before) > _ABBREVIATION:
            break
        if not (word[0].isupper() or word in _INSIDE or _PARTICLE.match(word)):
            break
        n += 1
    return n


def _surname(name: str) -> str:
    return _PARTICLE.sub("", name.split()[-1].removesuffix(".")).casefold()


def _bare(name: str) -> str:
    """A place name without article and case."""
    return name.casefold().removeprefix("the ").strip()


def _state_form(s: State, form: str, after: str) -> str:
    if form == "capital":
        return s.capitals[0]
    if form == "people":
        return s.people[0]
    if form == "adjective" or (form == "exact" and after[:1] == " " and after[1:2].islower()):
        return s.adjectives[0]
    return s.name


def _with_article(text: str, start: int, end: int, new: str) -> Iterator[Edit]:
    """An edit, and one that makes "a" of "an" or the other way round before it."""
    before = re.search(r"\b([Aa]n?) $", text[max(0, start - 4) : start])
    if before:
        wanted = ("An" if before[1][0] == "A" else "an") if new[0] in "AEIOUaeiou" else before[1][0]
        at = max(0, start - 4) + before.start(1)
        if wanted != before[1]:
            yield Edit(at, at + len(before[1]), wanted)
    yield Edit(start, end, new)
