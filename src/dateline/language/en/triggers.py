"""Words that name a happening, from triggers.yaml.

A form that can be noun and verb is told apart by its neighbours; a word that needs an object of some class
counts only if one follows within its clause.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language.base import Mention, MentionKind, Sentence, Token
from dateline.language.en.entities import unmarked
from dateline.language.en.inflect import phrase_forms, plural
from dateline.language.en.matcher import Phrases
from dateline.records import Report

PRODUCER = "triggers.lexicon.v1"
_REACH = 8
"""How many tokens after a word its object may begin."""
_VERBAL = frozenset({"base", "s", "ing", "ed", "en"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One form of a trigger. `form`: base, s, ing, ed, en, n (noun) or fixed; `needs`: class of what must follow."""

    kind: str
    lemma: str
    form: str
    needs: str = ""
    tail: str = ""


def _verb(kind: str, pattern: str) -> Iterator[tuple[str, Entry]]:
    phrase, _, rest = pattern.partition(" <")
    needs, _, tail = rest.partition(">")
    for form, tag in phrase_forms(phrase):
        yield form, Entry(kind, phrase, tag, needs, tail.strip())


def _noun(kind: str, pattern: str) -> Iterator[tuple[str, Entry]]:
    phrase, _, rest = pattern.partition(" <")
    head, *tail = phrase.split(" ")
    needs = rest.removesuffix(">")
    yield phrase, Entry(kind, phrase, "n", needs)
    prepositions = load_yaml("dateline.language.en.data", "syntax.yaml")["noun_prepositions"]
    if tail and tail[0] in prepositions:
        yield " ".join((plural(head), *tail)), Entry(kind, phrase, "n", needs)
    elif tail and tail[-1] in prepositions:
        yield " ".join((*plural(" ".join((head, *tail[:-1]))).split(" "), tail[-1])), Entry(kind, phrase, "n", needs)
    else:
        yield plural(phrase), Entry(kind, phrase, "n", needs)


def entries(data: dict[str, Any]) -> Iterator[tuple[str, Entry]]:
    """(form, entry) of everything in triggers.yaml; a form may come more than once."""
    for kind, lists in data.items():
        if kind == "never":
            continue
        for pattern in lists.get("verbs", ()):
            yield from _verb(kind, pattern)
        for pattern in lists.get("nouns", ()):
            yield from _noun(kind, pattern)
        for phrase in lists.get("fixed", ()):
            yield phrase, Entry(kind, phrase, "fixed")


@cache
def _phrases() -> tuple[Phrases[tuple[Entry, ...]], Phrases[bool]]:
    """Triggers by form (entries that need an object first), and phrases that hide a trigger."""
    data = load_yaml("dateline.language.en.data", "triggers.yaml")
    grown: dict[str, list[Entry]] = {}
    for form, entry in entries(data):
        grown.setdefault(form, []).append(entry)
    ordered = ((form, tuple(sorted(found, key=lambda e: not e.needs))) for form, found in grown.items())
    return Phrases(ordered), Phrases((p, True) for p in data["never"])


@dataclass(frozen=True, slots=True)
class _Syntax:
    """Words around a form that say whether it is a noun or a verb (syntax.yaml)."""

    before_noun: frozenset[str]
    modifiers: frozenset[str]
    after_participle: frozenset[str]
    before_verb: frozenset[str]
    after_verb: frozenset[str]
    noun_endings: tuple[str, ...]
    noun_prepositions: frozenset[str]


@cache
def _syntax() -> _Syntax:
    data = load_yaml("dateline.language.en.data", "syntax.yaml")
    return _Syntax(
        before_noun=frozenset(data["before_noun"]),
        modifiers=frozenset(data["noun_modifiers"]),
        after_participle=frozenset(data["after_participle"]),
        before_verb=frozenset(data["before_verb"]),
        after_verb=frozenset(data["after_verb"]),
        noun_endings=tuple(data["adjective_endings"]),
        noun_prepositions=frozenset(data["noun_prepositions"]),
    )


def nominal(tokens: tuple[Token, ...], i: int, stop: int, s: Sentence) -> bool:
    """Whether tokens [i, stop), a form that can be noun or verb, is a noun here."""
    known = _syntax()
    before = tokens[i - 1].lower if i > s.first else ""
    after = tokens[stop].lower if stop < s.last else ""
    if before in known.before_noun or before in known.modifiers or before[:1].isdigit():
        return True
    if before in known.before_verb or before.endswith("ly"):
        return False
    if before.endswith(known.noun_endings):
        return True
    if after in known.after_verb:
        return False
    follows_name = stop < s.last and tokens[stop].text[0].isupper() and i > s.first
    return not ((follows_name and not tokens[i].lower.endswith("s")) or before.endswith("s"))


def adjectival(tokens: tuple[Token, ...], i: int, stop: int, s: Sentence) -> bool:
    """Whether the participle [i, stop) only describes the noun behind it: "the alleged attack"."""
    if i == s.first or stop >= s.last or tokens[i - 1].lower not in _syntax().before_noun:
        return False
    after = tokens[stop]
    return after.text[0].isalpha() and after.lower not in _syntax().after_participle


@dataclass(frozen=True, slots=True)
class _Around:
    """What entities say about triggers: class names by the offset where a mention starts; offsets inside names of
    actors and weapons."""

    starts: dict[int, set[str]]
    named: frozenset[int]
    arms: frozenset[int]


class _Reader:
    """Finds the triggers of one sentence."""

    def __init__(self, tokens: tuple[Token, ...], sentence: Sentence, around: _Around) -> None:
        self.tokens, self.sentence, self.around = tokens, sentence, around
        self.unmarked = unmarked(tokens, sentence)

    def _follows(self, stop: int, entry: Entry) -> bool:
        """Whether what the entry needs begins within reach, before the clause ends."""
        window = self.tokens[stop : min(stop + _REACH, self.sentence.last)]
        found = False
        for t in window:
            if t.text in {".", ";", ":", "!", "?"} or (t.text == "," and not found):
                return False
            here = self.around.starts.get(t.start, set())
            found = found or entry.needs in here or (entry.needs == "any" and bool(here))
            if found and (not entry.tail or t.lower == entry.tail.split(" ")[0]):
                return True
        return False

    def _fits(self, i: int, stop: int, entry: Entry, both: bool) -> bool:
        """Whether an entry may stand here; `both`: the form can be noun and verb."""
        return self._form_fits(i, stop, entry, both) and (not entry.needs or self._follows(stop, entry))

    def _form_fits(self, i: int, stop: int, entry: Entry, both: bool) -> bool:
        s = self.sentence
        if entry.form in _VERBAL and self.tokens[i].start in self.around.named:
            return False
        both = both or self.tokens[i].start in self.around.arms
        if entry.form in {"ed", "en"}:
            return not adjectival(self.tokens, i, stop, s)
        if entry.form in {"base", "s"} and stop - i == 1:
            before = self.tokens[i - 1].lower if i > s.first else ""
            return not (nominal(self.tokens, i, stop, s) if both else before in _syntax().before_noun)
        return not (entry.form == "n" and both) or nominal(self.tokens, i, stop, s)

    def _gerund(self, i: int, stop: int) -> bool:
        """Whether a form in -ing that is also listed as a noun stands as one: "the bombing", "a wave of bombing"."""
        known, s = _syntax(), self.sentence
        before = self.tokens[i - 1].lower if i > s.first else ""
        after = self.tokens[stop].lower if stop < s.last else ""
        return before in known.before_noun | known.modifiers and after not in known.after_verb

    def _named(self, i: int) -> bool:
        """Whether a word is written as part of a name: a capital inside a sentence that uses them as usual."""
        return not self.unmarked and i > self.sentence.first and self.tokens[i].text[0].isupper()

    def read(self) -> Iterator[tuple[int, int, Entry]]:
        """(first token, token after, entry) of each trigger from left to right."""
        phrases, never = _phrases()
        i, last = self.sentence.first, self.sentence.last
        while i < last:
            hidden = never.at(self.tokens, i, last)
            found = None if hidden or self._named(i) else self._at(phrases, i, last)
            if found:
                yield i, *found
            i = hidden[0] if hidden else found[0] if found else i + 1

    def _at(self, phrases: Phrases[tuple[Entry, ...]], i: int, last: int) -> tuple[int, Entry] | None:
        for stop, entries in phrases.all_at(self.tokens, i, last):
            both = any(e.form == "n" for e in entries) and any(e.form in {"base", "s"} for e in entries)
            gerund = any(e.form == "n" for e in entries) and self._gerund(i, stop)
            for entry in entries:
                if entry.form == "ing" and gerund:
                    continue
                if self._fits(i, stop, entry, both):
                    return stop, entry
        return None


def _classes(m: Mention) -> tuple[str, ...]:
    if m.kind is MentionKind.ACTOR:
        return ("thing",) if m.label.startswith("thing:") else ("actor",)
    return ("weapon",) if m.kind is MentionKind.WEAPON else ("place",)


def _around(entities: tuple[Mention, ...]) -> _Around:
    starts: dict[int, set[str]] = {}
    inside: dict[MentionKind, set[int]] = {kind: set() for kind in MentionKind}
    for m in entities:
        starts.setdefault(m.start, set()).update(_classes(m))
        inside[m.kind].update(range(m.start, m.end))
    return _Around(starts, frozenset(inside[MentionKind.ACTOR]), frozenset(inside[MentionKind.WEAPON]))


def find(
    report: Report, tokens: tuple[Token, ...], sentences: Iterable[Sentence], entities: Iterable[Mention]
) -> Iterator[Mention]:
    """TRIGGER mentions: label is the kind of happening, norm "lemma/form"; form: n, base, s, ing, ed, en or fixed."""
    around = _around(tuple(entities))
    prepositions = _syntax().noun_prepositions
    for s in sentences:
        for i, stop, e in _Reader(tokens, s, around).read():
            last = stop - 1 if e.form == "n" and stop - i > 1 and tokens[stop - 1].lower in prepositions else stop
            start, end = tokens[i].start, tokens[last - 1].end
            yield Mention(MentionKind.TRIGGER, start, end, s.index, e.kind, f"{e.lemma}/{e.form}", PRODUCER)
