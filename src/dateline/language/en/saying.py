"""Attribution in English text: verbs of saying and the noun phrases that speak.

SAYING mentions: `label` is how the clause is built (say, report, claim, deny, confirm, accuse, urge, tell,
cite, by, according_to, statement, colon), `norm` the lemma. SOURCE mentions: `label` is a SourceType, or
"anaphor" for a pronoun; `norm` is `role@offset` where the offset is the start of the SAYING mention and
the role speaker, via (a medium told or quoting) or inner (one cited by the speaker).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.language.base import Mention, MentionKind, Sentence, Token
from dateline.language.en.matcher import Phrases
from dateline.language.en.patterns import passages
from dateline.records import PassageKind, Report, SourceType

PRODUCER = "en.saying.v1"
_QUOTES = frozenset("\"“”«»„‘")
_BREAKS = frozenset(".;:!?()[]—–") | _QUOTES
_LONGEST = 16
"""Most tokens of a speaker's noun phrase."""


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: Phrases[tuple[str, str]]
    types: Phrases[str]
    rank: dict[str, int]
    sets: dict[str, frozenset[str]]
    default: str


@cache
def _words() -> _Words:
    d: dict[str, Any] = load_yaml("dateline.language.en.data", "saying.yaml")
    verbs = [(f, (v["label"], lemma)) for lemma, v in d["verbs"].items() for f in v["forms"]]
    types = [(w, t) for t, ws in d["types"].items() for w in ws]
    sets = {k: frozenset(v) for k, v in d.items() if isinstance(v, list)}
    return _Words(Phrases(verbs), Phrases(types), {t: i for i, t in enumerate(d["types"])}, sets, d["default_type"])


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase as token offsets [first, last), what kind of speaker it names ("" if none is known)."""

    first: int
    last: int
    kind: str


def kind_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The SourceType of a noun phrase: the best-ranked type any of its words names; "" if none does."""
    w = _words()
    found = [t for _, _, t in w.types.find(tokens, first, last)]
    return min(found, key=lambda t: w.rank[t]) if found else ""


def _named(token: Token) -> bool:
    return token.text[:1].isupper()


def _phrase(tokens: Sequence[Token], first: int, last: int) -> _Phrase | None:
    """The phrase if it can speak: a pronoun, a known kind of speaker, or a name."""
    w = _words()
    while first < last and tokens[first].lower in w.sets["lead_in"]:
        first += 1
    if first >= last:
        return None
    if last - first == 1 and tokens[first].lower in w.sets["anaphora"]:
        return _Phrase(first, last, "anaphor")
    kind = kind_of(tokens, first, last)
    if not kind and any(_named(t) for t in tokens[first:last]) and tokens[last - 1].text[:1].isalpha():
        kind = w.default
    return _Phrase(first, last, kind) if kind else None


def _leftwards(tokens: Sequence[Token], floor: int, end: int) -> int:
    """Where the noun phrase that ends before token `end` begins."""
    w = _words()
    i = end
    while i > floor and end - i < _LONGEST:
        t = tokens[i - 1]
        if t.text in _BREAKS or t.text == "," or t.lower in w.sets["stops"]:
            break
        i -= 1
    return i


def _subject(tokens: Sequence[Token], floor: int, verb: int) -> _Phrase | None:
    """The noun phrase before a verb: plain, with an apposition between commas, or before a relative clause."""
    w = _words()
    i = verb
    while i > floor and (tokens[i - 1].lower in w.sets["between"]):
        i -= 1
    relative = any(t.lower in w.sets["relatives"] for t in tokens[i:verb])
    if i > floor and tokens[i - 1].text == ")":
        while i > floor and tokens[i - 1].text != "(":
            i -= 1
        i -= 1
    if i > floor and tokens[i - 1].text == ",":
        if relative:
            i -= 1
        else:
            return _apposed(tokens, floor, i - 1)
    return _phrase(tokens, _leftwards(tokens, floor, i), i)


def _apposed(tokens: Sequence[Token], floor: int, comma: int) -> _Phrase | None:
    """ "Name, role, said": the name with the kind of the whole."""
    i = comma
    while i > floor and comma - i < 24 and tokens[i - 1].text != "," and tokens[i - 1].text not in _BREAKS:
        i -= 1
    if i <= floor or tokens[i - 1].text != ",":
        return None
    head = _phrase(tokens, _leftwards(tokens, floor, i - 1), i - 1)
    if head is None or head.kind == "anaphor":
        return head
    return _Phrase(head.first, head.last, kind_of(tokens, head.first, comma) or head.kind)


def _object(tokens: Sequence[Token], start: int, ceiling: int) -> _Phrase | None:
    """The noun phrase that begins at token `start`: up to a break, a preposition, or a verb."""
    w = _words()
    i = start
    while i < ceiling and i - start < _LONGEST:
        t = tokens[i]
        if t.text in _BREAKS or t.text == "," or t.lower in w.sets["stops"]:
            break
        if t.lower in w.sets["right_stops"] and i > start and not (i + 1 < ceiling and _named(tokens[i + 1]) and t.lower in w.sets["in_name"] and kind_of(tokens, start, i)):
            break
        i += 1
    if i == start:
        return None
    head = _phrase(tokens, start, i)
    if head and i + 1 < ceiling and tokens[i].text == "," and head.kind != "anaphor":
        more = next((k for k in range(i + 1, min(i + 12, ceiling)) if tokens[k].text in ",.;"), i)
        return _Phrase(head.first, head.last, kind_of(tokens, head.first, more) or head.kind)
    return head


def _is_verb(tokens: Sequence[Token], s: Sentence, start: int, stop: int) -> bool:
    """Whether a form that may be a noun or a participle is used as a verb of saying here."""
    w = _words()
    form = " ".join(t.lower for t in tokens[start:stop])
    if start == s.first:
        return stop - start > 1 or form not in w.sets["nouny"]
    before = tokens[start - 1].lower
    if form in w.sets["nouny"] and _named(tokens[start]) and not tokens[start].text.isupper():
        return False
    if form in w.sets["nouny"] and before in w.sets["noun_marks"]:
        return False
    return not (before in w.sets["passive_marks"] and stop - start == 1)


def _frames(tokens: Sequence[Token], s: Sentence) -> Iterator[tuple[int, int, str, str, list[tuple[str, _Phrase]]]]:
    """(first, last, label, lemma, [(role, phrase)]) of every saying of a sentence."""
    w = _words()
    for start, stop, (label, lemma) in w.verbs.find(tokens, s.first, s.last):
        found: list[tuple[str, _Phrase | None]] = []
        if label == "according_to":
            found = [("speaker", _object(tokens, stop, s.last))]
        elif label == "by":
            found = [("via", _object(tokens, stop, s.last)), ("speaker", _subject(tokens, s.first, start))]
        elif label == "cite":
            found = [("inner", _object(tokens, stop, s.last))]
        elif _is_verb(tokens, s, start, stop):
            subject = _subject(tokens, s.first, start)
            after_quote = start > s.first and (tokens[start - 1].text == "," or tokens[start - 1].text in _QUOTES)
            if subject is None and (after_quote or start == s.first):
                subject = _object(tokens, stop, s.last)
            found = [("speaker", subject)]
            if label == "tell" and subject:
                medium = _object(tokens, stop, s.last)
                if medium and medium.kind in (SourceType.AGENCY, SourceType.MEDIA):
                    found.append(("via", medium))
        phrases = [(role, p) for role, p in found if p is not None]
        if phrases:
            yield start, stop, label, lemma, phrases


def _headed(tokens: Sequence[Token], s: Sentence) -> Iterator[tuple[int, int, str, str, list[tuple[str, _Phrase]]]]:
    """ "Monitor: 12 killed" and, in headlines, "12 killed: monitor"."""
    colons = [i for i in range(s.first + 1, min(s.last - 1, s.first + 14)) if tokens[i].text == ":"]
    for i in colons[:1]:
        head = _phrase(tokens, s.first, i)
        verbs = any(True for _ in _words().verbs.find(tokens, s.first, i))
        if head and not verbs and i - s.first <= 8 and kind_of(tokens, s.first, i) and head.kind != "anaphor":
            yield i, i + 1, "colon", "colon", [("speaker", head)]
            return
    if s.kind is PassageKind.HEADLINE:
        last = next((i for i in range(s.last - 2, s.first, -1) if tokens[i].text in ":-–—"), 0)
        if last and s.last - last <= 7 and kind_of(tokens, last + 1, s.last) and (tail := _phrase(tokens, last + 1, s.last)):
            yield last, last + 1, "colon", "colon", [("speaker", tail)]


def find(report: Report, tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterable[Mention]:
    """SAYING and SOURCE mentions of a report, sentence by sentence, sorted by (start, -end, kind, label)."""
    for s in passages(report, sentences):
        out: set[Mention] = set()
        for start, stop, label, lemma, phrases in [*_frames(tokens, s), *_headed(tokens, s)]:
            at = tokens[start].start
            out.add(Mention(MentionKind.SAYING, at, tokens[stop - 1].end, s.index, label, lemma, PRODUCER))
            for role, p in phrases:
                a, b = tokens[p.first].start, tokens[p.last - 1].end
                out.add(Mention(MentionKind.SOURCE, a, b, s.index, p.kind, f"{role}@{at}", PRODUCER))
        yield from sorted(out, key=lambda m: (m.start, -m.end, m.kind, m.label, m.norm))
