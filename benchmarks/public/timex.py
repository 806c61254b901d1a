"""TIMEX3 expressions and values of TimeBank and AQUAINT (TempEval-3, task A).

Reads each text with the product's date grammar alone: every expression it finds, with the value that its form has on
the day the document was made. Bounds and ranges are left in their parts, as the annotation has them.
"""

from __future__ import annotations

import re
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from benchmarks.public._run import Options, run_options, score, show
from benchmarks.public._timex_values import Spoken, type_of, value_of
from dateline.data import load_yaml
from dateline.labels import PassageKind
from dateline.language.en.dategrammar import Hit, directed, expressions
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.language.times import Form, Relative, Shift, Unresolvable, bare
from dateline.records import Report
from dateline.resolve.days import Setting
from dateline.resolve.intervals import interval

AIMS = {"value.f1": 0.78, "relaxed.f1": 0.88, "strict.f1": None, "type.f1": None}
GOLD = "data/timeml"


@dataclass(frozen=True, slots=True)
class Timex:
    """An expression as TIMEX3 has it."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A TimeML file: its name, the day it was made, the characters of its TEXT, and what people marked there."""

    name: str
    created: date
    text: str
    marked: tuple[Timex, ...]


def read_document(name: str, xml: bytes) -> Document:
    """A TimeML file. Raises ValueError if it names no day on which it was made."""
    root = ElementTree.fromstring(xml)
    made = next((t for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME"), None)
    parts: list[str] = []
    marked: list[Timex] = []
    body = root.find("TEXT")
    if body is not None:
        _walk(body, parts, marked)
    created = date.fromisoformat((made.get("value") or "")[:10] if made is not None else "")
    return Document(name, created, "".join(parts), tuple(sorted(marked, key=lambda t: t.start)))


def _walk(element: ElementTree.Element, parts: list[str], marked: list[Timex]) -> None:
    start = sum(map(len, parts))
    parts.append(element.text or "")
    for child in element:
        _walk(child, parts, marked)
        parts.append(child.tail or "")
    if element.tag == "TIMEX3":
        end = sum(map(len, parts))
        marked.append(Timex(start, end, element.get("type", ""), element.get("value", "")))


def timexes(text: str, created: date) -> Iterator[Timex]:
    """The expressions of a text made on that day, in text order."""
    spoken = Spoken(created, created)
    for s in passages(Report(text=text, published=created), tokenize(text)):
        if s.kind is PassageKind.CREDIT:
            continue
        for hit in expressions(text, s.start, s.end):
            words = text[hit.start : hit.end]
            form = compared(directed(text, s, hit), words)
            found = interval(form, Setting(created, spoken.day))
            if not marked(form, words):
                continue
            yield Timex(*extent(text, hit), type_of(form), value_of(form, found, spoken))
            spoken = spoken.after(form, found)


def compared(form: Form, words: str) -> Form:
    """ "A year ago" and "year-ago" say what something is compared with: the year before what the text speaks of."""
    ago = frozenset(re.findall(r"\w+", words.lower())) & set(load_yaml("benchmarks.public", "timex.yaml")["compared"])
    return Shift("year", -1) if ago and form == Relative("year", -1) else form


def marked(form: Form, words: str) -> bool:
    """Whether the annotation marks such an expression: no conjunction ("shortly after"), nothing that tells nothing."""
    inner = bare(form)
    if words.lower() in load_yaml("benchmarks.public", "timex.yaml")["unmarked"]:
        return False
    if isinstance(inner, Shift):
        return inner.offset != 0 or not inner.onward
    return not isinstance(inner, Unresolvable) or bool(inner.refers or inner.why)


def extent(text: str, hit: Hit) -> tuple[int, int]:
    """The words of an expression without the prepositions before it and the genitive behind it."""
    outside = frozenset(map(str, load_yaml("benchmarks.public", "timex.yaml")["outside"]))
    start, end = hit.start, hit.end
    while len(words := text[start:end].split(None, 1)) == 2 and words[0].lower() in outside:
        start = end - len(words[1])
    return start, end - 2 if text[start:end].endswith(("'s", "’s")) else end


def answer(doc: Document) -> dict[str, Any]:
    """The prediction for a document."""
    found = timexes(doc.text, doc.created)
    rows = [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in found]
    return {"doc_id": doc.name, "timexes": rows}


def errors(doc: Document) -> Iterator[str]:
    """What was missed, made up, or given another value, with the words around it."""
    found = list(timexes(doc.text, doc.created))
    for t in doc.marked:
        same = next((f for f in found if f.start < t.end and t.start < f.end), None)
        if same is None or same.value != t.value:
            yield _line(doc, t, f"{t.type} {t.value} not {f'{same.type} {same.value}' if same else 'found'}")
    for f in found:
        if not any(f.start < t.end and t.start < f.end for t in doc.marked):
            yield _line(doc, f, f"{f.type} {f.value} is not marked")


def _line(doc: Document, t: Timex, what: str) -> str:
    before, words, behind = (
        doc.text[a:b] for a, b in ((max(0, t.start - 60), t.start), (t.start, t.end), (t.end, t.end + 40))
    )
    around = " ".join(f"{before}[{words}]{behind}".split())
    return f"{doc.name} {doc.created} {what}: {around}"


@click.command("timex", help=(__doc__ or "").split("\n\n")[0])
@run_options
def command(options: Options) -> None:
    """Read, answer, score."""
    gold = options.shared(GOLD)
    files = options.first(sorted(gold.rglob("*.tml")))
    docs = [read_document(f.stem, f.read_bytes()) for f in files]
    show(_scored(files, docs, options), AIMS, options, [line for d in docs for line in errors(d)])


def _scored(files: Sequence[Path], docs: Sequence[Document], options: Options) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as tmp:
        for f in files:
            (Path(tmp) / f.name).symlink_to(f.resolve())
        return score("timex.py", Path(tmp), map(answer, docs), options)
