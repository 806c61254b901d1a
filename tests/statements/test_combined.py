"""What the extractor leaves behind."""

from __future__ import annotations

import gc

from tests.statements.test_rulebook import read

from dateline.statements.context import Context


def contexts() -> int:
    """How many sentences are laid out in memory."""
    return sum(isinstance(x, Context) for x in gc.get_objects())


def test_nothing_of_a_report_waits_for_the_collector() -> None:
    text = "Rebels shelled the town of Orla. Soldiers fled the attack on Monday."
    read(text, "shelled", ("actor", "Rebels"))
    gc.collect()
    before = contexts()
    gc.disable()
    try:
        assert read(text, "shelled", ("actor", "Rebels")).actors
        assert contexts() == before
    finally:
        gc.enable()
