"""The quality page: how well statements agree with gold ones, as one HTML file that needs nothing else.

No script, no address, no clock: the same scores give the same bytes. Styles are those of the desk, put into the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from dateline.evaluate.gold import Judged, JudgedReport
from dateline.evaluate.quality import Confusion, Example, Quality
from dateline.evaluate.score import Prf, Scores, Share
from dateline.web import labels
from dateline.web.highlight import Mark, Piece, pieces
from dateline.web.templating import templates

FIELDS = ("event", "sub_event", "actors", "targets", "weapons", "places", "date", "figures", "sources", "certainty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How the numbers came to be. `system` are (name, text) pairs on what made the statements; `settings` its settings,
    TOML; `command` makes this page again, `as_json` prints every number of it; `gold_sha256` is that of the file."""

    gold: str
    gold_sha256: str
    system: tuple[tuple[str, str], ...]
    settings: str
    command: str
    as_json: str


@dataclass(frozen=True, slots=True)
class Row:
    """One measure. `path` leads to it in the JSON; `score` is its F1 or accuracy, `n` how many gold items there are."""

    name: str
    path: str
    p: float | None
    r: float | None
    score: float | None
    n: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a field, with the words it rests on, and the rule and probability behind it, if they are known."""

    text: str
    quote: str = ""
    rule: str | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One field of an example: what the gold has, what was found, and whether the two differ."""

    field: str
    gold: tuple[Cell, ...]
    found: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An example ready to show: its sentence, marked by the gold (by what was found if there is none), and its fields.

    `sentence` is empty if the gold file has no text.
    """

    example: Example
    sid: str
    sentence: tuple[Piece, ...]
    lines: tuple[Line, ...]


def draw(quality: Quality, gold: Mapping[str, JudgedReport], made: Made) -> str:
    """The page as HTML. `gold` gives the texts of the examples."""
    styles = files("dateline.web") / "static"
    css = "".join((styles / name).read_text(encoding="utf-8") for name in ("desk.css", "quality.css"))
    page = templates().get_template("quality.html")
    return page.render(
        css=css,
        q=quality,
        made=made,
        rows=rows(quality.scores),
        kinds=[(name, {r.path: r for r in rows(s)}, s.reports) for name, s in quality.kinds.items()],
        confusions=(("certainty", quality.certainties), ("event", quality.events)),
        matrix=matrix,
        fields=FIELDS,
        shown=[shown(e, gold) for e in quality.examples],
    )


def rows(s: Scores) -> list[Row]:
    """Every measure, in the order of `dateline evaluate`."""
    measured: list[tuple[str, str, Prf | Share]] = [
        ("Statements found", "statements", s.statements),
        ("… of the right event category", "typed", s.typed),
        ("Sub-event", "sub_event", s.sub_event),
        *((labels.words("fields")[name], name, held) for name, held in s.fields.items()),
        ("Date", "date", s.date),
        ("Original source", "original_source", s.original_source),
        ("… where someone is named", "original_source_if_attributed", s.original_source_if_attributed),
        ("Certainty", "certainty", s.certainty),
    ]
    made = [_row(*m) for m in measured]
    made.append(Row("… mean F1 of its labels", "certainty.macro_f1", None, None, s.certainty_macro_f1, None))
    made.append(_row("Incidents, pairs of statements", "incidents.pairwise", s.incidents_pairwise))
    if s.incidents_b3 is not None:
        made.append(Row("Incidents, B-cubed", "incidents.b3_f1", None, None, s.incidents_b3, None))
    made.append(_row("Statements wholly right", "whole", s.whole))
    return made


def _row(name: str, path: str, held: Prf | Share) -> Row:
    if isinstance(held, Prf):
        return Row(name, f"{path}.f1", held.p, held.r, held.f1, held.gold)
    return Row(name, f"{path}.accuracy", None, None, held.accuracy, held.gold)


@dataclass(frozen=True, slots=True)
class Count:
    """A cell of a confusion. `share` is its part of all that the gold has of the label, 0 to 1."""

    n: int
    share: float
    right: bool


def matrix(c: Confusion) -> tuple[list[str | None], list[tuple[str | None, list[Count]]]]:
    """The columns (found) and rows (gold) of a confusion; None, no statement, is last and only where it occurs."""
    found: list[str | None] = [*c.labels, *([None] if any(f is None for _, f in c.counts) else [])]
    gold: list[str | None] = [*c.labels, *([None] if any(g is None for g, _ in c.counts) else [])]
    made: list[tuple[str | None, list[Count]]] = []
    for g in gold:
        held = [c.counts.get((g, f), 0) for f in found]
        total = sum(held) or 1
        made.append((g, [Count(n, n / total, g == f) for n, f in zip(held, found, strict=True)]))
    return found, made


def shown(e: Example, gold: Mapping[str, JudgedReport]) -> Shown:
    """An example with the words of its report."""
    text = gold[e.report_id].text or ""
    lines = []
    for field in FIELDS:
        wanted = cells(e.gold, field, text) if e.gold else ()
        found = cells(e.found, field, text) if e.found else ()
        if wanted or found or field in e.wrong:
            lines.append(Line(field, wanted, found, field in e.wrong))
    return Shown(e, e.shown.sid, _marked(e.shown, text), tuple(lines))


def _marked(s: Judged, text: str) -> tuple[Piece, ...]:
    start, end = s.sentence
    marks = [Mark(a, b, "trigger", "0-trigger-0") for a, b in s.trigger[:1]]
    for field in FIELDS:
        marks += [Mark(a, b, field, f"0-{field}-{i}") for i, v in enumerate(_values(s, field)) for a, b in _best(v)]
    return pieces(text, marks, start, end)


def _values(s: Judged, field: str) -> Sequence[Mapping[str, Any]]:
    held = s.raw.get(field)
    return [held] if isinstance(held, dict) else [v for v in held or () if isinstance(v, dict)]


def _best(value: Mapping[str, Any]) -> list[tuple[int, int]]:
    """The first of a value's acceptable spans."""
    return [(int(a), int(b)) for a, b in (value.get("spans") or ())[:1]]


def cells(s: Judged, field: str, text: str) -> tuple[Cell, ...]:
    """What a statement has in a field, ready to show."""
    if field == "event":
        return (_coded(" or ".join(s.events), s.raw),) if s.events else ()
    if field == "sub_event":
        codes: list[dict[str, Any]] = s.raw.get("codes") or []
        how = next((c for c in codes if c.get("scheme") == "acled"), {})
        return (_coded(" or ".join(s.sub_events), how),) if s.sub_events else ()
    if field == "certainty":
        return (_coded(s.certainty, s.raw.get("certainty_made") or {}),) if s.certainty else ()
    made = [(_text(field, v), v) for v in _values(s, field)]
    return tuple(_cell(t, v, text) for t, v in made if t or v.get("spans"))


def _coded(label: str, how: Mapping[str, Any]) -> Cell:
    return Cell(label, "", how.get("rule"), how.get("confidence"))


def _cell(shown: str, value: Mapping[str, Any], text: str) -> Cell:
    quote = " ".join(text[a:b] for a, b in _best(value))
    same = quote.casefold() == shown.casefold()
    return Cell(shown or quote, quote if shown and not same else "", value.get("rule"), value.get("confidence"))


def _text(field: str, v: Mapping[str, Any]) -> str:
    """A value in words; empty if only its span says anything."""
    name = str(v.get("name") or "")
    match field:
        case "places":
            return f"{name}, where it came from" if v.get("role") == "origin" else name
        case "date":
            bounds = [date.fromisoformat(d) if (d := v.get(k)) else None for k in ("earliest", "latest")]
            return labels.days(*bounds) if any(bounds) else ""
        case "figures":
            part = f" (a part: {v['of']})" if v.get("of") else ""
            return f"{labels.plain(v.get('measure'))}: {labels.number_range(v.get('min'), v.get('max'))}{part}"
        case "sources":
            return f"{name} ({labels.plain(v.get('type'))})" if name else labels.plain(v.get("type"))
        case _:
            return name
