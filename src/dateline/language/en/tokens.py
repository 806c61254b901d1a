"""Words, numbers and punctuation of a report, each with its offsets.

One regular expression reads the text once. Nothing is normalised: `text[t.start:t.end] == t.text`, so
emoji, combining marks, right-to-left marks and no-break spaces never shift an offset.
"""

from __future__ import annotations

import re
from functools import cache

from dateline.data import load_yaml
from dateline.language.base import Token

_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d"
_LETTER = rf"(?:[^\W_][{_MARKS}]*)"
_DOTTED = r"(?:[A-Za-z]\.){2,}"


@cache
def _pattern() -> re.Pattern[str]:
    """The token pattern; the abbreviations that keep their full stop come from passages.yaml."""
    dotted = "|".join(sorted(map(re.escape, load_yaml("dateline.language.en.data", "passages.yaml")["abbreviations"])))
    return re.compile(
        rf"""
        {_DOTTED}(?:-{_LETTER}+)*                   # U.S., p.m., U.S.-led
      | \b(?:{dotted})\.                            # Sept., Gen.
      | \d+(?:[.,:]\d+)*(?:[^\W\d_]+|(?:-[^\W\d_]+)+)?  # 1,500  27th  155mm  25-year-old
      | ['’]s\b                                     # the possessive
      | {_LETTER}+(?:(?:[-‐‑](?!{_DOTTED})|['’](?!s\b)){_LETTER}+)*  # al-Nusra, didn't, Abd
        (?:-{_DOTTED}(?:-{_LETTER}+)*)?           # anti-U.S., R-S.C.
      | [^\w\s]
      | _+
        """,
        re.VERBOSE,
    )


def tokenize(text: str) -> tuple[Token, ...]:
    """All tokens in text order; every character that is not white space or an invisible mark is in one."""
    return tuple(Token(m.start(), m.end(), m.group(), m.group().casefold()) for m in _pattern().finditer(text))
