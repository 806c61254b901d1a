"""Word documents (.docx)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from dateline.errors import InputError, IssueCode
from dateline.ingest.clean import looks_like_title
from dateline.ingest.content import Content
from dateline.ingest.guard import guarded
from dateline.ingest.items import RawItem, ReadOptions
from dateline.ingest.streams import read_all, too_large
from dateline.records import Issue

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_UNPACKED = 200_000_000
"""Bytes a document may unpack to; more is a zip bomb."""
_TITLE_STYLES = ("Title", "Heading 1")


class DocxReader:
    """One report a file."""

    name = "docx.v1"
    suffixes = (".docx",)
    media_types = (MEDIA_TYPE,)

    def sniff(self, head: bytes) -> bool:
        """A zip archive with Word's parts."""
        return head.startswith(b"PK\x03\x04") and b"word/" in head

    def read(self, stream: BinaryIO, origin: str, options: ReadOptions) -> Iterator[RawItem | Issue]:
        """The whole file as one item. Raises InputError (EMPTY, TOO_LARGE)."""
        yield RawItem(read_all(stream, origin, options.max_bytes), MEDIA_TYPE, origin)


def docx_content(payload: bytes, origin: str) -> Content:
    """Paragraphs and table rows in order, core properties. Raises InputError (MALFORMED, TOO_LARGE, NO_TEXT)."""
    import docx

    with guarded("a Word document", origin):
        with zipfile.ZipFile(BytesIO(payload)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise too_large(origin, MAX_UNPACKED)
        document = docx.Document(BytesIO(payload))
        blocks = [(style, line) for style, text in _blocks(document) for line in text.split("\n") if line.strip()]
        core = document.core_properties
        title, author, created = core.title, core.author, core.created
    if not blocks:
        raise InputError(IssueCode.NO_TEXT, f"{origin}: the Word document holds no text")
    found = [("title", "docx title")] if title else []
    if not title and len(blocks) > 1 and (blocks[0][0] in _TITLE_STYLES or looks_like_title(blocks[0][1])):
        title = blocks[0][1]
        found = [("title", "first paragraph")]
    if author:
        found.append(("author", "docx author"))
    return Content(
        parser="docx.v1",
        paragraphs=tuple(line for _, line in blocks),
        title=title or None,
        author=author or None,
        dates=(("docx created", created.date().isoformat()),) if created else (),
        found=tuple(found),
    )


def _blocks(document: Any) -> Iterator[tuple[str, str]]:
    """(style, text) of each paragraph and table row in document order; merged cells are said once."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells: dict[Any, str] = {cell._tc: " ".join(cell.text.split()) for cell in row.cells}
                yield "", " | ".join(text for text in cells.values() if text)
        else:
            yield (block.style.name or "") if block.style else "", block.text
