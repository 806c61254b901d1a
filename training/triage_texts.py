"""What triage is learnt from: passages of annotated reports that tell of an event, and other news and prose."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dateline.data import load_yaml
from dateline.language.en.triage import WINDOW, words
from training.corpora import CorpusError
from training.corpora._files import problems, read_jsonl, read_lines, read_text

HELD_OUT_DAYS = 6
"""Items of the first days of every month are not learnt from, nor is every second GeoVirus article: benchmarks read
them (benchmarks/stream.py)."""
T = TypeVar("T")
_NOT_SPACE = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Told:
    """An annotated report: its words, how many statements it holds, its passages (lists of words) with a trigger."""

    id: str
    words: list[str]
    statements: int
    passages: list[list[str]]


def settings() -> Any:
    """The contents of training/triage.yaml."""
    return load_yaml("training", "triage.yaml")


def told(rows: Iterable[dict[str, Any]]) -> list[Told]:
    """Annotated reports that hold statements."""
    made = (Told(r["report_id"], words(r["text"]), _count(r), _passages(r)) for r in rows)
    return [t for t in made if t.statements]


def _count(row: dict[str, Any]) -> int:
    return sum(not s.get("optional") for s in row["statements"])


def _passages(row: dict[str, Any]) -> list[list[str]]:
    """The text in pieces of about WINDOW words, those with the trigger of a statement."""
    text = row["text"]
    triggers = [s["trigger"][0][0] for s in row["statements"] if not s.get("optional")]
    spans = [m.span() for m in _NOT_SPACE.finditer(text)]
    held = [(piece[0][0], piece[-1][1]) for piece in pieces(spans)]
    return [words(text[start:end]) for start, end in held if any(start <= t < end for t in triggers)]


def pieces(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """A sequence cut into equal parts of about WINDOW items; nothing of an empty one."""
    parts = max(1, round(len(items) / WINDOW)) if items else 0
    for i in range(parts):
        yield items[len(items) * i // parts : len(items) * (i + 1) // parts]


def other(root: Path) -> tuple[list[list[str]], list[list[str]]]:
    """Words of short items and of long texts without conflict. Raises CorpusError naming missing or changed files."""
    if wrong := problems(root, settings()["corpora"], settings()):
        raise CorpusError("\n".join(wrong))
    long = [*_geovirus(root), *_meantime(root), *_ewt(root), *_gum(root)]
    return [words(t) for t in _current_events(root)], [words(t) for t in long]


def _files(root: Path, corpus: str) -> list[Path]:
    return [root / f for f in settings()["corpora"][corpus]["files"]]


def _current_events(root: Path) -> Iterator[str]:
    path, armed = _files(root, "current_events")
    conflict = {item["text"] for item in read_jsonl(armed)}
    sections = tuple(settings()["sections"])
    for item in read_jsonl(path):
        learnt = int(item["date"][-2:]) > HELD_OUT_DAYS and item["section"].startswith(sections)
        if learnt and item["text"] not in conflict:
            yield item["text"]


def _geovirus(root: Path) -> Iterator[str]:
    (path,) = _files(root, "geovirus")
    for i, text in enumerate(re.findall(r"<text>(.*?)</text>", read_text(path), re.S)):
        if i % 2 == 0:
            yield html.unescape(text)


def _meantime(root: Path) -> Iterator[str]:
    (path,) = _files(root, "meantime")
    held: dict[str, list[str]] = defaultdict(list)
    for line in read_lines(path):
        if line and not line.startswith("#"):
            doc, _, _, word, *_ = line.split("\t")
            held[doc].append(word)
    return (" ".join(document) for document in held.values())


def _ewt(root: Path) -> Iterator[str]:
    genres = settings()["ewt_genres"]
    for path in _files(root, "ewt"):
        yield from (text for doc, text in _treebank(path) if doc.split("-")[0] in genres)


def _gum(root: Path) -> Iterator[str]:
    genres = settings()["gum_genres"]
    for path in _files(root, "gum"):
        yield from (text for doc, text in _treebank(path) if doc.split("_")[1] in genres)


def _treebank(path: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of each document of a CoNLL-U file."""
    doc, held = "", list[str]()
    for line in (*read_lines(path), "# newdoc id = "):
        key, _, value = line.partition(" = ")
        if key == "# newdoc id":
            if held:
                yield doc, " ".join(held)
            doc, held = value.strip(), []
        elif key == "# text":
            held.append(value)
