from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import Say, report

from dateline.incidents import Linkable
from dateline.incidents.copies import Sentences, copies
from dateline.incidents.grades import Grades, Judgement
from dateline.incidents.view import VoiceKind
from dateline.incidents.voices import hear, voices
from dateline.labels import SourceType
from dateline.language.en.credits import credited
from dateline.language.en.voicewords import all_over, unnamed, victim_class, whole_period
from dateline.ontology.grades import Scheme
from dateline.records import Report
from dateline.resolve.press import is_agency, press_id

STORY = (
    "Shells fell on the grain market of Halam at noon, when farmers from the valley had come to sell their crop. "
    "The roof of the main hall came down and fires burned until the evening, the mayor's office said. "
    "Ambulances took the wounded over the river because the road to the hospital was cut."
)
OTHER = (
    "Engineers reopened the bridge at Tarif after nine days of repairs that cost the province more than planned. "
    "Lorries queued on both banks from early morning and the first of them crossed before the ribbon was cut."
)


def printed(key: str, text: str, outlet: str | None, day: str = "2016-05-02", author: str | None = None) -> Report:
    made = report(text, key, day, outlet)
    return Report(text=made.text, external_id=key, published=made.published, outlet=outlet, author=author)


def shells(r: Report) -> Linkable:
    return Say(r, "Shells fell on the grain market of Halam at noon", "fell").item()


def by_key(*reports: Report) -> dict[str, Report]:
    return {r.key: r for r in reports}


def test_a_text_cut_in_half_and_one_with_a_new_ending_repeat_the_first() -> None:
    half = STORY[: STORY.index(" Ambulances")]
    longer = f"{STORY} {OTHER}"
    found = copies({"a": STORY, "b": half, "c": OTHER, "d": longer})
    assert {c.report_id: (c.of, c.share) for c in found.values()} == {"b": ("a", 1.0), "d": ("a", 1.0)}


def test_a_shared_formula_makes_no_copy() -> None:
    formula = "This story will be updated as we learn more about it from our reporters on the ground."
    assert copies({"a": f"{STORY} {formula}", "b": f"{OTHER} {formula}"}) == {}


def test_a_sentence_is_found_in_the_first_text_that_has_it_with_a_word_changed() -> None:
    texts = Sentences([OTHER, STORY, f"{STORY} {OTHER}"])
    changed = "The roof of the main hall came down and flames burned until the evening, the mayor's office said"
    assert (texts.first(changed, 3), texts.first(changed, 1)) == (1, None)
    assert texts.first("The roof of a school in Tarif was repaired before the evening by workers", 3) is None
    assert texts.first("Shells fell on", 3) is None


def test_reprints_speak_with_the_voice_of_the_agency_one_of_them_credits() -> None:
    first = printed("a", STORY, "Valley Post", "2016-05-01")
    again = printed("b", f"HALAM (Reuters) - {STORY}", "Delta Star", "2016-05-02")
    half = printed("c", STORY[: STORY.index(" Ambulances")], "Lake Herald", "2016-05-03")
    heard = hear([shells(x) for x in (first, again, half)], by_key(first, again, half))
    assert [(v.id, v.kind, v.outlets) for v in heard.voices] == [
        ("agency:reuters", VoiceKind.AGENCY, ("Valley Post", "Delta Star", "Lake Herald"))
    ]
    assert [(c.outlet, c.of_outlet) for c in heard.copies] == [
        ("Delta Star", "Valley Post"),
        ("Lake Herald", "Valley Post"),
    ]
    assert heard.sole is heard.voices[0]
    assert heard.unknown == 0


def test_a_sentence_taken_over_speaks_with_the_first_voice_and_the_rest_of_the_report_does_not() -> None:
    first = printed("a", STORY, "Valley Post", "2016-05-01")
    own = printed("b", f"{OTHER} {OTHER} Shells fell on the grain market of Halam at noon, we saw it.", "Star")
    assert voices([shells(first), shells(own)], by_key(first, own)) == {
        shells(first).id: "outlet:valley post",
        shells(own).id: "outlet:valley post",
    }
    told = Say(own, "Lorries queued on both banks", "queued").item()
    assert voices([shells(first), told], by_key(first, own))[told.id] == "outlet:star"


def test_the_agency_is_named_in_the_dateline_the_byline_or_the_last_line() -> None:
    texts = {
        f"HALAM, May 2 (AFP) – {STORY}": "agency:afp",
        f"{STORY} --Reuters": "agency:reuters",
        f"{STORY}\n\nSource: Xinhua": "agency:xinhua",
        f"{STORY} (Associated Press)": "agency:ap",
    }
    for text, agency in texts.items():
        found = {i for n in credited(printed("a", text, None)) if (i := press_id(n)) and is_agency(i)}
        assert found == {agency}, text
    r = printed("a", STORY, "Star", author="Jo Writer, Associated Press")
    assert voices([shells(r)], by_key(r)) == {shells(r).id: "agency:ap"}


@pytest.mark.parametrize("text", [f"{STORY} (Photo: Reuters)", f"{STORY} Reuters said more in the evening.", STORY])
def test_an_agency_named_elsewhere_did_not_write_the_report(text: str) -> None:
    r = printed("a", text, "Star")
    assert voices([shells(r)], by_key(r)) == {shells(r).id: "outlet:star"}


def test_a_report_of_several_agencies_is_its_outlets() -> None:
    r = printed("a", f"HALAM (AFP/Reuters) - {STORY}", "Star")
    assert voices([shells(r)], by_key(r)) == {shells(r).id: "outlet:star"}


def test_an_outlet_and_the_same_outlet_as_a_source_are_one_voice() -> None:
    a, b = printed("a", STORY, "Harbour Wire"), printed("b", f"It was so. {STORY}", "Star", "2016-05-04")
    cited = Say(b, "It was so.", "was").said("The Harbour Wire", SourceType.AGENCY).item()
    assert set(voices([shells(a), cited]).values()) == {"outlet:harbour wire"}
    assert press_id("The BBC") == press_id("BBC News") == "outlet:bbc"
    assert press_id("reuters.com") == "agency:reuters"
    assert press_id("Harbour Wire") is None


def test_of_whom_it_is_unknown_whether_they_are_independent() -> None:
    a, b, c = (printed(k, f"{k}: {STORY}" if k == "a" else f"{k}: {OTHER}", k.upper()) for k in "abc")
    items = [
        Say(a, STORY.split(" at noon")[0], "fell").said("Mayor Lind").item(),
        Say(b, OTHER.split(" at Tarif")[0], "reopened").said("a senior official").item(),
        Say(c, OTHER.split(" at Tarif")[0], "reopened").item(),
    ]
    heard = hear(items)
    assert {v.kind for v in heard.voices} == {VoiceKind.SOURCE, VoiceKind.ANONYMOUS, VoiceKind.OUTLET}
    assert heard.unknown == 2
    assert hear(items[:1]).unknown == 0


def test_several_outlets_that_cite_one_nameless_official_rest_on_one_voice() -> None:
    items = []
    for key, words in (("a", "an official"), ("b", "an official"), ("c", "an official")):
        r = report(f"{key} {OTHER}", key, outlet=f"Outlet {key}")
        items.append(Say(r, r.text[:60], "reopened").said(words).item())
    sole = hear(items).sole
    assert sole is not None
    assert (sole.kind, len(sole.outlets)) == (VoiceKind.ANONYMOUS, 3)


def test_who_is_named_in_full_once_is_the_same_speaker_afterwards() -> None:
    def named(*names: str) -> list[str]:
        items = []
        for n, name in enumerate(names):
            r = report(f"{n} {OTHER}", f"k{n}", outlet="Star")
            items.append(Say(r, r.text[:60], "reopened").said(name).item())
        heard = hear(items)
        return [heard.of[i.id] for i in items]

    assert named("Mayor Ana Lind", "Lind", "the mayor") == ["official:mayor ana lind"] * 3
    assert named("Lind", "Mayor Ana Lind") == ["official:lind"] * 2
    assert len(set(named("Mayor Ana Lind", "Governor Per Lind", "Lind"))) == 3
    assert len(set(named("Mayor Lind", "an official", "a mayor of a town"))) == 3


def test_a_grade_holds_for_every_form_of_a_name() -> None:
    at = "2020-01-01"
    judged = [
        Judgement(scheme=Scheme.RELIABILITY, target=target, value=value, person="Ana", at=at)
        for target, value in (("official:lind", "B"), ("official:mayor lind", "C"))
    ]
    assert Grades(judged).grade(("official:mayor lind", "official:lind"), "s").reliability == "C"
    assert Grades(judged[:1]).grade(("official:mayor lind", "official:lind"), "s").reliability == "B"


def test_citing_in_a_circle_is_found() -> None:
    def cites(key: str, outlet: str, *chain: str) -> Linkable:
        r = report(f"{key} says that it fell.", key, outlet=outlet)
        say = Say(r, r.text, "fell")
        for name in chain:
            say = say.said(name, SourceType.MEDIA)
        return say.item()

    around = [cites("a", "Star", "Post"), cites("b", "Post", "Herald"), cites("c", "The Herald", "Star")]
    assert hear(around).circles == (("Post", "Star", "The Herald"),)
    assert hear(around[:2]).circles == ()
    assert hear([cites("d", "Star", "Star")]).circles == ()
    assert hear([*around, cites("e", "Gazette", "Star")]).circles == (("Post", "Star", "The Herald"),)


@given(st.permutations(range(6)))
def test_voices_do_not_depend_on_order(order: list[int]) -> None:
    texts = [STORY, OTHER, STORY[: STORY.index(" Ambulances")], f"{OTHER} --AFP", f"Shells fell. {OTHER}", STORY]
    reports = [printed(str(n), t, f"Outlet {n}", f"2016-05-0{n + 1}") for n, t in enumerate(texts)]
    items = [Say(r, r.text.split(".")[0] + ".", r.text.split()[0]).item() for r in reports]
    assert hear([items[n] for n in order], by_key(*reports)) == hear(items, by_key(*reports))


def test_speakers_without_a_name() -> None:
    assert all(
        map(unnamed, ("a senior official", "Turkish officials", "officials in the capital", "sources", "residents"))
    )
    assert not any(map(unnamed, ("Mayor Lind", "police", "the provincial health office", "a spokesman for the army")))


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("young policemen", "police"),
        ("people", None),
        ("members of the border militia", "combatants"),
        ("women and children", None),
        ("boys and girls", "children"),
        ("suicide bombers", "attackers"),
        ("Halamites", None),
        (None, None),
        ("journalists", "civilians"),
    ],
)
def test_victims_are_of_the_class_their_noun_names(phrase: str | None, found: str | None) -> None:
    assert victim_class(phrase) == found


def test_words_of_wider_events() -> None:
    assert all_over("raids across")
    assert all_over("raids in various parts of the")
    assert not all_over("a raid on the")
    assert whole_period("", "since Monday")
    assert whole_period("killed over the", "past week")
    assert not whole_period("killed", "last month")
