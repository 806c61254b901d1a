from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from training.rough import MARKS, WAYS, moved_back, roughened, row_made_rough


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("Saturday's raid, which killed 5,000", "Saturdays raid which killed 5000"),
        ("“We left”, he said; at 3:30 they came.", "We left he said at 3:30 they came."),
        ("Homs,Hama", "Homs Hama"),
        ("the U.S.-led force (al-Nusra)", "the U.S.-led force (al-Nusra)"),
        ("the town—held by rebels—fell", "the town held by rebels fell"),
    ],
)
def test_what_is_lost_with_the_punctuation(good: str, bad: str) -> None:
    assert roughened(good, ["bare"]).text == bad


def test_capitals_that_need_two_letters_lead_back_to_one() -> None:
    held = roughened("Straße 5", ["upper"])
    assert held.text == "STRASSE 5"
    assert held.back(0, 7) == (0, 6)
    assert held.back(8, 9) == (7, 8)


@given(st.text(), st.lists(st.sampled_from(WAYS), max_size=2))
def test_offsets_lead_back_in_order(text: str, ways: list[str]) -> None:
    held = roughened(text, ways)
    assert len(held.at) == len(held.text)
    assert list(held.at) == sorted(held.at)
    for i, c in enumerate(held.text):
        start, end = held.back(i, i + 1)
        assert end == start + 1
        assert c == " " or c in text[start].upper() or c == text[start]


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_no_mark_is_left_but_times_of_day(text: str) -> None:
    assert not (set(roughened(text, ["bare"]).text) & (MARKS - {":"}))


def test_an_unknown_way_is_named() -> None:
    with pytest.raises(ValueError, match="shaken: no such way; there are upper, bare"):
        roughened("a", ["shaken"])


def test_spans_of_a_row_are_moved_back() -> None:
    row = {"report_id": "r", "title": "Raid, again", "text": "A raid, again, hit Homs.", "statements": []}
    changed, held = row_made_rough(row, ["bare", "upper"])
    assert (changed["title"], changed["text"]) == ("RAID AGAIN", "A RAID AGAIN HIT HOMS.")
    line = {"statements": [{"sentence": [0, 22], "trigger": [[2, 6]], "places": [{"spans": [[17, 21]], "lat": 1.5}]}]}
    moved = moved_back(line, held)["statements"][0]
    assert moved["sentence"] == [0, 24] and moved["trigger"] == [[2, 6]]
    assert moved["places"] == [{"spans": [[19, 23]], "lat": 1.5}]
