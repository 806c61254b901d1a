"""What an act is for has not happened by being its aim, nor has what should have been."""

from __future__ import annotations

import pytest
from tests.statements.test_figures_rulebook import read

from dateline.labels import Certainty


@pytest.mark.parametrize(
    ("text", "trigger", "label"),
    [
        ("Police conducted an operation to detain a smuggler.", "detain", Certainty.HYPOTHETICAL),
        (
            "Police conducted an operation in the north of Halam to quickly detain him.",
            "detain",
            Certainty.HYPOTHETICAL,
        ),
        ("The army began an offensive in order to capture Halam.", "capture", Certainty.HYPOTHETICAL),
        ("Police had to detain a smuggler.", "detain", Certainty.STATED),
        ("After the operation in Halam, police went on to detain a smuggler.", "detain", Certainty.STATED),
        ("The operation failed; troops came to detain others.", "detain", Certainty.STATED),
        ("Rebels tried to capture Halam.", "capture", Certainty.STATED),
    ],
)
def test_aims(text: str, trigger: str, label: Certainty) -> None:
    (made,) = read(text, (trigger, "COERCE", {}))
    assert made.certainty.label is label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("There should have been nine dead in Halam.", Certainty.HYPOTHETICAL),
        ("There should've been nine or ten people dead in Halam.", Certainty.HYPOTHETICAL),
        ("They should have stayed; nine are dead in Halam.", Certainty.STATED),
        ("Nobody should forget that nine are dead in Halam.", Certainty.STATED),
    ],
)
def test_what_should_have_been_was_not(text: str, label: Certainty) -> None:
    (made,) = read(text, ("dead", "ASSAULT", {}))
    assert made.certainty.label is label
