"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, BinaryIO

from dateline.data import load_text
from dateline.errors import ConfigError
from dateline.ingest.clean import clean, is_wrapped, looks_like_title, paragraphs_of
from dateline.ingest.content import Content
from dateline.ingest.dates import names_a_day
from dateline.ingest.fields import mapping, scalar
from dateline.ingest.items import RawItem, ReadOptions
from dateline.ingest.streams import read_all
from dateline.records import Issue

MARKDOWN_SUFFIXES = (".md", ".markdown")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_UNICODE = (b"\xff\xfe", b"\xfe\xff")


class TextReader:
    """One report a file: `.txt`, and `.md` as Markdown."""

    name = "text.v1"
    suffixes = (".txt", ".text", *MARKDOWN_SUFFIXES)
    media_types = ("text/plain", "text/markdown")

    def sniff(self, head: bytes) -> bool:
        """Anything that is not binary and not a web page."""
        return not is_binary(head) and not _PAGE.match(head)

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """The whole file as one item. Raises InputError (EMPTY, TOO_LARGE)."""
        plain = origin.lower().removesuffix(".gz")
        kind = "text/markdown" if plain.endswith(MARKDOWN_SUFFIXES) else "text/plain"
        yield RawItem(read_all(stream, origin, options.max_bytes), kind, origin)


def is_binary(head: bytes) -> bool:
    """Whether the bytes hold control characters that no text has (UTF-16 with its mark is text)."""
    return not head.startswith(_UNICODE) and len(_BINARY.findall(head)) > len(head) // 200


def text_content(text: str) -> Content:
    """Plain text; the first line is the title if it looks like a headline.

    The text is kept as it stands, so that offsets refer to the file its user holds; only where a program broke
    its lines at some width are they joined again, since a line end would end a sentence.
    """
    body = paragraphs_of(text)
    kept = clean(text)
    as_is = None if is_wrapped(kept) else kept
    title = body[0].strip() if len(body) > 1 and looks_like_title(body[0]) else None
    found = (("title", "first line"),) if title else ()
    return Content(
        parser="text.v1", paragraphs=tuple(body), title=title, found=found, dates=filing_dates(body), as_is=as_is
    )


_DASH = re.compile(r"--|[—–]| - ")
_LONGEST_DATELINE = 120


def filing_dates(paragraphs: list[str]) -> tuple[tuple[str, str], ...]:
    """The day of filing, if one of the first lines opens with a dateline that names it in full:
    a place in capitals, a date with its year, and a dash ("KESRA, March 3, 2015 (Agency) —")."""
    for line in paragraphs[:3]:
        opening = _DASH.split(line, maxsplit=1)[0]
        dated = len(opening) < min(len(line), _LONGEST_DATELINE) and names_a_day(opening)
        if dated and line[:3].isalpha() and line[:3].isupper():
            return (("dateline", opening.strip()),)
    return ()


_FRONT = re.compile(r"\A---[ \t]*\n(.{0,65536}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.S)
_FENCE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n(.*?)^\1[ \t]*$", re.S | re.M)
_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$", re.M)
_SETEXT = re.compile(r"^([^\n]+)\n(=+|-{2,})[ \t]*$", re.M)
_LINE_MARKS = (
    (re.compile(r"^ {0,3}(?:>[ \t]?)+", re.M), ""),
    (re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+", re.M), "\n"),
    (re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.M), ""),
    (re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?)?[ \t]*$", re.M), ""),
    (re.compile(r"^ {0,3}\[[^\]\n]+\]:[^\n]*$", re.M), ""),
)
_INLINE_MARKS = (
    (re.compile(r"<!--.*?-->", re.S), ""),
    (re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)"), ""),
    (re.compile(r"\[\^[^\]\n]+\]"), ""),
    (re.compile(r"\[([^\]\n]+)\](?:\([^)\n]*\)|\[[^\]\n]*\])"), r"\1"),
    (re.compile(r"<(https?://[^>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"~~([^~\n]+)~~"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>|~-])"), r"\1"),
)


def markdown_content(text: str) -> Content:
    """Markdown without its marks. Front matter (YAML) gives metadata; the title is its own, or the first `# …`."""
    text = clean(text)
    meta, text = _front_matter(text)
    text = _FENCE.sub(r"\n\2\n", text)
    text = _SETEXT.sub(lambda m: f"{'#' if m[2][0] == '=' else '##'} {m[1]}", text)
    heading = next((m for m in _HEADING.finditer(text) if len(m[1]) == 1), None)
    title, place = meta.get("title"), "front matter"
    if heading and not title:
        title, place = _inline(heading[2]), "first heading"
        if text[: heading.start()].strip():  # compose puts it first, so it must not stand here again
            text = text[: heading.start()] + text[heading.end() :]
    text = _HEADING.sub(r"\n\2\n", text)
    for pattern, with_ in _LINE_MARKS:
        text = pattern.sub(with_, text)
    paragraphs = tuple(p for b in re.split(r"\n\s*\n", text) if (p := _inline(b).replace("\n", " ").strip()))
    found = [("title", place)] if title else []
    found += [(f, "front matter") for f in ("author", "outlet", "url", "language") if f in meta]
    return Content(
        parser="markdown.v1",
        paragraphs=paragraphs,
        title=title,
        author=meta.get("author"),
        outlet=meta.get("outlet"),
        url=meta.get("url"),
        language=meta.get("language"),
        dates=(("front matter", meta["published"]),) if "published" in meta else (),
        found=tuple(found),
    )


def _inline(text: str) -> str:
    for pattern, with_ in _INLINE_MARKS:
        text = pattern.sub(with_, text)
    return unescape(text)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Metadata by field and the text after it. What is no YAML mapping is left in the text."""
    m = _FRONT.match(text)
    if not m:
        return {}, text
    try:
        data: Any = load_text(m[1], "front matter")
    except ConfigError:
        return {}, text
    if not isinstance(data, dict):
        return {}, text
    held = {str(k): v for k, v in data.items()}
    named = mapping(held, {})
    return {f: s for f, k in named.items() if (s := scalar(held[k]))}, text[m.end() :]
