"""What stands behind a verb and before its subject: whom it is said to, and where content can be."""

from __future__ import annotations

from benchmarks.public._attribution.clauses import Clauses, Span
from benchmarks.public._attribution.parts import Verb
from dateline.language.base import Sentence


def may_turn(c: Clauses, s: Sentence, v: Verb) -> bool:
    """Whether the subject may stand behind the verb."""
    if v.voice != "active" or v.lemma not in c.words.sets["trailing"] or v.group != v.first or v.tag not in ("ed", "s"):
        return False
    if v.stop < s.last and v.first > s.first and c.region_at(v.first - 1) and c.text(v.stop).isalpha():
        return not c.isin(v.stop, "prepositions", "subordinators", "days")
    if v.stop >= s.last or not (
        c.named(v.stop) or c.isin(v.stop, "determiners", "pronouns") or c.low(v.stop).endswith("s")
    ):
        return False
    return v.first == s.first or c.quoted(v.first - 1) or c.text(v.first - 1) in ",—–―-"


def recipient(c: Clauses, s: Sentence, v: Verb, stop: int) -> int:
    """Where the content begins: behind whom it is said to, and behind day and place of the saying."""
    takes = c.words.takes.get(v.lemma, frozenset())
    i = stop
    while i < s.last and c.isin(i, "days"):
        i += 1
    if ("person" in takes and "free" not in takes) or v.lemma in ("tell", "ask"):
        return _said_to(c, s, i)
    if (
        i < s.last
        and (
            c.isin(i, "days")
            or c.low(i)
            in (
                "in",
                "on",
                "at",
                "during",
                "to",
                "of",
                "through",
                "via",
                "last",
                "this",
                "earlier",
                "late",
                "early",
                "from",
                "before",
                "after",
                "with",
                "—",
                "–",
                "-",
                "(",
            )
        )
        and v.lemma in c.words.sets["trailing"]
    ):
        return _skipped(c, s, i)
    return i


def _skipped(c: Clauses, s: Sentence, i: int) -> int:
    """Behind an adverbial, if a clause or quotation follows it; else behind nothing."""
    aside = c.text(i) in "—–-("
    for j in range(i, min(i + 25, s.last)):
        if c.low(j) in ("that", ":") or (c.quoted(j) and not c.quoted(j - 1)):
            return j
        if (
            not aside
            and j > i
            and (c.low(j) == "to" or (c.isin(j, "complementizers") and not c.isin(j - 1, "prepositions")))
        ):
            return j
        if not aside and c.finite(j):
            break
        if not aside and c.text(j) == ",":
            if j + 1 < s.last and c.quoted(j + 1):
                return j + 1
            break
    for a, b in c._dates:
        if c.tokens[i].start <= a <= c.tokens[i].end + 1:
            return next((k for k in range(i, s.last) if c.tokens[k].start >= b), s.last)
    return i


def _said_to(c: Clauses, s: Sentence, i: int) -> int:
    if i < s.last and c.isin(i, "persons"):
        return i + 1
    begun = i
    while i < s.last and i - begun < 14:
        if c.isin(i, "complementizers") or c.text(i) in ",:" or c.quoted(i) or c.low(i) in ("to", "about"):
            return i
        if i > begun and c.isin(i, "determiners") and not c.isin(i - 1, "prepositions"):
            return i
        if i > begun and c.low(i) in ("on", "in", "at", "during", "after"):
            return _skipped(c, s, i)
        i += 1
    return begun


def quote_near(c: Clauses, s: Sentence, i: int) -> bool:
    """Whether a quotation begins at a token, marks apart."""
    while i < s.last and c.text(i) in ",:;—–-" and not c.quoted(i):
        i += 1
    return i < s.last and c.quoted(i)


def quote_before(c: Clauses, s: Sentence, source: Span | None, v: Verb, turned: bool) -> bool:
    k = v.group if turned or not source else min(source[0], v.group)
    while k > s.first and (c.text(k - 1) in ",—–―-" or c.isin(k - 1, "openers")) and not c.region_at(k - 1):
        k -= 1
    return k > s.first and c.region_at(k - 1) is not None


def half(c: Clauses, s: Sentence, source: Span | None, v: Verb) -> bool:
    """Whether the content before the frame waits for more: "If it rains, she said, …"."""
    if v.stop >= s.last or c.text(v.stop) != "," or source is None:
        return False
    return (c.isin(s.first, "subordinators") and c.low(s.first) != "as") or verbless(c, s.first, source[0])


def verbless(c: Clauses, first: int, last: int) -> bool:
    """Whether no verb stands in a range, so that a sentence is not over with it."""
    return not any(c.finite(i) or c.past(i) or c.region_at(i) for i in range(first, last))


def stands_behind(c: Clauses, s: Sentence, v: Verb, source: Span | None, turned: bool) -> bool:
    """Whether a frame is set behind something: a comma or a quotation stands before it."""
    if v.voice != "active" or source is None:
        return False
    k = v.group if turned else min(source[0], v.group)
    if k <= s.first or c.isin(source[0], "relatives"):
        return False
    if c.isin(k - 1, "openers") and k - 1 > s.first and (c.region_at(k - 2) or c.low(k - 1) == "as"):
        k -= 1
    return k - 1 > s.first and (c.text(k - 1) in ("—", ",") or c.region_at(k - 1) is not None)


def empty(c: Clauses, s: Sentence, i: int) -> bool:
    """Whether nothing that can be content follows: the end, a comma, or where and when it was said."""
    while i < s.last and c.text(i) in ".\"”'’)":
        i += 1
    if i >= s.last or c.text(i) in ",;—–-":
        return True
    return (
        c.isin(i, "past_speaker", "days")
        and c.low(i) not in ("if", "by", "to")
        and not any(c.low(j) == "that" for j in range(i, min(i + 20, s.last)))
    )


def takes(c: Clauses, s: Sentence, v: Verb, ahead: int, source: Span | None) -> bool:
    """Whether what follows a verb is something it attributes."""
    i = ahead
    while i < s.last and (c.text(i) in ",:" or c.adverb(i)):
        i += 1
    if i >= s.last or c.text(i) in ".;?!)":
        return False
    takes = c.words.takes[v.lemma]
    shown = source is not None and any(c.isin(j, "documents") for j in range(*source))
    seen = v.lemma in c.words.sets["as_verbs"] and any(c.low(j) == "as" for j in range(i, min(i + 12, s.last)))
    if (shown and "clause" in takes) or seen:
        return True
    if c.quoted(i) or c.text(ahead) == ":":
        return True
    if c.low(i) == "to":
        return bool(takes & {"to", "free"}) or "person" in takes
    if "free" in takes:
        return c.text(ahead) != "," and not (
            c.isin(i, "past_speaker") and c.low(i) in ("in", "at", "from", "during", "by", "after", "before")
        )
    if takes & {"clause", "person"}:
        return c.isin(i, "complementizers") or (
            (c.isin(i, "determiners", "persons") or c.named(i)) and c.verb_ahead(i, s.last)
        )
    return False


def clausal(c: Clauses, s: Sentence, v: Verb, ahead: int) -> bool:
    """Whether a clause or quotation follows, which goes on to the end, and no mere noun phrase."""
    if ahead >= s.last:
        return False
    return (
        c.quoted(ahead)
        or c.text(ahead) in ":,"
        or c.isin(ahead, "complementizers")
        or c.low(ahead) == "to"
        or c.verb_ahead(ahead, s.last)
    )


def doer(c: Clauses, s: Sentence, start: int) -> Span | None:
    """Who stands behind "by"."""
    held = c.phrase_after(start, s.last)
    if held is None:
        return None
    end = next(
        (j for j in range(held[0] + 1, held[1]) if c.isin(j, "past_speaker", "days") or c.low(j) == "for"), held[1]
    )
    return held[0], end
