"""Bytes → text: byte-order mark, UTF-8 where the bytes are UTF-8, the declared charset, a guess as last resort."""

from __future__ import annotations

import codecs
import re

from dateline.errors import InputError, IssueCode

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# WHATWG Encoding Standard §4.2: what pages that declare these labels are really written in
_LABELS = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# their bytes pass for ASCII, so being valid UTF-8 says nothing about them
_STATEFUL = re.compile(r"utf_?-?(?:7|16|32)|iso2022|hz", re.I)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_GUESS_BYTES = 65_536
_UTF8_BYTES_PER_BAD = 10
"""So many good multi-byte characters for one bad byte make a text UTF-8 with a few broken bytes."""


def canonical(label: str | None) -> str | None:
    """Python's name for a declared charset, widened as browsers do; None if there is no such text encoding."""
    try:
        info = codecs.lookup((label or "").strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not getattr(info, "_is_text_encoding", True) or info.name in ("idna", "punycode", "unicode_escape"):
        return None
    return _LABELS.get(info.name, info.name)


def decode(data: bytes, declared: str | None, origin: str) -> tuple[str, str]:
    """The text and the name of the encoding it was in.

    Valid UTF-8 wins over a declared single-byte charset: a text in another charset is all but never valid
    UTF-8 once it leaves ASCII. Raises InputError (BAD_ENCODING) naming what was tried.
    """
    tried: list[str] = []
    known = canonical(declared)
    order = [name for bom, name in _BOMS if data.startswith(bom)][:1]
    if known and _STATEFUL.match(known):
        order.append(known)
    order.append("utf-8")
    for name in dict.fromkeys([*order, *([known] if known else [])]):
        if name == known and known != "utf-8" and (mended := _mostly_utf8(data)) is not None:
            return mended, "utf-8 with broken bytes replaced"
        tried.append(name)
        try:
            text = data.decode(name)
        except (UnicodeError, LookupError):
            continue
        if not _noise(text):
            return text, name
    if (mended := _mostly_utf8(data)) is not None:
        return mended, "utf-8 with broken bytes replaced"
    return _guess(data, tried, origin)


def _noise(text: str) -> bool:
    """Whether so many control characters occur that this is no text (or the wrong encoding)."""
    head = text[:_GUESS_BYTES]
    return len(_CONTROLS.findall(head)) > len(head) // 20


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 text with broken bytes as U+FFFD, if far more multi-byte characters are whole than broken."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    whole = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    return text if bad and whole >= _UTF8_BYTES_PER_BAD * bad and not _noise(text) else None


def _guess(data: bytes, tried: list[str], origin: str) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    # guess from where the text leaves ASCII; the guess must then hold for all of it
    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, first.start() - 1000) if first else 0
    matches = from_bytes(data[start : start + _GUESS_BYTES])
    best = matches.best()
    if best is not None:
        # its kin differ from Windows-1252 in letters that English texts hardly have: a tie goes to it
        rank = (best.chaos, -best.coherence)
        tied = [e for m in matches if (m.chaos, -m.coherence) <= rank for e in m.could_be_from_charset]
        name = "cp1252" if "cp1252" in tied else canonical(best.encoding) or best.encoding
        tried.append(f"{name} (guessed)")
        try:
            text = data.decode(name)
        except (UnicodeError, LookupError):
            text = ""
        if text and not _noise(text):
            return text, f"{name} (guessed)"
    message = f"{origin}: the text is in no encoding that could be found; tried {', '.join(tried)}"
    raise InputError(IssueCode.BAD_ENCODING, f"{message}. Save it as UTF-8 and read it again")
