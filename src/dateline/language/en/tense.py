"""Whether the words around an expression of time look forward or tell what has been.

The verb nearest before the expression in its clause decides; without one, the first behind it. Words of time in
`data/tense.yaml`. Where nothing decides, nothing is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dateline.data import load_yaml
from dateline.language.en.patterns import alternatives

Direction = Literal["ahead", "back", ""]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,;:!?“”\"]|--|[–—]")
_REACH = 200
"""Characters before or behind an expression in which its verb is looked for."""
_AUXILIARY = 5
"""Words a participle may stand behind its auxiliary: "will not have been released"."""


@dataclass(frozen=True, slots=True)
class _Words:
    ahead: re.Pattern[str]
    timetable: frozenset[str]
    governors: frozenset[str]
    present: frozenset[str]
    helpers: frozenset[str]
    deferring: frozenset[str]
    terms: frozenset[str]
    boundaries: frozenset[str]
    joints: frozenset[str]
    past: frozenset[str]
    perfect: frozenset[str]
    no_verbs: frozenset[str]
    guesses: frozenset[str]
    naming: frozenset[str]


@cache
def _words() -> _Words:
    d: dict[str, Any] = load_yaml("dateline.language.en.data", "tense.yaml")
    irregular = load_yaml("dateline.language.en.data", "inflection.yaml")["irregular"]
    forms = {form for base, held in irregular.items() for form in held if form != base}
    lists = (
        "timetable",
        "governors",
        "present",
        "helpers",
        "deferring",
        "terms",
        "boundaries",
        "joints",
        "perfect",
        "no_verbs",
        "guesses",
        "naming",
    )
    sets = {k: frozenset(map(str, d[k])) for k in lists}
    ahead = re.compile(rf"(?:^|(?<=[^\w-]))(?:{alternatives(d['ahead'])})$")
    return _Words(ahead=ahead, past=frozenset({*d["past"], *forms}) - sets["no_verbs"], **sets)


def _past(word: str) -> bool:
    w = _words()
    return word in w.past or (len(word) > 3 and word.endswith("ed") and word not in w.no_verbs)


def _ahead(words: list[str], at: int) -> bool:
    """Whether a phrase that looks forward ends with this word."""
    return _words().ahead.search(" ".join(words[max(0, at - 3) : at + 1]).lower()) is not None


def _judged(words: list[str], at: int) -> Direction | None:
    """What the word at a place says; None if it is no verb."""
    w = _words()
    word = words[at].lower()
    if _guessed(words, at):
        return None
    if _ahead(words, at) or word in w.timetable:
        return "ahead"
    if not _past(word):
        infinitive = at and words[at - 1] == "to" and words[at].islower() and word not in w.no_verbs
        return _governed(words, at - 1) if infinitive else None
    for i in range(at - 1, max(-1, at - 1 - _AUXILIARY), -1):
        if _ahead(words, i):
            return "ahead"
        if words[i] == "to":
            return _governed(words, i)
        if words[i] in w.present and i >= at - 2:
            return ""
        if words[i] not in w.helpers and not words[i].endswith("ly"):
            break
    return "back"


def _guessed(words: list[str], at: int) -> bool:
    """Whether a word only says how likely something is: "may be the deadliest", "might have been"."""
    w = _words()
    if words[at].lower() not in w.guesses:
        return False
    after = [x.lower() for x in words[at + 1 : at + 3]]
    return after[:1] == ["have"] or (after[:1] == ["be"] and bool(set(after[1:]) & w.naming))


def _governed(words: list[str], to: int) -> Direction:
    """What an infinitive says, by the word before its "to"."""
    return "ahead" if _ahead(words, to) or (to and words[to - 1] in _words().governors) else ""


def _describes(words: list[str], at: int) -> bool:
    """Whether a participle may describe the word behind it ("preferred shares") in a clause that looks forward."""
    if at + 1 >= len(words) or not words[at].endswith("ed"):
        return False
    for i in range(at - 1, -1, -1):
        if words[i] == "," or _ends(words[i]) or _past(words[i].lower()):
            return False
        if _ahead(words, i):
            return True
    return False


def _clause(text: str) -> list[str]:
    return [m.group().replace("’", "'") for m in _WORD.finditer(text)]


def _ends(word: str) -> bool:
    """Whether a clause ends at this word, seen from behind it."""
    w = _words()
    return (not word[0].isalnum() and word != ",") or (word in w.boundaries and word not in w.joints)


def _looked(words: list[str], term: bool) -> Direction | None:
    """What the nearest verb of the words before an expression says; `term`: it says until when."""
    for at in range(len(words) - 1, -1, -1):
        if _ends(words[at]):
            break
        found = _judged(words, at)
        if found == "back" and ((term and words[at] in _words().deferring) or _describes(words, at)):
            return "ahead"
        if found is not None:
            return found
    return None


def lasts(text: str, floor: int, start: int) -> bool:
    """Whether the clause before an expression is in the perfect: "has been under siege for …" goes on until now."""
    for word in reversed(_clause(text[max(floor, start - _REACH) : start])):
        if _ends(word):
            return False
        if word.lower() in _words().perfect:
            return True
    return False


def direction(text: str, floor: int, ceiling: int, span: tuple[int, int]) -> Direction:
    """Which way the clause of the expression at `span` looks; `floor` and `ceiling` are the ends of its sentence."""
    own = _clause(text[slice(*span)])
    before = _clause(text[max(floor, span[0] - _REACH) : span[0]])
    found = _looked(before, bool(own) and own[0].lower() in _words().terms)
    if found is not None:
        return found
    behind = _clause(text[span[1] : min(ceiling, span[1] + _REACH)])
    for at, word in enumerate(behind):
        if (not word[0].isalnum() and word != ",") or (word in _words().boundaries and at):
            break
        found = _judged(behind, at)
        if found is not None:
            return found
    return ""
