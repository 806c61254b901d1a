from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.web.desk_project import Desk, wire

from dateline.records import ReportResult
from dateline.web.highlight import Mark, marked_paragraphs, marks_of, paragraphs, pieces, quoted

ODD = "a é e\u0301 💥👩‍👩‍👧 قصف\u202e שלום \n\n\r\n\u2029x\u0301"
texts = st.text(st.sampled_from(ODD), max_size=60)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(texts)
    marks = []
    for n in range(draw(st.integers(0, 8))):
        if not text:
            break
        start = draw(st.integers(0, len(text) - 1))
        field = draw(st.sampled_from(["sentence", "trigger", "actors", "places"]))
        marks.append(Mark(start, draw(st.integers(start + 1, len(text))), field, f"{n}-{field}-0"))
    return text, marks


@given(marked())
def test_the_pieces_joined_are_the_text(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    assert "".join(p.text for p in pieces(text, marks)) == text


@given(marked())
def test_every_character_shows_the_marks_that_cover_it_and_no_other(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    for p in pieces(text, marks):
        for i in range(p.start, p.start + len(p.text)):
            assert set(p.marks) == {m for m in marks if m.start <= i < m.end}


@given(marked())
def test_a_mark_is_shown_by_exactly_its_quote(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    cut = pieces(text, marks)
    for m in marks:
        assert "".join(p.text for p in cut if m in p.marks) == text[m.start : m.end]


@given(marked())
def test_paragraphs_lose_nothing_but_blank_lines(given: tuple[str, list[Mark]]) -> None:
    text, marks = given
    shown = marked_paragraphs(text, marks)
    assert ["".join(p.text for p in held) for held in shown] == [text[a:b] for a, b in paragraphs(text)]
    covered = {i for a, b in paragraphs(text) for i in range(a, b)}
    assert all(text[i].isspace() for i in set(range(len(text))) - covered)
    for held in shown:
        for p in held:
            assert set(p.marks) == {m for m in marks if m.start < p.start + len(p.text) and m.end > p.start}


def test_spans_after_emoji_and_right_to_left_text_are_counted_in_code_points() -> None:
    text = "👩‍👩‍👧 قصفت Qarya"
    start = text.index("Qarya")
    last = pieces(text, [Mark(start, start + 5, "places", "1-places-0")])[-1]
    assert last.text == "Qarya"
    assert last.fields == ("places",)


def test_overlapping_values_share_a_piece() -> None:
    cut = pieces("at least 12 people", [Mark(0, 18, "figures", "1-figures-0"), Mark(12, 18, "targets", "1-targets-0")])
    assert [(p.text, p.fields) for p in cut] == [("at least 12 ", ("figures",)), ("people", ("figures", "targets"))]


def test_a_sentence_shows_its_own_evidence_only(desk: Desk) -> None:
    s = desk.statement("wire", 1)
    cut = quoted(s, 7)
    assert "".join(p.text for p in cut) == s.sentence.quote
    assert "7-certainty-0" not in " ".join(p.values for p in cut)  # its cue stands in the next sentence
    assert "7-trigger" in " ".join(p.values for p in cut)


def test_numbers_tell_statements_apart_where_marks_begin() -> None:
    result: ReportResult = wire()
    marks = [m for n, s in enumerate(result.statements, 1) for m in marks_of(s, n)]
    begun = [p.heads for held in marked_paragraphs(result.report.text, marks) for p in held]
    assert [n for n in begun if n] == [(1,), (2,), (3,)]
