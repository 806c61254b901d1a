"""Who does what a verb says, and where the clause of a verb begins and is over."""

from __future__ import annotations

from benchmarks.public._attribution.clauses import Clauses, Span
from benchmarks.public._attribution.parts import Frame, Verb
from dateline.language.base import Sentence


def opening(c: Clauses, s: Sentence, k: int) -> int:
    """Where a clause with its own subject begins, with the conjunction and the mark before it."""
    while (
        k > s.first and (c.isin(k - 1, "openers") or c.text(k - 1) in ",;—–" or c.adverb(k - 1)) and not c.quoted(k - 1)
    ):
        k -= 1
    return k


def leads(c: Clauses, s: Sentence) -> bool:
    """Whether a sentence begins with a clause or a phrase that leads in."""
    first = c.low(s.first)
    return first != "as" and (
        c.isin(s.first, "subordinators", "prepositions")
        or first == "even"
        or (first.endswith(("ing", "ed")) and len(first) > 4)
    )


def fresh(c: Clauses, s: Sentence, opens: int, k: int) -> bool:
    """Whether a clause is set apart from what stands before it."""
    if opens >= k:
        return False
    marks = [c.text(i) for i in range(opens, k)]
    words = [c.low(i) for i in range(opens, k)]
    if "," in marks and leads(c, s):
        return True
    return (
        any(m in ";—–" for m in marks)
        or ("," in marks and any(w in ("and", "but", "while", "though", "although", "yet", "whereas") for w in words))
        or "but" in words
    )


def subject(c: Clauses, s: Sentence, v: Verb, found: list[Frame]) -> tuple[Span | None, str]:
    """Who does it, and how the verb goes on from one before: its own subject makes a "clause" of it."""
    k = v.group
    day = c.day_before(k, s.first)
    k = day if day is not None else k
    if v.voice == "infinitive":
        return main(c, s, k) or _last_subject(found, k), ""
    before = c.low(k - 1) if k > s.first else ""
    if v.voice == "participle":
        if k == s.first:
            return _main_after(c, s, k), "participle"
        held = main(c, s, k) or _last_subject(found, k)
        return held, "participle" if before in (",", "—", "–", "-") else "and" if c.isin(k - 1, "conjunctions") else ""
    if k == s.first or c.quoted(k - 1):
        return None, ""
    if c.isin(k - 1, "relatives") and not c.named(k - 1):
        return (k - 1, k), "clause"
    if c.isin(k - 1, "conjunctions"):
        return _shared(c, s, k, found), "and"
    if before == ")":
        j = next((j for j in range(k - 1, s.first, -1) if c.text(j) == "("), s.first)
        head = c.phrase_left(s.first, j)
        return (head and (head[0], k)), "clause"
    if before in (",", "—", "–", "-", "―"):
        return _set_off(c, s, k, found)
    own = c.phrase_left(s.first, k)
    if own and (head := _before_relative(c, s, own)):
        own = head
    return own, "clause" if own else ""


def _before_relative(c: Clauses, s: Sentence, own: Span) -> Span | None:
    """The whole of a speaker with a relative clause that ends in a noun phrase: "some who favour peace talks"."""
    for r in range(own[0] - 1, s.first, -1):
        if c.text(r) in ",;:—–" or c.quoted(r) or c.low(r) == "that":
            return None
        if c.low(r) in ("who", "which"):
            lemmas = c.words.verbs.at(c.tokens, r + 1, s.last)
            if lemmas and any(lemma in c.words.sets["trailing"] for lemma, _ in lemmas[1]):
                return None
            head = c.phrase_left(s.first, r)
            return (head[0], own[1]) if head else None
    return None


def _set_off(c: Clauses, s: Sentence, k: int, found: list[Frame]) -> tuple[Span | None, str]:
    """The subject before a part set off by commas: "Ana Ruiz, head of the clinic, said"."""
    i = k - 2
    mark = c.text(k - 1)
    while i > s.first and k - i < 30 and c.text(i) not in (mark, ";", ":") and not c.quoted(i):
        i -= 1
    if i <= s.first or c.text(i) != mark:
        return (_last_subject(found, k), "and") if _last_subject(found, k) else (None, "")
    head = c.phrase_left(s.first, i)
    if c.low(i + 1) in (
        "who",
        "which",
        "whose",
        "along",
        "speaking",
        "in",
        "on",
        "at",
        "however",
        "meanwhile",
        "though",
        "like",
        "as",
        "when",
    ):
        return head, "clause" if head else ""
    if any(c.finite(j) for j in range(i + 1, k - 1)):
        return (_last_subject(found, k), "and") if _last_subject(found, k) else (None, "")
    comma = next((j for j in range(s.first, i) if c.text(j) == ","), i)
    if comma < i and c.low(comma + 1) in ("who", "which", "whose"):
        first = c.phrase_left(s.first, comma)
        if first and not any(c.finite(j) or c.past(j) for j in range(s.first, comma)):
            return first, "clause"
    if head and head[0] > s.first and c.text(head[0] - 1) == ",":
        further = c.phrase_left(s.first, head[0] - 1)
        if further and further[0] == s.first and not c.isin(head[0], "conjunctions") and c.named(further[0]):
            head = further
    return ((head[0], k) if head else None), "clause" if head else ""


def _shared(c: Clauses, s: Sentence, k: int, found: list[Frame]) -> Span | None:
    """The subject that a verb behind a conjunction shares with the one before."""
    last = _last_subject(found, k)
    return last or main(c, s, k)


def _last_subject(found: list[Frame], k: int) -> Span | None:
    """The source of the last frame before a token that has one of its own."""
    near = [f for f in found if f.source and f.cue[0] < k and f.kind in ("verb", "adjective")]
    return near[-1].source if near else None


def main(c: Clauses, s: Sentence, k: int) -> Span | None:
    """The subject of the clause a place is in: that of its last verb with a subject of its own."""
    best: Span | None = None
    for i in range(s.first + 1, k):
        if c.quoted(i) or c.isin(i - 1, "relatives", "conjunctions") or not (c.finite(i) or c.past(i)):
            continue
        j = i
        while j > s.first + 1 and (c.adverb(j - 1) or c.day_before(j, s.first) is not None):
            day = c.day_before(j, s.first)
            j = j - 1 if day is None else max(day, s.first + 1)
        if c.text(j - 1) == ",":
            found, _ = _set_off(c, s, j, [])
        else:
            found = c.phrase_left(s.first, j)
        if found and (best is None or fresh(c, s, opening(c, s, found[0]), found[0])):
            best = found
    return best or _first_named(c, s, k)


def _first_named(c: Clauses, s: Sentence, k: int) -> Span | None:
    """The first name or speaking pronoun of a sentence, where no verb shows its subject."""
    for i in range(s.first, k):
        if c.quoted(i) or (i > s.first and c.isin(i - 1, "prepositions")):
            continue
        if c.isin(i, "pronouns") and c.low(i) != "who":
            return i, i + 1
        if c.named(i) and c.person(i, i + 1):
            end = i + 1
            while end < k and c.named(end):
                end += 1
            return i, end
    return None


def _main_after(c: Clauses, s: Sentence, k: int) -> Span | None:
    """The subject behind a clause that leads in: "Asked about it, she said"."""
    comma = next((i for i in range(k, s.last - 1) if c.text(i) == "," and not c.quoted(i)), None)
    if comma is None:
        return None
    for i in range(comma + 1, min(comma + 20, s.last)):
        if c.finite(i) or c.past(i):
            return c.phrase_left(comma + 1, i)
    return None


def limit(c: Clauses, s: Sentence, source: Span | None, v: Verb) -> int | None:
    """Where the clause of a frame is over: a relative clause set off, or a clause that leads in."""
    held = _relative_end(c, s, source, v)
    if held is not None:
        return held
    if not leads(c, s):
        return None
    comma = next((i for i in range(s.first, s.last) if c.text(i) == "," and not c.quoted(i)), None)
    return comma if comma is not None and comma > v.stop and (source is None or source[0] < comma) else None


def _relative_end(c: Clauses, s: Sentence, source: Span | None, v: Verb) -> int | None:
    """Where a relative clause set off by a comma ends: at the comma before the verb of its sentence."""
    if not source or source[1] - source[0] > 1 or not c.isin(source[0], "relatives") or source[0] == s.first:
        return None
    if c.text(source[0] - 1) != ",":
        return None
    for i in range(v.stop, s.last - 1):
        if c.text(i) == "," and not c.quoted(i) and (c.finite(i + 1) or c.past(i + 1) or c.adverb(i + 1)):
            return i
    return None
