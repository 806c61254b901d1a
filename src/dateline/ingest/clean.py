"""Text clean-up for formats that are not verbatim: NFC once, junk out, paragraphs apart by blank lines.

No-break spaces stay: they are what the report has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = ("\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
# C0 and C1 controls, soft hyphen, zero-width space, word joiner, marks and controls of direction, BOM, U+FFFE/F
_JUNK = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?:;…]['\"”’)\]]*$")
_BULLET = re.compile(r"(?:[-*•–—▪]|\(?\d{1,3}[.)])\s")

MAX_TITLE = 180
WRAP_MAX = 110
"""A text none of whose lines is longer was wrapped by a program, not by its author."""


def mend_surrogates(text: str) -> str:
    """Each lone surrogate becomes U+FFFD; offsets do not change."""
    return _SURROGATE.sub("\ufffd", text)


def clean(text: str) -> str:
    """Line ends normalised, control and zero-width characters out, NFC."""
    for end in _LINE_ENDS:  # ten plain replacements are ten times faster than one regular expression
        text = text.replace(end, "\n")
    return unicodedata.normalize("NFC", mend_surrogates(_JUNK.sub("", text)))


def one_line(text: str) -> str:
    """Clean, with every run of blanks and line ends as one space, trimmed (no-break spaces inside stay)."""
    text = clean(text).replace("\n", " ").replace("\t", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()


def same(left: str, right: str) -> bool:
    """Whether two texts have the same words, whatever their case, blanks and punctuation."""
    return re.findall(r"\w+", left.casefold()) == re.findall(r"\w+", right.casefold())


def compose(title: str | None, paragraphs: Iterable[str]) -> str:
    """The report's text: title, blank line, paragraphs apart by blank lines; a title already there is not repeated."""
    body = [p for p in (one_line(p) for p in paragraphs) if p]
    head = one_line(title or "")
    if not head or not body or _begins(body[0], head):
        return "\n\n".join(body)
    if len(body[0]) <= 2 * len(head) and same(head, body[0]):
        body = body[1:]
    return "\n\n".join([head, *body])


def _begins(paragraph: str, title: str) -> bool:
    """Whether a paragraph is the title, or the title and then a stop."""
    if paragraph[: len(title)].casefold() != title.casefold():
        return False
    after = paragraph[len(title) : len(title) + 3].strip()
    return not after or after[0] in ".!?:|–—-"


def looks_like_title(line: str) -> bool:
    """Whether a line reads like a headline: short, no full stop, starts like one, has words."""
    line = line.strip()
    return (
        0 < len(line) <= MAX_TITLE
        and len(_WORD.findall(line)) >= 2
        and not line[0].islower()
        and not line.endswith((".", ",", ";", ":", "-", "–", "—"))
        and not _BULLET.match(line)
    )


def paragraphs_of(text: str) -> list[str]:
    """Paragraphs of plain text: blocks between blank lines; wrapped lines joined, others kept apart."""
    out: list[str] = []
    for lines in _blocks(clean(text)):
        out.extend(_unwrap(lines) if _is_wrapped(lines) else lines)
    return out


def _blocks(text: str) -> Iterator[list[str]]:
    """The lines of each block between blank lines."""
    for block in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n")):
        yield [line for line in block.split("\n") if line.strip()]


def is_wrapped(text: str) -> bool:
    """Whether any block of a cleaned text was broken into lines by a program."""
    return any(_is_wrapped(lines) for lines in _blocks(text))


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines of a block were broken by a program at some width rather than by sense."""
    if len(lines) < 2 or max(map(len, lines)) > WRAP_MAX:
        return False
    longest = max(len(line.rstrip()) for line in lines)
    full = [line for line in lines[:-1] if len(line.rstrip()) >= 0.7 * longest]
    cut = [line for line in lines[:-1] if not _SENTENCE_END.search(line.rstrip())]
    return longest >= 40 and len(full) >= 0.8 * (len(lines) - 1) and len(cut) >= 0.5 * (len(lines) - 1)


def _unwrap(lines: Sequence[str]) -> list[str]:
    """Wrapped lines of one block joined; a bullet starts a new paragraph."""
    out: list[str] = []
    for line in lines:
        if out and not _BULLET.match(line.lstrip()):
            out[-1] = f"{out[-1].rstrip()} {line.strip()}"
        else:
            out.append(line)
    return out


def join_lines(lines: Sequence[str], vocabulary: str) -> str:
    """Lines of one paragraph joined, words broken at line ends mended.

    "demon-" + "strators" becomes one word unless `vocabulary` (the whole text) has the hyphenated form
    and not the joined one.
    """
    text = ""
    for line in (line.strip() for line in lines):
        broken = re.search(r"([^\W\d_]+)-$", text)
        follows = re.match(r"[^\W\d_]+", line)
        if broken and follows and follows[0][0].islower():
            left, right = broken[1], follows[0]
            hyphenated = f"{left}-{right}" in vocabulary and f"{left}{right}" not in vocabulary
            text = (text if hyphenated else text[:-1]) + line
        else:
            text = f"{text} {line}" if text else line
    return text
