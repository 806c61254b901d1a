"""PDF: text of the pages, broken lines and words mended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from dateline.errors import InputError, IssueCode
from dateline.ingest.clean import clean, join_lines, looks_like_title, one_line
from dateline.ingest.content import Content
from dateline.ingest.guard import guarded
from dateline.ingest.items import RawItem, ReadOptions
from dateline.ingest.streams import read_all
from dateline.records import Issue

MEDIA_TYPE = "application/pdf"
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_NO_TITLE = re.compile(r"(?:microsoft word|untitled|document\d*$|slide \d)|\.(?:docx?|pdf|indd|rtf|odt|qxd|txt)$", re.I)
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–]?\s*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*[-–]?", re.I)
_END = re.compile(r"[.!?…:]['\"”’)\]]*$")
_BULLET = re.compile(r"(?:[-*•–—▪]|\(?\d{1,3}[.)])\s")


class PdfReader:
    """One report a file."""

    name = "pdf.v1"
    suffixes = (".pdf",)
    media_types = (MEDIA_TYPE,)

    def sniff(self, head: bytes) -> bool:
        """PDF's signature within the first kilobyte."""
        return b"%PDF-" in head[:1024]

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """The whole file as one item. Raises InputError (EMPTY, TOO_LARGE)."""
        yield RawItem(read_all(stream, origin, options.max_bytes), MEDIA_TYPE, origin)


def pdf_content(payload: bytes, origin: str) -> Content:
    """Text and info dictionary of a PDF. Raises InputError: UNREADABLE (encrypted), NO_TEXT (a scan), MALFORMED."""
    import pypdf

    with guarded("PDF", origin):
        document = pypdf.PdfReader(BytesIO(payload))
        if document.is_encrypted and not document.decrypt(""):
            message = f"{origin}: the PDF is encrypted; save a copy without a password and read that"
            raise InputError(IssueCode.UNREADABLE, message)
        pages = [clean(page.extract_text()).strip("\n ").split("\n") for page in document.pages]
        info: Any = document.metadata or {}
        meta = {k: one_line(str(info[f"/{k}"])) for k in ("Title", "Author", "CreationDate") if f"/{k}" in info}
    if not any(line.strip() for page in pages for line in page):
        message = f"{origin}: the PDF holds no text; it is probably a scan and needs OCR (e.g. ocrmypdf) first"
        raise InputError(IssueCode.NO_TEXT, message)
    return _content(mend(pages), meta)


def _content(paragraphs: Sequence[str], meta: dict[str, str]) -> Content:
    title: str | None = meta.get("Title") or None
    found = [("title", "pdf Title")] if title and not _NO_TITLE.search(title) else []
    if not found:
        title = paragraphs[0] if len(paragraphs) > 1 and looks_like_title(paragraphs[0]) else None
        found = [("title", "first line")] if title else []
    if meta.get("Author"):
        found.append(("author", "pdf Author"))
    created = _PDF_DATE.match(meta.get("CreationDate", ""))
    return Content(
        parser="pdf.v1",
        paragraphs=tuple(paragraphs),
        title=title,
        author=meta.get("Author") or None,
        dates=(("pdf CreationDate", "-".join(created.groups())),) if created else (),
        found=tuple(found),
    )


def mend(pages: Sequence[Sequence[str]]) -> list[str]:
    """Paragraphs from pages of lines: running heads and page numbers out, lines joined, broken words mended."""
    lines = [line for page in _without_running_heads(pages) for line in page]
    vocabulary = " ".join(lines)
    widths = sorted(len(line) for line in lines if line.strip())
    full = widths[int(len(widths) * 0.9)] if widths else 0
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            paragraphs.append([])
            continue
        if paragraphs[-1] and _breaks(paragraphs[-1][-1], line, full):
            paragraphs.append([])
        paragraphs[-1].append(line)
    return [p for p in (join_lines(held, vocabulary) for held in paragraphs) if p]


def _breaks(before: str, line: str, full: int) -> bool:
    """Whether a new paragraph starts at `line`: after a short ended line, at an indent, a bullet, a headline."""
    short = len(before.rstrip()) < 0.8 * full
    indented = line.startswith(("   ", "\t")) and not before.startswith(("   ", "\t"))
    starts = not line.lstrip()[0].islower()
    ended = bool(_END.search(before.rstrip()))
    headline = len(before.rstrip()) < 0.6 * full and not before.rstrip().endswith((",", ";", "-"))
    return bool(_BULLET.match(line.lstrip())) or (starts and ((short and ended) or headline or (indented and ended)))


def _without_running_heads(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Pages without first and last lines that recur on most of them, and without page numbers."""

    def key(line: str) -> str:
        return re.sub(r"\d+", "#", line.strip())

    edges = [[i for i, line in enumerate(page) if line.strip()] for page in pages]
    heads = Counter(key(p[e[0]]) for p, e in zip(pages, edges, strict=True) if e)
    feet = Counter(key(p[e[-1]]) for p, e in zip(pages, edges, strict=True) if e)
    often = max(3, len(pages) // 2 + 1)
    out = []
    for page, edge in zip(pages, edges, strict=True):
        drop = (
            {
                i
                for i, counts in ((edge[0], heads), (edge[-1], feet))
                if len(edge) > 1 and (counts[key(page[i])] >= often or _PAGE_NUMBER.fullmatch(page[i].strip()))
            }
            if edge
            else set()
        )
        kept = [line for i, line in enumerate(page) if i not in drop]
        out.append(kept)
    return out
