from __future__ import annotations

import gzip
import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest import samples
from tests.ingest.conftest import Ingest

from dateline.config import IngestConfig
from dateline.errors import IssueCode
from dateline.ingest.detect import choose, readers
from dateline.ingest.items import Hints, RawItem
from dateline.testing.readers import check_reader

READERS = {r.name: r for r in readers()}
SAMPLES = samples.every()


@pytest.mark.parametrize("name", sorted(READERS))
def test_every_reader_keeps_the_contract_on_its_own_format(name: str) -> None:
    got = check_reader(READERS[name], SAMPLES[name])
    assert any(isinstance(g, RawItem) for g in got)
    assert choose("unnamed", SAMPLES[name][:65536]).name == name


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_reader_keeps_the_contract_on_damaged_files(name: str, data: st.DataObject) -> None:
    sample = SAMPLES[data.draw(st.sampled_from([name, *sorted(SAMPLES)]))]
    start, end = (data.draw(st.integers(0, len(sample))) for _ in range(2))
    noise = data.draw(st.binary(max_size=60))
    check_reader(READERS[name], sample[:start] + noise + sample[end:])


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=15, deadline=None)
@given(st.binary(max_size=300))
def test_every_reader_keeps_the_contract_on_noise(name: str, data: bytes) -> None:
    check_reader(READERS[name], data)


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - {"wacz.v1"}))
def test_gzip_is_known_by_its_bytes(name: str, ingest: Ingest) -> None:
    suffix = {"jsonl.v1": ".jsonl", "csv.v1": ".csv"}.get(name, "")
    plain, _ = ingest(f"a{suffix}", SAMPLES[name])
    zipped, _ = ingest(f"b{suffix}", gzip.compress(SAMPLES[name]))
    assert plain
    assert [r.id for r in plain] == [r.id for r in zipped]


def test_json_text_is_verbatim(ingest: Ingest) -> None:
    texts = [" padded \n\n", "<p>Shots\u00a0fired</p>", "e\u0301 \u200b \x00 x", "a\r\nb", "\ud800half", "a\\nb"]
    rows = [{"id": i, "text": t, "headline": "Shots fired", "date": "17/11/2015"} for i, t in enumerate(texts)]
    reports, issues = ingest("a.jsonl", "\n".join(json.dumps(r) for r in rows))
    assert issues == []
    assert [r.text for r in reports] == [t.replace("\ud800", "\ufffd") for t in texts]
    assert [r.key for r in reports] == ["0", "1", "2", "3", "4", "5"]
    assert {r.parser for r in reports} == {"verbatim.v1"}
    assert reports[0].title == "Shots fired" and reports[0].published == date(2015, 11, 17)
    assert ("title", "key headline") in reports[0].found and ("published", "key date") in reports[0].found


def test_json_keys_are_guessed_and_columns_decide(ingest: Ingest) -> None:
    row = {
        "report_id": "x9",
        "link": "https://a.example/1",
        "content": "Shots fired.",
        "raw": "Not this.",
        "source": {"name": "A Post"},
        "publishedAt": "2015-11-17T22:00:00Z",
        "authors": ["Ann", "Bo"],
    }
    (report,), _ = ingest("a.json", json.dumps([row], indent=1))
    assert (report.key, report.url, report.text) == ("x9", "https://a.example/1", "Shots fired.")
    assert (report.outlet, report.author, report.published) == ("A Post", "Ann, Bo", date(2015, 11, 17))
    (other,), _ = ingest("a.json", json.dumps([row]), IngestConfig(columns={"text": "raw"}))
    assert other.text == "Not this."


def test_an_empty_key_gives_way_to_a_filled_one(ingest: Ingest) -> None:
    (report,), _ = ingest("a.jsonl", '{"text": null, "body": "Shots fired.", "date": "", "pubDate": "2015-11-17"}')
    assert (report.text, report.published) == ("Shots fired.", date(2015, 11, 17))


def test_bad_lines_are_issues_and_reading_goes_on(ingest: Ingest) -> None:
    lines = [
        '{"id": 1, "text": "One."}',
        '{"id": 2, "text": ',
        "[]",
        '{"id": 3}',
        '{"id": 4, "text": ""}',
        '{"id": 5, "text": 7}',
        "",
        '{"id": 1, "text": "Another one."}',
        '{"id": 6, "text": "Six.", "date": "2015-02-30"}',
    ]
    data = "\n".join(lines).encode() + b'\n{"text": "\xe9"}\n{"id": 7, "text": "Seven."}'
    reports, issues = ingest("a.jsonl", data)
    assert [r.external_id for r in reports] == ["1", "6", "7"]
    assert [(i.code.name, (i.origin or "").rsplit(":", 1)[1]) for i in issues] == [
        ("BAD_RECORD", "2"),
        ("BAD_RECORD", "3"),
        ("BAD_RECORD", "4"),
        ("EMPTY", "5"),
        ("BAD_RECORD", "6"),
        ("DUPLICATE_ID", "8"),
        ("BAD_DATE", "9"),
        ("BAD_ENCODING", "10"),
    ]
    assert reports[1].published is None and issues[6].report_id == reports[1].id


def test_a_line_too_long_is_skipped(ingest: Ingest) -> None:
    lines = ['{"text": "One."}', json.dumps({"text": "x" * 3000}), '{"text": "Three."}']
    reports, (issue,) = ingest("a.jsonl", "\n".join(lines), IngestConfig(max_report_bytes=1000))
    assert [r.text for r in reports] == ["One.", "Three."]
    assert issue.code is IssueCode.TOO_LARGE and (issue.origin or "").endswith(":2")


def test_pretty_printed_object_and_truncated_array(ingest: Ingest) -> None:
    (report,), issues = ingest("a.json", json.dumps({"id": "p", "text": "One."}, indent=2))
    assert report.key == "p" and not issues
    reports, (issue,) = ingest("b.json", '[{"text": "One."}, {"text": "Two."},')
    assert len(reports) == 2 and issue.code is IssueCode.TRUNCATED


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_truncated_gzip_keeps_whole_rows(name: str, ingest: Ingest) -> None:
    rows = [json.dumps({"id": i, "text": f"Report {i} {hash_(i)}"}) for i in range(500)]
    if name.endswith("csv"):
        rows = ["id,text"] + [f"{i},Report {i} {hash_(i)}" for i in range(500)]
    packed = gzip.compress("\n".join(rows).encode())
    reports, issues = ingest(name, packed[: len(packed) // 2])
    assert 100 < len(reports) < 400
    assert all(r.text == f"Report {i} {hash_(i)}" for i, r in enumerate(reports))
    assert [i.code for i in issues] == [IssueCode.TRUNCATED]


def hash_(i: int) -> str:
    return "".join(chr(97 + (i * i * 7919 >> s) % 26) for s in range(12))


def test_truncated_gzip_of_a_page_is_no_report(ingest: Ingest) -> None:
    reports, (issue,) = ingest("a.html.gz", gzip.compress(samples.PAGE.encode())[:-30])
    assert reports == [] and issue.code is IssueCode.TRUNCATED


def test_gzip_bomb_is_stopped(ingest: Ingest) -> None:
    bomb = gzip.compress(b" " * 20_000_000)
    reports, (issue,) = ingest("a.txt", bomb, IngestConfig(max_report_bytes=1_000_000))
    assert reports == [] and issue.code is IssueCode.TOO_LARGE


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_dialects(delimiter: str, ingest: Ingest) -> None:
    rows = [["Report ID", "Headline", "Body", "Date"], ["7", "Hit", '"He said ""no"",\r\n; | x"', "17/11/2015"]]
    data = "\ufeff" + "\r\n".join(delimiter.join(r) for r in rows) + "\r\n"
    (report,), issues = ingest("a.csv", data)
    assert issues == []
    assert (report.key, report.title, report.text) == ("7", "Hit", 'He said "no",\r\n; | x')
    assert report.published == date(2015, 11, 17)


def test_csv_ragged_rows_and_origins(ingest: Ingest) -> None:
    data = 'id,text\n1,One.\n2\n3,"Th\nree."\n4,Four.,,\n5,a,b\n\n6,Six.\n'
    reports, issues = ingest("a.csv", data)
    assert [r.key for r in reports] == ["1", "3", "4", "6"]
    assert [(i.code.name, (i.origin or "").rsplit(":", 1)[1]) for i in issues] == [
        ("BAD_RECORD", "3"),
        ("BAD_RECORD", "7"),
    ]


def test_csv_large_fields_and_encodings(ingest: Ingest) -> None:
    big = "x" * 400_000
    (report,), _ = ingest("a.csv", f"id,text\n1,{big}\n")
    assert report.text == big
    sentence = "Soldiers from Córdoba crossed the río near Peñón, a señor said; nobody was hurt"
    (report,), issues = ingest("b.csv", f'id,text\n1,"{sentence}"\n'.encode("cp1252"))
    assert issues == [] and report.text == sentence


def test_csv_without_a_text_column_says_what_to_do(ingest: Ingest) -> None:
    reports, (issue,) = ingest("a.csv", "id,words\n1,Shots\n")
    assert reports == [] and "[ingest] columns" in issue.message
    (report,), _ = ingest("a.csv", "id,words\n1,Shots\n", IngestConfig(columns={"text": "words"}))
    assert report.text == "Shots"


def test_rss_and_atom(ingest: Ingest) -> None:
    (report,), (issue,) = ingest("a.xml", samples.RSS)
    assert report.text.split("\n\n") == [
        "Truce broken in Belva",
        "Both sides accuse each other of breaking the truce in Belva.",
        "One farmer was injured.",
    ]
    assert (report.outlet, report.author, report.url) == ("River Wire", "Ana Petri", "https://river.example/1")
    assert report.published == date(2021, 1, 2)
    assert dict(report.found)["outlet"] == "feed title"
    assert issue.code is IssueCode.NO_TEXT and "No words" in issue.message
    (report,), _ = ingest("a.atom", samples.ATOM)
    assert (report.text, report.published) == (
        "Police detain nine\n\nPolice detained nine people after a march.",
        date(2022, 2, 3),
    )


@pytest.mark.parametrize("data", ["not a feed at all", "<?xml version='1.0'?><catalogue><x/></catalogue>"])
def test_what_is_no_feed_is_said_so(data: str, ingest: Ingest) -> None:
    reports, (issue,) = ingest("a.rss", data, reader="feed")
    assert reports == [] and issue.code is IssueCode.MALFORMED and "not an RSS or Atom feed" in issue.message


def test_warc_takes_pages_only(ingest: Ingest) -> None:
    page = samples.PAGE.encode()
    pages = [
        ("https://ford.example/1", "200 OK", "text/html; charset=utf-8", page),
        ("https://ford.example/2", "404 Not Found", "text/html", page),
        ("https://ford.example/3", "200 OK", "image/png", b"\x89PNG"),
        ("https://ford.example/robots.txt", "200 OK", "text/plain", b"User-agent: *"),
        ("https://ford.example/4", "200 OK", "text/plain", b"Depot burns in Kesra\n\nA depot burned on Sunday."),
    ]
    reports, issues = ingest("a.warc.gz", samples.warc(pages))
    assert issues == []
    assert [r.url for r in reports] == ["https://ford.example/1", "https://ford.example/4"]
    assert reports[0].outlet == "The Ford Gazette" and reports[0].published == date(2019, 5, 4)
    assert reports[1].outlet == "ford.example" and ("outlet", "url host") in reports[1].found
    assert reports[1].published is None  # the day of capture is not the day of publication
    assert ("captured", "WARC-Date 2020-01-02T03:04:05Z") in reports[1].found


def test_warc_that_breaks_off(ingest: Ingest) -> None:
    page = ("https://ford.example/1", "200 OK", "text/html", samples.PAGE.encode())
    for packed in (True, False):
        data = samples.warc([page, page], gzip=packed)
        reports, issues = ingest("a.warc", data[: len(data) - 200])
        assert len(reports) == 1
        assert [i.code for i in issues] == [IssueCode.TRUNCATED]


def test_wacz_hashes_are_checked(ingest: Ingest) -> None:
    def one(n: int) -> bytes:
        return samples.warc([(f"https://ford.example/{n}", "200 OK", "text/html", samples.PAGE.encode())])

    reports, issues = ingest("a.wacz", samples.wacz({"a.warc.gz": one(1), "b.warc.gz": one(2)}))
    assert len(reports) == 2 and not issues
    reports, (issue,) = ingest("a.wacz", samples.wacz({"a.warc.gz": one(1), "b.warc.gz": one(2)}, wrong="a.warc.gz"))
    assert [r.url for r in reports] == ["https://ford.example/2"]
    assert issue.code is IssueCode.BAD_HASH and "archive/a.warc.gz" in issue.message
    reports, (issue,) = ingest("a.wacz", samples.wacz({"../../a.warc.gz": one(1)}))
    assert reports == [] and issue.code is IssueCode.MALFORMED


def test_mail(ingest: Ingest) -> None:
    (report,), issues = ingest("a.eml", samples.mail())
    assert issues == []
    assert report.text == (
        "Checkpoint attacked near Müngen\n\nGunmen attacked a checkpoint near Müngen on Monday.\n\n"
        "Two soldiers were wounded."
    )
    assert report.author == "Press Desk <desk@ministry.example>" and report.published == date(2015, 11, 17)
    html = "<html><body><p>Gunmen <b>attacked</b> a post.</p><div style='display: none'>x</div><p>Two fled.</p></body>"
    attached = ("list.docx", samples.word("Losses", ["Two vehicles were lost on the road."]))
    both, _ = ingest("b.eml", samples.mail(html, attached))
    assert [r.text for r in both] == [
        "Checkpoint attacked near Müngen\n\nGunmen attacked a post.\n\nTwo fled.",
        "Losses\n\nTwo vehicles were lost on the road.",
    ]
    assert both[1].title == "Losses" and dict(both[1].found)["published"] == "mail header Date"


def test_overrides_win_and_are_named(ingest: Ingest) -> None:
    overrides = Hints(outlet="Mine", published="2001-02-03")
    (report,), _ = ingest("a.html", samples.PAGE, overrides=overrides)
    assert (report.outlet, report.published) == ("Mine", date(2001, 2, 3))
    assert dict(report.found)["outlet"] == "given by the user"
