"""English of speakers and victims: who is not named, which class of people a count is of, what happened all over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from dateline.data import load_yaml

CLASSES = ("civilians", "children", "women", "men", "combatants", "police", "peacekeepers", "attackers")
"""Classes of victims, in the order they are shown."""
_WORD = re.compile(r"[\w'’-]+")
_LONGEST = 3
"""Words of the longest phrase in the lists."""


@cache
def _data() -> Mapping[str, frozenset[str]]:
    held = load_yaml("dateline.language.en.data", "voices.yaml")
    return {k: frozenset(held[k]) for k in ("anonymous", "behind", "anyone", "joins", "all_over", "period", "little")}


@cache
def _classes() -> Mapping[str, str]:
    """Word or phrase → class of victims."""
    held = load_yaml("dateline.language.en.data", "voices.yaml")
    generic: Mapping[str, str] = load_yaml("dateline.language.en.data", "actors.yaml")["generic"]
    of_kind = {word: held["kinds"][kind] for word, kind in generic.items() if kind in held["kinds"]}
    return of_kind | {word: name for name, listed in held["victims"].items() for word in listed}


def _parts(phrase: str) -> Iterator[list[str]]:
    """The phrase cut before each preposition, the part with its head first."""
    part: list[str] = []
    for word in _WORD.findall(phrase.casefold()):
        if word in _data()["behind"] and part:
            yield part
            part = []
        else:
            part.append(word)
    if part:
        yield part


def unnamed(name: str) -> bool:
    """Whether a speaker is called by a common noun only ("a senior official in the capital")."""
    first = next(_parts(name), [])
    return not first or first[-1] in _data()["anonymous"]


def name_words(name: str) -> frozenset[str]:
    """The words of a speaker's name that tell who it is: "the mayor of Lind" → mayor, lind."""
    little = _data()["little"] | _data()["behind"]
    plain = (w.removesuffix("'s").removesuffix("’s").strip("'’-") for w in _WORD.findall(name.casefold()))
    return frozenset(w for w in plain if w and w not in little)


def victim_class(phrase: str | None) -> str | None:
    """Which of `CLASSES` the counted are ("young policemen" → police); None if the phrase does not say, or says
    several."""
    joined = re.split(rf"\b(?:{'|'.join(sorted(_data()['joins']))})\b", (phrase or "").casefold())
    found = {_class(one) for one in joined}
    return found.pop() if len(found) == 1 else None


def _class(phrase: str) -> str | None:
    for part in _parts(phrase):
        if part[-1] in _data()["anyone"]:
            return None
        for n in range(min(_LONGEST, len(part)), 0, -1):
            if found := _classes().get(" ".join(part[-n:])):
                return found
    return None


def all_over(before: str) -> bool:
    """Whether words that stand right before a place say that it happened in several parts of it."""
    said = " ".join(before.casefold().split())
    said = said.removesuffix(" the") if said.endswith(" the") and not said.endswith("around the") else said
    return any(said == cue or said.endswith(f" {cue}") for cue in _data()["all_over"])


def whole_period(before: str, expression: str) -> bool:
    """Whether an expression of time, with the words right before it, means all of a period ("since May")."""
    said, ahead = (" ".join(x.casefold().split()) for x in (expression, before))
    return any(
        said.startswith(f"{cue} ") or ahead == cue or ahead.endswith((f" {cue}", f" {cue} the"))
        for cue in _data()["period"]
    )


@cache
def _wars() -> Mapping[str, re.Pattern[str]]:
    held = load_yaml("dateline.language.en.data", "voices.yaml")
    made: dict[str, re.Pattern[str]] = {}
    for name in ("since", "cost"):
        pattern = "|".join(held[name])
        for words in ("wars", "long"):
            pattern = pattern.replace(f"{{{words}}}", "|".join(held[words]))
        made[name] = re.compile(pattern, re.IGNORECASE)
    return made | {"apart": re.compile(rf"\d|\b(?:{'|'.join(held['compared'])})\b", re.IGNORECASE)}


def whole_war(sentence: str, start: int, end: int) -> bool:
    """Whether a count at [start, end) of its sentence is of all that a war or period cost: "320,000 since the war
    began", "a war that has killed 320,000". No other number, and no comparison, stands in between."""
    wars = _wars()
    spans = [(end, c.start()) for c in wars["since"].finditer(sentence) if end <= c.start()]
    spans += [(c.end(), start) for c in wars["since"].finditer(sentence) if c.start() == 0 and c.end() <= start]
    spans += [(c.end(), start) for c in wars["cost"].finditer(sentence) if c.end() <= start]
    return any(not wars["apart"].search(sentence, *span) for span in spans)
