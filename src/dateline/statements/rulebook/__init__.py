"""Readable rules over what the model reads: each has an id, a reason and the codebook it follows.

They are applied in the order of RULES, to every statement by its own sentence, then to the report. docs/rules.md is
made from this table.
"""

from __future__ import annotations

from dateline.statements.rulebook import (
    acts,
    aims,
    categories,
    dates,
    events,
    figures,
    general,
    happenings,
    lent,
    lists,
    nearby,
    objects,
    origins,
    parties,
    phrases,
    places,
    sides,
    sites,
    sources,
    tolls,
    untold,
    weapons,
    whole,
)
from dateline.statements.rulebook.base import ReportRule, SentenceRule

SENTENCE_RULES: tuple[SentenceRule, ...] = (
    *categories.RULES,
    *aims.RULES,
    *sites.RULES,
    *places.RULES,
    *dates.RULES,
    *origins.RULES,
    *whole.RULES,
    *parties.RULES,
    *sides.RULES,
    *general.RULES,
    *nearby.RULES,
    *phrases.RULES,
    *sources.RULES,
    *figures.RULES,
    *weapons.RULES,
    *events.RULES,
)
REPORT_RULES: tuple[ReportRule, ...] = (
    *phrases.REPORT_RULES,
    *acts.RULES,
    *categories.REPORT_RULES,
    *objects.RULES,
    *sources.REPORT_RULES,
    *happenings.RULES,
    *lent.AGAIN_RULES,
    *figures.REPORT_RULES,
    *untold.RULES,
    *lent.TOGETHER_RULES,
    *tolls.RULES,
    *lists.REPORT_RULES,
    *events.REPORT_RULES,
    *general.REPORT_RULES,
)
ALL_RULES: tuple[SentenceRule | ReportRule, ...] = (*SENTENCE_RULES, *REPORT_RULES)
