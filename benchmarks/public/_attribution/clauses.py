"""Quotations, noun phrases and verb groups of a report by its tokens: what attributions are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language.base import Annotation, MentionKind, Sentence, Token
from dateline.language.en.inflect import verb_forms
from dateline.language.en.matcher import Phrases

Span = tuple[int, int]
_OPENS, _CLOSES, _STRAIGHT = "“«", "”»", '"'
_SHORT = 4
"""Words up to which a quotation is a word taken from somebody, and no speech."""
_BREAKS = frozenset(".;:!?()[]—–―-|•*/,") | frozenset('“”«»"')
_NP = 24


@dataclass(frozen=True, slots=True)
class Lexicon:
    """words.yaml: verb forms with their (lemma, tag) readings, what each lemma takes, and sets of words."""

    verbs: Phrases[tuple[tuple[str, str], ...]]
    takes: dict[str, frozenset[str]]
    nouns: dict[str, frozenset[str]]
    phrases: Phrases[str]
    sets: dict[str, frozenset[str]]


@cache
def lexicon() -> Lexicon:
    """The words of words.yaml, read once."""
    d: dict[str, Any] = load_yaml("benchmarks.public._attribution", "words.yaml")
    takes: dict[str, set[str]] = {}
    forms: dict[str, list[tuple[str, str]]] = {}
    for kind, lemmas in d["verbs"].items():
        for lemma in lemmas:
            takes.setdefault(lemma, set()).add(kind)
    for lemma in (*takes, *d["seeming"]):
        for form, tag in _forms(lemma, d["irregular"]):
            forms.setdefault(form, []).append((lemma, tag))
    nouns: dict[str, set[str]] = {}
    for row in d["nouns"]:
        for word in row["words"]:
            nouns.setdefault(word, set()).add(row["mark"])
    phrases = [(p, k) for k in ("according", "hedges") for p in d[k]]
    sets = {k: frozenset(v) for k, v in d.items() if isinstance(v, list) and k != "nouns"}
    return Lexicon(
        Phrases((f, tuple(v)) for f, v in forms.items()),
        {k: frozenset(v) for k, v in takes.items()},
        {k: frozenset(v) for k, v in nouns.items()},
        Phrases(phrases),
        sets,
    )


def _forms(lemma: str, irregular: dict[str, list[str]]) -> list[tuple[str, str]]:
    first, _, rest = lemma.partition(" ")
    tail = f" {rest}" if rest else ""
    made = list(verb_forms(first))
    if first in irregular:
        past, participle = irregular[first]
        made = [(f, t) for f, t in made if t not in ("ed", "en")] + [(past, "ed"), (participle, "en")]
        if past.endswith(("tted", "pped", "mmed", "nned", "gged", "dded")):
            made = [(past[:-2] + "ing" if t == "ing" else f, t) for f, t in made]
    made += [(f, "en") for f, t in made if t == "ed" and not any(u == "en" for _, u in made)]
    return [(f + tail, t) for f, t in made]


@dataclass(frozen=True, slots=True)
class Region:
    """A quotation with its marks, as tokens [first, last). `long`: more than a word or two; `alone`: whole sentences,
    nothing around them."""

    first: int
    last: int
    paragraph: int
    long: bool
    alone: bool


def regions(text: str, a: Annotation) -> tuple[Region, ...]:
    """The quotations of a report. One that is not closed ends with its paragraph."""
    out: list[Region] = []
    bounds: dict[int, Span] = {}
    for s in a.sentences:
        first, _ = bounds.get(s.paragraph, (s.first, s.last))
        bounds[s.paragraph] = (first, s.last)
    edges = {s.first for s in a.sentences}, {s.last for s in a.sentences}
    for paragraph, (first, last) in bounds.items():
        begun: int | None = None
        depth = 0
        for i in range(first, last):
            mark = _mark(a.tokens, i)
            if begun is not None and mark == _STRAIGHT and a.tokens[i].text == "'" and i > begun + 1:
                spaced = a.tokens[i - 1].end < a.tokens[i].start
                depth += 1 if spaced else -1
                if spaced or depth >= 0:
                    continue
                depth = 0
            if begun is None and (mark in _OPENS or mark == _STRAIGHT) and mark:
                begun = i
            elif begun is not None and i > begun + 1 and mark and (mark in _CLOSES or mark == _STRAIGHT):
                out.append(_region(a, (begun, i + 1 + (a.tokens[i].text == "'")), paragraph, edges))
                begun = None
        if begun is not None and a.tokens[begun].text in (*_OPENS, _STRAIGHT) and last - begun > _SHORT:
            out.append(_region(a, (begun, last), paragraph, edges))
    return tuple(out)


def _mark(tokens: Sequence[Token], i: int) -> str:
    """The quotation mark a token is, or begins: two apostrophes are one."""
    t = tokens[i]
    if t.text == "'" and i + 1 < len(tokens) and tokens[i + 1].text == "'" and tokens[i + 1].start == t.end:
        return _STRAIGHT
    return t.text if t.text in _OPENS or t.text in _CLOSES or t.text == _STRAIGHT else ""


def _region(a: Annotation, span: Span, paragraph: int, edges: tuple[set[int], set[int]]) -> Region:
    first, last = span
    words = sum(t.text[0].isalnum() for t in a.tokens[first:last])
    alone = first in edges[0]
    return Region(first, last, paragraph, words >= _SHORT, alone and words > 1)


class Clauses:
    """Looks at the tokens of one report. All places are token numbers; ranges are half-open."""

    def __init__(self, text: str, a: Annotation, quotes: Sequence[Region]) -> None:
        self.annotation, self.tokens, self.words = a, a.tokens, lexicon()
        self._lows = [t.lower.replace("’", "'") for t in a.tokens]
        self._region: dict[int, Region] = {i: q for q in quotes for i in range(q.first, q.last)}
        self._dates = [(m.start, m.end) for m in a.mentions if m.kind is MentionKind.DATE]
        self._ends = {end: start for start, end in reversed(self._dates)}

    def text(self, i: int) -> str:
        """A token as written."""
        return self.tokens[i].text

    def low(self, i: int) -> str:
        """A token in lower case with straight apostrophes."""
        return self._lows[i]

    def isin(self, i: int, *names: str) -> bool:
        """Whether a token is in one of the word lists of that name."""
        low = self._lows[i]
        stem = low.partition("'")[0] if "complementizers" in names else low
        return any(low in self.words.sets[n] for n in names) or (stem != low and stem in self.words.sets["pronouns"])

    def region_at(self, i: int) -> Region | None:
        """The quotation a token is in."""
        return self._region.get(i)

    def quoted(self, i: int) -> bool:
        """Whether a token is in a quotation of some length."""
        q = self._region.get(i)
        return q is not None and q.long

    def offsets(self, span: Span) -> Span:
        """A token range as offsets into the text."""
        return self.tokens[span[0]].start, self.tokens[span[1] - 1].end

    def named(self, i: int) -> bool:
        """Whether a token is written with a capital."""
        return self.tokens[i].text[:1].isupper()

    def adverb(self, i: int) -> bool:
        """Whether a token may stand in a verb group as an adverb."""
        low = self._lows[i]
        ly = len(low) > 4 and low.endswith("ly") and low not in self.words.sets["not_adverbs"] and not self.named(i)
        return ly or self.isin(i, "adverbs", "not")

    def auxiliary(self, i: int) -> bool:
        """Whether a token is a form of be, have, do or a modal, "'s" behind a pronoun included."""
        clitic = self._lows[i] == "'s" and i > 0 and self.isin(i - 1, "pronouns", "relatives")
        return clitic or self.isin(i, "be", "have", "do", "modal")

    def finite(self, i: int) -> bool:
        """Whether a token surely is a finite verb."""
        if self.named(i) and i > 0 and self._lows[i] in ("will", "may", "can", "might"):
            return False
        return self.isin(i, "be", "have", "do", "modal", "verbs_else") and self._lows[i] not in (
            "being",
            "been",
            "having",
        )

    def trim_right(self, first: int, last: int) -> int:
        """`last` without the marks at the end that are no part of a quotation."""
        while last > first and self.text(last - 1) in ".,;:—–-―…" and not self.quoted(last - 1):
            last -= 1
        while last > first and self.low(last - 1) in ("and", "but", "or", "while", "as") and not self.quoted(last - 1):
            last -= 1
            while last > first and self.text(last - 1) in ",;—–-" and not self.quoted(last - 1):
                last -= 1
        return last

    def clause_end(self, start: int, last: int) -> int:
        """Where a clause that begins at a token ends at the latest: at a comma with a new clause, or at the end."""
        return self.object_end(start, last)

    def object_end(self, start: int, last: int) -> int:
        """The end of a noun phrase with all that hangs on it: before a comma that opens something new."""
        i = start
        while i < last:
            if self.quoted(i):
                i += 1
                continue
            t = self.text(i)
            if t in ";—–" or (t == "-" and i + 1 < last and self.tokens[i].start > self.tokens[i - 1].end):
                return i
            if t == "," and i + 1 < last and (self._opens_clause(i + 1, last)):
                return i
            i += 1
        return last

    def _opens_clause(self, i: int, last: int) -> bool:
        if self.isin(i, "subordinators") or self.low(i) in ("but", "with", "which", "who", "though", "despite"):
            return True
        if self.low(i) in ("and", "or", "nor") and i + 1 < last:
            return any(self.finite(k) for k in range(i + 1, min(i + 5, last)))
        return self.low(i).endswith("ing") and not self.named(i)

    def shouted(self, s: Sentence) -> bool:
        """Whether a sentence has capitals throughout, as headlines have."""
        words = [i for i in range(s.first, s.last) if len(self.text(i)) > 3 and self.text(i)[0].isalpha()]
        return sum(map(self.named, words)) > 0.7 * len(words)

    def day_before(self, i: int, floor: int) -> int | None:
        """The start of a day ("on Thursday", "last month") that ends before a token, if one does."""
        if i <= floor:
            return None
        end = self.tokens[i - 1].end
        start = self._ends.get(end)
        if start is None:
            return None
        k = i - 1
        while k > floor and self.tokens[k].start > start:
            k -= 1
        return k - 1 if k > floor and self.low(k - 1) in ("on", "in", "late", "early", "earlier") else k

    # noun phrases

    def phrase_left(self, floor: int, end: int) -> Span | None:
        """The noun phrase that ends before token `end`."""
        i = end
        while i > floor and end - i < _NP:
            t = self.text(i - 1)
            if (t in _BREAKS and not self._inside(i - 1)) or self.quoted(i - 1):
                break
            if self.isin(i - 1, "subordinators") or self.finite(i - 1) or self.past(i - 1):
                break
            if self.isin(i - 1, "conjunctions") and not self._compound(floor, i - 1):
                break
            i -= 1
            if self.isin(i, "pronouns") and i < end:
                break
        return self._trimmed(i, end)

    def _inside(self, i: int) -> bool:
        """Whether a mark is part of a name or a word in quotation marks."""
        t = self.text(i)
        initial = t == "." and i > 0 and len(self.text(i - 1)) == 1 and self.named(i - 1)
        q = self._region.get(i)
        word = q is not None and not q.long and self.text(q.last - 2) not in ",.?!"
        return word or initial or (t in "-/" and i > 0 and self.tokens[i].start == self.tokens[i - 1].end)

    def past(self, i: int) -> bool:
        """Whether a token seems to be a past or present form of a verb with a subject before it."""
        if (
            i == 0
            or self.named(i)
            or self.low(i - 1) == "'s"
            or self.isin(i - 1, "possessives", "prepositions", "be", "have")
        ):
            return False
        if self.isin(i - 1, "determiners") and not self.isin(i - 1, "plural_subjects"):
            return False
        held = self.words.verbs.at(self.tokens, i, i + 1)
        tags = {t for _, t in held[1]} if held else set()
        after = self.low(i + 1) if i + 1 < len(self.tokens) else ""
        if "ed" in tags and after == "by":
            return False
        if "ed" in tags or (tags and self.isin(i - 1, "pronouns")):
            return True
        low = self.low(i)
        regular = (
            len(low) > 4
            and low.endswith("ed")
            and low not in ("need", "indeed", "united", "hundred", "exceed", "proceed", "succeed")
        )
        if after in self.words.sets["prepositions"] and self.low(i - 1).endswith(("s", "people")):
            return False
        return regular and (
            self.named(i - 1)
            or self.isin(i - 1, "pronouns", "relatives")
            or (i + 1 < len(self.tokens) and self.isin(i + 1, "determiners", "possessives", "persons"))
        )

    def verb_ahead(self, i: int, last: int) -> bool:
        """Whether a clause begins at a token: a finite verb follows within its first words."""
        for j in range(i + 1, min(i + 10, last)):
            if self.text(j) in ",;:" or self.isin(j, "relatives"):
                return False
            if self.finite(j):
                return True
        return False

    def person(self, first: int, last: int) -> bool:
        """Whether a model or the register names somebody here."""
        a, b = self.tokens[first].start, self.tokens[last - 1].end
        return any(n.label in ("PER", "ORG") and n.start < b and a < n.end for n in self.annotation.named)

    def _compound(self, floor: int, conj: int) -> bool:
        """Whether a conjunction joins two noun phrases that begin their clause."""
        i = conj
        while i > floor and conj - i < 12:
            if self.text(i - 1) in _BREAKS or self.isin(i - 1, "subordinators"):
                break
            if self.finite(i - 1) or self.past(i - 1):
                return False
            i -= 1
        return i < conj and not self.isin(i, "prepositions") and (i == floor or self.text(i - 1) != ",")

    def _trimmed(self, first: int, end: int) -> Span | None:
        """A phrase without what leads into it ("on Monday", "in Ohio", "still"); None if nothing can speak there."""
        while first < end and (
            self.adverb(first) or self.isin(first, "conjunctions", "days") or self.low(first) == "'s"
        ):
            first += 1
        if first < end and self.isin(first, "prepositions") and end - first > 1:
            date = next((b for a, b in self._dates if a == self.tokens[first + 1].start), None)
            if date:
                first = next((k for k in range(first, end) if self.tokens[k].start >= date), end)
            else:
                first = self._last_phrase(first + 1, end)
        if first >= end or not any(self.text(k)[0].isalpha() for k in range(first, end)):
            return None
        if self.isin(end - 1, "prepositions", "determiners", "not") and not self.isin(end - 1, "plural_subjects"):
            return None
        return first, end

    def _last_phrase(self, first: int, end: int) -> int:
        for k in range(end - 1, first, -1):
            if self.isin(k, "determiners") or (self.named(k) and not self.named(k - 1) and self.low(k - 1) != "of"):
                return k
        return first

    def phrase_right(self, start: int, last: int) -> Span | None:
        """A speaker behind the verb, with the role set off by a comma."""
        i, commas, related = start, 0, False
        while i < last and i - start < 30:
            t = self.text(i)
            if (
                self.quoted(i)
                or (t in ".;:!?—–―" and not self._inside(i))
                or (self.finite(i) and not related)
                or t == "”"
            ):
                break
            if t == ",":
                if i + 1 >= last or self.quoted(i + 1) or self._no_role(i + 1):
                    break
                commas += 1
                related = related or self.low(i + 1) == "who"
            elif i > start and self.low(i) == "who":
                related = True
            elif (i > start and not commas and not related and self.isin(i, "past_speaker", "days")) or (
                commas and self.low(i) in ("which", "when", "while", "because", "adding", "noting", "referring")
            ):
                break
            i += 1
        while i > start and (self.text(i - 1) == "," or self.isin(i - 1, "conjunctions", "prepositions")):
            i -= 1
        return (start, i) if i > start and any(self.text(k)[0].isalpha() for k in range(start, i)) else None

    def _no_role(self, i: int) -> bool:
        ing = self.low(i).endswith("ing") and not self.named(i)
        if ing or self.low(i) == "who":
            return ing
        return self.isin(i, "subordinators", "conjunctions", "prepositions", "pronouns", "days")

    def phrase_after(self, start: int, last: int) -> Span | None:
        """Whom a verb or preposition takes: the next noun phrase, with what is set off by commas up to a verb."""
        i = start
        while i < last and i - start < _NP:
            t = self.text(i)
            if (
                self.quoted(i)
                or (t in _BREAKS and not self._inside(i))
                or (i > start and self.isin(i, "subordinators"))
            ):
                break
            if i > start and self.finite(i):
                break
            i += 1
        return (start, i) if i > start else None
