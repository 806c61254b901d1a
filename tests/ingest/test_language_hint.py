"""What an input says of its language is kept as a hint, with its place."""

from __future__ import annotations

import json

import pytest
from tests.ingest.conftest import Ingest

from dateline.config import IngestConfig
from dateline.ingest.fields import language_code
from dateline.ingest.items import Hints, RawItem

PROSE = "<p>Two men were shot dead near the old mill on Sunday evening, the police of the district said.</p>" * 3


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "en"), ("pt-BR", "pt"), (" AR_sy ", "ar"), ("zh-Hans-CN", "zh"), ("fas", "fas"), ("English", None)],
)
def test_the_first_part_of_a_tag_is_the_language(tag: str, code: str | None) -> None:
    assert language_code(tag) == code
    assert language_code(None) is None


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("a.jsonl", json.dumps({"text": "Two men were shot.", "lang": "ar"}), "key lang"),
        ("a.csv", 'text,Language\n"Two men were shot.",ar\n', "column Language"),
        ("a.md", f"---\nlanguage: ar\n---\n# Two shot\n\n{PROSE}\n", "front matter"),
        ("a.html", f"<html lang='ar-EG'><body><article><h1>Two shot</h1>{PROSE}</article></body></html>", "html lang"),
        (
            "b.html",
            f"<html><head><meta property='og:locale' content='ar_AR'></head><body><article>{PROSE}</article></body>",
            "meta og:locale",
        ),
        (
            "a.rss",
            "<rss version='2.0'><channel><title>W</title><language>ar</language><item><title>T</title>"
            "<description>Two men were shot.</description></item></channel></rss>",
            "feed language",
        ),
    ],
)
def test_where_a_language_is_stated(ingest: Ingest, name: str, data: str, place: str) -> None:
    ((report,), issues) = ingest(name, data)
    assert (report.language, dict(report.found)["language"], issues) == ("ar", place, [])


def test_a_column_can_be_named_and_what_is_no_tag_is_left_out(ingest: Ingest) -> None:
    row = json.dumps({"text": "Two men were shot.", "sprache": "de", "language": "the usual one"})
    ((one,), _) = ingest("a.jsonl", row)
    ((two,), _) = ingest("b.jsonl", row, IngestConfig(columns={"language": "sprache"}))
    assert (one.language, two.language) == ("en", "de")
    assert "language" not in dict(one.found)
    assert one.id == two.id


def test_the_keys_of_items_without_a_language_stay_as_they_were() -> None:
    held = RawItem(b"", "text/plain", "x", Hints(id="a", text="b"))
    assert held.key == "k_7ff83261990ef29d", "as version 0.1.0 made it"
    assert RawItem(b"", "text/plain", "x", Hints(id="a", text="b", language="fr")).key != held.key
