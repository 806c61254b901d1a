from __future__ import annotations

import pytest
from tests.english import annotated

from dateline.labels import PassageKind


def cut(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(s.kind.value, text[s.start : s.end]) for s in annotated(text, title).sentences]


def sentences(text: str) -> list[str]:
    return [words for _, words in cut(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Troops left. Shells fell.", 2),
        ("The U.S. sent two ships. They came late.", 2),
        ("He met Gen. Orlo in the U.S. The talks went on.", 2),
        ("It began at 5 a.m. on Sept. 3 near Halam.", 1),
        ("“We will not leave. We will fight,” he said. Nobody answered.", 3),
        ("“Who fired?” she asked.", 1),
        ("J. P. Orlo was there.", 1),
        ("About 3.5 million fled.", 1),
        ("Was it war?! Nobody knew…", 2),
        ("Men ran.The guards fired.", 2),
        ("SHELLS FELL ON HALAM. TEN DIED.", 2),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_paragraphs_end_sentences_without_a_stop() -> None:
    assert sentences("Rebels took the hill\nThe army fled") == ["Rebels took the hill", "The army fled"]


def test_a_title_repeated_is_a_headline() -> None:
    assert cut("Ten die in Halam.\n\nA bomb went off.", title="Ten die in Halam.")[0][0] == "headline"


def test_a_short_first_line_without_stop_is_a_headline() -> None:
    assert cut("Ten die in Halam blast\n\nA bomb went off.")[0][0] == "headline"
    assert cut("A single line about nothing")[0][0] == "sentence"


@pytest.mark.parametrize(
    "line",
    [
        "Photo by: Ana Orlo",
        "By Ana Orlo and Tim Berg",
        "Reporting by Ana Orlo",
        "(Harbour Wire)",
        "Harbour Wire and agencies",
    ],
)
def test_credits_are_credits_and_name_nothing(line: str) -> None:
    text = f"Rebels shelled Halam.\n{line}"
    found = annotated(text)
    assert [s.kind for s in found.sentences] == [PassageKind.SENTENCE, PassageKind.CREDIT]
    assert all(m.sentence == 0 for m in found.mentions)


def test_a_dateline_is_no_part_of_the_first_sentence() -> None:
    text = "HALAM, Ruvania, Nov 17 (Harbour Wire) - Rebels shelled Tarif."
    assert cut(text) == [
        ("dateline", "HALAM, Ruvania, Nov 17 (Harbour Wire) -"),
        ("sentence", "Rebels shelled Tarif."),
    ]


def test_a_dash_in_a_sentence_is_no_dateline() -> None:
    assert [k for k, _ in cut("Rebels shelled Halam - the third time this week.")] == ["sentence"]


def test_captions_are_told_apart() -> None:
    assert cut("FILE PHOTO: A tank stands near Halam.")[0][0] == "caption"


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled Halam " * 300,
        "Ana Ruiz, 31, a nurse; " * 100 + "all of Halam.",
        "." * 1500 + " and then",
        "Troops left. " + "gun " * 450 + ". Shells fell.",
    ],
)
def test_no_sentence_goes_on_for_ever(text: str) -> None:
    found = annotated(text)
    assert max(s.last - s.first for s in found.sentences) <= 200
    assert [s.first for s in found.sentences] == [0, *(s.last for s in found.sentences)][:-1]
    assert found.sentences[-1].last == len(found.tokens)


def test_a_list_that_goes_on_too_long_is_cut_at_its_marks() -> None:
    cuts = sentences("Ana Ruiz, 31, a nurse; " * 100 + "all of Halam.")
    assert all(s.endswith((",", ";", ".")) for s in cuts)
    assert len(cuts) > 2
