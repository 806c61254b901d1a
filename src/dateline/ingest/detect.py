"""Which reader reads a file."""

from __future__ import annotations

from dateline.errors import InputError, IssueCode
from dateline.ingest.content import media_type_of
from dateline.ingest.items import Reader
from dateline.registry import make, plugins

_LAST_RESORT = "text.v1"
"""Reads whatever is not binary, so it is asked last."""


def readers() -> tuple[Reader, ...]:
    """Every registered reader, by name, the plain-text one last. Raises PluginError."""
    names = sorted(plugins("readers"), key=lambda n: (n == _LAST_RESORT, n))
    return tuple(make("readers", name) for name in names)


def choose(origin: str, head: bytes, *, media_type: str | None = None, reader: str | None = None) -> Reader:
    """The reader for a file, from its name and first bytes (after gzip).

    `reader` forces one by name ("csv" or "csv.v1"; PluginError if there is none). Else the name's suffix
    decides, then `media_type`, unless the bytes say otherwise and another format knows them. Raises
    InputError (UNKNOWN_FORMAT).
    """
    if reader is not None:
        forced: Reader = make("readers", reader)
        return forced
    known = readers()
    named = _by_suffix(known, origin) or _by_media_type(known, media_type)
    if named is not None and named.sniff(head):
        return named
    fitting = [r for r in known if r.sniff(head)]
    sure = [r for r in fitting if r.name != _LAST_RESORT]
    if sure:
        return sure[0]
    if fitting or (named is not None and named.name != _LAST_RESORT):
        return named or fitting[0]
    message = f"{origin}: in no format that can be read ({', '.join(r.name for r in known)}); force one with --format"
    raise InputError(IssueCode.UNKNOWN_FORMAT, message)


def _by_suffix(known: tuple[Reader, ...], origin: str) -> Reader | None:
    name = origin.lower().removesuffix(".gz")
    fits = [(len(s), r) for r in known for s in r.suffixes if name.endswith(s)]
    return max(fits, key=lambda f: f[0])[1] if fits else None


def _by_media_type(known: tuple[Reader, ...], media_type: str | None) -> Reader | None:
    kind = media_type_of(media_type or "")[0]
    return next((r for r in known if kind in r.media_types), None)
