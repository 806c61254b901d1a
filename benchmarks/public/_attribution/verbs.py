"""Whether a form that may be a verb is one here, and in which voice, by the words around it."""

from __future__ import annotations

from benchmarks.public._attribution.clauses import Clauses, Span
from benchmarks.public._attribution.parts import Verb
from dateline.language.base import Sentence


def verb_at(c: Clauses, s: Sentence, at: Span, lemma: str, tag: str) -> Verb | None:
    """The verb with its group, if the words around it let it be this form of a verb."""
    if c.named(at[0]) and at[0] > s.first and not c.shouted(s):
        return None
    k, aux = at[0], []
    while k > s.first and not c.quoted(k - 1):
        day = c.day_before(k, s.first)
        if day is None and not (c.adverb(k - 1) or c.auxiliary(k - 1)):
            break
        k = k - 1 if day is None else day
        if day is None:
            aux.append(k)
    while k < at[0] and k not in aux:
        k += 1
    while k < at[0] and c.adverb(k) and not c.isin(k, "not") and (k == s.first or c.text(k - 1) == ","):
        k += 1
    has = {
        name: any(c.isin(j, name) or (name == "be" and c.low(j) == "'s") for j in aux)
        for name in ("be", "have", "do", "modal")
    }
    voice = _voice(c, s, (k, at[0]), tag, has)
    return Verb(k, *at, lemma, tag, voice) if voice else None


def _voice(c: Clauses, s: Sentence, group: Span, tag: str, has: dict[str, bool]) -> str:
    k = group[0]
    before = c.low(k - 1) if k > s.first else ""
    if tag == "ing":
        if has["be"]:
            return "active"
        noun = before in ("the", "a", "an", "of", "'s", "this", "that") or (
            k > s.first and c.isin(k - 1, "possessives")
        )
        return "" if noun else "participle"
    if has["be"]:
        return "passive" if tag == "en" else ""
    if has["have"]:
        return "active" if tag == "en" else ""
    if tag == "base":
        return _base(c, s, group, has["do"] or has["modal"])
    if has["do"] or has["modal"] or _nominal(c, s, k):
        return ""
    if tag == "s":
        return "active" if k > s.first and _surely(c, s, group) else ""
    return "active" if tag == "ed" else _alone(c, s, group)


def _base(c: Clauses, s: Sentence, group: Span, helped: bool) -> str:
    """The voice of a dictionary form; `helped`: a modal or a form of "do" stands before it."""
    k, first = group
    before = c.low(k - 1) if k > s.first else ""
    if helped or before == "to":
        return "active" if helped else "infinitive"
    plural = k > s.first and (c.isin(k - 1, "plural_subjects") or (before.endswith("s") and before != "'s"))
    plain = k > s.first and not c.isin(first, "nouny")
    plain = plain or (first + 1 < s.last and c.isin(first + 1, "complementizers"))
    return "active" if (plural or plain) and not _nominal(c, s, k) and _surely(c, s, group) else ""


def _alone(c: Clauses, s: Sentence, group: Span) -> str:
    """The voice of a participle without a form of "be": "asked whether …", "a plan backed by …"."""
    k, first = group
    before = c.low(k - 1) if k > s.first else ""
    after = min(first + 1, s.last - 1)
    begins = before in ("when", "if", ",", "then") or k == s.first
    if begins and c.isin(first, "asked") and c.isin(after, "complementizers", "adjective_marks"):
        return "passive"
    return "reduced" if c.low(after) == "by" else ""


def _surely(c: Clauses, s: Sentence, group: Span) -> bool:
    """Whether a word that may be a noun is a verb, by what stands before or behind it."""
    k, first = group
    if not c.isin(first, "nouny"):
        return True
    name = k > s.first and c.named(k - 1) and not c.isin(k - 1, "determiners")
    if k < first or (k > s.first and (c.isin(k - 1, "pronouns", "relatives") or name)):
        return True
    if k == s.first:
        return False
    if c.isin(k - 1, "documents") or first + 1 >= s.last:
        return True
    begins = k - 1 == s.first or c.text(k - 2) in ",;" or c.isin(k - 2, "conjunctions")
    if begins and c.isin(k - 1, "plural_subjects") and c.low(k - 1) not in ("those", "these", "to"):
        return True
    if c.low(first).endswith("s") and not c.low(k - 1).endswith("s") and c.verb_ahead(first + 1, s.last):
        return True
    return not c.isin(k - 1, "determiners") and (
        c.low(first + 1) in ("to", "that", ".", ",", ":")
        or c.isin(first + 1, "determiners", "persons", "complementizers")
    )


def _nominal(c: Clauses, s: Sentence, k: int) -> bool:
    """Whether what stands before a word makes it a noun or an adjective."""
    if k == s.first:
        return False
    low = c.low(k - 1)
    return (
        low == "'s"
        or c.isin(k - 1, "possessives", "prepositions")
        or (c.isin(k - 1, "determiners") and not c.isin(k - 1, "plural_subjects", "conjunctions"))
    )
