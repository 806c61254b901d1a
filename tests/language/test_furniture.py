"""What a page puts around a story is kept apart from it, and nothing of the story is lost."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.english import quoted

from dateline.language.base import MentionKind
from dateline.language.en.passages import passages
from dateline.language.en.tokens import tokenize
from dateline.records import Report

_DAY = date(2019, 5, 3)
_STORY = "Rebels shelled Halam on Friday."


def cut(text: str, title: str | None = None, published: date | None = _DAY) -> list[tuple[str, str]]:
    report = Report(text=text, title=title, published=published)
    return [(s.kind.value, text[s.start : s.end]) for s in passages(report, tokenize(text))]


@pytest.mark.parametrize(
    "stamp",
    [
        "Published May 3 2019",
        "Last updated: 3 May, 2019 at 10:15 GMT",
        "Date of publication 3 May 2019",
        "Fri 03 May 2019",
        "HWA Friday 3 May 2019",
        "03-05-2019",
        "May 4, 2019",
        "3 May 2019 Print Tweet",
        "03.05.2019(updated 10:15 03.05.2019) Get short URL 12",
        "Updated May 32019",
    ],
)
def test_a_day_of_publication_is_no_part_of_the_first_sentence(stamp: str) -> None:
    assert cut(f"A title of this\n\n{stamp} {_STORY}")[1:] == [("dateline", stamp), ("sentence", _STORY)]


@pytest.mark.parametrize(
    "story",
    [
        "March 15 2011 was the day it began.",
        "2 April 2019 Rebels shelled Halam.",
        "May 3 2019, a Friday, was calm in Halam.",
        "Published reports said that ten people died in Halam.",
        "Updated figures show that 40 people died in Halam.",
        "Related violence in Halam killed ten people.",
        "Subscribed fighters left Halam.",
        "Topics of the talks were Halam and Tarif.",
    ],
)
def test_a_sentence_that_looks_like_one_is_read(story: str) -> None:
    assert cut(f"A title of this\n\n{story}")[1:] == [("sentence", story)]


def test_a_day_of_publication_names_no_place_and_dates_nothing() -> None:
    text = f"A title of this\n\nPublished May 3 2019 {_STORY}"
    assert quoted(text, MentionKind.FILING) == [("May 3 2019", "date")]
    assert quoted(text, MentionKind.DATE) == [("on Friday", "weekday")]
    signed = f"A title of this\n\nPosted on May 3 2019 by Ana Orlo A raid. {_STORY}"
    assert quoted(signed, MentionKind.FILING) == [("on May 3 2019", "date")]


def test_a_stamp_without_a_label_needs_the_day_of_publication() -> None:
    text = f"A title of this\n\n3 May 2019 {_STORY}"
    assert [k for k, _ in cut(text, published=None)] == ["headline", "sentence"]


@pytest.mark.parametrize("title", ["Ten die in Halam blast", "Ten die in Halam blast - Region - Harbour Online"])
@pytest.mark.parametrize("stop", ["", ".", " ."])
def test_the_title_once_more_is_a_headline(title: str, stop: str) -> None:
    again = f"Ten die in Halam blast{stop}"
    found = cut(f"{title}\n\n3 May 2019 {again} HWA Friday 3 May 2019 {_STORY}", title)
    assert found[1:3] == [("dateline", "3 May 2019"), ("headline", again)]
    assert found[-1] == ("sentence", _STORY)


def test_a_sentence_that_goes_on_after_the_words_of_the_title_is_one() -> None:
    story = "Ten die in Halam blast near a mosque."
    assert cut(f"Ten die in Halam blast\n\n{story}")[1:] == [("sentence", story)]


def test_a_place_of_filing_without_its_dash() -> None:
    story = "A blast shook Halam."
    found = cut(f"A title of this\n\nPublished May 3 2019 TARIF {story}")
    assert found[2:] == [("dateline", "TARIF"), ("sentence", story)]


def test_a_sentence_that_begins_once_more_is_two() -> None:
    lead = "Five people were killed in a blast in the town of Halam"
    assert cut(f"{lead} {lead} on Friday.") == [("sentence", lead), ("sentence", f"{lead} on Friday.")]


@pytest.mark.parametrize("end", ["--HWA", "-HWA", "– Harbour Wire"])
def test_a_signature_is_a_credit(end: str) -> None:
    assert cut(f"{_STORY} {end}") == [("sentence", _STORY), ("credit", end)]


@pytest.mark.parametrize(
    "post", ["pic.twitter.com/x1 Ana Orlo (anaorlo) May 3 2019", "— Ana Orlo (@anaorlo) May 3, 2019"]
)
def test_who_wrote_a_post_is_no_part_of_the_sentences_around_it(post: str) -> None:
    found = cut(f"Smoke over Halam {post} {_STORY}")
    assert found == [("sentence", "Smoke over Halam"), ("credit", post), ("sentence", _STORY)]


def test_a_name_with_letters_in_brackets_is_read() -> None:
    story = "The Northern League (NLR) on May 3 2019 shelled Halam."
    assert cut(story) == [("sentence", story)]


def test_the_subjects_of_a_story_are_no_part_of_it() -> None:
    story = "Four guards died in Halam on Friday and the army left."
    assert cut(f"Tags Halam Northern League raids {story}") == [
        ("credit", "Tags Halam Northern League raids"),
        ("sentence", story),
    ]


def test_the_foot_of_a_page_is_no_story() -> None:
    foot = "12 Related Halam Army Kills Dozens Near Tarif Army Repels Rebels in Tarif Tags Halam Tarif Army"
    assert cut(f"{_STORY} {foot}") == [("sentence", _STORY), ("credit", foot)]


def test_names_between_bars_late_in_a_report_are_links() -> None:
    links = "Related News Halam votes | The gag rule | Army kills nine in Tarif as talks end."
    assert cut(f"{_STORY} Nine people died in it. The army left the town a day later. {links}")[-1] == ("credit", links)
    lead = f"Home News | World | Halam {_STORY}"
    assert cut(f"{lead} Nine people died in it. The army left the town a day later.")[0][0] == "sentence"


@pytest.mark.parametrize("story", ["A blast shook Halam.", "Ten die in Halam blast. A bomb went off."])
def test_who_published_it_is_no_part_of_the_first_sentence(story: str) -> None:
    found = cut(f"Ten die in Halam blast\n\nPosted on May 3 2019 by Ana Orlo {story}")
    assert found[1] == ("dateline", "Posted on May 3 2019 by Ana Orlo")
    assert " ".join(words for _, words in found[2:]) == story


def test_links_below_a_line_that_names_them_are_no_story() -> None:
    lines = ["Ten die in Halam", _STORY, "Related:", "Army kills nine in Tarif", "Talks end", "The army left Halam."]
    kinds = [k for k, _ in cut("\n".join(lines))]
    assert kinds == ["headline", "sentence", "credit", "credit", "credit", "sentence"]


def test_a_line_in_the_middle_of_a_story_is_read() -> None:
    lines = ["Ten die in Halam", _STORY, "Army Kills Nine in Tarif", "The army left Halam."]
    assert [k for k, _ in cut("\n".join(lines))] == ["headline", "sentence", "sentence", "sentence"]


@given(st.lists(st.sampled_from(["3 May 2019", "Published", "Ten die", "Related", "Tags", "\n", "--HWA", "a", _STORY])))
def test_every_word_is_in_one_passage(parts: list[str]) -> None:
    text = " ".join(parts)
    tokens = tokenize(text)
    found = passages(Report(text=text, title="Ten die", published=_DAY), tokens)
    assert [i for s in found for i in range(s.first, s.last)] == list(range(len(tokens)))
    assert all((s.start, s.end) == (tokens[s.first].start, tokens[s.last - 1].end) for s in found)
