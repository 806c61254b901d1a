"""What a place expression lets one say of its entry: precision codes and the name to show."""

from __future__ import annotations

from dateline.language.en.placewords import Phrase, words
from dateline.ontology.precision import How, near_km, place_precision
from dateline.resolve.gazetteer.base import Candidate
from dateline.resolve.gazetteer.normal import normal

_DIVISIONS = ("admin1", "admin2")
_QUARTER = "P.PPLX"
"""What is called a district, too, and is a part of a town."""


def how_placed(phrase: Phrase, *, exact: bool) -> How:
    """How the words stand to the entry; `exact`: it is the entry of the name itself, not of what holds it."""
    head = phrase.head
    if head is None:
        return "part"
    if head.away is not None and head.away > near_km():
        return "away"
    if head.between:
        return "line"
    if head.near or head.border:
        return "near"
    if exact and phrase.outlying:
        return "line" if normal(head.kind_word or "") in words().lines else "near"
    return "at" if exact and phrase.plain else "part"


def precision(c: Candidate, phrase: Phrase, *, exact: bool) -> tuple[int, int]:
    """(ACLED geo_precision, UCDP where_prec) of an expression placed by an entry. Never finer than its words."""
    how = how_placed(phrase, exact=exact)
    if c.kind == "water" and not (c.country or c.countries):
        return place_precision("high_seas", how)
    if c.kind == "country" and not exact:
        how = "at"
    said = phrase.head.kind if phrase.head and exact else None
    if c.kind == "place" and c.feature != _QUARTER and said in _DIVISIONS:
        # "Bama district", of which only the town Bama is listed
        return place_precision(said, how)
    return place_precision(c.kind, how)


def shown(c: Candidate, phrase: Phrase, *, exact: bool) -> str:
    """The name to show: the entry's, with its kind where the text says it; else the text's own words."""
    head = phrase.head
    if head is None or not exact or not phrase.plain:
        return phrase.surface
    kept = head.kind_word if head.kind in ("admin1", "admin2", "facility") else None
    return f"{c.name} {kept}" if kept and not normal(c.name).endswith(normal(kept)) else c.name
