from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.public._attribution.find import attributions
from benchmarks.public.polnear import answer, articles, said
from hypothesis import given
from hypothesis import strategies as st
from tests.english import english

from dateline.records import Report

Row = tuple[str, str, str]


def told(text: str, nested: bool = False) -> list[Row]:
    """(source, cue, content) of each attribution, fragments joined by "…"."""
    report = Report(text=text)

    def words(spans: tuple[tuple[int, int], ...]) -> str:
        return " … ".join(text[a:b] for a, b in spans)

    found = attributions(report, english().annotate(report))
    return [(words(a.source), text[slice(*a.cue)], words(a.content)) for a in found if a.nested is nested]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "The minister said on Tuesday that the bridge would reopen.",
            ("The minister", "said", "that the bridge would reopen"),
        ),
        ("The well was dry, a farmer said.", ("a farmer", "said", "The well was dry")),
        (
            "If the rain goes on, the mayor said, the school will close.",
            ("the mayor", "said", "If the rain goes on … the school will close"),
        ),
        ("“Nobody came to help.” — Ana Ruiz\nRain fell.", ("Ana Ruiz", "—", "“Nobody came to help.”")),
        ("“Why now?” she asked.", ("she", "asked", "“Why now?”")),
        ("According to two engineers, the dam leaks.", ("two engineers", "According to", "the dam leaks")),
        ("The dam leaks, according to two engineers.", ("two engineers", "according to", "The dam leaks")),
        (
            "The council is confident that the ferry will return.",
            ("The council", "is confident", "that the ferry will return"),
        ),
        ("The ferry is expected to return in May.", ("", "is expected", "The ferry … to return in May")),
        ("The party has vowed to fight the tax.", ("The party", "has vowed", "to fight the tax")),
        ("The union rejected calls for a pause.", ("The union", "rejected", "calls for a pause")),
        ("A survey showed growing anger over the tax.", ("A survey", "showed", "growing anger over the tax")),
    ],
)
def test_one_attribution(text: str, row: Row) -> None:
    assert told(text) == [row]


def test_a_quotation_goes_on_after_its_speaker() -> None:
    text = "“The road is closed,” said Ana Ruiz, head of the clinic. “Nobody can pass.”"
    assert told(text) == [("Ana Ruiz, head of the clinic", "said", "“The road is closed,” … “Nobody can pass.”")]


def test_verbs_joined_by_and_share_their_speaker() -> None:
    rows = told("Farmers criticised the dam and accused the company of lying.")
    assert rows == [
        ("Farmers", "criticised", "the dam"),
        ("Farmers", "accused", "the company of lying"),
    ]


def test_what_is_added_is_an_attribution_of_its_own() -> None:
    rows = told("She called the plan a mistake, adding that it would fail.")
    assert rows == [("She", "called", "the plan a mistake"), ("She", "adding", "that it would fail")]


def test_a_relative_clause_has_its_own() -> None:
    rows = told("The guide, who blamed the storm, said the path was safe.")
    assert rows == [("who", "blamed", "the storm"), ("The guide", "said", "the path was safe")]


def test_a_saying_in_what_is_said_is_nested() -> None:
    text = "The mayor said the governor had promised to pay."
    assert told(text) == [("The mayor", "said", "the governor had promised to pay")]
    assert told(text, nested=True) == [("the governor", "had promised", "to pay")]


@pytest.mark.parametrize("text", ["Rebels hold three towns.", "The United States sent aid.", "He walked home.", ""])
def test_deeds_are_no_attributions(text: str) -> None:
    assert told(text) == []


@given(
    st.text(alphabet="“”\"',.:;—? \nabS", max_size=40),
    st.sampled_from(["he said", "said Ana", "that", "The poll shows"]),
)
def test_every_span_lies_in_the_text_and_is_not_empty(noise: str, words: str) -> None:
    text = f"{noise} {words} {noise} it rains {words}"
    report = Report(text=text)
    for a in attributions(report, english().annotate(report)):
        for start, end in (*a.source, a.cue, *a.content):
            assert 0 <= start < end <= len(text)
        assert a.content == tuple(sorted(a.content))


def test_an_answer_is_what_the_scorer_takes(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "b.txt").write_bytes(b"The mayor said the dam leaks.\r\n")
    (tmp_path / "text" / "a.txt").write_bytes(b"Nothing here.")
    first, second = articles(tmp_path)
    assert (first.external_id, second.text[-2:]) == ("a", "\r\n")
    row = answer(second, english().annotate(second))
    assert row == {
        "doc_id": "b",
        "attributions": [{"source": [(0, 9)], "cue": [(10, 14)], "content": [(15, 28)]}],
    }
    assert said(second, row) == "b\n  The mayor | said | the dam leaks"


def test_a_saying_that_opens_a_sentence_is_not_what_one_at_its_end_says() -> None:
    text = "Ana Ruiz said the well was “dry as bone,” she said."
    assert told(text) == [("Ana Ruiz", "said", "the well was"), ("she", "said", "“dry as bone,”")]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Sen. Ana Ruiz (R-S.C.) said the tax would rise.", ("Sen. Ana Ruiz (R-S.C.)", "said", "the tax would rise")),
        ("The union has misgivings about the tax.", ("The union", "has misgivings about", "the tax")),
        ("The court decided against a pause.", ("The court", "decided against", "a pause")),
    ],
)
def test_names_with_brackets_and_nouns_of_opinion(text: str, row: Row) -> None:
    assert told(text) == [row]
