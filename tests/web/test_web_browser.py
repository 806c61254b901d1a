"""The desk in a real Chromium: keys, cards, maps, no JavaScript, nothing from elsewhere."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect
from tests.web.crowd_project import CROWD
from tests.web.desk_project import TOKEN, Desk
from tests.web.told_project import CODE

from dateline.web.app import create_app
from dateline.web.listen import bind

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)  # a busy machine is slow, not wrong


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The address of a desk over these records."""
    bound = bind("127.0.0.1", 21000)
    server = uvicorn.Server(uvicorn.Config(create_app(desk.project, TOKEN), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)
    bound.close()


@pytest.fixture(scope="module")
def address(desk: Desk) -> Iterator[str]:
    with served(desk) as found:
        yield found


@dataclass
class Open:
    """A page, and what it complained of or asked for."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def check(self) -> None:
        assert self.complaints == []
        assert [a for a in self.asked if not a.startswith((self.address, "data:", "blob:"))] == []


def opened(browser: Browser, address: str) -> Open:
    """A new page that keeps note of what it complains of."""
    page = browser.new_page(viewport={"width": 1300, "height": 800})
    held = Open(page, address)
    page.on("console", lambda m: held.complaints.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: held.complaints.append(str(e)))
    page.on("request", lambda r: held.asked.append(r.url))
    return held


@pytest.fixture
def view(browser: Browser, address: str) -> Iterator[Open]:
    held = opened(browser, address)
    yield held
    held.page.close()


@pytest.fixture
def crowd_view(browser: Browser, crowd: Desk) -> Iterator[Open]:
    with served(crowd) as found:
        held = opened(browser, found)
        yield held
        held.page.close()


@pytest.fixture
def told_view(browser: Browser, told: Desk) -> Iterator[Open]:
    with served(told) as found:
        held = opened(browser, found)
        yield held
        held.page.close()


def test_every_page_loads_without_complaint(view: Open, desk: Desk) -> None:
    paths = ["/", "/reports", "/statements", "/issues", "/help", "/search?q=market", desk.incident("DL-2016-0001")]
    paths += [f"/reports/{r.report.id}" for r in desk.results.values()]
    paths.append("/links/DL-2016-0001")
    for path in paths:
        view.go(path)
        wide = view.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
    view.check()


def test_narrow_pages_do_not_scroll_sideways(view: Open, desk: Desk) -> None:
    view.page.set_viewport_size({"width": 360, "height": 740})
    report = f"/reports/{desk.results['wire'].report.id}?statement={desk.statement('wire').id}"
    for path in ("/", "/statements", report, desk.incident("DL-2016-0001"), "/links/DL-2016-0001", "/help"):
        view.go(path)
        wide = view.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, path
        cut = "[...document.querySelectorAll('table.stack')].filter((t) => t.scrollWidth > t.clientWidth).length"
        assert view.page.evaluate(cut) == 0, path
    view.check()


def test_keys_walk_and_open_statements(view: Open, desk: Desk) -> None:
    page = view.go(f"/reports/{desk.results['wire'].report.id}")
    page.keyboard.press("j")
    expect(page.locator("#t1")).to_be_focused()
    page.keyboard.press("j")
    expect(page.locator("#t2")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("#card-1")).to_have_attribute("open", "")
    expect(page.locator("#card-1 .fields")).to_be_visible()
    expect(page).to_have_url(re.compile(desk.statement("wire").id))
    page.keyboard.press("j")
    expect(page.locator("#card-2")).to_have_attribute("open", "")
    expect(page.locator("#card-1")).not_to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("details.card[open]")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("j?k")
    expect(page.locator("#q")).to_have_value("j?k")
    view.check()


def test_keys_can_be_switched_off(view: Open, desk: Desk) -> None:
    page = view.go(f"/reports/{desk.results['wire'].report.id}")
    page.click("#keys-button")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    view.go("/help")
    page.keyboard.press("?")
    expect(page.locator("#keys")).not_to_be_visible()
    page.evaluate("localStorage.clear()")
    view.check()


def test_a_value_lights_its_evidence(view: Open, desk: Desk) -> None:
    page = view.go(f"/reports/{desk.results['wire'].report.id}?statement={desk.statement('wire').id}")
    page.hover("#card-1 [data-v='1-figures-0'] .val")
    assert "".join(page.locator(".text .lit").all_text_contents()) == "at least 12 people"
    page.focus("#card-1 [data-v='1-places-0'] summary")
    assert page.locator(".text .lit").all_text_contents() == ["Ostravine"]
    view.check()


def test_a_statement_opens_in_place(view: Open, desk: Desk) -> None:
    page = view.go(desk.incident("DL-2016-0001"))
    page.click("#s2 a.no")
    card = page.locator("#open-2 .card")
    expect(card).to_be_visible()
    expect(card).to_contain_text(desk.statement("post").sentence.quote)
    assert page.url.endswith(desk.incident("DL-2016-0001"))
    view.check()


def test_filters_refine_without_a_new_page(view: Open) -> None:
    page = view.go("/")
    page.evaluate("window.kept = true")
    page.select_option("#f-certainty", "planned")
    expect(page.locator("#results tbody tr")).to_have_count(1)
    expect(page).to_have_url(re.compile("certainty=planned"))
    assert page.evaluate("window.kept")
    page.fill("#f-words", "nothing like it")
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_contain_text("No incident has a statement")
    view.check()


def test_the_map_is_drawn_and_can_be_zoomed(view: Open, desk: Desk) -> None:
    page = view.go(desk.incident("DL-2016-0001"))
    assert len(page.locator("figure.map > svg path.land").get_attribute("d") or "") > 1000
    expect(page.locator("figure.map > svg .spot.exact circle")).to_have_count(1)
    expect(page.locator("figure.map > svg .spot .area")).to_have_count(1)
    page.click("figure.map button")
    page.wait_for_selector("figure.map[data-zoomable=ready] canvas", timeout=60_000)
    view.check()


def test_everything_can_be_read_without_javascript(browser: Browser, address: str, desk: Desk) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/")
    page.fill("#f-words", "market")
    page.click(".filters button")
    assert "words=market" in page.url
    page.click("#results tbody th a")
    expect(page.locator("figure.map > svg .spot")).to_have_count(2)
    page.click("#s1 a.no")
    expect(page.locator(".card.own .fields")).to_be_visible()
    page.click(".links >> text=In its report")
    expect(page.locator("#card-1")).to_have_attribute("open", "")
    assert page.locator(".text .f-places").all_text_contents() == ["Ostravine"]
    page.click("#t3")
    expect(page.locator("#card-3")).to_have_attribute("open", "")
    context.close()


def test_a_hostile_report_runs_nothing(view: Open, desk: Desk) -> None:
    view.page.on("dialog", lambda d: view.complaints.append(d.message))
    for path in (f"/reports/{desk.results['hostile'].report.id}", "/reports", desk.incident("DL-2016-0004")):
        view.go(path)
    view.check()


def test_reduced_motion_and_dark_pages_keep_contrast(browser: Browser, address: str) -> None:
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(address + "/help")
        pairs = page.evaluate(CONTRAST)
        assert {k: round(v, 1) for k, v in pairs.items() if v < 4.5} == {}, scheme
        page.close()


CONTRAST = """() => {
  const linear = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const lum = (colour) => colour.map(linear)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const rgb = (name) => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(${name})`;
    const found = getComputedStyle(probe).color.match(/[0-9.]+/g).slice(0, 3).map(Number);
    probe.remove();
    return found;
  };
  const names = ["ink", "soft", "accent", "warn", "certainty", "actors", "targets",
    "weapons", "places", "date", "figures", "sources"];
  const made = {};
  for (const ground of ["--paper", "--sheet"]) for (const name of names) {
    const [a, b] = [lum(rgb(`--${name}`)), lum(rgb(ground))];
    made[`${name} on ${ground}`] = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }
  return made;
}"""


def test_a_grade_is_given_with_the_keyboard_and_the_toll_is_drawn(view: Open, desk: Desk) -> None:
    page = view.go(desk.incident("DL-2016-0001"))
    expect(page.get_by_role("img", name=re.compile("Killed: 3 figures of 3 voices"))).to_be_visible()
    page.get_by_text("Grade this incident").focus()
    page.keyboard.press("Enter")
    form = page.locator("#h-grades ~ details form")
    form.get_by_label("Grade").select_option("fair")
    form.get_by_label("Your name").fill("Ana j k")
    form.get_by_label("Reason").fill("two named sources")
    page.keyboard.press("Enter")
    expect(page.locator("#grades")).to_contain_text("Fair: two or more credible sources")
    expect(page.locator("#grades")).to_contain_text("Ana j k")
    page.get_by_role("link", name="lowest").click()
    expect(page.locator(".policies .chosen")).to_contain_text("lowest")
    view.check()


def test_links_are_read_in_pages_and_opened_with_the_keyboard(crowd_view: Open, crowd: Desk) -> None:
    page = crowd_view.go(crowd.incident(CROWD))
    page.evaluate("window.kept = true")
    came = page.locator("#came details")
    expect(came).to_have_count(19)
    came.first.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(came.first.locator("table.waterfall")).to_be_visible()
    expect(came.first.locator("blockquote")).to_have_count(2)
    page.click("#came >> text=Next")
    expect(page.locator("#came")).to_contain_text("21–40 of 60")
    page.click("#came >> text=in order of publication")
    expect(page.locator("#came")).to_contain_text("1–20 of 60")
    page.click("#near >> text=Next")
    expect(page.locator("#near")).to_contain_text("21–30 of 30")
    expect(page.locator("#came")).to_contain_text("1–20 of 60")
    assert page.evaluate("window.kept")
    crowd_view.check()


def test_looking_is_said_only_while_it_looks(told_view: Open, told: Desk) -> None:
    page = told_view.go(f"/links/{CODE}")
    looking = page.locator("#kept .htmx-indicator")
    expect(looking).to_have_count(1)
    expect(looking).to_be_hidden()
    page.route("**/links/*kept=yes*", lambda route: None)  # never answered: it goes on looking
    page.click("text=Look for it")
    expect(looking).to_be_visible()


def test_people_split_and_merge_in_the_browser(told_view: Open, told: Desk) -> None:
    page = told_view.go(told.incident(CODE))
    page.get_by_label("Statement 8 does not belong").check()
    form = page.locator("#split")
    form.get_by_label("Your name").fill("Ana j k")
    form.get_by_label("Reason").fill("another day")
    form.get_by_label("Reason").press("Enter")
    expect(page.locator("#said")).to_contain_text("Ana j k")
    expect(page.locator("#said")).to_contain_text("not one happening (statements 1–7, and 1 statement elsewhere)")
    near = page.locator("#near details", has_text="a person keeps them apart")
    near.locator("summary").click()
    expect(near.get_by_label("Your name")).to_have_value("Ana j k")
    near.get_by_role("button", name="They are one: merge").click()
    expect(page.locator("#said")).to_contain_text("one happening (statements 1–8)")
    told_view.check()
