"""A statement as the desk shows it: its fields, each value with its words, basis, rule, reasons and evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dateline.labels import Basis
from dateline.records import Code, Figure, Party, Place, Source, Statement, Surety, Value, Weapon, When
from dateline.web import labels
from dateline.web.highlight import Piece, quoted

ORDER = ("event", "sub_event", "actors", "targets", "weapons", "places", "date", "figures", "certainty", "codes")


@dataclass(frozen=True, slots=True)
class Quote:
    """A piece of evidence: its words, and whether it stands in the statement's own sentence."""

    start: int
    text: str
    inside: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of a field. `key` names its marks in the text; `notes` are (name, text) pairs shown with it."""

    field: str
    key: str
    label: str
    notes: tuple[tuple[str, str], ...]
    basis: Basis
    rule: str
    why: tuple[str, ...]
    confidence: float | None
    quotes: tuple[Quote, ...]

    @property
    def elsewhere(self) -> bool:
        """Whether it rests on the text, but on no word of the statement's own sentence."""
        return self.basis is Basis.TEXT and not any(q.inside for q in self.quotes)


@dataclass(frozen=True, slots=True)
class Card:
    """A statement with all its facts. `sources` is the chain, outermost first, without the outlet."""

    number: int
    statement: Statement
    sentence: tuple[Piece, ...]
    facts: tuple[tuple[str, tuple[Fact, ...]], ...]
    sources: tuple[Fact, ...]


def card(statement: Statement, number: int = 1) -> Card:
    """The statement ready to show; `number` tells statements of one page apart."""
    held: dict[str, list[Fact]] = {}
    for name, value in statement.values():
        of_field = held.setdefault(name, [])
        of_field.append(_fact(statement, value, name, f"{number}-{name}-{len(of_field)}"))
    return Card(
        number=number,
        statement=statement,
        sentence=quoted(statement, number),
        facts=tuple((name, tuple(held[name])) for name in ORDER if name in held),
        sources=tuple(held.get("sources", ())),
    )


def _fact(statement: Statement, value: Value, field: str, key: str) -> Fact:
    label, notes = _DESCRIBE[type(value)](value)
    sentence = statement.sentence
    quotes = tuple(Quote(s.start, s.quote, sentence.start <= s.start and s.end <= sentence.end) for s in value.spans)
    kept = tuple((name, str(text)) for name, text in notes if text is not None and text != "")
    return Fact(field, key, label, kept, value.basis, value.rule, value.why, value.confidence, quotes)


Notes = list[tuple[str, object]]


def _code(v: Code) -> tuple[str, Notes]:
    return labels.plain(v.code), [("scheme", v.scheme)]


def _party(v: Party) -> tuple[str, Notes]:
    group = v.group if v.group != v.name else None
    kind = labels.plain(v.kind) if v.kind else None
    return v.name, [("belongs to", group), ("kind", kind), ("country", v.country), ("sector", v.sector)]


def _weapon(v: Weapon) -> tuple[str, Notes]:
    return v.name, [("kind", labels.plain(v.kind) if v.kind else None)]


def _place(v: Place) -> tuple[str, Notes]:
    role = "where it happened" if v.role.value == "event" else "where it came from"
    located = f"{v.lat:.2f}, {v.lon:.2f}" if v.lat is not None and v.lon is not None else "not in the gazetteer"
    precise = labels.precision(v)[0] if v.lat is not None else None
    path = " › ".join(v.admin) or v.country
    return v.name, [("role", role), ("in", path), ("at", located), ("precision", precise), ("entry", v.place_id)]


def _when(v: When) -> tuple[str, Notes]:
    said = " … ".join(s.quote for s in v.spans)
    resolved = labels.days(v.earliest, v.latest)
    return said or resolved, [("means", resolved), ("EDTF", v.edtf), ("counted from", v.anchor)]


def _figure(v: Figure) -> tuple[str, Notes]:
    written = "; ".join(s.quote for s in v.spans)
    return labels.figure(v), [("as written", written), ("hedge", labels.words("qualifier")[v.qualifier.value])]


def _source(v: Source) -> tuple[str, Notes]:
    return v.name, [("kind", labels.plain(v.type)), ("country", v.country)]


def _surety(v: Surety) -> tuple[str, Notes]:
    cue = "; ".join(s.quote for s in v.spans)
    return v.label.value, [("meaning", labels.words("certainty")[v.label.value]), ("cue", cue or "none found")]


_DESCRIBE: dict[type[Value], Callable[[Any], tuple[str, Notes]]] = {
    Code: _code,
    Party: _party,
    Weapon: _weapon,
    Place: _place,
    When: _when,
    Figure: _figure,
    Source: _source,
    Surety: _surety,
}
