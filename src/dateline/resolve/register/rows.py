"""A row of a register file → an Actor, with a sentence for everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dateline.labels import SourceType
from dateline.ontology import actor_kinds, sectors
from dateline.resolve.register.model import Actor, Membership

FIELDS = frozenset(
    "id name kind group country sector source aliases exact context part_of members from to folds prefix".split()
)
_LISTS = ("country", "aliases", "exact", "context", "members")
_ID = re.compile(r"[a-z][a-z_]*:\S+")
_MEMBER = re.compile(r"([A-Z]{3})(?: (\d{4})(?:-(\d{4})?)?)?")
_ISO3 = re.compile(r"[A-Z]{3}")


class BadRow(ValueError):
    """A row that cannot be used; the message says why."""


def strings(field: str, value: Any) -> tuple[str, ...]:
    """A list field: a list of strings, one string with semicolons, or nothing. Raises BadRow."""
    if value is None or value == "":
        return ()
    held = value.split(";") if isinstance(value, str) else value
    if not isinstance(held, list) or not all(isinstance(v, str) for v in held):
        raise BadRow(f"{field} must be a list of words, not {value!r} (put words such as yes, no and on in quotes)")
    return tuple(v.strip() for v in held if v.strip())


def _text(row: Mapping[str, Any], field: str) -> str | None:
    value = row.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadRow(f"{field} must be a word, not {value!r}")
    return value.strip()


def _year(row: Mapping[str, Any], field: str) -> int | None:
    value = row.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not str(value).isdigit():
        raise BadRow(f"{field} must be a year, not {value!r}")
    return int(value)


def membership(text: str) -> Membership:
    """ "FRA 2014-" → France since 2014. Raises BadRow."""
    m = _MEMBER.fullmatch(text)
    if not m:
        raise BadRow(f"members must read like 'FRA 2014-2019', not {text!r}")
    start = int(m[2]) if m[2] else None
    end = int(m[3]) if m[3] else start if m[2] and "-" not in text else None
    return Membership(m[1], start, end)


def check_kind(kind: str) -> str:
    """The kind itself. Raises BadRow naming the kinds there are."""
    if kind not in actor_kinds():
        raise BadRow(f"unknown kind {kind!r}; kinds are {', '.join(sorted(actor_kinds()))}")
    return kind


def _source(row: Mapping[str, Any], kind: str) -> SourceType:
    given = _text(row, "source") or actor_kinds()[kind].source
    try:
        return SourceType(given)
    except ValueError:
        raise BadRow(f"unknown source {given!r}; sources are {', '.join(SourceType)}") from None


def _sector(row: Mapping[str, Any], kind: str) -> str | None:
    given = _text(row, "sector")
    if given and given not in sectors():
        raise BadRow(f"unknown sector {given!r}; sectors are {', '.join(sorted(sectors()))}")
    return given or actor_kinds()[kind].sector


def actor(row: Mapping[str, Any]) -> Actor:
    """An Actor from a complete row. Raises BadRow with the first thing that is wrong."""
    if unknown := sorted(str(k) for k in row if k not in FIELDS):
        raise BadRow(f"unknown fields {', '.join(unknown)}; fields are {', '.join(sorted(FIELDS))}")
    ident, name, kind = _text(row, "id"), _text(row, "name"), _text(row, "kind")
    if not ident or not name or not kind:
        raise BadRow("a row needs id, name and kind")
    if not _ID.fullmatch(ident):
        raise BadRow(f"id {ident!r} must look like 'group:some-name'")
    held = {f: strings(f, row.get(f)) for f in _LISTS}
    if bad := [c for c in held["country"] if not _ISO3.fullmatch(c)]:
        raise BadRow(f"country must be ISO 3166-1 alpha-3 codes, not {', '.join(bad)}")
    start, end = _year(row, "from"), _year(row, "to")
    if start and end and start > end:
        raise BadRow(f"from {start} is after to {end}")
    return Actor(
        id=ident,
        name=name,
        kind=check_kind(kind),
        group=_text(row, "group"),
        countries=held["country"],
        sector=_sector(row, kind),
        source=_source(row, kind),
        aliases=held["aliases"],
        exact=held["exact"],
        context=held["context"],
        part_of=_text(row, "part_of"),
        members=tuple(membership(m) for m in held["members"]),
        start=start,
        end=end,
    )
