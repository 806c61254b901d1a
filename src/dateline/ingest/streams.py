"""Bytes in: gzip by magic number, bounded reads, hashes."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from dateline.errors import InputError, IssueCode

HEAD_BYTES = 65_536
_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"


class Gunzip(io.RawIOBase):
    """A gzip stream read chunk by chunk. A break raises InputError only after all bytes before it were given."""

    def __init__(self, file: BinaryIO, origin: str) -> None:
        self._file, self._origin = file, origin
        self._start = file.tell()
        self._gz = gzip.GzipFile(fileobj=file, mode="rb")

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Only back to the start."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go back to the start: the only seek there is."""
        if (offset, whence) != (0, io.SEEK_SET):
            raise io.UnsupportedOperation("a gzip stream can only be rewound")
        self._file.seek(self._start)
        self._gz = gzip.GzipFile(fileobj=self._file, mode="rb")
        return 0

    def readinto(self, buffer: Any) -> int:
        """Decompress at most one chunk into `buffer`."""
        try:
            data = self._gz.read1(len(buffer))
        except EOFError:
            message = f"{self._origin}: the gzip stream breaks off; what was whole before the break is kept"
            raise InputError(IssueCode.TRUNCATED, message) from None
        except (gzip.BadGzipFile, zlib.error) as e:
            raise InputError(IssueCode.MALFORMED, f"{self._origin}: the gzip stream is damaged: {e}") from e
        buffer[: len(data)] = data
        return len(data)


def gunzipped(file: BinaryIO, origin: str) -> BinaryIO:
    """The stream itself, or its decompressed content if it starts with gzip's magic number."""
    start = file.tell()
    magic = file.read(2)
    file.seek(start)
    return io.BufferedReader(Gunzip(file, origin), HEAD_BYTES) if magic == _GZIP else file


def is_gzip(head: bytes) -> bool:
    """Whether the bytes start with gzip's magic number."""
    return head.startswith(_GZIP)


def _chunks(stream: BinaryIO, size: int = _CHUNK) -> Iterator[bytes]:
    # read1 makes at most one raw read, so nothing is lost when the next one meets the break of a gzip stream
    read = getattr(stream, "read1", stream.read)
    while chunk := read(size):
        yield chunk


def head_of(stream: BinaryIO, size: int = HEAD_BYTES) -> bytes:
    """The first bytes, up to `size`; the stream is rewound. A break in the stream ends them early."""
    got = b""
    try:
        for chunk in _chunks(stream, size):
            got += chunk
            if len(got) >= size:
                break
    except InputError:
        if not got:
            raise
    stream.seek(0)
    return got[:size]


def read_all(stream: BinaryIO, origin: str, limit: int) -> bytes:
    """All bytes of one report. Raises InputError: TOO_LARGE above `limit` bytes, EMPTY for none."""
    data = bytearray()
    for chunk in _chunks(stream):
        data += chunk
        if len(data) > limit:
            raise too_large(origin, limit)
    if not data:
        raise InputError(IssueCode.EMPTY, f"{origin}: the file is empty")
    return bytes(data)


def too_large(origin: str, limit: int) -> InputError:
    """The error for a report above the size limit."""
    message = f"{origin}: one report is larger than {limit:,} bytes; raise [ingest] max_report_bytes to read it"
    return InputError(IssueCode.TOO_LARGE, message)


def lines_of(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines with their line ends; None for a line longer than `limit` bytes, which is skipped."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        else:
            yield number, line


def sha256_of(path: Path) -> tuple[str, int]:
    """SHA-256 (hex) and size of a file, read in pieces. Raises OSError."""
    total, h = 0, hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            h.update(chunk)
            total += len(chunk)
    return h.hexdigest(), total
