"""Why statements are one incident, on the page of an incident; and what people say of it there."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.builders import HALAM, Say, report
from tests.web.crowd_project import CROWD, MISSES
from tests.web.desk_project import TOKEN, Client, Desk, incident_row, write
from tests.web.told_project import CODE

from dateline.incidents.verdicts import SAME, Verdict
from dateline.records import Link, Reason, ReportResult
from dateline.web.labels import signed
from dateline.web.why import SIZE, End, Told, _shown, address, pages, why


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def links_of(desk: Desk, query: str = "") -> Any:
    return html.document_fromstring(desk.client.get(f"/links/{desk.project.find(CROWD)[1]}{query}").text)


def end(name: str) -> End:
    return End(name, 1, "Jets hit it.", (5, 8), None, None, None)


def test_a_waterfall_ends_at_the_sum() -> None:
    reasons = tuple(Reason(name=f"r{w}", text="", weight=w) for w in (3.0, -5.0, 4.0))
    link = Link(left="a", right="b", same=False, score=2.0, reasons=reasons)
    drawn = _shown(link, "b", {x: end(x) for x in "ab"}, 3.0)
    assert [(b.left, b.width) for b in drawn.bars] == [(40.0, 60.0), (0.0, 100.0), (0.0, 80.0)]
    assert (drawn.zero, drawn.need_at, drawn.sum, drawn.sum_at) == (40.0, 100.0, 2.0, 80.0)
    assert (drawn.ours.id, drawn.theirs.id) == ("b", "a")
    assert drawn.ours.pieces == ("Jets ", "hit", " it.")


def test_what_a_person_said_does_not_drown_the_reasons() -> None:
    reasons = (Reason(name=SAME, text="Ana says so", weight=100.0), Reason(name="r", text="", weight=1.0))
    link = Link(left="a", right="b", same=True, score=101.0, reasons=reasons)
    drawn = _shown(link, "a", {x: end(x) for x in "ab"}, 2.0)
    assert (drawn.sum, drawn.decided, len(drawn.bars), drawn.bars[0].width) == (1.0, ("Ana says so",), 1, 50.0)


def test_weights_are_written_with_their_sign() -> None:
    assert [signed(x) for x in (1.25, -0.83, 0.04, -0.04, 0.0)] == ["+1.2", "−0.8", "0.0", "0.0", "0.0"]


@pytest.mark.parametrize(
    ("asked", "total", "shown"), [(1, 0, (1, 0)), (1, 20, (1, 20)), (2, 21, (21, 21)), (9, 21, (21, 21))]
)
def test_a_page_past_the_end_is_the_last(asked: int, total: int, shown: tuple[int, int]) -> None:
    found = pages(asked, total)
    assert (found.first, found.to) == shown


def test_every_statement_is_shown_once_with_the_link_by_which_it_came_in(crowd: Desk) -> None:
    seen: list[int] = []
    for page in (1, 2, 3):
        found = why(crowd.project, crowd.project.find(CROWD)[1], page=page)
        seen += [c.own.number or 0 for c in found["came"]]
        for c in found["came"]:
            assert (c.shown is None) == (c.own.number == 1)
            assert c.shown is None or c.own.id in (c.shown.link.left, c.shown.link.right)
    assert sorted(seen) == list(range(1, 61))
    chances = [c.shown.chance for c in why(crowd.project, crowd.project.find(CROWD)[1])["came"] if c.shown]
    assert len(chances) == SIZE - 1 and chances == sorted(chances)
    assert why(crowd.project, crowd.project.find(CROWD)[1], page=3)["weakest"] == chances[0]
    in_order = why(crowd.project, crowd.project.find(CROWD)[1], order="reading")
    assert [c.own.number for c in in_order["came"]] == list(range(1, SIZE + 1))


def test_each_link_shows_both_sentences_its_reasons_their_sum_and_how_likely_it_is(crowd: Desk) -> None:
    tree = links_of(crowd)
    first = tree.xpath("//ol[@class='came']//details")[0]
    said = text_of(html.tostring(first, encoding="unicode"))
    assert len(first.xpath(".//blockquote")) == 2
    assert "both in Halam" in said and "−2.0" in said and "Sum at least 2.0 is needed" in said
    assert re.search(r"Joined: one happening with probability 0\.\d\d\.", said)
    assert {r.get("class") for r in first.xpath(".//td[@class='bar']//rect")} == {"plus", "minus", "sum"}
    assert first.xpath(".//table/caption") and first.xpath(".//th[@scope='row']")
    assert "weakest first" in text_of(html.tostring(tree, encoding="unicode"))


def test_what_nearly_belongs_is_told_by_incident_with_what_keeps_it_apart(crowd: Desk) -> None:
    tree = links_of(crowd, "?near=2")
    held = tree.xpath("//section[@id='near']/ul/li")
    assert len(held) == MISSES - SIZE
    said = text_of(html.tostring(held[0], encoding="unicode"))
    assert "below the 2.00 that is needed" in said and "SYR-2016-06-" in said
    assert "21–30 of 30" in text_of(html.tostring(tree, encoding="unicode"))


def test_a_large_incident_is_shown_in_pages(crowd: Desk) -> None:
    where = crowd.incident(CROWD)
    first, second = (html.document_fromstring(crowd.client.get(where + q).text) for q in ("", "?page=2"))
    rows = "//table[contains(@class, 'side')]/tbody/tr[@id]"
    assert [len(t.xpath(rows)) for t in (first, second)] == [50, 10]
    assert second.xpath(rows + "/@id")[0] == "s51"
    hrefs = set(first.xpath("//section[@aria-labelledby='h-voices']//a/@href"))
    assert "#s50" in hrefs and "?policy=envelope&page=2#s51" in hrefs
    assert address("i_1", 50) == "/incidents/i_1#s50" and address("i_1", 51) == "/incidents/i_1?page=2#s51"


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("?page=99", 200, "41–60 of 60"),
        ("?page=x", 400, "“x” is not a page number"),
        ("?near=0", 400, "is not a page number"),
        ("?order=best", 400, "There is no order “best”"),
    ],
)
def test_a_wrong_page_of_links_gets_a_sentence(crowd: Desk, query: str, status: int, said: str) -> None:
    answer = crowd.client.get(f"/links/{CROWD}{query}")
    assert (answer.status_code, said in text_of(answer.text)) == (status, True)


def test_numbers_are_told_as_ranges() -> None:
    assert Told(Verdict((("a",), ("b",)), same=True), (1, 2, 3, 7, 9, 10), 0).brief == "1–3, 7, 9–10"


def test_what_a_rule_forbids_is_looked_for_when_asked(tmp_path: Path) -> None:
    text = "Jets struck the grain market of Halam and killed 14 people."
    said = [
        Say(report(text, key, published, f"Outlet {key}"), text, "struck").at(HALAM).on(day).toll(14, 14)
        for key, published, day in (
            ("a", "2016-05-04", "2016-05-01"),
            ("b", "2016-05-04", "2016-04-20"),
            ("far-off", "2016-07-04", "2016-04-20"),
            ("undated", None, "2016-04-20"),
        )
    ]
    results = [ReportResult(report=s.r, statements=(s.done(),)) for s in said]
    rows = [(incident_row(f"SYR-{r.report.key}", r.statements, place="Halam"), r.statements) for r in results]
    desk = Desk(write(tmp_path, results, rows, []), {})
    where = f"/links/{desk.project.find('SYR-a')[1]}"
    before, after = (text_of(desk.client.get(where + query).text) for query in ("", "?kept=yes"))
    assert "Look for it" in before and "do not overlap" not in before
    assert "Forbidden: 2016-05-01 and 2016-04-20 do not overlap." in after and "SYR-b" in after
    assert "SYR-far-off" not in after and "SYR-undated" not in after
    (held,) = desk.project.kept_out(desk.project.find("SYR-b")[1])
    assert held.because == "2016-05-01 and 2016-04-20 do not overlap"
    assert desk.project.kept_out(desk.project.find("SYR-undated")[1]) == ()
    alone = text_of(desk.client.get(f"/links/{desk.project.find('SYR-undated')[1]}?kept=yes").text)
    assert "Nothing in the reports of this incident" in alone
    desk.project.close()


# what people say


def say(desk: Desk, incident: str, verdict: str, **more: Any) -> str:
    """Give a verdict; the address the browser is sent to."""
    form = {"token": TOKEN, "incident": incident, "verdict": verdict, "person": "Ana Lind", "reason": "read both"}
    answer = desk.client.post("/verdicts", {**form, **more})
    assert answer.status_code == 303, text_of(answer.text)
    return str(answer.headers["location"])


def members(desk: Desk, where: str) -> set[str]:
    return set(desk.project.members(where.removeprefix("/incidents/").removesuffix("#said"))[1])


def test_people_split_merge_confirm_and_forbid_from_the_page(told: Desk) -> None:
    incident = told.project.find(CODE)[1]
    everything = set(told.project.members(incident)[1])
    where = say(told, incident, "confirm")
    assert members(told, where) == everything
    page = text_of(told.client.get(where).text)
    assert "Ana Lind" in page and "one happening (statements 1–8): read both" in page
    assert "Joined: a person put them together" in page

    gone = [told.statement(k).id for k in ("blog-1", "radio-1")]
    where = say(told, where[11:].removesuffix("#said"), "split", statement=gone)
    assert members(told, where) == everything - set(gone)
    assert "not one happening" in text_of(told.client.get(where).text)
    other = told.project.codes(gone)[gone[0]]
    assert members(told, told.incident(other)) == set(gone)

    where = say(told, where[11:].removesuffix("#said"), "merge", other=other)
    assert members(told, where) == everything
    where = say(told, where[11:].removesuffix("#said"), "split", statement=gone)
    where = say(told, where[11:].removesuffix("#said"), "forbid", other=told.project.codes(gone)[gone[0]])
    assert members(told, where) == everything - set(gone)
    assert [v.same for v in told.project.verdicts(gone)] == [True, False, True, False, False]


@pytest.mark.parametrize(
    ("more", "status", "why_not"),
    [
        ({"token": "another"}, 403, "not of this desk"),
        ({"person": " "}, 400, "say whose it is"),
        ({"verdict": "guess"}, 400, "a verdict is one of"),
        ({"verdict": "split"}, 400, "name some, not all, of its statements"),
        ({"verdict": "split", "statement": ["s_of_no_one"]}, 400, "name some, not all, of its statements"),
        ({"verdict": "merge"}, 400, "say which other incident"),
        ({"verdict": "merge", "other": CODE}, 400, "is this incident"),
        ({"verdict": "forbid", "other": "nowhere"}, 400, "no report, statement or incident"),
        ({"incident": "i_nowhere"}, 400, "no report, statement or incident"),
    ],
)
def test_a_wrong_verdict_is_answered_with_the_reason_and_changes_nothing(
    told: Desk, more: dict[str, Any], status: int, why_not: str
) -> None:
    incident = told.project.find(CODE)[1]
    form = {"token": TOKEN, "incident": incident, "verdict": "confirm", "person": "Ana", "reason": ""}
    answer = told.client.post("/verdicts", {**form, **more})
    assert (answer.status_code, why_not in text_of(answer.text)) == (status, True)
    assert told.project.find(CODE)[1] == incident and not told.project.verdicts(told.project.members(incident)[1])


def test_without_its_token_the_desk_offers_no_verdicts(told: Desk) -> None:
    where = told.incident(CODE)
    assert "/verdicts" in told.client.get(where).text
    page = Client(told.project, None).get(where).text
    assert "/verdicts" not in page and "checkbox" not in page.split("</main>")[0]
    assert Client(told.project, None).post("/verdicts", {"token": ""}).status_code == 403
