"""The two keys a place name is filed under. Standard library only: the build hook imports this module.

`normal` forgives spelling of letters (case, diacritics, apostrophes, hyphens, "St."); `loose` also forgives
how Arabic, Persian, Kurdish or Cyrillic names are romanised (articles, vowels, doubled letters), so that
Deir Ezzor and Deir al-Zor, Hasakeh and Al-Hasakah meet. The loose key is tried only where the normal one
finds nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ARTICLES = frozenset("al el ul ash esh ush as es us ad ed ud ar er ur at et ut an en un az ez uz ath adh il".split())
"""The Arabic article as romanised before moon and sun letters."""

_DROPPED = re.compile(r"['’‘ʿʾʻʼ`´′\".]+")
_BREAKS = re.compile(r"[^\w]+|_+")
_SAINT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_FOLDS = str.maketrans(
    {"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ə": "a", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d"}
)
_VILLAGE = frozenset({"kfar", "kufr", "kafar", "kefr", "kefar", "kafer"})
"""How the Arabic word for a village, Kafr, is romanised, too: its vowel wanders."""
_DOUBLED = re.compile(r"(.)\1+")
_ASCII = {c: "" if chr(c) in "'`\"." else chr(c).lower() if chr(c).isalnum() else " " for c in range(128)}
_LOOSE = (
    (re.compile(r"kh|gh|q"), "k"),
    (re.compile(r"dh|ḏ"), "d"),
    (re.compile(r"(?<=[aeiou])[hy](?=$|[bcdfgjklmnpqrstvwxz])|(?<=[aeiou])h$"), ""),
    (re.compile(r"tch|tsch|dj|dzh|c(?=[ei])"), "j"),
    (re.compile(r"ch"), "sh"),
    (re.compile(r"c"), "k"),
    (re.compile(r"th"), "t"),
    (re.compile(r"w|v"), "u"),
    (re.compile(r"y"), "i"),
    (re.compile(r"[aeiou]+"), "a"),
    (_DOUBLED, r"\1"),
)


@lru_cache(maxsize=65536)
def normal(name: str) -> str:
    """Key of a name: case-folded words without diacritics, apostrophes, dots or hyphens, one space between.

    Idempotent. "St. John's" → "saint johns", "Deir ez-Zor" → "deir ez zor", "Şanlıurfa" → "sanliurfa".
    """
    if name.isascii():  # most names; the table does what `_bare` does to ASCII, four times as fast
        words = name.translate(_ASCII).split()
    else:
        words = _BREAKS.sub(" ", _DROPPED.sub("", _bare(name))).split()
    return " ".join([_SAINT.get(w, w) for w in words])


def _bare(name: str) -> str:
    """Case-folded letters without their marks."""
    folded = unicodedata.normalize("NFKD", name.casefold().translate(_FOLDS)).casefold()
    return "".join([c for c in folded if not unicodedata.combining(c)]).translate(_FOLDS)


@lru_cache(maxsize=65536)
def loose(key: str) -> str:
    """Romanisation-proof key of a normal key: articles dropped, vowels and doubled letters levelled.

    Empty if fewer than three consonants are left: too little to tell places apart. ("idlib" and "edleb"
    → "adlab"; "hasakeh", "al hasaka" → "hasaka".)
    """
    words = key.split()
    kept = [w for w in words if w not in ARTICLES or len(words) == 1] or words
    joined = _DOUBLED.sub(r"\1", "".join([_levelled(w) for w in kept]))
    return joined if len(joined) - joined.count("a") >= 3 else ""


@lru_cache(maxsize=65536)
def _levelled(word: str) -> str:
    """A word with its vowels and doubled letters levelled."""
    word = _attached("kafr" if word in _VILLAGE else word)
    for pattern, to in _LOOSE:
        word = pattern.sub(to, word)
    return word


def _attached(word: str) -> str:
    """A word without an article written on to it before its doubled sun letter ("azzor", "ezzor" → "zor")."""
    return word[2:] if len(word) > 4 and word[0] in "aeu" and word[1] == word[2] and word[1] in "dnrstz" else word
