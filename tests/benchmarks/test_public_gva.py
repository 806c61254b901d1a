from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from benchmarks.public.gva import answers, as_report, development, main_incident, main_incidents, outlet, victims
from tests.builders import RULE, Say, find, report

from dateline.config import LinkConfig
from dateline.incidents import link
from dateline.incidents.items import Linkable, linkables
from dateline.labels import Certainty
from dateline.records import Incident, Party, Report, ReportResult, Statement

TEXT = (
    "Two dead after a fight in Marrin\n\n"
    "Two people were killed and four were shot on Sunday in Marrin. "
    "A woman died at the scene. The gunman shot himself. "
    "Last spring a man was killed in Tarif. Police fear that more will die."
)


def befell(s: Statement, r: Report, words: str) -> Statement:
    return replace(s, targets=(*s.targets, Party(spans=(find(r, words),), rule=RULE, name=words)))


def told() -> tuple[Report, list[Statement]]:
    r = report(TEXT, "a", "2016-05-02")
    both = "Two people were killed and four were shot on Sunday in Marrin."
    head = Say(r, "Two dead after a fight in Marrin", "dead").toll(2, 2)
    killed = Say(r, both, "killed").toll(2, 2)
    shot = Say(r, both, "shot").toll(4, 4, measure="killed_or_injured")
    woman = befell(Say(r, "A woman died at the scene.", "died").done(), r, "A woman")
    gunman = befell(Say(r, "The gunman shot himself.", "shot").done(), r, "The gunman")
    before = Say(r, "Last spring a man was killed in Tarif.", "killed").on("2014-04-02").toll(1, 1)
    feared = Say(r, "Police fear that more will die.", "die").surely(Certainty.HYPOTHETICAL).toll(9, 9)
    return r, [head.done(), killed.done(), shot.done(), woman, gunman, before.done(), feared.done()]


def items(r: Report, statements: Sequence[Statement]) -> list[Linkable]:
    return list(linkables([ReportResult(report=r, statements=tuple(statements))]))


def test_the_incident_of_a_report_is_that_of_its_news() -> None:
    r, statements = told()
    of = dict.fromkeys((s.id for s in statements), "i") | {statements[5].id: "old"}
    assert main_incident(r, statements, of) == "i"


def test_an_incident_that_others_tell_of_goes_before_one_that_nobody_else_does() -> None:
    r, statements = told()
    of = {s.id: "alone" if n < 2 else "shared" for n, s in enumerate(statements)}
    assert main_incident(r, statements, of) == "alone"
    assert main_incident(r, statements, of, {"shared"}) == "shared"


def test_what_linking_says_a_report_mainly_tells_is_its_incident_where_others_tell_of_it() -> None:
    r, statements = told()
    results = [ReportResult(report=r, statements=tuple(statements))]
    found = link(linkables(results), LinkConfig())
    assert not found.mains  # an air strike is told
    assert main_incidents(results, found) == {r.id: main_incident(r, statements, found.incident_of)}
    also = report(r.text, "b", "2016-05-02", "Gazette")
    other = Say(also, "Two dead after a fight in Marrin", "dead").toll(2, 2).done()
    both = [*results, ReportResult(report=also, statements=(other,))]
    one = replace(found, mains={r.id: statements[0].id, also.id: other.id}, incidents=(of_both(statements, other),))
    assert main_incidents(both, one) == {r.id: "all", also.id: "all"}


def of_both(statements: Sequence[Statement], other: Statement) -> Incident:
    return Incident(id="i_1", code="all", statements=(*(s.id for s in statements), other.id))


def test_those_shot_beyond_the_dead_were_injured() -> None:
    assert victims(items(*told())[:5]) == (2, 2)


@pytest.mark.parametrize(("injured", "counted"), [(1, 3), (2, 2)])
def test_one_injured_is_one_of_those_shot_and_several_are_all(injured: int, counted: int) -> None:
    r = report("One died, four were shot, and some were hurt.", "a", "2016-05-02")
    said = Say(r, r.text, "shot").toll(1, 1).toll(4, 4, measure="killed_or_injured")
    assert victims(items(r, [said.toll(injured, injured, measure="injured").done()])) == (1, counted)


@pytest.mark.parametrize(("at", "dead"), [(3, 1), (4, 0)])
def test_who_died_without_a_number_is_one_unless_he_may_be_the_one_who_shot(at: int, dead: int) -> None:
    assert victims([items(*told())[at]]) == (dead, 0)


@pytest.mark.parametrize(
    ("text", "trigger", "dead"),
    [
        ("Police seek witnesses of the fatal Marrin mill shooting.", "shooting", 1),
        ("Police seek witnesses of the nonfatal Marrin mill shooting.", "shooting", 0),
        ("Mill owner killed by gunfire in Marrin.", "gunfire", 1),
        ("Nobody was killed by gunfire in Marrin.", "gunfire", 0),
        ("Ana Lind was charged with attempted murder.", "attempted murder", 0),
        ("Police seek witnesses of the shooting.", "shooting", 0),
    ],
)
def test_somebody_died_if_an_event_is_called_deadly_or_one_of_the_first_sentences_says_so(
    text: str, trigger: str, dead: int
) -> None:
    r = report(text, "a", "2016-05-02")
    assert victims(items(r, [befell(Say(r, text, trigger).done(), r, text.split(" ")[0])])) == (dead, 0)


def test_what_a_report_says_later_or_in_passing_of_others_is_not_that_somebody_died() -> None:
    text = "Shots were fired in Marrin. Shots hit a mill. The gunfire recalls that a miller was killed in May."
    r = report(text, "a", "2016-05-02")
    words = zip(text[:-1].split(". "), ("Shots", "hit", "gunfire"), strict=True)
    said = items(r, [Say(r, f"{sentence}.", word).done() for sentence, word in words])
    assert victims(said) == (0, 0)
    assert victims(said[2:]) == (1, 0)


@pytest.mark.parametrize(
    ("text", "dead"),
    [
        ("Odo Prellwick killed three cousins and himself.", 4),
        ("Odo Prellwick killed three cousins.", 3),
        ("Three died, including Odo Prellwick, who killed himself.", 3),
    ],
)
def test_who_killed_several_and_himself_is_one_of_the_dead(text: str, dead: int) -> None:
    r = report(text, "a", "2016-05-02")
    trigger = "killed" if "killed" in text else "died"
    assert victims(items(r, [Say(r, text, trigger).toll(3, 3).done()])) == (dead, 0)


@pytest.mark.parametrize(
    ("by", "whom", "dead"), [(True, "The gunman", 4), (False, "The gunman", 3), (True, "A man", 3)]
)
def test_who_killed_several_and_died_is_one_of_the_dead(by: bool, whom: str, dead: int) -> None:
    text = "A clerk killed three cousins. The gunman died at the scene. A man was named."
    r = report(text, "a", "2016-05-02")
    killed = Say(r, "A clerk killed three cousins.", "killed").toll(3, 3).done()
    if by:
        killed = replace(killed, actors=(Party(spans=(find(r, "A clerk"),), rule=RULE, name="A clerk"),))
    died = befell(Say(r, "The gunman died at the scene.", "died").done(), r, whom)
    assert victims(items(r, [killed, died])) == (dead, 0)


def test_those_whom_somebody_is_accused_of_killing_died_if_nothing_else_counts_them() -> None:
    r = report("He is accused of killing three cousins.", "a", "2016-05-02")
    accused = items(r, [Say(r, r.text, "killing").toll(3, 3).surely(Certainty.ALLEGED).done()])
    assert victims(accused) == (3, 0)
    assert victims([*accused, *items(*told())[:2]]) == (2, 0)


def test_an_incident_that_counts_nobody_takes_what_its_reports_count() -> None:
    held = items(*told())
    assert victims([held[3]], held) == (2, 2)
    assert victims([held[1]], [held[5]]) == (2, 0)


def test_nothing_told_is_no_incident() -> None:
    empty = ReportResult(report=report("Nothing happened.", "b"), statements=())
    assert answers([empty]) == [{"doc_id": "b", "killed": 0, "injured": 0, "incident": None}]


def test_documents_are_linked_together() -> None:
    r, statements = told()
    (only,) = answers([ReportResult(report=r, statements=tuple(statements))])
    assert only["doc_id"] == "a" and only["incident"]


def test_a_document_is_taken_in_with_its_title_above_its_text() -> None:
    uri = "http://web.archive.org/web/20160924/http://www.news.example:80/crime"
    row = {"doc_id": "d", "title": "Two dead", "text": "One.\nTwo.", "dct": "2016-05-02", "uri": uri}
    made = as_report(row)
    assert (made.text, made.published, made.outlet) == ("Two dead\n\nOne.\n\nTwo.", date(2016, 5, 2), "news.example")
    assert outlet(None) is None
    assert sum(map(development, map(str, range(100)))) not in (0, 100)
