"""Which column, key or front-matter entry holds which field of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from dateline.data import load_yaml
from dateline.ingest.clean import mend_surrogates

FIELDS = ("id", "url", "title", "text", "published", "outlet", "author", "language")
_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_][\w-]*)?\s*$")
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
    return dict(_mapping(tuple(names), tuple(sorted(columns.items()))))


@lru_cache(maxsize=256)
def _mapping(names: tuple[str, ...], chosen: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    columns = dict(chosen)
    by_plain: dict[str, str] = {}
    for name in names:
        by_plain.setdefault(plain_name(name), name)
    found: list[tuple[str, str]] = []
    for field in FIELDS:
        if field in columns:
            hit = columns[field] if columns[field] in names else None
        else:
            hit = next((by_plain[a] for a in aliases()[field] if by_plain.get(a)), None)
            hit = None if hit in columns.values() else hit
        if hit is not None:
            found.append((field, hit))
    return tuple(found)


def language_code(value: str | None) -> str | None:
    """The primary subtag of a language tag ("pt" of "pt-BR", BCP 47), as a report's language; None for what is none."""
    found = _TAG.match(value or "")
    return found[1].lower() if found else None


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
