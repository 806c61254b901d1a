"""What readers yield: one item per report, still raw, with what its container said about it.

A reader splits a file into items and reads what only the container knows (a feed's entry date, a WARC
record's URL). `parse` (parse.py) turns one item into a Report. Both are pure; neither touches a database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol

from dateline.records import Issue, digest


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known about an item before its content is parsed. Precedence: override > container > content.

    `text` set: taken verbatim, nothing is parsed (design §6). `found` says where each value was found.
    """

    id: str | None = None
    text: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    found: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RawItem:
    """One report's raw bytes. `origin` names it for people ("dump.jsonl:17"); it never changes a result."""

    payload: bytes
    media_type: str
    origin: str
    hints: Hints = Hints()
    overrides: Hints = Hints()
    raw_sha256: str = ""
    """SHA-256 of the input file the item came from (its blob)."""

    @property
    def key(self) -> str:
        """Content hash of all that parsing depends on: the journal's key for skipping what is done."""
        payload = hashlib.sha256(self.payload).hexdigest()
        return "k_" + digest(payload, self.media_type, _plain(self.hints), _plain(self.overrides))

    @property
    def source_key(self) -> str:
        """Content hash without the overrides: a new parse of the same source supersedes the old report."""
        return "o_" + digest(hashlib.sha256(self.payload).hexdigest(), self.media_type, _plain(self.hints))


def _plain(hints: Hints) -> list[object]:
    plain: list[object] = [hints.id, hints.text, hints.title, hints.outlet, hints.author, hints.published, hints.url]
    # the keys of items that state no language stay as they were before there was one
    return plain if hints.language is None else [*plain, hints.language]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Settings a reader may need. `columns` maps a field of Hints to the column or key that holds it."""

    columns: dict[str, str] = field(default_factory=dict)
    max_bytes: int = 100_000_000


class Reader(Protocol):
    """A file format. `suffixes` and `media_types` help `detect`; `sniff` decides where they do not."""

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]

    def sniff(self, head: bytes) -> bool:
        """Whether the first bytes (after gzip) look like this format."""
        ...

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """Items in file order. A bad record is an Issue and reading goes on; InputError ends the file."""
        ...


Found = tuple[Path | None, str]
"""A path to read (None: standard input) and the name people know it by."""
