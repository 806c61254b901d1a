"""The sample reports are all there, in the formats and of the length their README promises."""

from __future__ import annotations

import csv
import gzip
import json
import re
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import unescape
from pathlib import Path

import pytest

from dateline import samples
from dateline.config import IngestConfig
from dateline.ingest.parse import parse_all
from dateline.ingest.read import read_items
from dateline.records import Issue, Report

README = Path(samples.__file__).with_name("README.md")


@pytest.fixture(scope="module")
def folder() -> Path:
    return samples.folder()


def _visible(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(style|script|nav|footer|aside).*?</\1>", " ", html)))


def texts(folder: Path) -> dict[str, str]:
    """The text of every sample but the PDF, with standard-library means only."""
    found: dict[str, str] = {}
    for f in sorted(folder.iterdir()):
        if f.suffix in (".txt", ".md"):
            found[f.name] = f.read_text(encoding="utf-8")
        elif f.suffix == ".html":
            coding = "windows-1252" if b"windows-1252" in f.read_bytes() else "utf-8"
            found[f.name] = _visible(f.read_text(encoding=coding))
        elif f.suffix == ".gz":
            found[f.name] = gzip.decompress(f.read_bytes()).decode()
        elif f.suffix == ".rss":
            for n, item in enumerate(re.findall(r"(?s)<!\[CDATA\[(.*?)\]\]>", f.read_text(encoding="utf-8"))):
                found[f"{f.name}:{n}"] = _visible(item)
        elif f.suffix == ".jsonl":
            for line in f.read_text(encoding="utf-8").splitlines():
                found[f"{f.name}:{json.loads(line)['id']}"] = json.loads(line)["text"]
        elif f.suffix == ".csv":
            with f.open(encoding="utf-8", newline="") as stream:
                found |= {f"{f.name}:{row['article_id']}": row["body"] for row in csv.DictReader(stream)}
        elif f.suffix == ".eml":
            message = message_from_bytes(f.read_bytes(), policy=policy.default)
            assert isinstance(message, EmailMessage)
            body = message.get_body(("plain",))
            assert body is not None
            found[f.name] = body.get_content()
        elif f.suffix == ".docx":
            found[f.name] = _visible(zipfile.ZipFile(f).read("word/document.xml").decode())
    return found


def test_the_readme_lists_every_file_and_counts_its_reports(folder: Path) -> None:
    rows = dict(re.findall(r"^\| `([^`]+)` \| (\d+) \|", README.read_text(encoding="utf-8"), re.M))
    assert sorted(rows) == sorted(f.name for f in folder.iterdir())
    held = [name.split(":")[0] for name in texts(folder)] + ["grain-capital-ledger.pdf"]
    assert {name: int(n) for name, n in rows.items()} == {name: held.count(name) for name in rows}
    assert len(held) == 23


def test_reports_are_short(folder: Path) -> None:
    lengths = {name: len(re.findall(r"\w+", text)) for name, text in texts(folder).items()}
    assert {name: n for name, n in lengths.items() if not 120 <= n <= 450} == {}


def test_the_package_stays_small(folder: Path) -> None:
    assert sum(f.stat().st_size for f in folder.iterdir()) < 120_000


def test_a_wire_story_and_its_reprint_share_most_sentences(folder: Path) -> None:
    by_name = texts(folder)

    def shingles(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.casefold())
        return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}

    pairs = [
        ("raqqa-harbour-wire.md", "raqqa-levant-courier.html"),
        ("archive.jsonl:hw-20220408-kram", "archive.jsonl:nd-en-11873"),
    ]
    for wire, reprint in pairs:
        ours = shingles(by_name[wire])
        assert len(ours & shingles(by_name[reprint])) / len(ours) > 0.7
    assert not shingles(by_name[pairs[0][0]]) & shingles(by_name["ahli-nordlys.html"])


def test_every_address_is_reserved_for_examples(folder: Path) -> None:
    allowed = ("schema.org", "purl.org", "w3.org")
    for f in folder.iterdir():
        if f.suffix in (".html", ".rss", ".jsonl", ".csv"):
            hosts = re.findall(r"https?://([\w.-]+)", f.read_text(encoding="latin-1"))
            assert [h for h in hosts if not h.endswith((".example", *allowed))] == [], f.name


def test_every_sample_is_read_without_an_issue(folder: Path) -> None:
    found = list(parse_all(read_items([folder]), IngestConfig()))
    assert [i for i in found if isinstance(i, Issue)] == []
    reports = [r for r in found if isinstance(r, Report)]
    assert len(reports) == 23
    assert len({r.key for r in reports}) == 23
    assert [r.title for r in reports if not r.title] == []
    furniture = re.compile(r"cookie|Sign up|Related stories|All rights reserved|Copy link|Unsubscribe", re.I)
    assert {r.title: m[0] for r in reports if r.url and (m := furniture.search(r.text))} == {}


def test_only_plain_text_says_no_day(folder: Path) -> None:
    reports = [r for r in parse_all(read_items([folder]), IngestConfig()) if isinstance(r, Report)]
    assert {r.parser for r in reports if r.published is None} == {"text.v1"}
    assert sorted({r.outlet for r in reports if r.outlet}) == [
        "Capital Ledger",
        "Harbour Wire",
        "Levant Courier",
        "Nordlys Dagblad in English",
        "Radio Sahel Online",
        "The Meridian Post",
    ]
