"""English with a handful of names, for tests of rules that need no gazetteer and no register."""

from __future__ import annotations

from functools import cache

from dateline.language.base import Annotation, Mention, MentionKind
from dateline.language.en.language import English
from dateline.records import Report, Statement
from dateline.statements.rules import RuleExtractor

ACTORS = {
    "ruvania": "state:RUV",
    "ruvanian": "state:RUV",
    "ruvanian army": "mil:RUV",
    "us": "state:USA",
    "northern league": "group:northern-league",
    "sabra": "group:sabra",
    "ostia": "state:OST",
}
PLACES = {
    "halam": 90_000,
    "tarif": 40_000,
    "ruvania": 10_000_000,
    "kurto": 300,
    "sabra": 60_000,
    "ostia": 10_000_000,
    "gulf of ora": 1,
    "mara and kedo": 200_000,
}


class FewNames:
    """Names of an invented country."""

    def actors(self) -> dict[str, str]:
        return ACTORS

    def is_place(self, name: str) -> bool:
        return name.casefold() in PLACES

    def place_weight(self, name: str) -> int:
        return PLACES.get(name.casefold(), 0)


@cache
def english() -> English:
    """The language, made once."""
    return English(FewNames())


def annotated(text: str, title: str | None = None) -> Annotation:
    """The annotation of a text."""
    return english().annotate(Report(text=text, title=title))


def quoted(text: str, kind: MentionKind) -> list[tuple[str, str]]:
    """(words, label) of each mention of a kind."""
    return [(text[m.start : m.end], m.label) for m in annotated(text).mentions if m.kind is kind]


def triggers(text: str) -> list[tuple[str, str]]:
    """(words, kind of happening) of each trigger."""
    return quoted(text, MentionKind.TRIGGER)


def first(text: str, kind: MentionKind) -> Mention:
    """The first mention of a kind."""
    return next(m for m in annotated(text).mentions if m.kind is kind)


def read(text: str, title: str | None = None) -> tuple[Statement, ...]:
    """The statements of a text."""
    report = Report(text=text, title=title)
    return RuleExtractor().extract(report, english().annotate(report))


def one(text: str) -> Statement:
    """The only statement of a text."""
    found = read(text)
    assert len(found) == 1, [t.quote for s in found for t in s.trigger]
    return found[0]


def names(values: tuple[object, ...]) -> list[str]:
    """The names of some values."""
    return [str(getattr(v, "name", "")) for v in values]
