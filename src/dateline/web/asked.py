"""What a page is asked for: filters and a page number from the address, with a sentence for each wrong one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dateline.store.filters import Filters

TEXTS = ("words", "event", "sub_event", "certainty", "country", "place", "actor", "source", "outlet")
DAYS = ("since", "until")
LAST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters of a list, the values as typed (to show them again), and what is wrong with them, by field."""

    filters: Filters
    values: dict[str, str]
    problems: dict[str, str]
    page: int
    size: int

    @property
    def open_more(self) -> bool:
        """Whether a filter is set that the form shows only on demand."""
        return any(k not in ("words", "event", "certainty") for k in self.values)

    def address(self, path: str, **changes: str | int | None) -> str:
        """The same question at another path or with changes; page 1 is left out."""
        held: dict[str, str | int | None] = {**self.values, "page": self.page, **changes}
        kept = {k: v for k, v in held.items() if v not in (None, "") and not (k == "page" and v == 1)}
        return f"{path}?{urlencode(kept)}" if kept else path


def asked(query: Mapping[str, str], size: int) -> Asked:
    """Read a query string. Empty values mean any; unknown names are passed over."""
    values, problems, given = {}, {}, {}
    for name in (*TEXTS, *DAYS):
        if text := " ".join(_printable(query.get(name, "")).split()):
            values[name] = text
    days: dict[str, date | None] = {}
    for name in DAYS:
        try:
            days[name] = date.fromisoformat(values[name]) if name in values else None
        except ValueError:
            days[name] = None
            problems[name] = f"“{values[name]}” is not a date; write it as year-month-day, e.g. 2015-11-17."
    since, until = days["since"], days["until"]
    if since and until and since > until:
        problems["until"] = f"The last day ({until}) lies before the first ({since})."
    page = _page(query.get("page", ""), problems)
    given = {k: v for k, v in values.items() if k in TEXTS}
    filters = Filters(**given, since=since, until=until, limit=size, offset=(page - 1) * size)
    return Asked(filters, values, problems, page, size)


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c.isspace())


def _page(text: str, problems: dict[str, str]) -> int:
    found = page_number(text)
    if found is None:
        problems["page"] = f"“{text[:20]}” is not a page number; pages count from 1."
    return found or 1


def page_number(text: str) -> int | None:
    """The number of a page, 1 if none is given; None for a text that is none."""
    if not text:
        return 1
    good = text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= LAST_PAGE
    return int(text) if good else None
