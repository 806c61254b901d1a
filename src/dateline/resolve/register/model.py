"""What the register holds: actors, and the normal form under which their names are looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.labels import SourceType

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‑": "-", "–": "-", "—": "-", "\u00a0": " "})
_SPACE = re.compile(r"\s+")


def plain(name: str) -> str:
    """Straight apostrophes, one kind of hyphen, single spaces; the case is kept."""
    if name.isascii() and name.isprintable() and "`" not in name and "  " not in name:
        return name.strip()
    return _SPACE.sub(" ", name.translate(_SAME)).strip()


def key(name: str) -> str:
    """The form names are compared in: `plain`, case-folded, without a leading "the"."""
    simple = name.isascii() and "`" not in name and "  " not in name and name == name.strip()
    folded = name.lower() if simple else plain(name).casefold()
    return folded[4:] if folded.startswith("the ") else folded


@dataclass(frozen=True, slots=True)
class Membership:
    """A state in a coalition. Years are inclusive; None is open or unknown."""

    member: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One entry. `group` is the country or armed group it is gathered under; `countries` ISO 3166-1 alpha-3.

    `sector` is a PLOVER code; `source` the kind of speaker it is; `start` and `end` are years.
    `aliases` match in any case; `exact` in their own case only; `context` only where the report also names the
    actor in full or one of its countries.
    """

    id: str
    name: str
    kind: str
    group: str | None = None
    countries: tuple[str, ...] = ()
    sector: str | None = None
    source: SourceType | None = None
    aliases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    part_of: str | None = None
    members: tuple[Membership, ...] = ()
    start: int | None = None
    end: int | None = None

    @property
    def country(self) -> str | None:
        """Its country if it has exactly one, else None: a group of two countries is of neither."""
        return self.countries[0] if len(self.countries) == 1 else None
