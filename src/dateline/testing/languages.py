"""The contract every language must pass."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import isfinite

from dateline.errors import PluginError
from dateline.language.base import Annotation, Language, Mention, Reading, Sentence, Triage
from dateline.records import Report

_NAME = re.compile(r"[a-z0-9_-]+\.v[1-9][0-9]*")
HARD_TEXTS = (
    "",
    " \n\t ",
    "One word",
    "No stop at the end\n\nand a second paragraph\r\nand a third",
    "Emoji \U0001f680\U0001f1fa\U0001f1e6 and e\u0301 and \u202eright to left\u202c and\u00a0no break.",
    "قصفت طائرات حربية مدينة حلب، وفق المرصد.",
    "“Nested ‘quotes’ here,” he said. (Agency)",
    "." * 200,
    "word " * 500,
    "A\x00B\x07C \ufeff\u200b",
    "1,500 killed? 10-15! $5m; 3.5%: U.S. Gen. J. Smith…",
)
"""Texts that have broken tokenisers: none may raise, all offsets must hold."""


def check_language(language: Language, texts: tuple[str, ...] = ()) -> None:
    """Annotate hard texts, and `texts` of the language itself, and compare the results with the contract; so too its
    triage, if it has one.

    Raises PluginError with a sentence if a name, an offset, an order or a second reading is wrong.
    """
    if not _NAME.fullmatch(language.name):
        raise PluginError(f"language {language.name!r}: a name must look like 'word.v1'")
    for text in (*HARD_TEXTS, *texts):
        report = Report(text=text)
        found = language.annotate(report)
        if found != language.annotate(report):
            raise PluginError(f"language {language.name!r} annotates {text[:40]!r} differently the second time")
        _check(language.name, report, found)
        if triage := getattr(language, "relevance", None):
            _check_triage(language.name, text, triage)


def _check_triage(name: str, text: str, triage: Triage) -> None:
    judged = triage(text)
    if not (isfinite(judged.score) and isfinite(judged.needed)):
        raise PluginError(f"language {name!r}: triage of {text[:40]!r} gives no finite scores")
    if judged != triage(text):
        raise PluginError(f"language {name!r}: triage judges {text[:40]!r} differently the second time")


def _check(name: str, report: Report, found: Annotation) -> None:
    def fail(what: str) -> None:
        raise PluginError(f"language {name!r}: {what} in {report.text[:40]!r}")

    if found.report_id != report.id:
        fail("the annotation names another report")
    end = 0
    for t in found.tokens:
        if t.start < end or t.end <= t.start or report.text[t.start : t.end] != t.text:
            fail(f"token {t.text!r} does not stand at [{t.start}, {t.end})")
        end = t.end
    _check_sentences(found, fail_at=fail)
    for m in found.mentions:
        if not _inside(m, found.sentences):
            fail(f"mention [{m.start}, {m.end}) lies in no sentence {m.sentence}")
        if not m.producer:
            fail(f"mention [{m.start}, {m.end}) names no producer")
    ordered = sorted(found.mentions, key=lambda m: (m.start, -m.end, m.kind, m.label))
    if list(found.mentions) != ordered:
        fail("mentions are not sorted by (start, -end, kind, label)")
    _check_readings(found, len(report.text), fail)


def _check_sentences(found: Annotation, fail_at: Callable[[str], None]) -> None:
    last = 0
    for i, s in enumerate(found.sentences):
        if s.index != i or s.first < last or s.last <= s.first:
            fail_at(f"sentence {i} is out of order or empty")
        inside = found.tokens[s.first : s.last]
        if not inside or inside[0].start != s.start or inside[-1].end != s.end:
            fail_at(f"sentence {i} does not begin and end with its tokens")
        last = s.last


def _check_readings(found: Annotation, length: int, fail: Callable[[str], None]) -> None:
    """What a model adds, if there is one."""
    for r in found.readings:
        if not _inside(r, found.sentences):
            fail(f"reading [{r.start}, {r.end}) lies in no sentence {r.sentence}")
        for a in r.arguments:
            if not 0 <= a.start < a.end <= length or a.carried != (a.end <= found.sentences[r.sentence].start):
                fail(f"{a.role} [{a.start}, {a.end}) of the reading at {r.start} lies outside, or is wrongly carried")
    scores = [r.score for r in found.readings] + [a.score for r in found.readings for a in r.arguments]
    scores += [n.score for n in found.named] + [x.score for x in found.same]
    if not all(0 <= p <= 1 for p in scores):
        fail("a score is no probability")
    for what in (
        [(r.start, r.end) for r in found.readings],
        [(n.start, n.end) for n in found.named],
        [(x.first, x.second) for x in found.same],
    ):
        if what != sorted(what) or not all(0 <= a < b <= length for a, b in what):
            fail("readings, names or same pairs are not in text order")


def _inside(m: Mention | Reading, sentences: tuple[Sentence, ...]) -> bool:
    if not 0 <= m.sentence < len(sentences) or m.end <= m.start:
        return False
    s = sentences[m.sentence]
    return s.start <= m.start and m.end <= s.end
