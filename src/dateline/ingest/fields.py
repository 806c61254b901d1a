"""Which column, key or front-matter entry holds which field of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from dateline.data import load_yaml
from dateline.ingest.clean import mend_surrogates

FIELDS = ("id", "url", "title", "text", "published", "outlet", "author")
_NAMED = ("name", "title", "@value", "value")


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """Known names of each field, plain (see `plain_name`), best first."""
    data = load_yaml("dateline.ingest.data", "fields.yaml")
    return {f: tuple(plain_name(str(n)) for n in data[f]) for f in FIELDS}


def plain_name(name: str) -> str:
    """A column name without case, blanks, "-", "_" and byte-order mark: "Date-Published" → "datepublished"."""
    return re.sub(r"[\s_\-\ufeff]+", "", name).casefold()


def mapping(names: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Field → the name that holds it. `columns` (from the settings) decides first, exactly as written."""
    listed = list(names)
    by_plain: dict[str, str] = {}
    for name in listed:
        by_plain.setdefault(plain_name(name), name)
    found: dict[str, str] = {}
    for field in FIELDS:
        if field in columns:
            if columns[field] in listed:
                found[field] = columns[field]
            continue
        hit = next((by_plain[a] for a in aliases()[field] if a in by_plain), None)
        if hit is not None and hit not in columns.values():
            found[field] = hit
    return found


def scalar(value: Any) -> str | None:
    """A metadata value as text: numbers as written, the name of an object, the names of a list; else None."""
    if isinstance(value, str):
        return mend_surrogates(value).strip() or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, dict):
        return next((s for k in _NAMED if (s := scalar(value.get(k)))), None)
    if isinstance(value, list | tuple):
        return ", ".join(s for v in value if not isinstance(v, list) and (s := scalar(v))) or None
    return str(value)
