"""The way in: paths → opened inputs → raw items. One file's failure never stops the others."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.errors import InputError, IssueCode
from dateline.ingest.detect import choose
from dateline.ingest.guard import bounded
from dateline.ingest.items import Hints, RawItem, ReadOptions
from dateline.ingest.sources import expand
from dateline.ingest.streams import gunzipped, head_of, sha256_of
from dateline.records import Issue
from dateline.registry import plugin


@dataclass(frozen=True, slots=True)
class Opened:
    """One input file. `path` holds its bytes as they came, `sha256` and `size` (bytes) are of those.

    For standard input and pipes `path` is a temporary file that is gone when the next input is asked for: copy it
    to the blobs, and take `items()`, before that.
    """

    path: Path
    origin: str
    sha256: str
    size: int
    options: ReadOptions
    overrides: Hints
    reader: str | None = None

    def items(self) -> Iterator[RawItem | Issue]:
        """The file's items in order, streamed. Whatever ends the file early becomes its last Issue."""
        try:
            with bounded("any known format", self.origin), self.path.open("rb") as file:
                if self.size == 0:
                    raise InputError(IssueCode.EMPTY, f"{self.origin}: the file is empty")
                stream = gunzipped(file, self.origin)
                chosen = choose(self.origin, head_of(stream), reader=self.reader)
                for item in chosen.read(stream, self.origin, self.options):
                    if isinstance(item, RawItem):
                        yield replace(item, overrides=self.overrides, raw_sha256=self.sha256)
                    else:
                        yield item
        except InputError as e:
            yield Issue(code=e.code, message=str(e), stage="read", origin=self.origin)


def read_inputs(
    paths: Sequence[str | Path],
    options: ReadOptions | None = None,
    overrides: Hints | None = None,
    *,
    reader: str | None = None,
) -> Iterator[Opened | Issue]:
    """Each file that `paths` name, hashed and ready to read, or the Issue that says why it is not.

    `reader` forces a reader by name for all of them. Raises PluginError before any work if there is no such reader.
    """
    if reader is not None:
        plugin("readers", reader)
    options, overrides = options or ReadOptions(), overrides or Hints()
    for found in expand(paths):
        if isinstance(found, Issue):
            yield found
            continue
        path, origin = found
        try:
            if path is not None and path.is_file():
                yield Opened(path, origin, *sha256_of(path), options, overrides, reader)
                continue
            with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
                spool = Path(folder) / "input"
                _spool(path, spool)
                yield Opened(spool, origin, *sha256_of(spool), options, overrides, reader)
        except OSError as e:
            message = f"{origin}: cannot be read: {e.strerror or e}"
            yield Issue(code=IssueCode.UNREADABLE, message=message, stage="read", origin=origin)


def _spool(path: Path | None, to: Path) -> None:
    with to.open("wb") as out:
        if path is None:
            shutil.copyfileobj(sys.stdin.buffer, out)
        else:
            with path.open("rb") as pipe:
                shutil.copyfileobj(pipe, out)


def read_items(
    paths: Sequence[str | Path],
    options: ReadOptions | None = None,
    overrides: Hints | None = None,
    *,
    reader: str | None = None,
) -> Iterator[RawItem | Issue]:
    """All items of all files, streamed in a fixed order."""
    for opened in read_inputs(paths, options, overrides, reader=reader):
        if isinstance(opened, Issue):
            yield opened
        else:
            yield from opened.items()
