"""Web pages and HTML fragments: body text without the furniture around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any, BinaryIO

from lxml import etree, html

from dateline.data import load_yaml
from dateline.errors import InputError, IssueCode
from dateline.ingest.clean import one_line
from dateline.ingest.content import Content
from dateline.ingest.html_meta import metadata
from dateline.ingest.items import RawItem, ReadOptions
from dateline.ingest.streams import read_all
from dateline.records import Issue

MAX_PAGE_CHARS = 20_000_000
"""trafilatura's own limit; a page of text this long is not a report."""
LAYOUT_CELL = 400
"""A table cell with more characters than this holds prose: the table is there for the layout."""
MAX_ELEMENTS, MAX_DEPTH = 100_000, 2_000
_SNIFF = re.compile(rb"<(?:!doctype\s+html|html|head|body|article)\b", re.I)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_XML_CHARSET = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.I)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|d[dlt]|div|figcaption|figure|footer|h[1-6r]|header|li|main|nav|"
    "[ou]l|p|pre|section|table|t(?:body|d|foot|h|head|r)"
)
_DROPPED = "//script|//style|//head|//noscript|//template|//iframe|//svg|//object|//form//button|//select|//comment()"
_HIDDEN = (
    "//*[@hidden or @aria-hidden='true' or contains(translate(@style,' ABCDEFGHIJKLMNOPQRSTUVWXYZ',"
    "'abcdefghijklmnopqrstuvwxyz'),'display:none')]"
)


class HtmlReader:
    """One web page a file."""

    name = "html.v1"
    suffixes = (".html", ".htm", ".xhtml", ".shtml")
    media_types = ("text/html", "application/xhtml+xml")

    def sniff(self, head: bytes) -> bool:
        """A page's first tags near the start."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:4096]
        return start.startswith(b"<") and bool(_SNIFF.search(start))

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """The whole file as one item. Raises InputError (EMPTY, TOO_LARGE)."""
        yield RawItem(read_all(stream, origin, options.max_bytes), "text/html", origin)


def declared_charset(payload: bytes) -> str | None:
    """The charset a page declares in its first 4 KB, in `<meta>` or the XML declaration."""
    head = payload[:4096]
    m = _META_CHARSET.search(head) or _XML_CHARSET.search(head)
    return m[1].decode("ascii", "replace") if m else None


def tree_of(text: str, origin: str) -> Any:
    """The page's lxml tree. Raises InputError: TOO_LARGE for a monstrous page, NO_TEXT for no element."""
    if len(text) > MAX_PAGE_CHARS:
        message = f"{origin}: a web page of {len(text):,} characters is larger than {MAX_PAGE_CHARS:,}"
        raise InputError(IssueCode.TOO_LARGE, message)
    bare = _XML_DECLARATION.sub("", text.replace("\x00", ""), count=1)
    try:
        tree = html.document_fromstring(bare or " ", parser=html.HTMLParser(huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as e:
        raise InputError(IssueCode.NO_TEXT, f"{origin}: no text in this page: {e}") from e
    _check_shape(tree, origin)
    return tree


def _check_shape(tree: Any, origin: str) -> None:
    """Refuse trees that no page has, before anything recursive or quadratic walks them."""
    depth = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise InputError(
                IssueCode.TOO_LARGE,
                f"{origin}: the page has more than {MAX_ELEMENTS:,} elements or {MAX_DEPTH:,} nested in each other",
            )


def page_content(text: str, url: str | None, origin: str) -> Content:
    """A web page's report: main text by trafilatura, metadata by `html_meta`. Raises InputError (NO_TEXT)."""
    from trafilatura import bare_extraction

    tree = tree_of(text, origin)
    meta = metadata(tree, url)
    _open_layout_tables(tree)
    paragraphs: list[str] = []
    for precise in (True, False):
        found = bare_extraction(
            deepcopy(tree),
            url=url,
            favor_precision=precise,
            include_comments=False,
            with_metadata=False,
        )
        paragraphs = _body(getattr(found, "text", None) or "", meta.title, meta.furniture)
        if paragraphs:
            break
    if not paragraphs:
        message = (
            f"{origin}: no report text was found in this page (a list of links, an error page, or made by scripts)"
        )
        raise InputError(IssueCode.NO_TEXT, message)
    return Content(
        parser="html.v1",
        paragraphs=tuple(paragraphs),
        title=meta.title,
        author=meta.author,
        outlet=meta.outlet,
        url=meta.url,
        language=meta.language,
        dates=meta.dates,
        found=meta.found,
    )


def _open_layout_tables(tree: Any) -> None:
    """Turn tables that lay out a page (a cell as long as prose) into plain blocks; tables of data stay."""
    for table in tree.xpath(
        "//table[not(ancestor::article)][.//td[string-length(normalize-space()) > $long]]", long=LAYOUT_CELL
    ):
        for node in table.iter("table", "tbody", "tr", "td", "th"):
            node.tag = "div"


@cache
def _furniture() -> re.Pattern[str]:
    lines = load_yaml("dateline.ingest.data", "furniture.yaml")["lines"]
    return re.compile("|".join(f"(?:{line})" for line in lines), re.I)


def _body(text: str, title: str | None, furniture: frozenset[str]) -> list[str]:
    """Lines of extracted text that are the report's own."""
    out = []
    for line in text.split("\n"):
        folded = " ".join(line.split())
        bare = folded.removeprefix("- ")
        if not folded or bare.casefold() in furniture or _furniture().fullmatch(bare.rstrip(".:»›→ ")):
            continue
        out.append(line.strip())
    return [] if len(out) == 1 and title and out[0] == title else out


def fragment_content(text: str, origin: str) -> Content:
    """All text of an HTML fragment (a feed entry, a mail), one paragraph a block. Raises InputError (NO_TEXT)."""
    tree = tree_of(text, origin)
    for node in tree.xpath(_DROPPED) + tree.xpath(_HIDDEN):
        if node.getparent() is not None:
            node.drop_tree()
    pieces: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        block = isinstance(node.tag, str) and bool(_BLOCKS.fullmatch(node.tag))
        if event == "start":
            pieces += ["\n\n" if block else "", (node.text or "").replace("\n", " ")]
        else:
            pieces += ["\n\n" if block else "", (node.tail or "").replace("\n", " ")]
    lines = (one_line(p) for p in "".join(pieces).split("\n\n"))
    paragraphs = tuple(p for p in lines if p and not _furniture().fullmatch(p))
    if not paragraphs:
        raise InputError(IssueCode.NO_TEXT, f"{origin}: no text in this HTML")
    return Content(parser="html-fragment.v1", paragraphs=paragraphs)
