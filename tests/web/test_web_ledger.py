"""Voices, the ledger with its picture, and grades on the page of an incident."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

import pytest
from lxml import html
from tests.builders import Say, report
from tests.web.crowd_project import CROWD
from tests.web.desk_project import TOKEN, Client, Desk
from tests.web.told_project import CODE

from dateline.incidents import consolidate
from dateline.labels import Measure
from dateline.records import Incident
from dateline.web import records
from dateline.web.tollplot import BOTTOM, LINE, MOST_VOICES, RIGHT, TOP, plots
from dateline.web.tollplot import _ceiling as ceiling
from dateline.web.tollplot import _ticks as ticks


def words(desk: Desk, client: Client | None = None, query: str = "") -> str:
    page = (client or desk.client).get(desk.incident(CODE) + query).text
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def given(desk: Desk, **more: str) -> dict[str, str]:
    incident = desk.project.find(CODE)[1]
    base = {
        "token": TOKEN,
        "incident": incident,
        "id": incident,
        "grade": "fair",
        "person": "Ana  Lind",
        "reason": "two",
    }
    return {**base, **more}


def test_voices_are_listed_with_what_is_known_of_them(told: Desk) -> None:
    said = words(told)
    assert "Delta Star (star-1) repeats Valley Post (post-1): 100% of the shorter text stands in both." in said
    assert "Of 3 of 5 voices it is unknown whether they are independent" in said
    assert "Reuters agency:reuters" in said


def test_each_policy_is_shown_and_can_be_chosen(told: Desk) -> None:
    tree = html.document_fromstring(told.client.get(told.incident(CODE) + "?policy=latest").text)
    rows = {
        r.xpath("string(.//th)").split()[0]: r.xpath("string(./td[1])").strip()
        for r in tree.xpath("//table[contains(@class,'policies')]//tr")[1:]
    }
    assert rows["envelope"] == "9–19"
    assert rows["latest"] == "19"
    assert "policy “latest”" in words(told, query="?policy=latest")
    answer = told.client.get(told.incident(CODE) + "?policy=mean")
    assert (answer.status_code, "policies are envelope" in answer.text) == (400, True)


def test_revisions_lead_to_each_other(told: Desk) -> None:
    tree = html.document_fromstring(told.client.get(told.incident(CODE)).text)
    links = tree.xpath("//table[contains(@class,'ledger')]//a[starts-with(@href,'#f-')]/@href")
    ids = set(tree.xpath("//tr/@id"))
    assert len(links) == 3
    assert {x[1:] for x in links} <= ids


def test_the_picture_shows_every_figure_of_the_incident(told: Desk) -> None:
    view = told.project.incident(told.project.find(CODE)[1])
    plot = plots(view)[Measure.KILLED]
    marks = [m for s in plot.series for m in s.marks]
    assert len(marks) == len(view.ledger.totals(Measure.KILLED))
    assert plot.summary == "Killed: 8 figures of 5 voices, published 1–6 May 2016, from 9 to 30"
    assert all(TOP <= m.y <= BOTTOM and 56 <= m.x <= RIGHT for m in marks)
    assert sum(m.hollow for m in marks) == 3
    assert [s.name for s in plot.series if s.path] == ["Mayor Lind"]
    assert next(m for m in marks if m.up).title.startswith("at least 14: Mayor Lind, 3 May 2016; not counted: revised")
    heights = sorted(s.label_y for s in plot.series)
    assert all(b - a >= LINE for a, b in pairwise(heights))
    assert plot.across[0][1] == "no day"
    page = html.document_fromstring(told.client.get(told.incident(CODE)).text)
    (svg,) = page.xpath("//figure[@class='toll']//svg")
    assert svg.get("role") == "img" and svg.xpath("./title[@id='toll-killed']")


def test_many_voices_share_the_last_mark() -> None:
    items = []
    for n in range(20):
        r = report(f"{n} died here.", f"k{n:02}", None, f"Outlet {n}")
        items.append(Say(r, r.text, "died").toll(n, n).item())
    view = consolidate(Incident(id="i", code="c", statements=tuple(i.id for i in items)), items)
    plot = plots(view)[Measure.KILLED]
    assert len(plot.series) == MOST_VOICES
    assert plot.series[-1].name == "15 other voices"
    assert plot.across == ((308.0, "no day"),)


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (1, 1), (5, 5), (6, 6), (7, 8), (19, 20), (126, 150), (4_001, 5_000)]
)
def test_ticks_are_round_and_few(highest: int, top: int) -> None:
    assert ceiling(highest) == top
    assert ticks(top)[-1] == top
    assert 2 <= len(ticks(top)) <= 6


def test_a_grade_is_given_from_the_page_and_shown_with_its_person(told: Desk) -> None:
    answer = told.client.post("/grades", given(told))
    assert (answer.status_code, answer.headers["location"]) == (303, told.incident(CODE) + "#grades")
    assert "Fair : two or more credible sources" in words(told)
    assert "Judged by Ana Lind" in words(told)
    told.client.post("/grades", given(told, voice="official:mayor lind", grade="B", person="Ben"))
    told.client.post("/grades", given(told, id=told.statement("blog-1").id, grade="4", reason=""))
    assert "B usually reliable Ben" in words(told)
    assert "4 doubtful Ana Lind" in words(told)
    assert "Killed: 19 policy “highest-graded”" in words(told, query="?policy=highest-graded")
    assert [j.value for j in told.project.grades().judgements] == ["fair", "B", "4"]


def test_without_its_token_the_desk_takes_nothing(told: Desk) -> None:
    for token in ("", "another"):
        assert told.client.post("/grades", given(told, token=token)).status_code == 403
    reader = Client(told.project, None)
    assert reader.post("/grades", given(told)).status_code == 403
    assert "Grade this incident" not in words(told, reader)
    assert "Grade this incident" in words(told)
    assert told.client.get("/grades").status_code == 405
    assert not told.project.grades().judgements


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"grade": "good"}, "no harm grade"),
        ({"person": " "}, "say whose it is"),
        ({"id": "i_nowhere"}, "no report, statement or incident"),
        ({"voice": "nobody"}, "no one voice"),
    ],
)
def test_a_wrong_grade_is_answered_with_the_reason(told: Desk, wrong: dict[str, str], why: str) -> None:
    answer = told.client.post("/grades", given(told, **wrong))
    assert (answer.status_code, why in unescape(answer.text)) == (400, True)
    assert not told.project.grades().judgements


def test_a_form_that_is_none_does_no_harm(told: Desk) -> None:
    assert told.client.post("/grades", b"\xff\xfe").status_code == 400
    assert told.client.post("/grades", "a=1&" * 60).status_code == 400
    assert told.client.post("/grades", "a" * 30_000).status_code == 413


def test_very_many_figures_are_shown_when_asked_for(crowd: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MOST_FIGURES", 10)
    where = crowd.incident(CROWD)
    first, every = (html.document_fromstring(crowd.client.get(where + q).text) for q in ("", "?figures=all"))
    rows = "count(//table[contains(@class,'ledger')]/tbody/tr)"
    assert (first.xpath(rows), every.xpath(rows)) == (10, 60)
    assert "The first 10 of 60 figures." in first.text_content() and "of 60 figures" not in every.text_content()
