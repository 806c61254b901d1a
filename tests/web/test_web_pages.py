from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import anyio
import httpx
import pytest
from lxml import html
from sqlalchemy.exc import OperationalError
from tests.web.desk_project import HOSTILE, Client, Desk

from dateline.errors import EvidenceError
from dateline.project import Project


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def pages(desk: Desk) -> list[str]:
    held = ["/", "/reports", "/statements", "/issues", "/help", "/search", "/search?q=market", "/no-such-page"]
    for result in desk.results.values():
        held.append(f"/reports/{result.report.id}")
        held += [f"/statements/{s.id}" for s in result.statements]
    return held + [f"/incidents/{row.id}" for row in desk.project.incidents().rows]


def test_every_page_is_well_formed_and_says_what_it_is(desk: Desk, client: Client) -> None:
    for path in pages(desk):
        answer = client.get(path)
        assert answer.status_code == (404 if path == "/no-such-page" else 200), path
        tree = html.document_fromstring(answer.text)
        assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == 1
        assert tree.get("lang") == "en"
        ids = [e.get("id") for e in tree.xpath("//*[@id]")]
        assert len(ids) == len(set(ids)), path
        assert not tree.xpath("//*[@style]") and not tree.xpath("//style"), path
        for field in tree.xpath("//input[@type!='hidden'] | //select"):
            assert field.xpath("ancestor::label") or tree.xpath(f"//label[@for='{field.get('id')}']"), path
        for table in tree.xpath("//table"):
            assert table.xpath(".//th"), path


def test_nothing_comes_from_elsewhere(desk: Desk, client: Client) -> None:
    for path in pages(desk):
        tree = html.document_fromstring(client.get(path).text)
        for address in tree.xpath("//script/@src | //link/@href | //img/@src | //form/@action"):
            assert address.startswith("/"), (path, address)


def test_all_answers_carry_the_security_headers(client: Client) -> None:
    for path in ("/", "/nope", "/static/desk.css", "/healthz"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in headers


def test_report_text_is_never_html(desk: Desk, client: Client) -> None:
    report = desk.results["hostile"].report
    row = desk.incident("DL-2016-0004")
    statement = f"/statements/{desk.statement('hostile').id}"
    for path in ("/", "/reports", "/statements", "/search?q=Qarya", f"/reports/{report.id}", row, statement):
        answer = client.get(path)
        assert answer.status_code == 200
        tree = html.document_fromstring(answer.text)
        assert not tree.xpath("//img") and not tree.xpath("//@onerror") and not tree.xpath("//main//i[text()='Qarya']")
        for script in tree.xpath("//script"):
            assert script.get("src") or script.get("type") == "application/json"
        assert not [a for a in tree.xpath("//a/@href") if a.startswith("javascript")]
    shown = html.document_fromstring(client.get(f"/reports/{report.id}").text)
    assert "javascript:alert(4)" in shown.text_content()
    paragraphs = ["".join(p.itertext()) for p in shown.xpath("//article[contains(@class, 'text')]//p")]
    assert paragraphs == HOSTILE.split("\n\n")


def test_search_words_are_shown_as_text(client: Client) -> None:
    answer = client.get("/search?q=%3Cscript%3Ealert(5)%3C/script%3E")
    assert answer.status_code == 200
    assert "<script>alert(5)" not in answer.text


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("words=market", {"DL-2016-0001"}),
        ("event=assault", {"DL-2016-0001", "DL-2016-0004"}),
        ("sub_event=Air%2Fdrone+strike&country=syr", {"DL-2016-0001"}),
        ("certainty=planned", {"DL-0000-0003"}),
        ("country=SYR", {"DL-2016-0001", "DL-0000-0002"}),
        ("place=karsen", {"DL-0000-0002"}),
        ("actor=army", {"DL-0000-0003"}),
        ("source=delta", {"DL-0000-0002"}),
        ("outlet=meridian", {"DL-2016-0001"}),
        ("since=2016-05-05", {"DL-2016-0004"}),
        ("until=2016-05-03", {"DL-2016-0001"}),
        ("words=&event=&since=", {"DL-2016-0001", "DL-0000-0002", "DL-0000-0003", "DL-2016-0004"}),
        ("words=nothingofthekind", set()),
    ],
)
def test_filters_choose_incidents(client: Client, query: str, codes: set[str]) -> None:
    answer = client.get(f"/?{query}")
    tree = html.document_fromstring(answer.text)
    assert answer.status_code == 200
    assert {c.text_content() for c in tree.xpath("//tbody//*[contains(@class, 'code')]")} == codes


def test_a_filter_is_shown_again_in_the_form(client: Client) -> None:
    tree = html.document_fromstring(client.get('/?words="market"&certainty=claimed&place=x').text)
    assert tree.xpath("//input[@name='words']/@value") == ['"market"']
    assert tree.xpath("//select[@name='certainty']/option[@selected]/@value") == ["claimed"]
    assert tree.xpath("//details[@open]//input[@name='place']")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("since=yesterday", "“yesterday” is not a date"),
        ("until=2016-02-30", "“2016-02-30” is not a date"),
        ("since=2016-05-05&until=2016-05-01", "The last day (2016-05-01) lies before the first (2016-05-05)."),
        ("page=0", "“0” is not a page number"),
        ("page=99999999999999999999", "is not a page number"),
        ("page=x", "“x” is not a page number"),
    ],
)
def test_a_wrong_filter_gets_a_sentence(client: Client, query: str, message: str) -> None:
    for path in ("/", "/reports", "/statements"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert message in text_of(answer.text)
        assert "Traceback" not in answer.text


def test_odd_queries_are_no_errors(client: Client) -> None:
    for query in ("words=%00", "words=%22", "words=*", "place=%25_%5C", "words=%F0%9F%92%A5", "country=%FF", "x=1"):
        for path in ("/", "/reports", "/statements"):
            assert client.get(f"{path}?{query}").status_code == 200, (path, query)
    for query in ("%00", "%22", "AND", "NEAR(", "%F0%9F%92%A5", "%FF"):
        assert client.get(f"/search?q={query}").status_code == 200, query


@pytest.mark.parametrize("path", ["/", "/reports", "/statements"])
def test_paging_shows_every_row_once(many: Client, path: str) -> None:
    seen: list[str] = []
    address: str | None = f"{path}?words=shells" if path == "/" else path
    while address:
        tree = html.document_fromstring(many.get(address).text)
        seen += tree.xpath("//tbody//a[@data-item]/@href")
        address = next(iter(tree.xpath("//a[@rel='next']/@href")), None)
    assert len(seen) == len(set(seen)) == 60
    last = text_of(many.get(f"{path}?page=3").text)
    assert "60" in last and "51–60" in last and "Page 3 of 3" in last
    assert "none on page 9" in text_of(many.get(f"{path}?page=9").text)


@pytest.mark.parametrize("kind", ["reports", "statements", "incidents"])
def test_an_unknown_id_is_a_clear_404(client: Client, kind: str) -> None:
    for name in ("nope", "r_0000000000000000", "%3Cscript%3E", "a/b/c", "%00"):
        answer = client.get(f"/{kind}/{name}")
        assert answer.status_code == 404
        assert "Traceback" not in answer.text and "<script>" not in answer.text
        assert "Not found" in answer.text


def test_a_name_leads_to_its_page(desk: Desk, client: Client) -> None:
    moved = client.get("/incidents/DL-2016-0001", follow=False)
    assert (moved.status_code, moved.headers["location"]) == (302, desk.incident("DL-2016-0001"))
    assert client.get("/reports/wire-1").status_code == 200
    assert client.get("/reports/hostile/1%3F%3Cx%3E").status_code == 200
    wrong = client.get(f"/reports/{desk.statement('wire').id}")
    assert wrong.status_code == 404
    assert "that is a statement" in wrong.text
    assert "the name of an incident" in text_of(client.get("/search?q=DL-2016-0001").text)


def test_unknown_numbers_are_never_zero(client: Client) -> None:
    shown = text_of(client.get("/").text)
    assert "12–17" in shown and "at least 12" in shown and "unknown" in shown
    assert not re.search(
        r"\b0\b", text_of(client.get("/?certainty=planned").text).split("How sure")[1].split("voice")[0]
    )


def test_an_incident_shows_every_source_and_the_policy(desk: Desk, client: Client) -> None:
    page = client.get(desk.incident("DL-2016-0001")).text
    shown = text_of(page)
    for said in ("at least 12 people", "At least 17 people", "15 dead", "three of them children"):
        assert said in shown
    for said in (
        "policy “envelope”",
        "sources differ",
        "Meridian Post",
        "Lakes Observatory",
        "provincial health office",
    ):
        assert said in shown
    assert "both name Ostravine" in shown and "+4.5" in shown and "at least 2.0 is needed" in shown
    assert "Kept apart: one happening with probability" in shown and "DL-0000-0002" in shown
    tree = html.document_fromstring(page)
    assert len(tree.xpath("//table[contains(@class, 'side')]/tbody/tr[not(contains(@class, 'detail'))]")) == 3
    sentence = desk.statement("post").sentence.quote
    assert sentence in ["".join(s.itertext()).strip() for s in tree.xpath("//th[contains(@class, 'sentence')]/span")]


def test_a_plan_is_not_said_to_have_happened(desk: Desk, client: Client) -> None:
    assert "not said to have happened" in client.get(desk.incident("DL-0000-0003")).text


def test_a_report_page_puts_the_sentence_first(desk: Desk, client: Client) -> None:
    report, s = desk.results["wire"].report, desk.statement("wire")
    tree = html.document_fromstring(client.get(f"/reports/{report.id}?statement={s.id}").text)
    (card,) = tree.xpath("//details[contains(@class, 'card')][@open]")
    body = card.text_content()
    assert body.index(s.sentence.quote[:40]) < body.index("Assault")
    marked = tree.xpath("//article//span[contains(@class, 'f-figures')]")
    assert "".join(m.text for m in marked) == "at least 12 peoplethree of them children"
    assert "found in credit line" in text_of(html.tostring(tree, encoding="unicode"))
    link = tree.xpath("//a[contains(@href, 'harbour.example')]")[0]
    assert "noreferrer" in link.get("rel")


def test_a_card_explains_its_values(desk: Desk, client: Client) -> None:
    s = desk.statement("wire")
    shown = text_of(client.get(f"/statements/{s.id}").text)
    for said in ("date.weekday.v1", "the last Tuesday before 2016-05-04", "published 2016-05-04", "in this sentence"):
        assert said in shown
    other = text_of(client.get(f"/statements/{desk.statement('wire', 1).id}").text)
    for said in ("carried over from another sentence", "somewhere in the province", "where it came from", "Delta"):
        assert said in other
    assert "in another sentence" in other  # the certainty's cue


def test_htmx_gets_the_card_alone(desk: Desk, client: Client) -> None:
    path = f"/statements/{desk.statement('wire').id}"
    part = client.get(path, hx_request="true")
    assert part.text.lstrip().startswith("<article") and "<html" not in part.text
    assert part.headers["vary"] == "HX-Request"
    assert "<html" in client.get(path, hx_request="true", hx_boosted="true").text


def test_only_this_machine_is_answered(client: Client) -> None:
    for host in ("127.0.0.1", "127.0.0.1:8765", "localhost:1", "[::1]:8765", "LOCALHOST"):
        assert client.get("/healthz", host=host).status_code == 200, host
    for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "192.168.1.4", "", "[::2]"):
        answer = client.get("/healthz", host=host)
        assert answer.status_code == 400, host
        assert "content-security-policy" in answer.headers


def test_the_desk_only_reads(client: Client) -> None:
    async def post() -> int:
        transport = httpx.ASGITransport(client.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as c:
            return (await c.post("/")).status_code

    assert anyio.run(post) == 405


def test_many_readers_at_once(client: Client) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.get("/statements").status_code, range(40)))
    assert answers == [200] * 40


def test_static_paths_stay_inside(client: Client) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/vendor"):
        assert client.get(path).status_code == 404, path
    kept = client.get("/static/vendor/world-atlas@2.0.2/LICENSE").headers["cache-control"]
    assert "immutable" in kept


def test_issues_are_listed_as_text(client: Client) -> None:
    page = client.get("/issues").text
    assert "empty&lt;1&gt;.html" in page and "DL-IN-008" in page


def test_healthz_is_plain(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.text == "ok\n"
    assert answer.headers["content-type"].startswith("text/plain")


def test_faults_are_told_without_a_trace(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = [(RuntimeError("secret"), 500), (EvidenceError("the quote is not there"), 500)]
    faults.append((OperationalError("SELECT secret", {}, sqlite3.OperationalError("database is locked")), 503))
    for error, status in faults:

        def fail(*_: object, fault: Exception = error) -> None:
            raise fault

        monkeypatch.setattr(Project, "counts", fail)
        answer = desk.client.get("/")
        assert answer.status_code == status
        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "secret" not in answer.text and "Traceback" not in answer.text
    assert "another program is writing" in answer.text
