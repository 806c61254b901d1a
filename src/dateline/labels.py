"""The closed lists that records draw from: where a value comes from, how sure it is, who speaks, what is counted."""

from __future__ import annotations

from enum import StrEnum


class Basis(StrEnum):
    """Where a value comes from: the sentence, another sentence, the report's metadata, or a setting."""

    TEXT = "text"
    CONTEXT = "context"
    METADATA = "metadata"
    DEFAULT = "default"


class Certainty(StrEnum):
    """How surely a thing is said to be so. The first that fits in `CERTAINTY_ORDER` is taken."""

    STATED = "stated"
    CONFIRMED = "confirmed"
    CLAIMED = "claimed"
    ALLEGED = "alleged"
    UNVERIFIED = "unverified"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


CERTAINTY_ORDER = (
    Certainty.DENIED,
    Certainty.PLANNED,
    Certainty.HYPOTHETICAL,
    Certainty.UNVERIFIED,
    Certainty.ALLEGED,
    Certainty.CLAIMED,
    Certainty.CONFIRMED,
    Certainty.STATED,
)
AHEAD = frozenset({Certainty.PLANNED, Certainty.HYPOTHETICAL})
"""What is to come or might be: it has not happened yet."""
OCCURRED = frozenset({Certainty.STATED, Certainty.CONFIRMED, Certainty.CLAIMED})
"""Certainties whose events may be exported as events that happened (design, law 5)."""


class PlaceRole(StrEnum):
    """Where it took place, or where it was launched, fired or set out from."""

    EVENT = "event"
    ORIGIN = "origin"


class SourceType(StrEnum):
    """What kind of speaker a link of a source chain is."""

    AGENCY = "agency"
    OFFICIAL = "official"
    GOVERNMENT = "government"
    MILITARY = "military"
    POLICE = "police"
    ARMED_GROUP = "armed_group"
    NGO = "ngo"
    MONITOR = "monitor"
    WITNESS = "witness"
    MEDIC = "medic"
    MEDIA = "media"
    SOCIAL_MEDIA = "social_media"
    RESIDENT = "resident"
    EXPERT = "expert"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    IMPERSONAL = "impersonal"


class Measure(StrEnum):
    """What befell those a figure counts."""

    KILLED = "killed"
    INJURED = "injured"
    KILLED_OR_INJURED = "killed_or_injured"
    MISSING = "missing"
    ABDUCTED = "abducted"
    DETAINED = "detained"
    DISPLACED = "displaced"
    EVACUATED = "evacuated"
    SURRENDERED = "surrendered"
    OTHER = "other"


class Qualifier(StrEnum):
    """How a figure is hedged in the text."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"
    RANGE = "range"
    VAGUE = "vague"


class PassageKind(StrEnum):
    """What part of a report a passage is."""

    HEADLINE = "headline"
    SENTENCE = "sentence"
    CAPTION = "caption"
    CREDIT = "credit"
    DATELINE = "dateline"
