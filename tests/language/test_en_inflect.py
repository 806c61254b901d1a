from __future__ import annotations

import pytest

from dateline.language.en.inflect import phrase_forms, plural, verb_forms


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("bomb", {"bomb", "bombs", "bombing", "bombed"}),
        ("stab", {"stab", "stabs", "stabbing", "stabbed"}),
        ("seize", {"seize", "seizes", "seizing", "seized"}),
        ("flee", {"flee", "flees", "fleeing", "fled"}),
        ("deny", {"deny", "denies", "denying", "denied"}),
        ("take", {"take", "takes", "taking", "took", "taken"}),
        ("die", {"die", "dies", "dying", "died"}),
        ("clash", {"clash", "clashes", "clashing", "clashed"}),
        ("deploy", {"deploy", "deploys", "deploying", "deployed"}),
    ],
)
def test_all_forms_of_a_verb(verb: str, forms: set[str]) -> None:
    assert {form for form, _ in verb_forms(verb)} == forms


def test_the_first_word_of_a_phrase_changes_and_persons_are_filled_in() -> None:
    forms = {form for form, _ in phrase_forms("blow oneself up")}
    assert {"blew himself up", "blowing themselves up", "blows herself up"} <= forms
    assert ("open fire", "base") in set(phrase_forms("open fire"))


def test_plurals() -> None:
    assert [plural(w) for w in ("car bomb", "knife", "policeman", "city", "torch")] == [
        "car bombs",
        "knives",
        "policemen",
        "cities",
        "torches",
    ]
