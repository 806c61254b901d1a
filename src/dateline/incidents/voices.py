"""Voices: the distinct original sources behind statements. Ten reprints of one wire are one voice."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.incidents.items import Linkable
from dateline.incidents.view import Voiced
from dateline.records import SourceType

_WORD = re.compile(r"\w+")
REPRINT_WORDS = 5
"""Shorter sentences may be alike by chance; they are not taken for reprints."""


def normal(sentence: str) -> str:
    """The words of a sentence, case-folded, without punctuation: equal for a sentence and its reprint."""
    return " ".join(_WORD.findall(sentence.casefold()))


def speaker(item: Linkable) -> str | None:
    """The last source of the chain that is somebody ("reportedly" is nobody), None in the outlet's own voice."""
    for source in reversed(item.statement.sources):
        if source.type is not SourceType.IMPERSONAL:
            return source.actor_id or f"{source.type}:{source.name.casefold()}"
    return None


def own_voice(item: Linkable) -> str:
    """Who a statement rests on: its speaker, else the outlet, else the report."""
    if named := speaker(item):
        return named
    return f"outlet:{item.outlet.casefold()}" if item.outlet else f"report:{item.report_id}"


def voices(items: Iterable[Linkable]) -> dict[str, str]:
    """Statement id → voice. A sentence that stands word for word in several reports speaks with the voice of
    the first of them (by publication, then report)."""
    first: dict[str, str] = {}
    out: dict[str, str] = {}
    for item in sorted(items, key=lambda i: i.order):
        voice, text = own_voice(item), normal(item.statement.sentence.quote)
        if speaker(item) is None and text.count(" ") >= REPRINT_WORDS - 1:
            voice = first.setdefault(text, voice)
        out[item.id] = voice
    return out


def voiced(item: Linkable, voice: str) -> Voiced:
    """The statement as the speaker of a value."""
    s = item.statement
    return Voiced(
        statement_id=s.id,
        report_id=item.report_id,
        outlet=item.outlet,
        published=item.published,
        sources=tuple(x.name for x in s.sources),
        voice=voice,
        certainty=s.certainty.label,
    )
