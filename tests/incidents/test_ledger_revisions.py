"""What becomes of figures: revisions, parts and totals, and what counts something wider."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import HALAM, SYRIA, TARIF, Say, report

from dateline.errors import ConfigError, EvidenceError
from dateline.incidents import Linkable, consolidate
from dateline.incidents.grades import WITHDRAWN, Grades, Judgement
from dateline.incidents.ledger import ledger
from dateline.incidents.policies import POLICIES, published_range, ranges
from dateline.incidents.totals import AGES, SIDES, apart, totals
from dateline.labels import Measure, SourceType
from dateline.ontology.grades import Scheme, steps
from dateline.records import Incident


def told(
    key: str,
    low: int,
    day: str | None = "2016-05-02",
    *,
    by: str | None = None,
    outlet: str | None = None,
    kind: SourceType = SourceType.OFFICIAL,
) -> Linkable:
    r = report(f"{key}: a toll of this strike.", key, day, outlet=outlet or f"Outlet {key}")
    say = Say(r, r.text, "toll").toll(low, low)
    return (say.said(by, kind) if by else say).item()


def says(key: str, sentence: str, trigger: str, outlet: str = "Star") -> Say:
    return Say(report(sentence, key, outlet=outlet), sentence, trigger)


def standing(*items: Linkable) -> list[int | None]:
    return [e.min for e in ledger(items).entries if e.left_out is None]


def test_a_later_figure_of_the_same_voice_revises_the_earlier_one() -> None:
    book = ledger([told("a", 12, "2016-05-01", by="Mayor Lind"), told("b", 15, "2016-05-03", by="Mayor Lind")])
    old, new = book.entries
    assert (old.revised_by, old.left_out) == (new.id, "revised by the same voice on 2016-05-03")
    assert (new.revises, new.left_out) == (old.id, None)
    assert published_range(book.entries).min == published_range(book.entries).max == 15


def test_another_voice_revises_nothing() -> None:
    assert standing(told("a", 12, "2016-05-01", by="Mayor Lind"), told("b", 15, "2016-05-03", by="Mayor Sand")) == [
        12,
        15,
    ]


def test_the_order_of_figures_of_one_day_or_of_no_day_is_unknown() -> None:
    assert standing(told("a", 12, by="Mayor Lind"), told("b", 15, by="Mayor Lind")) == [12, 15]
    assert standing(told("a", 12, None, by="Mayor Lind"), told("b", 15, by="Mayor Lind")) == [15, 12]


def test_two_nameless_officials_may_be_two() -> None:
    first = told("a", 12, "2016-05-01", by="an official", outlet="Star")
    assert standing(first, told("b", 15, "2016-05-03", by="an official", outlet="Post")) == [12, 15]
    assert standing(first, told("b", 15, "2016-05-03", by="an official", outlet="Star")) == [15]


def test_what_is_said_again_is_no_revision() -> None:
    days = ("2016-05-01", "2016-05-02", "2016-05-03")
    same = [told(d, n, d, by="Mayor Lind") for d, n in zip(days, (12, 15, 12), strict=True)]
    book = ledger(same)
    assert [e.left_out is None for e in book.entries] == [True, False, True]


def test_parts_are_told_beside_their_total() -> None:
    item = says("a", "The strike killed 48, including 5 children and 7 women.", "killed")
    book = ledger([item.toll(48, 48).toll(5, 5, of="children").toll(7, 7, of="women").item()])
    check = book.checks[0]
    assert (check.fits, check.note) == (True, "5 children, 7 women: fit the 48 that Star gives")
    assert [(r.victims, r.min, r.max) for r in ranges(book)] == [(None, 48, 48), ("children", 5, 5), ("women", 7, 7)]


def test_parts_that_are_more_than_their_total_are_shown_not_to_fit() -> None:
    item = says("a", "The strike killed 10, including 6 children and 7 soldiers.", "killed")
    book = ledger([item.toll(10, 10).toll(6, 6, of="children").toll(7, 7, of="soldiers").item()])
    assert [(c.fits, c.note) for c in book.checks] == [
        (False, "6 children, 7 soldiers: do not fit the 10 that Star gives")
    ]
    open_total = says("b", "At least 10 were killed, including 12 children.", "killed").toll(10, None)
    assert ledger([open_total.toll(12, 12, of="children").item()]).checks[0].fits


def test_classes_that_exclude_each_other_are_added_if_nobody_gives_a_total() -> None:
    say = says("a", "The strike killed three soldiers and two policemen.", "killed")
    parts = [say.toll(3, 3, whom="soldiers").toll(2, 2, whom="policemen").item()]
    (everyone, soldiers, police) = ranges(ledger(parts))
    assert everyone.figures == tuple(e.id for e in ledger(parts).entries)
    assert (everyone.min, everyone.max) == (5, 5)
    assert (soldiers.victims, soldiers.min, police.victims, police.max) == ("combatants", 3, "police", 2)
    six = ranges(ledger([*parts, told("b", 6)]))[0]
    assert (six.min, six.max) == (6, 6)


def test_a_class_that_is_more_than_everyone_counts_for_everyone() -> None:
    one = says("a", "A gunman was killed.", "killed").toll(1, 1).item()
    police = says("b", "Three policemen were killed.", "killed").toll(3, 3, whom="policemen").item()
    assert [(r.min, r.max) for r in ranges(ledger([one, police])) if r.victims is None] == [(1, 3)]
    four = says("c", "Four people were killed.", "killed").toll(4, 4).item()
    assert [(r.min, r.max) for r in ranges(ledger([four, police])) if r.victims is None] == [(4, 4)]


def test_classes_that_overlap_are_not_added() -> None:
    say = says("a", "The strike killed three civilians and two women.", "killed")
    book = ledger([say.toll(3, 3, whom="civilians").toll(2, 2, whom="women").item()])
    assert [e.min for e in totals(book.entries)] == [3, 2]


@given(st.sampled_from(sorted(AGES | SIDES)), st.sampled_from(sorted(AGES | SIDES)))
def test_exclusion_is_mutual_and_nothing_excludes_itself(a: str, b: str) -> None:
    assert apart(a, b) == apart(b, a)
    assert not apart(a, a)


def test_figures_of_two_places_are_not_those_of_one() -> None:
    both = says("a", "Raids on Halam and Tarif killed 20.", "killed").at(HALAM).at(TARIF).toll(20, 20).item()
    one = says("b", "A raid on Halam killed 8.", "killed").at(HALAM).toll(8, 8).item()
    assert [(e.min, e.left_out) for e in ledger([both, one]).entries] == [
        (20, "counts Halam and Tarif together"),
        (8, None),
    ]
    assert [e.left_out for e in ledger([both]).entries] == [None]
    suburb = {**HALAM, "name": "Sefra", "place_id": "geonames:7", "lat": 35.3}
    near = says("c", "A raid on Sefra near Halam killed 4.", "killed").at(suburb).at(HALAM).toll(4, 4).item()
    assert [e.left_out for e in ledger([near, one]).entries] == [None, None]


def test_figures_of_all_of_an_area_are_not_those_of_a_town_in_it() -> None:
    r = report("Raids across Syria killed 90.", "a")
    wide = Say(r, r.text, "killed").at_words("Syria", SYRIA).toll(90, 90).item()
    one = says("b", "A raid on Halam killed 8.", "killed").at(HALAM).toll(8, 8).item()
    assert [e.left_out for e in ledger([wide, one]).entries] == ["counts all of Syria", None]
    near = report("A raid in Syria killed 9.", "c")
    said = Say(near, near.text, "killed").at_words("Syria", SYRIA).toll(9, 9).item()
    assert [e.left_out for e in ledger([said, one]).entries] == [None, None]


def test_figures_of_a_period_are_not_those_of_a_day_in_it() -> None:
    r = report("Raids have killed 300 since 20 April.", "a")
    long = Say(r, r.text, "killed").on_words("since 20 April", "2016-04-20", "2016-05-02").toll(300, 300).item()
    day = says("b", "A raid on Halam killed 8.", "killed").on("2016-05-01").toll(8, 8).item()
    assert [e.left_out for e in ledger([long, day]).entries] == ["counts all from 2016-04-20 to 2016-05-02", None]
    r = report("The raid last month killed 8.", "c")
    vague = Say(r, r.text, "killed").on_words("last month", "2016-04-01", "2016-04-30").toll(8, 8).item()
    april = says("d", "A raid on Halam killed 8.", "killed").on("2016-04-09").toll(8, 8).item()
    assert [e.left_out for e in ledger([vague, april]).entries] == [None, None]


@pytest.mark.parametrize(
    ("text", "war"),
    [
        ("More than 900 people have been killed since the war began, and 8 in this raid.", True),
        ("The raid killed 8 in a conflict that has killed 900.", True),
        ("Since the uprising, 900 have died, and 8 in this raid.", True),
        ("A raid killed 900 in the deadliest day since the truce, 8 of them at a school.", False),
    ],
)
def test_what_a_war_cost_is_not_what_a_raid_cost(text: str, war: bool) -> None:
    r = report(text)
    said = Say(r, text, "900").toll(900, 900).item(), Say(r, text, "8 ").toll(8, 8).item()
    lefts = {e.min: e.left_out for e in ledger(said).entries}
    assert lefts == {900: "counts all of a war or period" if war else None, 8: None}
    assert ledger(said[:1]).entries[0].left_out is None


def test_dozens_is_no_number_beside_one() -> None:
    dozens = says("a", "The strike killed dozens.", "killed").toll(24, None, hedge="vague").item()
    assert standing(dozens) == [24]
    found = published_range(ledger([dozens, told("b", 40)]).entries)
    assert (found.min, found.max) == (40, 40)
    few = published_range(ledger([dozens, told("b", 4)]).entries)
    assert (few.min, few.max) == (4, None)
    alone = published_range(ledger([dozens]).entries)
    assert (alone.min, alone.max) == (24, None)


def test_an_earlier_toll_is_shown_and_not_counted() -> None:
    item = says("a", "The toll rose to 15 from 12.", "toll").toll(15, 15).toll(12, 12, of="earlier toll").item()
    assert [(e.min, e.left_out) for e in ledger([item]).entries] == [(15, None), (12, "earlier toll")]


def test_a_figure_of_the_side_that_acted_is_marked() -> None:
    own = says("a", "Our raid killed 9, the Front said.", "killed").by("the Front", "Northern Front").toll(9, 9)
    front = own.said("Northern Front", SourceType.ARMED_GROUP).item()
    mayor = says("b", "The Front killed 12, the mayor said.", "killed").by("the Front", "Northern Front").toll(12, 12)
    assert [e.by_actor for e in ledger([front, mayor.said("Mayor Lind").item()]).entries] == [True, False]
    rival = says("c", "The army killed 4, the Front said.", "killed").by("the army", "Army").toll(4, 4)
    assert not ledger([rival.said("Northern Front", SourceType.ARMED_GROUP).item(), front]).entries[1].by_actor


def test_what_is_set_aside_disputes_nothing() -> None:
    def disputed(*items: Linkable) -> bool:
        incident = Incident(id="i", code="c", statements=tuple(i.id for i in items))
        return consolidate(incident, items).field("figures").disagree

    lind = told("a", 12, "2016-05-01", by="Mayor Lind")
    sand = told("b", 15, "2016-05-02", by="Mayor Sand")
    assert disputed(lind, sand)
    assert not disputed(lind, sand, told("c", 15, "2016-05-03", by="Mayor Lind"))
    soldiers = says("d", "The strike killed 3 soldiers.", "killed").toll(3, 3, whom="soldiers")
    assert not disputed(sand, soldiers.said("Mayor Vell").item())


def judged(scheme: Scheme, target: str, value: str, person: str = "Ana", *members: str) -> Judgement:
    return Judgement(scheme=scheme, target=target, value=value, person=person, at="2020-01-01", members=members)


def test_the_best_graded_figure_is_published_and_the_grade_said() -> None:
    a, b, c = told("a", 10, by="Mayor Lind"), told("b", 20, by="Mayor Sand"), told("c", 30, by="Mayor Vell")
    graded = Grades(
        [judged(Scheme.RELIABILITY, "official:mayor lind", "E"), judged(Scheme.RELIABILITY, "official:mayor sand", "B")]
    )
    found = published_range(ledger([a, b, c], grades=graded).entries, "highest-graded")
    assert (found.min, found.max) == (20, 20)
    assert found.note.endswith("graded B6")
    unjudged = published_range(ledger([a, b, c]).entries, "highest-graded")
    assert (unjudged.min, unjudged.max) == (10, 30)


def test_a_statement_is_graded_apart_from_its_voice() -> None:
    a = told("a", 10, by="Mayor Lind")
    graded = Grades([judged(Scheme.CREDIBILITY, a.id, "2", "Ben"), judged(Scheme.RELIABILITY, "x", "A")])
    grade = ledger([a], grades=graded).entries[0].grade
    assert (str(grade), grade.by) == ("F2", ("Ben",))


def test_a_machine_may_say_no_more_than_f6() -> None:
    assert judged(Scheme.RELIABILITY, "x", "F", "").value == "F"
    assert judged(Scheme.CREDIBILITY, "x", "6", " ").value == "6"
    for scheme in Scheme:
        for step in steps(scheme):
            if step not in "F6":
                with pytest.raises(EvidenceError, match="person"):
                    judged(scheme, "x", step, "")
    with pytest.raises(ConfigError, match="no credibility grade 'B'"):
        judged(Scheme.CREDIBILITY, "x", "B")


def test_the_last_judgement_stands_and_can_be_withdrawn() -> None:
    said = [judged(Scheme.RELIABILITY, "x", v) for v in ("A", "C", WITHDRAWN)]
    assert [Grades(said[:n]).grade(["x"], "s").reliability for n in (1, 2, 3)] == ["A", "C", "F"]


def test_an_incidents_grade_follows_most_of_its_statements() -> None:
    graded = Grades([judged(Scheme.HARM, "i_1", "fair", "Ana", "a", "b", "c")])
    grown, split, gone = graded.incident(["a", "b", "c", "d"]), graded.incident(["b", "c"]), graded.incident(["a", "z"])
    assert grown and (grown.value, grown.joined, grown.left) == ("fair", 1, 0)
    assert split and (split.joined, split.left) == (0, 1)
    assert gone is None
    later = Grades([*graded.judgements, judged(Scheme.HARM, "i_2", WITHDRAWN, "Ana", "b", "c")])
    assert later.incident(["b", "c"]) is None


figures = st.builds(
    told,
    st.sampled_from("abcdef"),
    st.integers(0, 50),
    st.sampled_from(["2016-05-01", "2016-05-02", "2016-05-03", None]),
    by=st.sampled_from(["Mayor Lind", "Mayor Sand", "an official", None]),
)


@given(st.lists(figures, min_size=1, max_size=8, unique_by=lambda i: i.id), st.sampled_from(sorted(POLICIES)))
def test_every_revision_has_a_standing_successor_and_something_stands(items: list[Linkable], policy: str) -> None:
    book = ledger(items)
    by_id = {e.id: e for e in book.entries}
    assert len(by_id) == len(items)
    for e in book.entries:
        if e.revised_by:
            later = by_id[e.revised_by]
            assert later.left_out is None
            assert e.said.published and later.said.published and e.said.published < later.said.published
            assert later.said.voice == e.said.voice
    found = published_range(book.entries, policy)
    assert found.measure is Measure.KILLED
    assert found.used and found.min is not None
