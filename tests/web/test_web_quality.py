"""The quality page: what it says of a made-up gold file, and how it looks in a real Chromium."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from dateline.cli.evaluate import command

TEXT = "Jets bombed Halam on Monday, killing 12, rescuers said.\n\n<b>Guards</b> fled Tarif. The mayor resigned."


def at(*words: str) -> list[list[int]]:
    return [[TEXT.index(w), TEXT.index(w) + len(w)] for w in words]


def made(rule: str, confidence: float | None) -> dict[str, Any]:
    return {"rule": rule, "confidence": confidence, "basis": "text"}


BOMBED: dict[str, Any] = {
    "sid": "s1",
    "sentence": [0, 55],
    "trigger": at("bombed"),
    "event": ["ASSAULT"],
    "sub_event": ["Air/drone strike"],
    "actors": [{"spans": at("Jets"), "name": "jets"}],
    "places": [{"spans": at("Halam"), "name": "Halam"}],
    "date": {"spans": at("on Monday"), "earliest": "2016-05-02", "latest": "2016-05-02"},
    "figures": [{"spans": at("12"), "measure": "killed", "min": 12, "max": 12}],
    "sources": [{"spans": at("rescuers"), "name": "rescuers", "type": "medic"}],
    "certainty": "stated",
}
FLED = {**BOMBED, "sid": "s2", "sentence": [57, 82], "trigger": at("fled"), "event": ["RETREAT"], "sub_event": []}
FLED |= {"actors": [{"spans": at("<b>Guards</b>"), "name": "<b>Guards</b>"}], "figures": [], "sources": []}
FLED |= {"places": [{"spans": at("Tarif"), "name": "Tarif", "role": "origin"}], "date": {}}
RESIGNED = {**FLED, "sid": "s3", "sentence": [83, 102], "trigger": at("resigned"), "event": ["CONCEDE"]}
FOUND = {
    **BOMBED,
    "figures": [{"spans": at("12"), "measure": "killed", "min": 12, "max": None, **made("model.figure.v1", 0.731)}],
    "places": [{"spans": at("Halam"), "name": "Halam", "role": "event", **made("hand.place.v1", None)}],
    **made("model.event.v1", 0.9876),
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of four reports of two kinds, made by the command line."""
    folder = tmp_path_factory.mktemp("quality")
    for name, held in (("gold", [BOMBED, FLED]), ("found", [FOUND, RESIGNED])):
        ids = ("wire-1", "wire-2", "web-1", "web-2")
        lines = [json.dumps({"report_id": i, "text": TEXT, "statements": held}) for i in ids]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    options = [str(folder / "gold.jsonl"), "--predictions", str(folder / "found.jsonl"), "--page", str(folder / "out")]
    for _ in range(2):
        run = CliRunner().invoke(command, options)
        assert run.exit_code == 0, run.output
        assert f"page written to {folder / 'out' / 'index.html'}" in run.stderr
    return folder / "out" / "index.html"


def words(html: str) -> str:
    """What can be read of a piece of HTML, its spaces made one."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def row(html: str, name: str) -> str:
    found = re.search(rf"<tr[^>]*><th scope=\"row\">{re.escape(name)}.*?</tr>", html, re.S)
    assert found, name
    return words(found[0])


def test_each_score_has_its_path_and_number(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    assert row(html, "Statements found") == "Statements found 0.500 0.500 0.500 8 statements.f1"
    assert row(html, "Figure") == "Figure 0.000 0.000 0.000 4 figures.f1"
    assert row(html, "Certainty").endswith("1.000 4 certainty.accuracy")
    assert row(html, "Concede") == "Concede 0.000 0.000 0.000 0"
    kinds = html.split('id="kinds"')[1].split("<h2")[0]
    assert "web 2 reports wire 2 reports" in words(kinds)
    assert row(kinds, "… of the right event category") == "… of the right event category 0.500 (4) 0.500 (4)"


def test_confusions_count_missed_and_spurious(page: Path) -> None:
    event = page.read_text(encoding="utf-8").split('id="event"')[1].split("<h2")[0].split("Gold \\ found")[1]
    assert row(event, "Retreat") == "Retreat · · · 4"
    assert row(event, "no statement") == "no statement · 4 · ·"


def test_examples_show_both_readings_and_what_made_the_found_one(page: Path) -> None:
    html = page.read_text(encoding="utf-8")
    wrong = re.search(r'<article class="example wrong d-figures">.*?</article>', html, re.S)
    assert wrong
    assert "Differs : figure in wire-1 , gold statement s1" in words(wrong[0])
    assert row(wrong[0], "Figure") == (
        "Figure ≠ differs killed: 12 “ 12 ” killed: at least 12 “ 12 ” model.figure.v1 0.73"
    )
    assert row(wrong[0], "Place") == "Place Halam Halam hand.place.v1"
    assert row(wrong[0], "Event") == "Event ASSAULT ASSAULT model.event.v1 0.99"
    assert '<span class="m f-trigger"' in wrong[0] and 'title="Date">on Monday</span>' in wrong[0]
    missed = re.search(r'<article class="example missed">.*?</article>', html, re.S)
    assert missed and "&lt;b&gt;Guards&lt;/b&gt;" in missed[0] and "<b>Guards" not in missed[0]
    assert row(missed[0], "Place") == "Place Tarif, where it came from “ Tarif ” no statement"
    assert html.count('<article class="example spurious">') == 4


def test_the_page_says_how_it_was_made(page: Path) -> None:
    html = words(page.read_text(encoding="utf-8"))
    gold, found = (page.parents[1] / f"{n}.jsonl" for n in ("gold", "found"))
    assert f"gold.jsonl SHA-256 {hashlib.sha256(gold.read_bytes()).hexdigest()}" in html
    assert f"found.jsonl, SHA-256 {hashlib.sha256(found.read_bytes()).hexdigest()}" in html
    assert f"dateline evaluate {gold} --predictions {found} --json" in html
    assert f"dateline evaluate {gold} --predictions {found} --page {page.parent} --examples 40" in html


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (360, "dark")])
def test_it_needs_nothing_else_and_fits_the_window(browser: Browser, page: Path, width: int, scheme: Any) -> None:
    view = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    heard: list[str] = []
    view.on("console", lambda m: heard.append(m.text))
    view.on("request", lambda r: heard.append(r.url) if r.url != page.as_uri() and r.url != "data:," else None)
    view.goto(page.as_uri())
    assert view.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert view.evaluate(UNNAMED) == []
    assert heard == []
    view.close()


@pytest.mark.browser
def test_examples_can_be_picked_with_the_keyboard_and_all_are_printed(browser: Browser, page: Path) -> None:
    view = browser.new_page()
    view.goto(page.as_uri())
    examples = view.locator(".example:visible")
    expect(examples).to_have_count(12)
    view.focus("#k-all")
    view.keyboard.press("ArrowRight")
    expect(view.locator("#k-wrong")).to_be_checked()
    expect(examples).to_have_count(4)
    view.get_by_label("certainty differs (0 in all)").check()
    expect(examples).to_have_count(0)
    view.emulate_media(media="print")
    expect(examples).to_have_count(12)
    expect(view.locator(".pick")).to_be_hidden()
    view.close()


UNNAMED = """() => [...document.querySelectorAll("th, input, [role=region], table")].filter((e) =>
  e.tagName === "TH" ? !e.scope || !e.textContent.trim() :
  e.tagName === "INPUT" ? !e.labels.length :
  e.tagName === "TABLE" ? !e.querySelector("th") : !e.getAttribute("aria-label")
).map((e) => e.outerHTML)"""
