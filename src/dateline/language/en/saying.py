"""Attribution in English text: verbs of saying and the noun phrases that speak.

SAYING mentions: `label` is how the clause is built (say, report, claim, deny, confirm, accuse, urge, tell,
cite, by, according_to, statement, colon), `norm` the lemma. SOURCE mentions: `label` is a SourceType, or
"anaphor" for a pronoun; `norm` is `role@offset` where the offset is the start of the SAYING mention and
the role speaker, via (a medium told or quoting) or inner (one cited by the speaker).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.labels import PassageKind, SourceType
from dateline.language.base import Mention, MentionKind, Sentence, Token
from dateline.language.en.matcher import Phrases
from dateline.language.en.patterns import passages
from dateline.records import Report

PRODUCER = "en.saying.v1"
_QUOTES = frozenset('"“”«»„‘')
_BREAKS = frozenset(".;:!?()[]—–-") | _QUOTES
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
    if tokens[first].text.isdigit() and first + 1 < last and tokens[first + 1].lower in w.sets["lead_in"]:
        return None  # "31 in the city" counts somebody else
    if tokens[last - 1].lower in w.sets["anaphora"]:
        return _Phrase(last - 1, last, "anaphor")
    if (
        tokens[first].lower in w.sets["nobody"]
        or tokens[last - 1].lower in w.sets["negations"]
        or tokens[last - 1].lower in w.sets["conjunctions"]
    ):
        return None
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
        opens = t.lower in w.sets["openers"] and i > floor
        if (
            opens
            and tokens[i - 1].lower not in w.sets["connectors"]
            and tokens[i - 1].lower not in w.sets["conjunctions"]
        ):
            break
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
    first = _leftwards(tokens, floor, i)
    if first > floor and tokens[first - 1].lower in ("who", "which") and not relative:
        i = first - 2 if tokens[first - 2].text == "," else first - 1
        first = _leftwards(tokens, floor, i)
    return _by_name(tokens, floor, first) or _phrase(tokens, first, i)


def _by_name(tokens: Sequence[Token], floor: int, role: int) -> _Phrase | None:
    """The name before a role set off by a comma ("Ana Ruiz, head of the clinic"), if one stands there."""
    if role - 2 <= floor or tokens[role - 1].text != "," or _named(tokens[role]):
        return None
    i = role - 1
    while i > floor and _named(tokens[i - 1]) and tokens[i - 1].text not in _BREAKS:
        i -= 1
    clean = i == floor or tokens[i - 1].text == "," or tokens[i - 1].text in _BREAKS
    return _phrase(tokens, i, role - 1) if clean and role - 1 - i > 1 else None


def _apposed(tokens: Sequence[Token], floor: int, comma: int) -> _Phrase | None:
    """ "Name, role, said": the name with the kind of the whole."""
    i = comma
    while i > floor and comma - i < 24 and tokens[i - 1].text != "," and tokens[i - 1].text not in _BREAKS:
        i -= 1
    if i <= floor or tokens[i - 1].text != ",":
        return None
    first = _leftwards(tokens, floor, i - 1)
    head = _by_name(tokens, floor, first) or _phrase(tokens, first, i - 1)
    if head is None:
        return _phrase(tokens, i, comma)
    if head.kind == "anaphor":
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
        if (
            t.lower in w.sets["right_stops"]
            and i > start
            and not (
                i + 1 < ceiling and _named(tokens[i + 1]) and t.lower in w.sets["in_name"] and kind_of(tokens, start, i)
            )
        ):
            break
        i += 1
    if i == start:
        return None
    head = _phrase(tokens, start, i)
    if (
        head
        and i + 1 < ceiling
        and tokens[i].text == ","
        and head.kind != "anaphor"
        and not kind_of(tokens, head.first, head.last)
    ):
        more = next((k for k in range(i + 1, min(i + 12, ceiling)) if tokens[k].text in ",.;"), i)
        return _Phrase(head.first, head.last, kind_of(tokens, head.first, more) or head.kind)
    return head


def _is_verb(tokens: Sequence[Token], s: Sentence, start: int, stop: int) -> bool:
    """Whether a form that may be a noun or a participle is used as a verb of saying here."""
    w = _words()
    form = " ".join(t.lower for t in tokens[start:stop])
    if stop < s.last and tokens[stop].lower in w.sets["of_marks"]:
        return False
    if start == s.first:
        return stop - start > 1 or form not in w.sets["nouny"]
    before = tokens[start - 1].lower
    if form in w.sets["nouny"] and _named(tokens[start]) and not tokens[start].text.isupper():
        return False
    if form in w.sets["nouny"] and before in w.sets["noun_marks"]:
        return False
    return not (before in w.sets["passive_marks"] and stop - start == 1)


def _any(tokens: Sequence[Token], start: int, ceiling: int) -> _Phrase | None:
    """A noun phrase of unknown kind: "according to" makes a source of whatever follows."""
    i = start
    stops = _words().sets["stops"] | _words().sets["right_stops"]
    while i < ceiling and i - start < 4 and tokens[i].text[0].isalpha() and tokens[i].lower not in stops:
        i += 1
    bare = all(t.lower in _words().sets["openers"] for t in tokens[start:i])
    return None if bare else _Phrase(start, i, SourceType.UNNAMED)


def _somebody(tokens: Sequence[Token], s: Sentence, verb: int) -> _Phrase | None:
    """A short noun phrase of unknown kind set off before a verb of saying: "…, a rescue worker said."."""
    w = _words()
    end = verb
    while end > s.first and tokens[end - 1].lower in w.sets["between"]:
        end -= 1
    first = _leftwards(tokens, s.first, end)
    set_off = first == s.first or tokens[first - 1].text == "," or tokens[first - 1].text in _QUOTES
    if not (set_off and 1 < end - first <= 5 and tokens[first].lower in w.sets["openers"]):
        return None
    return _Phrase(first, end, SourceType.UNNAMED)


_AFFIRM = frozenset({"say", "claim", "confirm", "report", "tell"})


def _negated(tokens: Sequence[Token], first: int, verb: int) -> bool:
    """Whether the verb is negated: who has not claimed it does not speak."""
    negations = _words().sets["negations"]
    return any(t.lower in negations or t.lower.endswith(("n't", "n’t")) for t in tokens[first:verb])


def _shared(tokens: Sequence[Token], s: Sentence, verb: int, held: _Phrase | None) -> _Phrase | None:
    """The speaker of the saying before, where a conjunction stands right before the verb ("… and denied …")."""
    w = _words()
    i = verb
    while i > s.first and tokens[i - 1].lower in w.sets["between"]:
        i -= 1
    return held if i > s.first and tokens[i - 1].lower in w.sets["conjunctions"] else None


def _frames(tokens: Sequence[Token], s: Sentence) -> Iterator[tuple[int, int, str, str, list[tuple[str, _Phrase]]]]:
    """(first, last, label, lemma, [(role, phrase)]) of every saying of a sentence."""
    w = _words()
    held: _Phrase | None = None
    for start, stop, (label, lemma) in w.verbs.find(tokens, s.first, s.last):
        found: list[tuple[str, _Phrase | None]] = []
        if label == "according_to":
            found = [("speaker", _object(tokens, stop, s.last) or _any(tokens, stop, s.last))]
        elif label == "by":
            found = [("via", _object(tokens, stop, s.last)), ("speaker", _subject(tokens, s.first, start))]
        elif label == "cite":
            found = [("inner", _object(tokens, stop, s.last))]
        elif _is_verb(tokens, s, start, stop):
            subject = _shared(tokens, s, start, held) or _subject(tokens, s.first, start)
            if subject and label in _AFFIRM and _negated(tokens, subject.last, start):
                continue
            after_quote = start > s.first and (tokens[start - 1].text == "," or tokens[start - 1].text in _QUOTES)
            if subject is None and (after_quote or start == s.first):
                subject = _object(tokens, stop, s.last)
            found = [("speaker", subject or (_somebody(tokens, s, start) if label in _AFFIRM else None))]
            if label == "tell" and subject:
                medium = _object(tokens, stop, s.last)
                if medium and medium.kind in (SourceType.AGENCY, SourceType.MEDIA):
                    found.append(("via", medium))
        phrases = [(role, p) for role, p in found if p is not None]
        if phrases:
            held = next((p for role, p in phrases if role == "speaker"), held)
            yield start, stop, label, lemma, phrases


def _transcribed(tokens: Sequence[Token], sentences: Iterable[Sentence]) -> frozenset[str]:
    """Names that stand before a colon at the head of several passages: the speakers of a transcript."""
    seen: Counter[str] = Counter()
    for s in sentences:
        colon = next((i for i in range(s.first, min(s.last, s.first + 6)) if tokens[i].text == ":"), s.first)
        if (
            colon > s.first
            and len(tokens[colon - 1].text) > 1
            and _named(tokens[s.first])
            and _named(tokens[colon - 1])
        ):
            seen[tokens[colon - 1].lower] += 1
    return frozenset(name for name, n in seen.items() if n > 1)


def _headed(
    tokens: Sequence[Token], s: Sentence, cast: frozenset[str]
) -> Iterator[tuple[int, int, str, str, list[tuple[str, _Phrase]]]]:
    """ "Monitor: 12 killed" and, in headlines, "12 killed: monitor"."""
    colons = [i for i in range(s.first + 1, min(s.last - 1, s.first + 14)) if tokens[i].text == ":"]
    for i in colons[:1]:
        head = _phrase(tokens, s.first, i)
        if head and tokens[i - 1].lower in cast:
            yield i, i + 1, "transcript", "transcript", [("speaker", head)]
            return
        verbs = any(True for _ in _words().verbs.find(tokens, s.first, i))
        if head and not verbs and i - s.first <= 8 and kind_of(tokens, s.first, i) and head.kind != "anaphor":
            yield i, i + 1, "colon", "colon", [("speaker", head)]
            return
    if s.kind is PassageKind.HEADLINE:
        last = next((i for i in range(s.last - 2, s.first, -1) if tokens[i].text in ":-–—"), 0)
        if (
            last
            and s.last - last <= 7
            and kind_of(tokens, last + 1, s.last)
            and (tail := _phrase(tokens, last + 1, s.last))
        ):
            yield last, last + 1, "colon", "colon", [("speaker", tail)]


def find(report: Report, tokens: Sequence[Token], sentences: Sequence[Sentence]) -> Iterable[Mention]:
    """SAYING and SOURCE mentions of a report, sentence by sentence, sorted by (start, -end, kind, label)."""
    told = tuple(passages(report, sentences))
    cast = _transcribed(tokens, told)
    for s in told:
        out: set[Mention] = set()
        for start, stop, label, lemma, phrases in [*_frames(tokens, s), *_headed(tokens, s, cast)]:
            at = tokens[start].start
            out.add(Mention(MentionKind.SAYING, at, tokens[stop - 1].end, s.index, label, lemma, PRODUCER))
            for role, p in phrases:
                a, b = tokens[p.first].start, tokens[p.last - 1].end
                out.add(Mention(MentionKind.SOURCE, a, b, s.index, p.kind, f"{role}@{at}", PRODUCER))
        yield from sorted(out, key=lambda m: (m.start, -m.end, m.kind, m.label, m.norm))
