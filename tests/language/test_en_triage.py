"""Triage: one passage is enough, case and punctuation do not matter, the samples pass and a cookery page does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.config import Config
from dateline.ingest.parse import parse_all
from dateline.ingest.read import read_items
from dateline.language.en.triage import WINDOW, Scale, relevance, scale, words
from dateline.records import Report
from dateline.samples import folder

SMALL = Scale({"bomb": 20, "killed": 9, "film": -12}, bias=-15, short=10, long=30, low=-40, high=10)
NEWS = (
    "Gunmen opened fire on a police checkpoint outside the town at dawn, killing three officers, the governor said. "
    "The army sent troops to the area, and rebels denied that they had broken the ceasefire."
)
OTHER = (
    "The bakery on the corner opens at six, when the first loaves come out of an oven that is older than anyone who "
    "works there. Flour arrives on Mondays from a mill up the valley, and the dough rests overnight in linen cloths. "
    "Customers ask for rye with caraway, plaited rolls and, in autumn, a cake with plums and almonds. The recipe has "
    "not changed since the grandmother of the present owner wrote it on the back of a calendar. In summer the family "
    "sells lemonade and sorbet from a window to the garden, where children sit on the wall and wait for the music "
    "school to begin. A painter has had breakfast at the same table for twenty years and pays with small pictures of "
    "fruit, which hang above the counter. Visitors photograph them, buy postcards and walk on to the museum of clocks, "
    "which is quiet in the morning and has a view of the lake, the vineyards and the old railway bridge. Next spring "
    "the oven will be cleaned for the first time in a decade, and the shop will smell of soap instead of bread."
)
news_words = st.lists(st.sampled_from((*words(NEWS), *words(OTHER))), max_size=120)


def test_words_have_no_case_numbers_or_apostrophes() -> None:
    assert words("Don't SHELL the car-bomb’s 12 Élites_now") == [
        "dont",
        "shell",
        "the",
        "car",
        "bombs",
        "élites",
        "now",
    ]
    assert words("") == []


def test_the_best_passage_counts() -> None:
    quiet = ["the"] * 100
    assert SMALL.score(["bomb", "killed"]) == 14
    assert SMALL.score([*quiet, "bomb", "killed", *quiet]) == 14
    assert SMALL.score(["bomb", *["the"] * WINDOW, "bomb"]) == 5
    assert SMALL.score(["film"] * 200) == -15 - 12 * WINDOW
    assert SMALL.score([]) == -15


def test_longer_texts_need_more() -> None:
    assert [SMALL.needed(n) for n in (0, 10, 20, 30, 31, 5000)] == [-40, -40, -15, 10, 10, 10]


def test_a_scale_is_read_from_its_file() -> None:
    held = {"bias": -3, "short": 1, "long": 2, "low": 0, "high": 1, "words": {-4: "film no", 7: "bomb"}}
    assert scale(held) == Scale({"film": -4, "no": -4, "bomb": 7}, -3, 1, 2, 0, 1)


@pytest.mark.parametrize("text", [NEWS, NEWS.upper(), OTHER + " " + NEWS, NEWS + "\n\n" + OTHER * 5])
def test_news_of_an_attack_is_relevant(text: str) -> None:
    assert relevance(text).relevant


def test_a_page_about_bread_is_not() -> None:
    assert not relevance(OTHER).relevant
    assert not relevance(OTHER * 20).relevant


@given(news_words, st.sampled_from((" ", ", ", " -- ", ". ", "\n", " 17 ", "… ")))
def test_case_punctuation_and_numbers_change_nothing(found: list[str], between: str) -> None:
    plain = relevance(" ".join(found))
    assert relevance(between.join(found)) == plain
    assert relevance(between.join(w.upper() for w in found)) == plain


@given(news_words, news_words, news_words)
def test_what_stands_around_a_passage_takes_nothing_from_it(
    before: list[str], passage: list[str], after: list[str]
) -> None:
    passage = (passage + words(NEWS) * 2)[:WINDOW]
    assert relevance(" ".join((*before, *passage, *after))).score >= relevance(" ".join(passage)).score


def test_every_sample_report_passes() -> None:
    found = list(parse_all(read_items([str(folder())]), Config().ingest))
    reports = [r for r in found if isinstance(r, Report)]
    assert len(reports) >= 20
    assert [r.key for r in reports if not relevance(r.text).relevant] == []
