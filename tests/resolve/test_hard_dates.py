"""A hundred hard expressions of time (`hard_dates.yaml`), read as the product reads them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.labels import Basis
from dateline.language.base import MentionKind
from dateline.language.en import dategrammar
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report, When
from dateline.resolve.days import Setting
from dateline.resolve.intervals import interval

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("hard_dates.yaml").read_text(encoding="utf-8"))


def read(case: dict[str, Any]) -> tuple[When, str]:
    """What the case's expression means, and the reason."""
    text, published = case["text"], case.get("published")
    report = Report(text=text, published=published)
    tokens = tokenize(text)
    found = dategrammar.find(report, tokens, passages(report, tokens))
    kinds = (MentionKind.DATE, MentionKind.SINCE)
    dated = [m for m in found if m.kind in kinds and text[m.start : m.end] == case["quote"]]
    assert len(dated) == 1, f"{case['quote']!r} is not one expression of {text!r}"
    form = dategrammar.DateGrammar().parse(dated[0].norm)
    days = interval(form, Setting(published, case.get("context")))
    return When(rule="test.v1", basis=Basis.METADATA, earliest=days.earliest, latest=days.latest), days.why


@pytest.mark.parametrize("case", CASES, ids=[f"{n}:{c['quote']}" for n, c in enumerate(CASES, 1)])
def test_a_hard_date(case: dict[str, Any]) -> None:
    when, why = read(case)
    day = case.get("edtf")
    earliest, latest = (day, day) if day else (case.get("earliest"), case.get("latest"))
    assert (when.earliest, when.latest) == (earliest, latest), case["why"]
    assert when.edtf == edtf(earliest, latest)
    assert (when.time_precision, when.date_prec) == (case.get("acled"), case.get("ucdp"))
    assert case.get("says", "") in why


def edtf(earliest: date | None, latest: date | None) -> str | None:
    """The bounds as EDTF."""
    if earliest is None and latest is None:
        return None
    return str(earliest) if earliest == latest else f"{earliest or '..'}/{latest or '..'}"


def test_there_are_a_hundred_and_each_has_its_reason() -> None:
    assert len(CASES) >= 100
    assert all(case["why"] for case in CASES)
    assert len({(c["text"], c.get("published"), c.get("context")) for c in CASES}) == len(CASES)
