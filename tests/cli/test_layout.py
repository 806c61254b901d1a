"""Tables and text on terminals of any width."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from dateline.cli.layout import UNKNOWN, clean, table, wrapped

words = st.text(max_size=40)


def test_a_table_where_there_is_room() -> None:
    assert table(("id", "killed"), [("a", "12"), ("bcd", "")], 80) == ["id   killed", "a    12", f"bcd  {UNKNOWN}"]


def test_wide_cells_share_what_is_left() -> None:
    lines = table(("id", "sentence"), [("s_1", "Ten words stand here so that the cell must be broken somewhere")], 40)
    assert lines == [
        "id   sentence",
        "s_1  Ten words stand here so that the",
        "     cell must be broken somewhere",
    ]


def test_blocks_where_there_is_none() -> None:
    row = ("s_1", "a first text that takes some room", "a second text that takes some room")
    assert table(("id", "one", "two"), [row, row], 40) == [
        "s_1",
        "  one  a first text that takes some room",
        "  two  a second text that takes some",
        "       room",
        "",
        "s_1",
        "  one  a first text that takes some room",
        "  two  a second text that takes some",
        "       room",
    ]


@given(st.lists(st.tuples(words, words, words), max_size=4), st.integers(50, 200))
@settings(deadline=None, max_examples=50)
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str, str]], width: int) -> None:
    for line in table(("id", "title", "sentence"), rows, width):
        if not line.startswith("  "):
            assert cell_len(line) <= width
        assert line == line.rstrip()


@given(st.lists(st.tuples(words, words), min_size=1, max_size=4))
@settings(deadline=None, max_examples=50)
def test_every_word_is_shown(rows: list[tuple[str, str]]) -> None:
    shown = "".join("".join(table(("a", "b"), rows, 60)).split())
    for row in rows:
        for cell in row:
            assert all(word in shown for word in clean(cell).split() if len(word) < 20)


@given(st.text())
@settings(deadline=None, max_examples=50)
def test_no_text_steers_the_terminal(text: str) -> None:
    assert not [c for c in clean(text) if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160]
    assert clean(clean(text)) == clean(text)


def test_escapes_are_shown() -> None:
    assert clean("\x1b[31mred\x9b") == "\\x1b[31mred\\x9b"
    assert clean("قصف 💥\nline") == "قصف 💥\nline"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", [""]),
        ("short", ["short"]),
        ("  actors     a militia of the north", ["  actors     a militia of", "             the north"]),
        ("plain words that go on for long", ["plain words that go on for", "long"]),
        ("s_0123456789abcdef0123  words and words", ["s_0123456789abcdef0123", "words and words"]),
    ],
)
def test_what_follows_is_indented(line: str, expected: list[str]) -> None:
    assert wrapped(line, 26) == expected
