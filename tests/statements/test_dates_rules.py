from __future__ import annotations

import pytest
from tests.said import at, read

from dateline.statements.dates import date_of


@pytest.mark.parametrize(
    ("text", "word", "quote"),
    [
        ("Rebels shelled Kara on Friday.", "shelled", "on Friday"),
        ("On Friday, rebels shelled Kara.", "shelled", "On Friday"),
        ("Rebels shelled Kara, police said on Friday.", "shelled", None),
        ("Rebels shelled Kara on Monday, police said on Friday.", "shelled", "on Monday"),
        ("Police said on Friday that rebels shelled Kara on Monday.", "shelled", "on Monday"),
        ("Rebels shelled Kara.", "shelled", None),
        ("Rebels, now in retreat, shelled Kara on Monday.", "shelled", "on Monday"),
        ("Troops arrested six men on Monday, but rebels shelled Kara on Friday.", "arrested", "on Monday"),
        ("Troops arrested six men on Monday, but rebels shelled Kara on Friday.", "shelled", "on Friday"),
    ],
)
def test_which_expression_dates_the_event(text: str, word: str, quote: str | None) -> None:
    report, annotation = read(text)
    ctx, trigger = at(report, annotation, word)
    when = date_of(ctx, trigger, ())
    assert (when.spans[0].quote if when else None) == quote
    assert when is None or (when.earliest, when.latest) == (None, None)
