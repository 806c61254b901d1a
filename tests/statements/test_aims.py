"""What an act is for has not happened by being its aim."""

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
