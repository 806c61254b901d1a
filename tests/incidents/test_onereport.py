from __future__ import annotations

from math import inf

import pytest
from tests.builders import HALAM, TARIF, Say, report

from dateline.config import LinkConfig
from dateline.incidents import Linkable
from dateline.incidents.course import ALONE, Course, courses, named_here
from dateline.incidents.features import all_features
from dateline.incidents.linking import Linker
from dateline.incidents.remark import chance
from dateline.incidents.score import explain
from dateline.incidents.vocabulary import words
from dateline.incidents.weights import weights
from dateline.labels import Certainty

CONFIG = LinkConfig()
CARRIED = {**HALAM, "basis": "context"}


def says(*told: tuple[str, str]) -> list[Say]:
    """One report of these sentences, each with its trigger."""
    r = report(" ".join(sentence for sentence, _ in told))
    return [Say(r, sentence, trigger) for sentence, trigger in told]


def reasons(first: int, second: int, *items: Linkable) -> set[str]:
    """Why two of a report's statements are one or not, the same in either order."""
    found = all_features(items, weights().families, words())
    made = [
        explain(*pair, CONFIG, weights()) for pair in ((found[first], found[second]), (found[second], found[first]))
    ]
    assert made[0].reasons == made[1].reasons
    return {r.name for r in made[0].reasons}


def test_what_names_nothing_of_its_own_goes_on_about_what_was_told() -> None:
    a, b, c = says(("Jets bombed Halam.", "bombed"), ("The raid went on.", "raid"), ("Four men died.", "died"))
    a.at(HALAM), b.at(CARRIED), c.at(CARRIED).on_words("Four", "2016-05-01", "2016-05-01")
    items = a.item(), b.item(), c.item()
    assert {"report.adds_nothing", "report.next"} <= reasons(0, 1, *items)
    found = reasons(0, 2, *items)
    assert "report.adds_little" in found and not found & {"report.adds_nothing", "report.next"}


def test_a_place_of_its_own_speaks_against_where_the_earlier_has_none() -> None:
    a, b = says(("Jets bombed a school.", "bombed"), ("Troops shelled Halam.", "shelled"))
    assert "place.of_its_own" in reasons(0, 1, a.item(), b.at(HALAM).item())
    assert "place.of_its_own" not in reasons(0, 1, a.at(HALAM).item(), b.item())


def test_a_place_beside_that_of_both_speaks_against() -> None:
    a, b = says(("Jets bombed Halam.", "bombed"), ("Jets bombed Halam and Tarif.", "bombed"))
    assert "place.besides" in reasons(0, 1, a.at(HALAM).item(), b.at(HALAM).at(TARIF).item())
    c, d = says(("Jets bombed Halam.", "bombed"), ("Jets hit Halam.", "hit"))
    assert "place.besides" not in reasons(0, 1, c.at(HALAM).item(), d.at(HALAM).item())


def test_what_was_named_last_before_the_later_one_may_be_another_place() -> None:
    a, b, c = says(("Jets bombed Halam.", "bombed"), ("Troops took Tarif.", "took"), ("Four men died.", "died"))
    items = a.at(HALAM).item(), b.at(TARIF).item(), c.item()
    assert "place.between" in reasons(0, 2, *items)
    assert "place.between" not in reasons(0, 1, *items) | reasons(1, 2, *items)


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        (("Jets bombed Halam.", "bombed"), ("Mortars also hit a school.", "hit"), "cue.beside"),
        (("A raid hit Halam.", "raid"), ("Raids killed four men.", "Raids"), "trigger.number"),
    ],
)
def test_words_that_tell_the_later_apart(first: tuple[str, str], second: tuple[str, str], reason: str) -> None:
    a, b = says(first, second)
    assert reason in reasons(0, 1, a.item(), b.item())
    c, d = says(first, ("The men fled.", "fled"))
    assert reason not in reasons(0, 1, c.item(), d.item())


def test_two_that_say_no_more_than_attack_are_easily_one() -> None:
    a, b = says(("Gunmen attacked a bus.", "attacked"), ("Four men died in the attack.", "died"))
    a.kind("ASSAULT", "Attack"), b.kind("ASSAULT", "Attack")
    assert "event.both_general" in reasons(0, 1, a.item(), b.item())
    a.kind("ASSAULT", "Suicide bomb"), b.kind("ASSAULT", "Suicide bomb")
    assert "event.both_general" not in reasons(0, 1, a.item(), b.item())


def test_the_course_of_a_report_is_what_was_named_last() -> None:
    a, b, c = says(("Jets bombed Halam.", "bombed"), ("They hit a school.", "hit"), ("Four men died.", "died"))
    items = [a.at(HALAM).item(), b.at(CARRIED).item(), c.item()]
    found = courses(reversed(items))
    at = items[0].statement.trigger[0].start
    assert [found[i.id].nth for i in items] == [0, 1, 2]
    assert found[items[0].id] == Course() == ALONE
    assert all((found[i.id].place_at, found[i.id].places) == (at, named_here(items[0])) for i in items[1:])
    assert not named_here(items[1])


def test_what_one_report_tells_apart_another_report_does_not_join() -> None:
    a, b = says(("Jets bombed Halam.", "bombed"), ("Troops met in Tarif.", "met"))
    c = Say(report("Jets bombed Halam.", "other"), "Jets bombed Halam.", "bombed")
    linker = Linker(CONFIG, keep=False)
    ours, theirs = linker.within([a.at(HALAM).item(), b.at(TARIF).item()]), linker.within([c.at(HALAM).item()])
    assert len(ours) == 2
    assert linker._agree((ours[0], ours[1])) == -inf
    assert linker._agree((ours[0], theirs[0])) > CONFIG.threshold


def test_a_general_remark_is_held_against_a_link_the_more_the_surer_it_is_one() -> None:
    a, b, c = says(
        ("A mine killed 6 men in Halam on Sunday.", "killed"),
        ("Fighting has gone on for months.", "Fighting"),
        ("We call for an end to such crimes.", "crimes"),
    )
    (
        a.at(HALAM).on("2016-05-01").toll(6, 6),
        b.kind("ASSAULT", "Armed clash"),
        c.kind("ASSAULT").surely(Certainty.STATED),
    )
    found = all_features([s.item() for s in (a, b, c)], weights().families, words())
    assert found[0].remark < found[1].remark < found[2].remark
    assert 0 < chance(found[0].remark) < 0.2 < chance(found[2].remark) < 1
    assert "event.remark" in reasons(0, 2, *(s.item() for s in (a, b, c)))
