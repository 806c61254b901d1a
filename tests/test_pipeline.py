"""Processing: each result depends on its own report only, and every quote stands in its text."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dateline
from dateline.config import Config
from dateline.errors import ConfigError, IssueCode
from dateline.language.base import Annotation
from dateline.pipeline import Resources, load_resources, process, process_one, read_one
from dateline.records import Report, ReportResult, Statement
from tests.strategies import NASTY, reports

SENTENCES = (
    "Gunmen killed at least 12 people in Gao on Friday, the army said.",
    "Two car bombs exploded in Mosul\u00a0yesterday, wounding dozens.",
    "The ministry denied that its jets had hit the hospital in Douma.",
    "“We will strike again,” a spokesman for the Taliban told Reuters.",
    "The two presidents are to meet in Geneva on March 3.",
)
newsy = st.lists(st.sampled_from(SENTENCES + NASTY), min_size=1, max_size=6).map(
    lambda parts: Report(text=" ".join(parts))
)


@pytest.fixture(scope="module")
def resources() -> Resources:
    return load_resources(Config())


@settings(max_examples=40)
@given(held=st.lists(newsy | reports, min_size=1, max_size=6, unique_by=lambda r: r.id), seed=st.integers())
def test_order_and_batches_change_nothing(resources: Resources, held: list[Report], seed: int) -> None:
    one = {r.report.id: r for r in process(held, resources)}
    turned = random.Random(seed).sample(held, len(held))
    middle = len(turned) // 2
    two = [*process(turned[:middle], resources), *process(turned[middle:], resources)]
    assert {r.report.id: r for r in two} == one


@settings(max_examples=60)
@given(report=newsy | reports)
def test_every_quote_is_its_slice_and_nothing_fails(resources: Resources, report: Report) -> None:
    result = process_one(report, resources)
    assert {i.code for i in result.issues} <= {IssueCode.FOREIGN_LANGUAGE}
    for s in result.statements:
        for span in s.spans():
            assert report.text[span.start : span.end] == span.quote


def test_a_stage_that_fails_costs_its_report_only(resources: Resources) -> None:
    class Fragile:
        name = "fragile.v1"

        def extract(self, report: Report, annotation: Annotation) -> tuple[Statement, ...]:
            if "boom" in report.text:
                raise RuntimeError("the roof fell in")
            return resources.extractor.extract(report, annotation)

    broken = replace(resources, extractor=Fragile())
    held = [Report(text=t) for t in (SENTENCES[0], "boom", SENTENCES[1])]
    results: list[ReportResult] = list(process(held, broken))
    assert [bool(r.statements) for r in results] == [True, False, True]
    (issue,) = results[1].issues
    assert (issue.code, issue.report_id) == (IssueCode.STAGE_FAILED, held[1].id)
    assert "the roof fell in" in issue.message


def test_the_api_reads_a_text_in_a_line() -> None:
    (s, *_) = dateline.read(SENTENCES[0], published="2017-01-21", outlet="A paper")
    assert s.event.code == "ASSAULT"
    assert s.date is not None and s.date.edtf == "2017-01-20"
    assert [(f.measure, f.min, f.max) for f in s.figures] == [("killed", 12, None)]


def test_the_same_settings_have_the_same_fingerprint(resources: Resources) -> None:
    assert load_resources(Config().with_("run", workers=3)).fingerprint == resources.fingerprint


def test_an_extractor_of_readings_needs_a_language_that_reads() -> None:
    with pytest.raises(ConfigError, match=r"extractor 'combined.v1' takes what a model reads.*'en.v1' has none"):
        load_resources(Config().with_("extract", language="en.v1"))


def test_words_in_capitals_are_no_towns() -> None:
    rules = load_resources(Config().with_("extract", language="en.v1", extractor="rules.v1"))
    text = "MEDICS SAID THEY HAD TREATED MORE THAN 50 WOUNDED PEOPLE AND WERE RUNNING OUT OF BLOOD."
    (s, *_) = read_one(Report(text=text), rules).statements
    assert s.places == ()
