"""Our own annotated reports: `texts/*.yaml` (format: texts/README.md) compiled into gold-format JSON Lines.

    python -m training.own --check             # every mistake, then counts
    python -m training.own --out own.jsonl

Quotes stand for spans. They are looked for as whole words, first in the statement's sentence; a party, weapon, place,
date or source may also stand before it (the latest mention counts), a source even behind it.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.data import load_text
from dateline.labels import Certainty, Measure, PlaceRole, SourceType
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.ontology.tables import categories, sub_events
from dateline.records import Report

TEXTS = Path(__file__).parent / "texts"
Offsets = tuple[int, int]
_REPORT = frozenset({"id", "published", "publisher", "title", "text", "statements"})
_STATEMENT = frozenset(
    {"in", "trigger", "event", "sub", "actors", "targets", "weapons", "places", "date", "figures", "sources"}
    | {"certainty", "incident", "optional"}
)
_FIELDS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "actors": (frozenset({"q", "name"}), frozenset({"group"})),
    "targets": (frozenset({"q", "name"}), frozenset({"group"})),
    "places": (frozenset({"q", "name"}), frozenset({"country", "role"})),
    "figures": (frozenset({"q", "measure", "min", "max"}), frozenset({"of"})),
    "sources": (frozenset({"q", "name", "type"}), frozenset()),
    "date": (frozenset(), frozenset({"q", "earliest", "latest"})),
}
"""Keys an entry of each field must and may have."""


class TextError(ValueError):
    """A report that does not follow the format; the message names file, report, statement and reason."""


@dataclass(frozen=True, slots=True)
class Page:
    """A report's text, and the sentence a statement stands in."""

    text: str
    sentence: Offsets

    def within(self, quote: str) -> Offsets | None:
        """The quote in the sentence; "#2" at its end asks for the second occurrence."""
        start, end = self.sentence
        words, n = _nth(quote)
        found = _occurrences(words, self.text, start, end)
        return found[n - 1] if len(found) >= n else None

    def before(self, quote: str) -> Offsets | None:
        """The latest mention before the sentence."""
        found = _occurrences(_nth(quote)[0], self.text, 0, self.sentence[0])
        return found[-1] if found else None

    def after(self, quote: str) -> Offsets | None:
        """The first mention behind the sentence."""
        found = _occurrences(_nth(quote)[0], self.text, self.sentence[1], len(self.text))
        return found[0] if found else None


def _nth(quote: str) -> tuple[str, int]:
    words, mark, n = quote.rpartition("#")
    return (words, int(n)) if mark and n.isdigit() and int(n) > 0 else (quote, 1)


def _occurrences(words: str, text: str, start: int, end: int) -> list[Offsets]:
    head = r"(?<!\w)" if words[:1].isalnum() else ""
    tail = r"(?!\w)" if words[-1:].isalnum() else ""
    return [m.span() for m in re.compile(head + re.escape(words) + tail).finditer(text, start, end)]


def _quotes(value: Any, field: str) -> list[str]:
    if not isinstance(value, list) or not value or not all(isinstance(q, str) and q for q in value):
        raise TextError(f"{field}: quotes must be a list of strings, not {value!r}; put numbers and dates in quotes")
    return value


def _spans(page: Page, value: Any, field: str, looks: Iterable[Callable[[str], Offsets | None]]) -> list[list[int]]:
    """The offsets of each quote where the first look finds it. Raises TextError if none does."""
    ways = tuple(looks)
    made = []
    for quote in _quotes(value, field):
        found = next((span for look in ways if (span := look(quote))), None)
        if found is None:
            sentence = page.text[slice(*page.sentence)]
            raise TextError(f'{field}: quote "{quote}" not found; the sentence is "{sentence}"')
        made.append(list(found))
    return made


def _legal(value: Any, allowed: Iterable[str], field: str) -> str:
    if value not in tuple(allowed):
        raise TextError(f"{field}: {value!r} is none of {', '.join(sorted(allowed))}")
    return str(value)


def _legal_list(value: Any, allowed: Iterable[str], field: str) -> list[str]:
    if not isinstance(value, list):
        raise TextError(f"{field}: must be a list, not {value!r}")
    return [_legal(v, allowed, field) for v in value]


def _keys(entry: Any, field: str) -> Mapping[str, Any]:
    must, may = _FIELDS[field]
    if not isinstance(entry, dict) or not must <= set(entry) or not set(entry) <= must | may:
        raise TextError(f"{field}: an entry has the keys {sorted(must)} and may have {sorted(may)}; this is {entry!r}")
    return entry


def _entries(page: Page, raw: Mapping[str, Any], field: str) -> Iterator[tuple[Mapping[str, Any], list[list[int]]]]:
    held = raw.get(field) or []
    if not isinstance(held, list):
        raise TextError(f"{field}: must be a list, not {held!r}")
    looks = [page.within] if field == "figures" else [page.within, page.before]
    if field == "sources":
        looks.append(page.after)
    for entry in held:
        yield _keys(entry, field), _spans(page, entry["q"], field, looks)


def _parties(page: Page, raw: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    return [{"spans": s, "name": e["name"], "group": e.get("group")} for e, s in _entries(page, raw, field)]


def _places(page: Page, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    made = []
    for entry, spans in _entries(page, raw, "places"):
        country = entry.get("country")
        if country is not None and not re.fullmatch("[A-Z]{3}", str(country)):
            raise TextError(f"places: country must be an ISO 3166 code of three letters or null, not {country!r}")
        role = _legal(entry.get("role", "event"), list(PlaceRole), "places.role")
        place = {"spans": spans, "name": entry["name"], "country": country, "role": role}
        implied = all(end <= page.sentence[0] for _, end in spans)
        made.append(place | {"implied": True} if implied else place)
    return made


def _figures(page: Page, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    made = []
    for entry, spans in _entries(page, raw, "figures"):
        low, high = entry["min"], entry["max"]
        numbers = [n for n in (low, high) if n is not None]
        if not numbers or not all(type(n) is int for n in numbers) or numbers != sorted(numbers):
            raise TextError(f"figures: min and max must be whole numbers or null, min <= max, not {low!r}, {high!r}")
        measure = _legal(entry["measure"], list(Measure), "figures.measure")
        figure = {"spans": spans, "measure": measure, "min": low, "max": high}
        made.append(figure | {"of": entry["of"]} if entry.get("of") else figure)
    return made


def _sources(page: Page, raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"spans": s, "name": e["name"], "type": _legal(e["type"], list(SourceType), "sources.type")}
        for e, s in _entries(page, raw, "sources")
    ]


def _day(value: Any, field: str) -> str | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as e:
        raise TextError(f"{field}: must be a date like 2016-03-01 or null, not {value!r}") from e


def _date(page: Page, raw: Mapping[str, Any]) -> dict[str, Any]:
    entry = _keys(raw.get("date") or {}, "date")
    spans = _spans(page, entry["q"], "date", [page.within, page.before]) if entry.get("q") else []
    earliest, latest = _day(entry.get("earliest"), "date.earliest"), _day(entry.get("latest"), "date.latest")
    if earliest and latest and earliest > latest:
        raise TextError(f"date: earliest {earliest} is after latest {latest}")
    return {"spans": spans, "earliest": earliest, "latest": latest}


def _sentence(text: str, sentences: list[Offsets], pin: Any) -> Offsets:
    """The sentence that `in` pins."""
    found = _occurrences(str(pin), text, 0, len(text)) if pin else []
    if len(found) != 1:
        raise TextError(f'in: "{pin}" occurs {len(found)} times in the text; it must occur once')
    start, end = found[0]
    inside = [s for s in sentences if s[0] <= start and end <= s[1]]
    if not inside:
        raise TextError(f'in: "{pin}" does not lie in one sentence')
    return inside[0]


def _statement(text: str, sentences: list[Offsets], raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or not set(raw) <= _STATEMENT:
        raise TextError(f"a statement has no keys but {sorted(_STATEMENT)}; this is {raw!r}")
    page = Page(text, _sentence(text, sentences, raw.get("in")))
    event = _legal_list(raw.get("event"), categories(), "event")
    if not event:
        raise TextError("event: at least one category is needed")
    made: dict[str, Any] = {
        "sid": "",
        "sentence": list(page.sentence),
        "trigger": _spans(page, raw.get("trigger"), "trigger", [page.within]),
        "event": event,
        "sub_event": _legal_list(raw.get("sub") or [], sub_events(), "sub"),
        "actors": _parties(page, raw, "actors"),
        "targets": _parties(page, raw, "targets"),
        "weapons": [
            {"spans": _spans(page, q, "weapons", [page.within, page.before])} for q in raw.get("weapons") or []
        ],
        "places": _places(page, raw),
        "date": _date(page, raw),
        "figures": _figures(page, raw),
        "sources": _sources(page, raw),
        "certainty": _legal(raw.get("certainty"), list(Certainty), "certainty"),
        "incident": raw.get("incident"),
    }
    return made | {"optional": True} if raw.get("optional") else made


def _sentences(text: str) -> list[Offsets]:
    return [(s.start, s.end) for s in passages(Report(text=text), tokenize(text))]


def _name(raw: Any) -> str:
    trigger = raw.get("trigger") if isinstance(raw, dict) else None
    return f'statement "{trigger[0]}"' if isinstance(trigger, list) and trigger else "statement"


def compile_report(raw: Any, where: str = "") -> tuple[dict[str, Any], list[str]]:
    """A report of a text file as a gold record, and what is wrong with it; wrong statements are left out."""
    if not isinstance(raw, dict) or not set(raw) <= _REPORT or not raw.get("id") or not raw.get("text"):
        return {}, [f"{where}: a report needs id and text, and has no keys but {sorted(_REPORT)}"]
    text, wrong, made = str(raw["text"]), [], []
    name, sentences = f"{where}: report {raw['id']}", _sentences(text)
    for n, held in enumerate(raw.get("statements") or [], start=1):
        try:
            made.append(_statement(text, sentences, held))
        except TextError as e:
            wrong.append(f"{name}: {_name(held)} ({n}): {e}")
    made.sort(key=lambda s: (s["sentence"], s["trigger"][0]))
    for n, s in enumerate(made, start=1):
        s["sid"] = f"s{n}"
    seen = Counter(tuple(s["trigger"][0]) for s in made)
    wrong += [f'{name}: two statements have the trigger "{text[a:b]}"' for (a, b), count in seen.items() if count > 1]
    try:
        published = _day(raw.get("published"), "published")
    except TextError as e:
        published, wrong = None, [*wrong, f"{name}: {e}"]
    record = {"report_id": raw["id"], "published": published, "publisher": raw.get("publisher")}
    return record | {"title": raw.get("title") or "", "text": text, "statements": made}, wrong


def compile_texts(files: Iterable[Path]) -> tuple[list[dict[str, Any]], list[str]]:
    """The gold records of the files in the order given, and everything that is wrong in them."""
    records: list[dict[str, Any]] = []
    wrong: list[str] = []
    for path in files:
        for raw in load_text(path.read_text(encoding="utf-8"), str(path)) or []:
            record, mistakes = compile_report(raw, path.name)
            records.append(record)
            wrong += mistakes
    ids = Counter(r.get("report_id") for r in records)
    return records, wrong + [f"the id {i} is used {n} times" for i, n in ids.items() if i and n > 1]


def load(folder: Path = TEXTS) -> list[dict[str, Any]]:
    """The gold records of all files of a folder, by file name. Raises TextError listing every mistake."""
    records, wrong = compile_texts(sorted(folder.glob("*.yaml")))
    if wrong:
        raise TextError("\n".join(wrong))
    return records


def _counts(records: Iterable[Mapping[str, Any]]) -> str:
    held = [s for r in records for s in r.get("statements", ())]
    tallies = {
        "certainty": Counter(s["certainty"] for s in held),
        "event": Counter(s["event"][0] for s in held),
        "sub-event": Counter(s["sub_event"][0] for s in held if s["sub_event"]),
        "measure": Counter(f["measure"] for s in held for f in s["figures"]),
        "source": Counter(x["type"] for s in held for x in s["sources"]),
    }
    lines = [f"{name}: " + ", ".join(f"{k} {n}" for k, n in c.most_common()) for name, c in tallies.items()]
    return "\n".join([f"statements: {len(held)}", *lines])


def main(argv: list[str] | None = None) -> int:
    """Compile the texts; 1 if something is wrong with them."""
    parser = argparse.ArgumentParser(prog="python -m training.own", description="Compile our own annotated reports.")
    parser.add_argument("files", nargs="*", type=Path, help="text files (default: training/texts/*.yaml)")
    parser.add_argument("--out", type=Path, help="write gold-format JSON Lines to this file")
    parser.add_argument("--check", action="store_true", help="only say what is wrong, and count")
    args = parser.parse_args(argv)
    records, wrong = compile_texts(args.files or sorted(TEXTS.glob("*.yaml")))
    for mistake in wrong:
        sys.stderr.write(mistake + "\n")
    if args.check:
        sys.stdout.write(f"reports: {len(records)}, mistakes: {len(wrong)}\n{_counts(records)}\n")
    if wrong:
        return 1
    if not args.check:
        lines = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records)
        if args.out:
            args.out.write_text(lines, encoding="utf-8")
        else:
            sys.stdout.write(lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
