"""Reading a report takes work in proportion to its length: counted in executed lines, not in seconds."""

import sys
from types import FrameType
from typing import Any

import pytest

from dateline.config import Config
from dateline.pipeline import load_resources, read_one
from dateline.records import Report

RESOURCES = load_resources(Config())
SENTENCES = (
    "Gunmen killed {n} soldiers near Gao, the army said.",
    "It blamed rebels and said they shelled Aleppo on Monday.",
    "“We will attack Mosul tomorrow,” Ahmed Saleh, a spokesman for the ministry, said.",
    "Protesters marched in Lagos and police arrested {n} of them.",
    "He denied the attack.",
)
JOINS = {"one paragraph": " ", "short lines": "\n", "paragraphs": "\n\n"}


def lines_run(report: Report) -> int:
    """How many lines of Dateline and its libraries run while a report is read."""
    count = 0

    def trace(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read_one(report, RESOURCES)
    finally:
        sys.settrace(before)
    return count


def text(n: int, join: str) -> str:
    return join.join(SENTENCES[k % len(SENTENCES)].format(n=k % 10 + 2) for k in range(n))


def endless(n: int) -> str:
    """A sentence that never ends and, unlike a summary that lost its stop, never begins again word for word."""
    clause = "rebels shelled Aleppo on Monday with {n} rockets and the army said {n} gunmen killed {n} people there "
    return "".join(clause.format(n=k + 2) for k in range(n))


@pytest.mark.parametrize("made", [*JOINS, "one endless sentence"])
def test_twice_the_text_is_twice_the_work(made: str) -> None:
    sizes = [60, 120, 180]  # some windows of the model each, so that its whole windows outweigh the last one
    texts = [text(n, JOINS[made]) if made in JOINS else endless(n * 2 // 3) for n in sizes]
    read_one(Report(text=texts[-1]), RESOURCES)
    work = [lines_run(Report(text=t)) for t in texts]
    first, second = work[1] - work[0], work[2] - work[1]
    assert second <= 1.1 * first, work
