from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import HALAM, Say, report

from dateline.config import LinkConfig
from dateline.incidents import Linkable
from dateline.incidents.features import all_features
from dateline.incidents.linking import Linker
from dateline.incidents.score import explain, probability, score
from dateline.incidents.vocabulary import RARE, UNSEEN, words
from dateline.incidents.weights import weights

CONFIG = LinkConfig()


def told(key: str, text: str, trigger: str) -> Say:
    return Say(report(text, key), text, trigger)


def names(a: Linkable, b: Linkable) -> set[str]:
    return {r.name for r in score(a, b, CONFIG).reasons}


def test_every_learned_weight_is_of_a_reason_and_keeps_its_side() -> None:
    w = weights()
    for held in (w.within, w.across, w.mains):
        assert held.keys() == w.reasons.keys()
        for name, weight in held.items():
            rule = w.reasons[name]
            assert rule.either or weight * rule.start >= 0, name
            assert rule.cannot == (rule.start <= -20)


def test_rare_words_speak_for_one_happening() -> None:
    vocabulary = words()
    assert vocabulary.rarity("kill") < RARE <= vocabulary.rarity("bakery") <= vocabulary.rarity("ezgulim") == UNSEEN
    a = told("a", "Gunmen shot a baker near the Ezgulim bridge.", "shot").item()
    b = told("b", "A man died by the Ezgulim bridge.", "died").item()
    assert [r for r in score(a, b, CONFIG).reasons if r.text.endswith("ezgulim") and r.weight > 0]
    assert "words.rare" in names(a, b)
    c = told("c", "A man died in the attack.", "died").item()
    assert "words.rare" not in names(a, c)


def test_the_name_of_a_shared_place_is_no_rare_word() -> None:
    a = told("a", "Gunmen shot a man in Ezgulim.", "shot").at({"name": "Ezgulim"}).item()
    b = told("b", "A man died in Ezgulim.", "died").at({"name": "Ezgulim"}).item()
    assert "words.rare" not in names(a, b)


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("Salim Brauk", "Salim Brauk Jr.", "person.same"),
        ("Salim Brauk", "Dora Nimmel", "person.differ"),
        ("Two Men", "Dora Nimmel", None),
        ("the mayor", "the mayor", "target.alike"),
    ],
)
def test_persons_are_told_apart_by_their_last_names(left: str, right: str, reason: str | None) -> None:
    a = told("a", "Gunmen shot somebody.", "shot").against(left).item()
    b = told("b", "Somebody died at night.", "died").against(right).item()
    found = names(a, b) & {"person.same", "person.differ", "target.alike"}
    assert found == ({reason} if reason else set())


def test_parties_of_one_group_are_the_same_and_of_one_word_only_alike() -> None:
    a = told("a", "Gunmen shot somebody.", "shot").by("the army", "Halam").by("gunmen").item()
    b = told("b", "Somebody died at night.", "died").by("soldiers", "Halam").item()
    c = told("c", "Somebody else died.", "died").by("gunmen").item()
    assert "actor.same" in names(a, b)
    assert "actor.alike" in names(a, c)


def test_reports_on_the_same_things_are_alike_as_wholes() -> None:
    text = "Gunmen shot {0} on Monday. Neighbours of Ezgulim mourned. The Brauk bakery was closed."
    items = []
    for key, who in (("a", "a baker"), ("b", "somebody")):
        r = report(text.format(who), key)
        items += [Say(r, f"Gunmen shot {who} on Monday.", "shot").item()]
        items += [Say(r, "Neighbours of Ezgulim mourned.", "mourned").kind("PROTEST").item()]
        items += [Say(r, "The Brauk bakery was closed.", "closed").item()]
    found = all_features(items, weights().families, words())
    assert found[0].story == found[1].story
    assert {"ezgulim", "brauk"} <= set(found[0].story.marks)
    reasons = {r.name: r for r in explain(found[0], found[3], CONFIG, weights()).reasons}
    assert "report.alike" in reasons and "ezgulim" in reasons["report.alike"].text


def of_people(key: str, day: str, people: str, outlet: str) -> Linkable:
    text = f"A gunman shot a baker in Halam. {people} wept. Neighbours said that the street was quiet."
    said = Say(report(text, key, "2016-05-20", outlet=outlet), "A gunman shot a baker in Halam.", "shot")
    return said.at(HALAM).on(day, day).item()


def found_reasons(*items: Linkable) -> dict[str, str]:
    a, b = all_features(items, weights().families, words())
    return {r.name: r.text for r in explain(a, b, CONFIG, weights()).reasons}


def test_names_are_words_never_written_small_that_hardly_any_text_has() -> None:
    text = "The Ezgulim choir sang for Selwik Brauk. BRKN reported it. A brimble grew there; Brimble pie was served."
    r = report(text)
    (f,) = all_features([Say(r, "BRKN reported it.", "reported").item()], weights().families, words())
    assert f.story.names == {"ezgulim", "selwik", "brauk"}
    placed = Say(r, "BRKN reported it.", "reported").at(HALAM | {"name": "Ezgulim"}).item()
    assert all_features([placed], weights().families, words())[0].story.names == {"selwik", "brauk"}


@pytest.mark.parametrize(("text", "names"), [
    ("Framble your answers. A gunman fled. Grottle the coach. The town wept.", set()),
    ("A gunman fled.\nFramble now\nThe town wept.", set()),
    ("A gunman fled, Brauk said. Framble was not named.", {"brauk"}),
    ("A gunman fled. Dorwa Nimmel was hurt.", {"dorwa", "nimmel"}),
    ("A gunman fled. “Framble,” Ned O’Nimmel called.", {"ned", "nimmel"}),
])  # fmt: skip
def test_a_word_that_only_begins_sentences_is_no_name(text: str, names: set[str]) -> None:
    said = Say(report(text), "A gunman fled", "fled").item()
    (f,) = all_features([said], weights().families, words())
    assert f.story.names == names


def test_reports_that_name_the_same_people_are_linked_over_a_day_that_was_misread() -> None:
    first = of_people("a", "2016-05-02", "Selwik Brauk and Dorwa Nimmel", "Wire")
    found = found_reasons(first, of_people("b", "2016-05-19", "Dorwa Nimmel and Selwik Brauk", "Post"))
    assert found["report.names"] == "both reports name brauk, dorwa, nimmel, selwik"
    assert "date.apart" in found and "date.disjoint" not in found


@pytest.mark.parametrize(("people", "outlet"), [("Dorwa Nimmel and Selwik Brauk", "Wire"), ("Her two sisters", "Post")])
def test_days_far_apart_forbid_a_link_of_one_outlet_or_of_other_people(people: str, outlet: str) -> None:
    first = of_people("a", "2016-05-02", "Selwik Brauk and Dorwa Nimmel", "Wire")
    found = found_reasons(first, of_people("b", "2016-05-19", people, outlet))
    assert "date.disjoint" in found
    assert ("outlet.names" in found) is (outlet == "Wire")


def test_a_score_is_a_probability() -> None:
    w = weights()
    assert probability(w.even, w) == 0.5
    assert probability(w.even + 3, w) > 0.9 > 0.1 > probability(w.even - 3, w)


def test_other_weights_can_be_tried() -> None:
    a, b = (told(k, "Jets bombed Halam.", "bombed").at(HALAM).item() for k in "ab")
    w = weights()
    assert len(Linker(CONFIG).link([a, b]).incidents) == 1
    never = replace(w, across=dict.fromkeys(w.across, -1.0))
    assert len(Linker(CONFIG, never).link([a, b]).incidents) == 2


def test_the_city_is_a_place_within_its_report_and_none_that_two_reports_name() -> None:
    items = [told(k, "Jets bombed the city.", "bombed").at_words("the city", HALAM).item() for k in "ab"]
    a, b = all_features(items, weights().families, words())
    assert a.places == b.places
    x, y = (Linker(CONFIG).within([i])[0].whole for i in items)
    found = {r.name for r in explain(x, y, CONFIG, weights()).reasons}
    assert "place.same" not in found and "place.unsaid" in found
