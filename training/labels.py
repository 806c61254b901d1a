"""The label sets in the order of the network's outputs. They travel in the manifest of the weights."""

from __future__ import annotations

from dateline.labels import Certainty, Measure, SourceType
from dateline.ontology.tables import categories, sub_events

EVENTS = tuple(sorted(categories()))
SUB_EVENTS = tuple(sorted(sub_events()))
"""ACLED's types; index len(SUB_EVENTS) is "none fits"."""
CERTAINTIES = tuple(c.value for c in Certainty)
MEASURES = tuple(m.value for m in Measure)
"""Measures of a figure; index len(MEASURES) is not used for one but says the figure is a breakdown."""
SOURCE_TYPES = tuple(t.value for t in SourceType)

ROLES = ("actor", "target", "weapon", "place", "origin", "date", "figure", "via", "source", "cue", "saying")
"""What a word can be to a trigger. `source` is the original source, `via` who passed it on, `cue` shows how
surely it is so, and `saying` is the verb of the source."""
CARRIED = ("place", "source", "date")
"""Roles an earlier sentence can fill."""
SENTENCES_APART = 12
"""Distances in sentences that are told apart: 0 same or later sentence, 1 the one before, … 11 and more."""

SAME = ("statement", "happening", "name")
"""What two words can have in common: the statement they trigger, the happening they speak of (in two statements), or
the actor or place they name."""

MENTIONS = ("PARTY", "WEAPON", "PLACE", "DATE", "COUNT", "SOURCE", "CUE", "SAYING")
ENTITIES = ("PER", "ORG", "LOC", "NORP", "DATE", "WEAPON", "NUM", "MONEY", "MISC")


def tags(types: tuple[str, ...]) -> tuple[str, ...]:
    """O, then B- and I- of each type."""
    return ("O", *(f"{p}-{t}" for t in types for p in "BI"))


MENTION_TAGS = tags(MENTIONS)
ENTITY_TAGS = tags(ENTITIES)
SRL_ROLES = (
    "ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "LOC", "TMP", "NEG", "MOD", "ADV", "MNR", "DIR", "PRP", "CAU", "EXT",
)  # fmt: skip
