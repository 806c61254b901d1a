"""A dump, packed or not, as blocks of whole lines; the tables that may lie beside it; the hash of all of them."""

from __future__ import annotations

import gzip
import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from dateline.errors import InputError, IssueCode
from dateline.records import digest
from dateline.resolve.gazetteer.rows import BadRow, Filter, tab_rows
from dateline.resolve.gazetteer.source import Nation, digest_of

BLOCK = 32 << 20
"""Bytes of text of a block: what is lost of the reading at an interrupt, and some 250 000 rows."""
REGIONS, SECOND, COUNTRIES = "admin1CodesASCII.txt", "admin2Codes.txt", "countryInfo.txt"
_ISO2, _PLACE_CODE = re.compile("[A-Z]{2}"), re.compile(r"[A-Z]{2}\..+")
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines: the number of the first one, how many, their text, and bytes of the file read for them."""

    first: int
    rows: int
    data: bytes
    read: int


@contextmanager
def _unpacked(source: Path, raw: BinaryIO) -> Iterator[IO[bytes] | gzip.GzipFile]:
    if zipfile.is_zipfile(source):
        with zipfile.ZipFile(raw) as z:
            names = [n for n in z.namelist() if n.endswith(".txt") and not n.lower().startswith("readme")]
            if len(names) != 1:
                raise InputError(IssueCode.MALFORMED, f"{source}: expected one table in it, found {names}")
            with z.open(names[0]) as f:
                yield f
    elif source.suffix == ".gz":
        with gzip.GzipFile(fileobj=raw) as f:
            yield f
    else:
        yield raw


def blocks(source: Path, size: int) -> Iterator[Block]:
    """The dump in blocks of `size` bytes and the rest of the line; same file and size, same blocks.

    Raises InputError if it cannot be read or is damaged.
    """
    first, done = 1, 0
    try:
        with source.open("rb") as raw, _unpacked(source, raw) as f:
            while data := f.read(size):
                if not data.endswith(b"\n"):
                    data += _rest(f, size)
                rows = data.count(b"\n") + (not data.endswith(b"\n"))
                position = raw.tell()
                yield Block(first, rows, data.removeprefix(_BOM) if first == 1 else data, position - done)
                first, done = first + rows, position
    except (EOFError, zipfile.BadZipFile, zlib.error, gzip.BadGzipFile) as e:
        raise InputError(IssueCode.TRUNCATED, f"{source}: damaged or cut off: {e}; download it again") from e
    except FileNotFoundError as e:
        raise InputError(IssueCode.MISSING_FILE, f"{source}: no such file") from e
    except OSError as e:
        raise InputError(IssueCode.UNREADABLE, f"{source}: cannot be read: {e.strerror or e}") from e


def _rest(f: IO[bytes] | gzip.GzipFile, size: int) -> bytes:
    """The rest of a line. Of one that never ends (zeros after a crash) only the beginning: memory has an end."""
    rest = more = f.readline(size)
    while len(more) == size and not more.endswith(b"\n"):
        more = f.readline(size)
    return rest if rest.endswith(b"\n") or more is rest else rest + b"\n"


def digest_of_import(source: Path, keep: Filter) -> str:
    """Hash of all that the entries of an import depend on: the files, the filter, Dateline's own data and code."""
    here = Path(__file__).parent
    read = (source, *(source.parent / n for n in (REGIONS, SECOND, COUNTRIES)))
    parts = []
    for path in (*read, *(here / f"{m}.py" for m in ("blocks", "gaps", "parts", "rows"))):
        try:
            with path.open("rb") as f:
                parts.append(hashlib.file_digest(f, "sha256").hexdigest())
        except FileNotFoundError as e:
            if path == source:
                raise InputError(IssueCode.MISSING_FILE, f"{source}: no such file") from e
            parts.append("")
        except OSError as e:
            raise InputError(IssueCode.UNREADABLE, f"{path}: cannot be read: {e.strerror or e}") from e
    return digest(parts, sorted(keep.countries), keep.min_population, digest_of())


@dataclass(slots=True)
class Beside:
    """The tables that may lie beside a dump: `regions` (ISO2, code) → name and id, `second` code → name, countries."""

    regions: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    second: dict[str, str] = field(default_factory=dict)
    nations: dict[str, Nation] = field(default_factory=dict)
    bad: list[tuple[str, int, str]] = field(default_factory=list)

    @classmethod
    def of(cls, source: Path) -> Beside:
        """Those that are there; rows that cannot be used stand in `bad`: file, line, reason."""
        made = cls()
        for row in made._rows(source.parent / REGIONS, 4, _PLACE_CODE):
            iso2, _, code = row[0].partition(".")
            made.regions[iso2, code] = (row[1], row[3])
        for row in made._rows(source.parent / SECOND, 2, _PLACE_CODE):
            made.second[row[0]] = row[1]
        for row in made._rows(source.parent / COUNTRIES, 18, _ISO2):
            made.nations[row[0]] = Nation(row[0], row[1], row[5], row[17])
        return made

    def _rows(self, path: Path, least: int, code: re.Pattern[str]) -> Iterator[list[str]]:
        if not path.is_file():
            return
        for number, row in tab_rows(path.read_bytes(), least):
            if isinstance(row, BadRow):
                self.bad.append((path.name, number, row.reason))
            elif not code.fullmatch(row[0]):
                self.bad.append((path.name, number, f"{row[0][:40]!r} is no code"))
            else:
                yield row
