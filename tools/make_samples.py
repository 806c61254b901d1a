"""Make the two sample reports that cannot be written by hand: one PDF, one Word document.

Run by hand after changing a text in tools/sample_texts: `pip install reportlab && python tools/make_samples.py`.
Texts as described in src/dateline/samples/README.md: written for Dateline, fictitious outlets, real events.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import zipfile
from pathlib import Path

from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

REPORTS = Path(__file__).parents[1] / "src" / "dateline" / "samples" / "reports"
TEXTS = Path(__file__).parent / "sample_texts"
UNUSED = re.compile(rb"thumbnail|stylesWithEffects")
"""Parts of python-docx's template that no reader needs and that double the file's size."""
UNUSED_ENTRY = re.compile(rb"<(Relationship|Override) [^>]*(thumbnail|stylesWithEffects)[^>]*/>")


def pdf(text: str) -> bytes:
    """The text as a one-page PDF with a running head and a page number."""
    title, *paragraphs = text.split("\n")
    styles, out = getSampleStyleSheet(), io.BytesIO()

    def furniture(canvas: object, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(70, 810, "CAPITAL LEDGER  |  COMMODITIES  |  For subscribers only")
        canvas.drawString(290, 30, "1")

    # reportlab takes the creation date, which the reader takes for the day of publication, from here
    os.environ["SOURCE_DATE_EPOCH"] = str(int(dt.datetime(2022, 7, 24, 12, tzinfo=dt.UTC).timestamp()))
    document = SimpleDocTemplate(out, pagesize=A4, title=title, author="Capital Ledger")
    flow = [Paragraph(title, styles["Heading1"]), *(Paragraph(p, styles["BodyText"]) for p in paragraphs)]
    document.build(flow, onFirstPage=furniture)
    return out.getvalue()


def docx(text: str) -> bytes:
    """The text as a Word document with its headline as a heading, the same bytes each time."""
    title, *paragraphs = text.split("\n")
    document, out = Document(), io.BytesIO()
    document.add_heading(title, 0)
    for p in paragraphs:
        document.add_paragraph(p)
    core = document.core_properties
    core.title, core.author, core.comments = title, "Capital Ledger research desk", ""
    core.created = core.modified = dt.datetime(2023, 10, 26, 12, 0)
    document.save(out)
    fixed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not UNUSED.search(name.encode()):
                entry = zipfile.ZipInfo(name, (2023, 10, 26, 12, 0, 0))
                new.writestr(entry, UNUSED_ENTRY.sub(b"", old.read(name)), zipfile.ZIP_DEFLATED, 9)
    return fixed.getvalue()


if __name__ == "__main__":
    for name, make in (("grain-capital-ledger.pdf", pdf), ("ahli-capital-ledger.docx", docx)):
        text = (TEXTS / name).with_suffix(".txt").read_text(encoding="utf-8").strip()
        (REPORTS / name).write_bytes(make(text))
