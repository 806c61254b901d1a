from __future__ import annotations

import pytest
from tests.said import at, read

from dateline.labels import Basis
from dateline.statements.certainty import certainty_of


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("Rebels shelled Kara.", "shelled", "stated"),
        ("Rebels reportedly shelled Kara.", "shelled", "stated"),
        ("Rebels will attack Kara.", "attack", "planned"),
        ("Rebels plan to attack Kara.", "attack", "planned"),
        ("If rebels attack Kara, people will leave.", "attack", "hypothetical"),
        ("Italy called for a ceasefire.", "ceasefire", "hypothetical"),
        ("Italy called for a ceasefire.", "called", "stated"),
        ("Rebels may have shelled Kara.", "shelled", "alleged"),
        ("Suspected rebels shelled Kara.", "shelled", "alleged"),
        ("Turkey accused the rebels of shelling Kara.", "shelling", "alleged"),
        ("Turkey accused the rebels of shelling Kara.", "accused", "stated"),
        ("The army denied shelling Kara.", "shelling", "denied"),
        ("The army did not attack Kara.", "attack", "denied"),
        ("The Front claimed responsibility for the bombing.", "bombing", "claimed"),
        ("No group claimed responsibility for the bombing.", "bombing", "stated"),
        ("They know the place, but not what caused the blast.", "blast", "stated"),
        ("The army confirmed the raid.", "raid", "confirmed"),
        ("The attack on Kara could not be independently verified.", "attack", "unverified"),
        ("The army denied the raid and accused the rebels.", "accused", "stated"),
        ("The army denied the raid, but police said that rebels shelled Kara.", "shelled", "stated"),
    ],
)
def test_certainty(text: str, word: str, label: str) -> None:
    report, annotation = read(text)
    ctx, trigger = at(report, annotation, word)
    found = certainty_of(ctx, trigger, ())
    assert found.label == label
    assert found.rule.startswith("certainty.")
    assert (found.basis is Basis.DEFAULT) == (label == "stated")
    assert bool(found.spans) == (label != "stated")


def test_the_first_that_fits_is_taken() -> None:
    report, annotation = read("The army will not attack Kara.")
    ctx, trigger = at(report, annotation, "attack")
    assert certainty_of(ctx, trigger, ()).label == "denied"
