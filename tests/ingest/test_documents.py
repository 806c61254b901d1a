from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from io import BytesIO

import pypdf
import pytest
from tests.ingest import samples
from tests.ingest.conftest import Ingest

from dateline.config import IngestConfig
from dateline.errors import InputError, IssueCode, PluginError
from dateline.ingest.guard import bounded, time_limit
from dateline.ingest.items import RawItem
from dateline.ingest.parse import parse
from dateline.ingest.pdf import mend


def test_plain_text(ingest: Ingest) -> None:
    (report,), issues = ingest("a.txt", "Depot burns in Kesra\r\n\r\nA depot burned.\u200b\r\nNobody was hurt.\r\n")
    assert report.text == "Depot burns in Kesra\n\nA depot burned.\nNobody was hurt.\n"
    assert (report.title, report.parser, report.published) == ("Depot burns in Kesra", "text.v1", None)
    assert issues == []
    (report,), _ = ingest("b.txt", "A depot burned in Kesra. Nobody was hurt.")
    assert report.title is None


@pytest.mark.parametrize("data", ["", " \n\t\n", "\ufeff"])
def test_empty_files(data: str, ingest: Ingest) -> None:
    for name in ("a.txt", "a.md", "a.html", "a.jsonl", "a.csv", "a.eml"):
        reports, (issue,) = ingest(name, data)
        assert reports == [] and issue.code in (IssueCode.EMPTY, IssueCode.NO_TEXT), name


MARKDOWN = """---
title: Two wards without water
date: 2021-03-09
author: [Ann Bell, Cy Dow]
publisher: Delta Watch
link: https://delta.example/1
---
# Two wards without water

Shells cut the **main pipe** in *Sarno*, [the utility](https://u.example) said.[^1]
Repair crews were _fired at_, it added.

> “We turned back”, one man said.

## Toll

- two injured
- 1,200 families without water

| Ward | Families |
|------|----------|
| East | 700 |

<!-- draft -->
[^1]: Interview.
"""


def test_markdown(ingest: Ingest) -> None:
    (report,), issues = ingest("a.md", MARKDOWN)
    assert issues == []
    assert report.text.split("\n\n") == [
        "Two wards without water",
        "Shells cut the main pipe in Sarno, the utility said. Repair crews were fired at, it added.",
        "“We turned back”, one man said.",
        "Toll",
        "two injured",
        "1,200 families without water",
        "| Ward | Families |",
        "| East | 700 |",
    ]
    assert (report.outlet, report.author, report.url) == ("Delta Watch", "Ann Bell, Cy Dow", "https://delta.example/1")
    assert report.published == date(2021, 3, 9) and dict(report.found)["published"] == "front matter"


def test_markdown_title_from_heading_and_broken_front_matter(ingest: Ingest) -> None:
    (report,), _ = ingest("a.md", "---\n: [\n---\n\nTown retaken\n============\n\nIt was retaken.\n")
    assert report.title == "Town retaken"
    assert report.text.endswith("It was retaken.")


PDF_LINES = [
    [
        "Ministry of Interior",
        "Situation report",
        "",
        "Armed men attacked a convoy of the water company on the road between",
        "Tarsa and Dol on Monday morning, killing two drivers and wound-",
        "ing a guard, the provincial governor said.",
        "The attackers fled into the hills (north of the road). Soldiers search-",
        "ed the area until dusk. They found",
        "1",
    ],
    ["Ministry of Interior", "three burned vehicles and the phone of a driver.", "2"],
    ["Ministry of Interior", "No group has claimed the attack.", "3"],
]
PDF_INFO = {"Title": "Convoy attacked near Dol", "Author": "Press unit", "CreationDate": "D:20180212093000Z"}


def test_pdf(ingest: Ingest) -> None:
    data = samples.pdf(PDF_LINES, **PDF_INFO)
    (report,), issues = ingest("a.pdf", data)
    assert issues == []
    assert report.text.split("\n\n") == [
        "Convoy attacked near Dol",
        "Situation report",
        "Armed men attacked a convoy of the water company on the road between Tarsa and Dol on Monday morning, killing "
        "two drivers and wounding a guard, the provincial governor said.",
        "The attackers fled into the hills (north of the road). Soldiers searched the area until dusk. They found "
        "three burned vehicles and the phone of a driver.",
        "No group has claimed the attack.",
    ]
    assert (report.author, report.published) == ("Press unit", date(2018, 2, 12))
    assert dict(report.found) == {"title": "pdf Title", "author": "pdf Author", "published": "pdf CreationDate"}


def test_pdf_without_text_is_probably_a_scan(ingest: Ingest) -> None:
    reports, (issue,) = ingest("a.pdf", samples.pdf([[], []]))
    assert reports == [] and issue.code is IssueCode.NO_TEXT and "OCR" in issue.message


def test_encrypted_pdf(ingest: Ingest) -> None:
    writer = pypdf.PdfWriter(clone_from=BytesIO(samples.pdf([["Secret text here"]])))
    writer.encrypt("password", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    reports, (issue,) = ingest("a.pdf", out.getvalue())
    assert reports == [] and issue.code is IssueCode.UNREADABLE and "encrypted" in issue.message


def test_broken_pdf(ingest: Ingest) -> None:
    reports, (issue,) = ingest("a.pdf", b"%PDF-1.7\nnothing")
    assert reports == [] and issue.code is IssueCode.MALFORMED and "a.pdf" in issue.message


def test_pages_without_lines_mend_to_nothing() -> None:
    assert mend([[], [""], ["  "]]) == []


def test_word(ingest: Ingest) -> None:
    table = [["Place", "Killed"], ["Tarsa", "3"]]
    data = samples.word("Convoy ambushed", ["A convoy was ambushed.", "", "Three drivers died."], table)
    (report,), issues = ingest("a.docx", data)
    assert issues == []
    assert report.text.split("\n\n") == [
        "Convoy ambushed", "A convoy was ambushed.", "Three drivers died.", "Place | Killed", "Tarsa | 3",
    ]  # fmt: skip
    assert (report.title, report.author, report.published) == ("Convoy ambushed", "Press office", date(2021, 3, 9))


def test_time_limit_ends_what_swallows_exceptions() -> None:
    def stubborn() -> None:
        end = time.monotonic() + 5
        while time.monotonic() < end:
            with suppress(Exception):
                time.sleep(0.2)

    begun = time.monotonic()
    with pytest.raises(InputError, match="x: parsing took longer") as e, time_limit(0.1, "x"):
        stubborn()
    assert e.value.code is IssueCode.TIMEOUT and time.monotonic() - begun < 2


def test_bounded_names_origin_and_reason() -> None:
    with pytest.raises(InputError, match=r"file\.x: cannot be read as X: .*gone"), bounded("X", "file.x"):
        raise KeyError("gone")


def test_a_text_as_long_as_an_archive_is_no_report(ingest: Ingest) -> None:
    reports, issues = ingest("a.txt", "Troops moved north of the river. " * 300_000)
    assert not reports
    assert [i.code for i in issues] == [IssueCode.TOO_LARGE]
    assert "9,900,000 characters" in issues[0].message and "max_report_chars" in issues[0].message


def test_oversized_report_is_refused_by_parse_too() -> None:
    with pytest.raises(InputError) as e:
        parse(RawItem(b"x" * 2000, "text/plain", "o"), IngestConfig(max_report_bytes=1000))
    assert e.value.code is IssueCode.TOO_LARGE


@pytest.mark.parametrize(
    ("opening", "published"),
    [
        ("KESRA, March 3, 2015 (Agency) — A depot burned.", date(2015, 3, 3)),
        ("KESRA, OLDLAND, MAR 3, 2015 (HARBOUR WIRE) -- A DEPOT BURNED.", date(2015, 3, 3)),
        ("KESRA, 3 March 2015 – A depot burned.", date(2015, 3, 3)),
        ("KESRA, March 3 (Agency) — A depot that had stood since 2015 burned.", None),
        ("KESRA (Agency) — A depot burned on March 3, 2015 – police said.", None),
        ("Kesra was quiet on March 3, 2015 — then a depot burned.", None),
    ],
)
def test_a_full_dateline_dates_a_plain_text(ingest: Ingest, opening: str, published: date | None) -> None:
    (report,), issues = ingest("a.txt", f"Depot burns in Kesra\n\n{opening}\n\nNobody was hurt.\n")
    assert (report.published, issues) == (published, [])
    assert dict(report.found).get("published") == ("dateline" if published else None)


def test_a_missing_library_is_no_fault_of_the_file() -> None:
    said = r"text/html cannot be read with this installation: no module lxml"
    with pytest.raises(PluginError, match=said), bounded("text/html", "page.html"):
        raise ImportError("no module lxml")
