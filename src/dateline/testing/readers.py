"""The contract every reader must pass."""

from __future__ import annotations

import re
from io import BytesIO

from dateline.errors import InputError, PluginError
from dateline.ingest.items import RawItem, Reader, ReadOptions
from dateline.records import Issue

_NAME = re.compile(r"[a-z0-9_-]+\.v[1-9][0-9]*")
ORIGIN = "sample"


def check_reader(reader: Reader, sample: bytes) -> list[RawItem | Issue]:
    """Read `sample` twice and return what came; the sample may be of any format, or noise.

    Raises PluginError if the reader breaks its contract: raises anything but InputError, yields something
    else than items and issues, leaves out the file's name in an origin, or differs between two readings.
    """
    if not _NAME.fullmatch(reader.name):
        raise PluginError(f"reader {reader.name!r}: a name must look like 'word.v1'")
    if not all(s.startswith(".") and s == s.lower() for s in reader.suffixes):
        raise PluginError(f"reader {reader.name!r}: suffixes must start with '.' and be in lower case")
    if reader.sniff(sample[:65_536]) not in (True, False):
        raise PluginError(f"reader {reader.name!r}: sniff must answer with True or False")
    first, second = _read(reader, sample), _read(reader, sample)
    if first != second:
        raise PluginError(f"reader {reader.name!r}: two readings of the same bytes differ")
    got = [made for made in first if not isinstance(made, str)]
    for made in got:
        _check(reader, made)
    keys = [[m.key for m in run if isinstance(m, RawItem)] for run in (first, second)]
    if keys[0] != keys[1]:
        raise PluginError(f"reader {reader.name!r}: keys of items change between readings")
    return got


def _read(reader: Reader, sample: bytes) -> list[RawItem | Issue | str]:
    """What one reading yields; the InputError that ended it as its sentence."""
    got: list[RawItem | Issue | str] = []
    try:
        got.extend(reader.read(BytesIO(sample), ORIGIN, ReadOptions()))
    except InputError as e:
        if ORIGIN not in str(e):
            raise PluginError(f"reader {reader.name!r}: an error does not name the file: {e}") from e
        got.append(str(e))
    return got


def _check(reader: Reader, made: RawItem | Issue) -> None:
    if not isinstance(made, RawItem | Issue):
        raise PluginError(f"reader {reader.name!r} yields {type(made).__name__}, not RawItem or Issue")
    if not (made.origin or "").startswith(ORIGIN):
        raise PluginError(f"reader {reader.name!r}: origin {made.origin!r} does not start with the file's name")
    if isinstance(made, Issue):
        return
    if not isinstance(made.payload, bytes) or "/" not in made.media_type:
        raise PluginError(f"reader {reader.name!r}: an item needs a payload of bytes and a media type")
    if not made.payload and made.hints.text is None:
        raise PluginError(f"reader {reader.name!r}: item {made.origin} has neither payload nor text")
