"""Web pages in the style of real outlets → the report expected of them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
import yaml

from dateline.config import IngestConfig
from dateline.errors import InputError, IssueCode
from dateline.ingest.items import Hints, RawItem
from dateline.ingest.parse import parse

PAGES = Path(__file__).parent / "pages"


@pytest.mark.parametrize("name", sorted(p.stem for p in PAGES.glob("*.html")))
def test_page_gives_expected_report(name: str) -> None:
    payload = (PAGES / f"{name}.html").read_bytes()
    report, issues = parse(RawItem(payload, "text/html", name), IngestConfig())
    expected = yaml.safe_load((PAGES / f"{name}.yaml").read_text(encoding="utf-8"))
    held = asdict(report)
    got = {key: held[key] for key in ("title", "outlet", "author", "url")}
    got["published"] = report.published.isoformat() if report.published else None
    got["found"] = dict(report.found)
    got["text"] = report.text.split("\n\n")
    assert got == expected
    assert issues == ()


def page(body: str, head: str = "") -> RawItem:
    prose = "<p>Two men were shot dead near the old mill on Sunday evening, the police of the district said.</p>" * 3
    text = f"<html><head>{head}</head><body><article><h1>Two shot near mill</h1>{body or prose}</article></body></html>"
    return RawItem(text.encode(), "text/html", "page")


def test_impossible_date_is_an_issue_and_never_today() -> None:
    report, issues = parse(page("", '<meta name="date" content="2015-02-31">'), IngestConfig())
    assert report.published is None
    assert [i.code for i in issues] == [IssueCode.BAD_DATE] and "2015-02-31" in issues[0].message


def test_a_later_candidate_stands_in_for_an_impossible_one() -> None:
    head = '<meta name="date" content="soon"><meta name="pubdate" content="4 May 2015">'
    report, issues = parse(page("", head), IngestConfig())
    assert str(report.published) == "2015-05-04" and issues == ()
    assert dict(report.found)["published"] == "meta pubdate"


def test_no_date_in_the_page_is_no_date() -> None:
    report, issues = parse(page(""), IngestConfig())
    assert report.published is None and issues == ()


def test_host_is_no_name() -> None:
    item = page("")
    report, _ = parse(
        RawItem(item.payload, item.media_type, "p", Hints(url="https://www.mill.example/a")), IngestConfig()
    )
    assert report.outlet == "mill.example" and dict(report.found)["outlet"] == "url host"


def test_declared_charset_is_heard_and_a_wrong_one_mended() -> None:
    prose = "<p>Soldiers from Córdoba crossed the río near Peñón on Sunday; “nobody was hurt”, an officer said.</p>" * 2
    for encoding, declared in (("cp1252", "iso-8859-1"), ("utf-8", "iso-8859-1"), ("cp1251", "windows-1251")):
        body = (
            prose
            if encoding != "cp1251"
            else prose.replace("Córdoba", "Казань").replace("río", "rio").replace("ñ", "n")
        )
        body = body if encoding != "cp1251" else body.replace("ó", "o")
        item = page(body, f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">')
        payload = item.payload.decode().encode(encoding)
        report, _ = parse(RawItem(payload, "text/html", "p"), IngestConfig())
        assert ("Казань" if encoding == "cp1251" else "Córdoba") in report.text


@pytest.mark.parametrize(
    "payload",
    [
        b"<html><body></body></html>",
        b"<html><head><title>Not found</title></head><body><script>render()</script></body></html>",
        b"<html><body><ul>" + b"<li><a href='/x'>Link</a></li>" * 30 + b"</ul></body></html>",
    ],
)
def test_page_without_text(payload: bytes) -> None:
    with pytest.raises(InputError) as e:
        parse(RawItem(payload, "text/html", "p"), IngestConfig())
    assert e.value.code is IssueCode.NO_TEXT


@pytest.mark.parametrize(
    "payload",
    [
        b"<html><body>" + b"<div>" * 100_000 + b"x",
        b"<html><body>" + b"<b><i>" * 50_000 + b"x",
        b"<html><body>" + b"<p>word</p>" * 110_000,
        b"<html><body>" + b"<a<" * 100_000,
        b"<p>" + b"&amp;" * 50_000,
        b"<table>" + b"<tr><td>" * 2_000 + b"x",
        b"<!--" * 100_000,
    ],
)
def test_hostile_pages_end(payload: bytes) -> None:
    try:
        parse(RawItem(payload, "text/html", "p"), IngestConfig(parse_timeout=5))
    except InputError as e:
        assert e.code in (IssueCode.NO_TEXT, IssueCode.TOO_LARGE, IssueCode.TIMEOUT, IssueCode.MALFORMED)
