from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import NASTY, texts
from tokenizers import BertWordPieceTokenizer

from dateline.language.en.tokens import tokenize
from dateline.language.model.wordpiece import Pieces, WordPiece, shape

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WHOLE = (
    "air",
    "strike",
    "##strike",
    "##s",
    "kill",
    "##ed",
    "etat",
    "naive",
    "1500",
    "u",
    "15",
    "##mm",
    "قصف",
    "##مدينة",
)
LETTERS = tuple("abcdefghijklmnorstuvwxyz0123456789ßøжук爆炸€—’“”«»…،")
INNER = (f"##{c}" for c in LETTERS if c != "x")
VOCABULARY = tuple(dict.fromkeys((*SPECIAL, *WHOLE, *LETTERS, *INNER, *string.punctuation)))
PIECES = WordPiece(VOCABULARY)
LIBRARY = BertWordPieceTokenizer(vocab={p: i for i, p in enumerate(VOCABULARY)})


def spelt(word: str) -> list[str]:
    return [VOCABULARY[i] for i in PIECES.word(word)]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("strike", ["strike"]),
        ("AIRSTRIKES", ["air", "##strike", "##s"]),
        ("Killed", ["kill", "##ed"]),
        ("naïve", ["naive"]),
        ("e\u0301tat", ["etat"]),
        ("air-strike", ["air", "-", "strike"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("’s", ["’", "s"]),
        ("1,500", ["1", ",", "5", "##0", "##0"]),
        ("爆炸", ["爆", "炸"]),
        ("π", ["[UNK]"]),
        ("airπ", ["[UNK]"]),
        ("axe", ["[UNK]"]),
        ("air-π", ["air", "-", "[UNK]"]),
        ("\u200d", ["[UNK]"]),
        ("\u0301", ["[UNK]"]),
        ("", ["[UNK]"]),
    ],
)
def test_words_are_spelt_like_this(word: str, pieces: list[str]) -> None:
    assert spelt(word) == pieces


def test_an_over_long_word_is_unknown() -> None:
    assert spelt("a" * 65) == ["[UNK]"]
    assert spelt("kill-" + "a" * 65) == ["kill", "-", "[UNK]"]


def test_the_middle_of_a_word_of_many_pieces_is_left_out() -> None:
    assert spelt("abcdefghij") == ["a", *(f"##{c}" for c in "bcdefghij")]
    assert spelt("abcdefghijklm") == ["a", "##b", "##c", "##d", "##e", "##i", "##j", "##k", "##l", "##m"]


def test_a_text_has_its_marks_around_and_knows_where_words_are() -> None:
    made = PIECES.pieces(["Killed", "in", "U.S.", "AIRSTRIKES"])
    assert [VOCABULARY[i] for i in made.ids] == [
        "[CLS]", "kill", "##ed", "i", "##n", "u", ".", "s", ".", "air", "##strike", "##s", "[SEP]",
    ]  # fmt: skip
    assert (made.first, made.last) == ([1, 3, 5, 9], [2, 4, 8, 11])
    assert made.shapes == [4, 1, 1, 0, 0, 2, 2, 2, 2, 2, 2, 2, 4]
    assert PIECES.pieces([]) == Pieces([2, 3], [4, 4], [], [])


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("army", 0), ("’s", 0), ("27th", 0), ("Army", 1), ("A", 1), ("Al-nusra", 1), ("Élan", 1),
        ("ARMY", 2), ("U.S.", 2), ("T-72B", 2), ("Al-Nusra", 3), ("McCoy", 3), ("iPad", 3),
        ("1,500", 4), ("-", 4), ("", 4), ("قصف", 4), ("爆炸", 4),
    ],
)  # fmt: skip
def test_shapes(word: str, number: int) -> None:
    assert shape(word) == number


ALPHABET = "abefkz XÉñßüİжЖ0159,.;:!?-–—’“”()«»€$%&/+=é\u0301\u0327爆炸قمسل،\u00a0\u200d\u200f\ufeff\n"


@given(st.lists(st.text(ALPHABET, max_size=12) | st.sampled_from(NASTY), max_size=8).map(" ".join))
def test_words_are_spelt_as_the_usual_library_spells_them(text: str) -> None:
    """In the scripts of news, and up to the bounds on long words, which that library does not have."""
    for token in tokenize(text):
        ids = LIBRARY.encode(token.text, add_special_tokens=False).ids or [VOCABULARY.index("[UNK]")]
        if len(ids) <= 10 and len(token.text) <= 64:
            assert list(PIECES.word(token.text)) == ids, token
        else:
            assert 1 <= len(PIECES.word(token.text)) <= 10


@given(texts)
def test_spelling_again_gives_the_same(text: str) -> None:
    fresh = WordPiece(VOCABULARY)
    said = [t.text for t in tokenize(text)]
    assert fresh.pieces(said) == fresh.pieces(said) == PIECES.pieces(said)
