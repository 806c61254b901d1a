"""Tiny files in the corpora's formats, with made-up text."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any


def put(root: Path, path: str, text: str) -> None:
    """Write a file, packed if its name ends in .gz."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".gz":
        target.write_bytes(gzip.compress(text.encode()))
    else:
        target.write_text(text, encoding="utf-8")


def jsonl(rows: Iterable[Any]) -> str:
    """One row per line."""
    return "".join(json.dumps(r) + "\n" for r in rows)


def conllu(sentences: Iterable[tuple[str, Sequence[str]]]) -> str:
    """(id, words as "form/upos/xpos/head/relation/misc") in CoNLL-U; trailing parts may be left out."""
    lines = []
    for name, words in sentences:
        if name.endswith("-1"):
            lines.append(f"# newdoc id = {name[:-2]}")
        lines.append(f"# sent_id = {name}")
        for i, word in enumerate(words, 1):
            form, upos, xpos, head, relation, misc = [*word.split("/", 5), *["_"] * 6][:6]
            head = head if head.isdigit() else "0"
            lines.append("\t".join([str(i), form, form, upos, xpos, "_", head, relation, "_", misc]))
        lines.append("")
    return "\n".join(lines) + "\n"


def columns(sentences: Iterable[str], separator: str = "\t") -> str:
    """ "word/tag word/tag" per sentence, in two columns."""
    return "\n".join("".join(separator.join(w.rsplit("/", 1)) + "\n" for w in s.split()) for s in sentences) + "\n"
