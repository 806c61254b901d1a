"""Reads a made-up text with the English word rules; triggers and names are a handful of known words.

So the rules of attribution, certainty, figures and dates are tested apart from those that find events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dateline.language.base import Annotation, Mention, MentionKind, Sentence
from dateline.language.en import cues, dategrammar, numbers, saying
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report
from dateline.statements.context import Context

TRIGGERS = {
    "shelled": "shelling",
    "shelling": "shelling",
    "attack": "attack",
    "ambush": "ambush",
    "raid": "raid",
    "raided": "raid",
    "bombing": "bombing",
    "blast": "explosion",
    "killed": "kill",
    "died": "die",
    "shot dead": "shooting",
    "arrested": "arrest",
    "kidnapped": "abduction",
    "destroyed": "destroy",
    "accused": "accuse",
    "called for": "demand",
    "ceasefire": "ceasefire",
}
ACTORS = {"Reuters": "agency:reuters", "Hill Observatory": "monitor:hill"}


def _words(text: str, sentences: tuple[Sentence, ...]) -> Iterator[Mention]:
    for kind, table in ((MentionKind.TRIGGER, TRIGGERS), (MentionKind.ACTOR, ACTORS)):
        for word, label in table.items():
            for m in re.finditer(rf"\b{word}\b", text):
                inside = next(s.index for s in sentences if s.start <= m.start() < s.end)
                yield Mention(kind, m.start(), m.end(), inside, label, word, "test.v1")


def read(text: str, published: date | None = None) -> tuple[Report, Annotation]:
    """A report of the text and its annotation."""
    report = Report(text=text, published=published)
    tokens = tokenize(text)
    sentences = passages(report, tokens)
    found = [m for module in (saying, cues, numbers, dategrammar) for m in module.find(report, tokens, sentences)]
    mentions = sorted([*found, *_words(text, sentences)], key=lambda m: (m.start, -m.end, m.kind, m.label))
    return report, Annotation(report.id, tokens, sentences, tuple(mentions))


def at(report: Report, annotation: Annotation, word: str) -> tuple[Context, Mention]:
    """The context and the trigger whose words contain `word`."""
    for m in annotation.mentions:
        if m.kind is MentionKind.TRIGGER and word in report.text[m.start : m.end]:
            return Context(report, annotation, annotation.sentences[m.sentence]), m
    raise AssertionError(f"no trigger {word!r} in {report.text!r}")
