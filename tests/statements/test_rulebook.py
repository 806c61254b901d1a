"""The rules over what the model reads, each on statements made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.english import english
from tests.language.en.test_en_modelled import language
from tests.language.test_en_language import NEWS

from dateline.labels import Basis, Measure
from dateline.language.base import Argument, Named, Reading, Same
from dateline.records import Report, ReportResult, Statement
from dateline.statements import spots
from dateline.statements.combined import CombinedExtractor
from dateline.statements.modelled import ModelExtractor
from dateline.statements.rulebook import ALL_RULES
from dateline.testing.extractors import check_extractor


def read(
    text: str, trigger: str, *arguments: tuple[str, ...], certainty: str = "stated", published: date | None = None
) -> Statement:
    """The statement of one reading; an argument is (role, words) or (role, words, label), one may have a score."""
    report = Report(text=text, published=published)
    annotation = english().annotate(report)
    start = text.index(trigger)
    sentence = next(s for s in annotation.sentences if s.start <= start < s.end)
    held = []
    for role, words, *label in arguments:
        score = float(label.pop()) if label and label[-1].startswith("0.") else 0.8
        kind_of_it = label[0] if label else ""
        at = text.index(words, sentence.start)
        held.append(Argument(role, at, at + len(words), score, kind_of_it))
    kind, sub = ("ASSAULT", 0.99), ("Attack", 0.8)
    held.sort(key=lambda a: (a.start, a.end, a.role))
    made = Reading(start, start + len(trigger), sentence.index, 0.99, kind, sub, (certainty, 0.9), tuple(held))
    statements = CombinedExtractor().extract(report, replace(annotation, readings=(made,)))
    return ReportResult(report=report, statements=statements).statements[0]


def names(values: tuple[object, ...]) -> list[str]:
    """The names of parties or places."""
    return [v.name for v in values]  # type: ignore[attr-defined]


def test_it_keeps_the_contract() -> None:
    check_extractor(CombinedExtractor(), language(), NEWS)


def test_every_rule_has_an_id_a_reason_and_a_source() -> None:
    rules = [(r.id, r.reason, r.source) for r in ALL_RULES]
    assert len({r[0] for r in rules}) == len(rules)
    for name, reason, source in rules:
        assert name.endswith(".v1") and reason.endswith(".") and len(source) > 20


@pytest.mark.parametrize(
    ("text", "targets", "left"),
    [
        ("Bomber kills 16 in Halam.", ["16"], []),
        ("Gunmen shot at least twelve in Halam.", ["at least twelve"], []),
        ("Gunmen shot 12 farmers in Halam.", ["12 farmers"], ["12 farmers"]),
        ("A man shot three guards outside a bakery.", ["three guards", "bakery"], ["three guards"]),
        ("He blew himself up in front of the court.", ["court"], []),
        ("He blew up the court.", ["court"], ["court"]),
        (
            "Police arrested Omar Sayed and two students.",
            ["Omar Sayed and two students"],
            ["Omar Sayed", "two students"],
        ),
        ("They shot ten men, including a judge.", ["ten men, including a judge"], ["ten men", "a judge"]),
        ("They shot men and", ["men and"], ["men"]),
    ],
)
def test_targets(text: str, targets: list[str], left: list[str]) -> None:
    trigger = next(w for w in ("kills", "shot", "blew", "arrested") if w in text)
    assert names(read(text, trigger, *(("target", t) for t in targets)).targets) == left


@pytest.mark.parametrize(
    ("text", "party", "left"),
    [
        ("They shot 26 women and children.", "26 women and children", ["26 women and children"]),
        ("They shot scores of guards and drivers.", "scores of guards and drivers", ["scores of guards and drivers"]),
        ("They shot 12 guards and a driver.", "12 guards and a driver", ["12 guards", "a driver"]),
        ("They shot 12 guards and two drivers.", "12 guards and two drivers", ["12 guards", "two drivers"]),
        ("They shot 20 men including a guard.", "20 men including a guard", ["20 men", "a guard"]),
        ("They shot local and provincial judges.", "local and provincial judges", ["local and provincial judges"]),
        ("They shot at Ruvanian and Ostian ships.", "Ruvanian and Ostian ships", ["Ruvanian", "Ostian ships"]),
        ("They shot men with knives and sticks.", "men with knives and sticks", ["men with knives and sticks"]),
        ("They shot men with knives and a guard.", "men with knives and a guard", ["men with knives", "a guard"]),
        ("They shot a judge or a guard.", "a judge or a guard", ["a judge", "a guard"]),
    ],
)
def test_what_shares_a_number_or_a_noun_is_one(text: str, party: str, left: list[str]) -> None:
    assert names(read(text, "shot", ("target", party)).targets) == left


def named(text: str, trigger: str, spans: list[str], label: str, *persons: str) -> list[str]:
    """The parties that are left of some, where these words are names."""
    report = Report(text=text)
    annotation = english().annotate(report)
    held = tuple(Argument("target", text.index(w), text.index(w) + len(w), 0.95) for w in spans)
    held = tuple(sorted(held, key=lambda a: a.start))
    start = text.index(trigger)
    r = Reading(start, start + len(trigger), 0, 0.9, ("ASSAULT", 0.9), ("Attack", 0.8), ("stated", 0.9), held)
    known = tuple(Named(text.index(w), text.index(w) + len(w), label, 0.9) for w in persons)
    made = CombinedExtractor().extract(report, replace(annotation, readings=(r,), named=known))
    return names(made[0].targets)


def test_a_person_and_what_describes_the_person_are_one() -> None:
    text = "They shot a farmer, Omar Sayed, on Monday."
    assert named(text, "shot", ["a farmer", "Omar Sayed"], "PER", "Omar Sayed") == ["Omar Sayed"]
    assert named(text, "shot", ["a farmer", "Omar Sayed"], "LOC", "Omar Sayed") == ["a farmer", "Omar Sayed"]
    text = "They shot Omar Sayed, a farmer, on Monday."
    assert named(text, "shot", ["Omar Sayed", "a farmer"], "PER", "Omar Sayed") == ["Omar Sayed"]
    text = "They shot a farmer, Omar Sayed and Ali Tamar."
    both = ["a farmer", "Omar Sayed", "Ali Tamar"]
    assert named(text, "shot", both, "PER", "Omar Sayed", "Ali Tamar") == both
    text = "They shot at the Northern Border Guard (NBG) on Monday."
    assert named(text, "shot", ["the Northern Border Guard", "NBG"], "ORG") == ["the Northern Border Guard"]


def test_a_pronoun_and_the_name_beside_it_are_one_doer() -> None:
    text = "The army announced it killed ten rebels."
    s = read(text, "killed", ("actor", "The army", "0.7"), ("actor", "it", "0.9"), ("target", "ten rebels"))
    assert names(s.actors) == ["it"]


@pytest.mark.parametrize(
    ("text", "trigger", "place", "targets"),
    [
        ("Rebels besieged Halam.", "besieged", "Halam", ["Halam"]),
        ("The town of Halam was later shelled by rebels.", "shelled", "town of Halam", ["town of Halam"]),
        ("Rebels shelled guards in Halam.", "shelled", "Halam", []),
        ("Rebels attacked on the siege of Halam.", "siege", "Halam", []),
        ("In Halam two were shelled.", "shelled", "Halam", []),
    ],
)
def test_a_place_that_is_the_object_is_what_was_struck(text: str, trigger: str, place: str, targets: list[str]) -> None:
    s = read(text, trigger, ("place", place))
    assert names(s.targets) == targets and len(s.event_places) == 1
    assert all(t.rule == "nearby.struck.v1" for t in s.targets)


def test_what_was_struck_is_no_place_beside_another_target() -> None:
    s = read("Rebels besieged Halam, killing two guards.", "besieged", ("place", "Halam"), ("target", "two guards"))
    assert names(s.targets) == ["two guards"]


@pytest.mark.parametrize(
    ("text", "trigger", "actors"),
    [
        ("Two died in a rebel attack.", "attack", ["rebel"]),
        ("Two died in a rebel suicide bomb attack.", "attack", ["rebel"]),
        ("Two died in the militants' deadly attack.", "attack", []),
        ("Two died in a terrorist attack.", "attack", []),
        ("A rebel was in Halam before the attack.", "attack", []),
        ("Two rebels attacked a post.", "attacked", []),
        ("Two were killed in a rebel attack.", "killed", ["rebel"]),
        ("Two were killed in a rebel attack after a rebel raid.", "killed", ["rebel"]),
        ("Two were seen before a rebel attack.", "seen", []),
    ],
)
def test_an_armed_group_right_before_a_noun_did_it(text: str, trigger: str, actors: list[str]) -> None:
    s = read(text, trigger, ("place", "Halam")) if "Halam" in text else read(text, trigger)
    assert names(s.actors) == actors


def test_a_doer_that_is_known_stays_alone() -> None:
    s = read("The army feared a rebel attack.", "attack", ("actor", "The army", "0.98"))
    assert names(s.actors) == ["The army"]
    s = read("Guards fought off a rebel attack.", "attack", ("target", "rebel", "0.98"))
    assert names(s.actors) == []


def test_an_adjective_of_an_act_is_no_doer() -> None:
    s = read("A major terrorist attack shook Halam.", "attack", ("actor", "major terrorist", "0.98"))
    assert names(s.actors) == []
    parties = (("actor", "The army-dominated", "0.98"), ("actor", "Ruvanian-backed forces", "0.98"))
    s = read("The army-dominated and Ruvanian-backed forces attacked Halam.", "attacked", *parties)
    assert names(s.actors) == ["Ruvanian-backed forces"]
    s = read("A Ruvanian-backed attack shook Halam.", "attack", ("actor", "Ruvanian-backed", "0.98"))
    assert names(s.actors) == []


@pytest.mark.parametrize(
    ("text", "trigger", "targets"),
    [
        ("Halam has come under heavy attack by rebels.", "attack", ["Halam"]),
        ("Last month Halam was the target of an attack.", "attack", ["Halam"]),
        ("In Halam, soldiers came under attack.", "attack", ["soldiers"]),
        ("Under the deal the attack on Halam ended.", "attack", []),
        ("Guards talked of an attack.", "attack", []),
    ],
)
def test_what_comes_under_an_act_is_its_target(text: str, trigger: str, targets: list[str]) -> None:
    assert names(read(text, trigger).targets) == targets


def moved(text: str, trigger: str, event: str, target: str) -> list[str]:
    """The targets that are left of a move."""
    report = Report(text=text)
    annotation = english().annotate(report)
    start, at = text.index(trigger), text.index(target)
    held = (Argument("target", at, at + len(target), 0.98),)
    r = Reading(start, start + len(trigger), 0, 0.99, (event, 0.99), (None, 0.8), ("stated", 0.9), held)
    return names(CombinedExtractor().extract(report, replace(annotation, readings=(r,)))[0].targets)


def test_troops_that_are_moved_are_the_doers_own() -> None:
    assert moved("Ruvania will withdraw its troops from Halam.", "withdraw", "RETREAT", "its troops") == []
    assert moved("Ruvania sent soldiers to Halam.", "sent", "MOBILIZE", "soldiers") == []
    assert moved("Ruvania began the redeployment of its troops.", "redeployment", "RETREAT", "its troops") == []
    assert moved("The rebels released two soldiers.", "released", "RETREAT", "two soldiers") == ["two soldiers"]


def test_a_joined_party_says_which_rule_cut_it() -> None:
    first, _ = read("They shot a nurse and a driver.", "shot", ("target", "a nurse and a driver")).targets
    assert first.rule == "parties.joined.v1" and "joining word" in first.why[-1] and len(first.why) == 2


@pytest.mark.parametrize(
    ("text", "actors", "left"),
    [
        ("The Northern League shot him.", ["League"], ["Northern League"]),
        ("The Northern League shot him.", ["Northern", "League"], ["Northern League"]),
        ("The man shot him.", ["The"], []),
        ("Ruvania and Ostia shot at him.", ["Ostia"], ["Ruvania", "Ostia"]),
        ("Ruvania and the Northern League shot at him.", ["Ruvania"], ["Ruvania", "Northern League"]),
        ("Ruvania, which borders Ostia, shot at him.", ["Ruvania"], ["Ruvania"]),
    ],
)
def test_actors(text: str, actors: list[str], left: list[str]) -> None:
    found = read(text, "shot", *(("actor", a) for a in actors)).actors
    assert sorted(names(found)) == sorted(left)


def test_a_name_that_has_a_verb_of_its_own_is_not_joined() -> None:
    s = read("They shot at Ruvania and Ostia will answer.", "shot", ("target", "Ruvania", "0.98"))
    assert names(s.targets) == ["Ruvania"]


def test_a_name_that_has_another_role_is_not_joined() -> None:
    s = read("Ruvania and Ostia shot at him.", "shot", ("actor", "Ostia"), ("target", "Ruvania"))
    assert names(s.actors) == ["Ostia"]


@pytest.mark.parametrize(
    ("actor", "target", "left"), [("0.98", "0.2", (1, 0)), ("0.6", "0.9", (0, 1)), ("0.7", "0.7", (0, 1))]
)
def test_the_same_words_have_one_side(actor: str, target: str, left: tuple[int, int]) -> None:
    s = read("Rebels were shot.", "shot", ("actor", "Rebels", actor), ("target", "Rebels", target))
    assert (len(s.actors), len(s.targets)) == left


@pytest.mark.parametrize(
    ("text", "places", "left"),
    [
        ("A bomb went off in Halam, Ruvania.", ["Halam", "Ruvania"], ["Halam"]),
        ("A bomb went off in Halam in northern Ruvania.", ["Halam", "Ruvania"], ["Halam"]),
        ("Bombs went off in Halam, Tarif and Kurto.", ["Halam", "Tarif", "Kurto"], ["Halam", "Tarif", "Kurto"]),
        ("Bombs went off in Halam and in Tarif.", ["Halam", "Tarif"], ["Halam", "Tarif"]),
        ("In Halam, a suburb of Tarif, a bomb went off.", ["Halam", "Tarif"], ["Halam"]),
        ("In Halam, the northern stronghold of Ruvania, a bomb went off.", ["Halam", "Ruvania"], ["Halam"]),
        ("A bomb went off in the town of Halam.", ["the town of", "Halam"], ["Halam"]),
        ("A bomb went off in a district of Halam.", ["district", "Halam"], ["Halam"]),
        ("Bombs went off in Halam after a raid on Tarif.", ["Halam", "Tarif"], ["Halam", "Tarif"]),
        ("A bomb went off at Sal crossing between Ostia and Ruvania.", ["Sal crossing", "Ruvania"], ["Sal crossing"]),
        ("A bomb went off in Halam on the border with Ruvania.", ["Halam", "Ruvania"], ["Halam"]),
        ("Bombs went off in Halam on the day of a fair in Tarif.", ["Halam", "Tarif"], ["Halam", "Tarif"]),
        ("Kara province: a bomb went off in Halam.", ["Kara province", "Halam"], ["Halam"]),
        ("Kara province: a bomb went off.", ["Kara province"], ["Kara province"]),
        ("Halam: a bomb went off near Tarif.", ["Halam", "Tarif"], ["Halam", "Tarif"]),
        ("A bomb went off among its northern units.", ["northern"], []),
        ("A bomb went off in northern Kara.", ["northern Kara"], ["northern Kara"]),
        ("A bomb went off in the new hall.", ["the new"], []),
        ("A bomb went off on New Year's Eve in Halam.", ["New Year's Eve", "Halam"], ["Halam"]),
        ("A bomb went off at Halam on NYE.", ["Halam", "NYE"], ["Halam"]),
    ],
)
def test_places(text: str, places: list[str], left: list[str]) -> None:
    assert names(read(text, "went off", *(("place", p) for p in places)).places) == left


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("Sun 16 Apr 2017 Blast in Halam kills two.", "Sun 16 Apr 2017", False),
        ("Wire July 27 2016 A blast in Halam killed two.", "July 27 2016", False),
        ("On 16 April 2017 Blast and fire in Halam killed two.", "16 April 2017", True),
        ("16 April 2017 saw a Blast in Halam.", "16 April 2017", True),
        ("A Blast in Halam on 16 April 2017 killed two.", "16 April 2017", True),
    ],
)
def test_a_full_date_at_the_head_is_the_day_of_filing(text: str, words: str, kept: bool) -> None:
    trigger = "Blast" if "Blast" in text else "blast"
    assert (read(text, trigger, ("date", words)).date is not None) is kept


def test_a_day_right_before_the_event_is_its_day() -> None:
    date = read("They went to the site of Saturday's blast in Halam.", "blast").date
    assert date and date.rule == "dates.owner.v1" and "Saturday" in date.spans[0].quote
    assert read("On Saturday they went to the site of the blast in Halam.", "blast").date is None


def test_each_voice_is_in_the_chain_once_and_joined_voices_are_two() -> None:
    text = "Police and doctors told the Wire that he was shot."
    s = read(text, "shot", ("via", "the Wire", "agency"), ("source", "the Wire", "agency"), ("via", "the", "agency"))
    assert names(s.sources) == ["the Wire"] and s.sources[0].rule == "model.source.v1"
    s = read(text, "shot", ("via", "the Wire", "agency"), ("source", "Police and doctors", "police"))
    assert names(s.sources) == ["the Wire", "Police", "doctors"]
    assert s.sources[1].rule == "sources.joined.v1"


def test_the_word_right_beside_a_number_says_what_it_counts() -> None:
    text = "The raid killed nine people and wounded 12."
    s = read(text, "raid", ("figure", "nine", "injured"), ("figure", "12", "injured"))
    assert [(f.measure, f.rule) for f in s.figures] == [
        (Measure.KILLED, "figures.measure.v1"),
        (Measure.INJURED, "model.figure_injured.v1"),
    ]
    assert "“killed”" in s.figures[0].why[-1]


@pytest.mark.parametrize(("event", "kept"), [("ASSAULT", True), ("CONSULT", False)])
def test_a_doubtful_reading_is_kept_where_the_lexicon_agrees(event: str, kept: bool) -> None:
    text = "Troops shelled Halam."
    report = Report(text=text)
    annotation = english().annotate(report)
    sub, sure = ("Attack", 0.8), ("stated", 0.9)
    doubtful = Reading(7, 14, 0, 0.3, (event, 0.9), sub, sure, sure=False)
    held = replace(annotation, readings=(doubtful,))
    assert bool(CombinedExtractor().extract(report, held)) is kept
    assert not ModelExtractor().extract(report, held)


@pytest.mark.parametrize(
    ("text", "places", "wanted"),
    [
        ("In Halam 20,000 have been killed in Ruvania's long civil war.", [], [("Ruvania", "places.war.v1")]),
        ("In Ruvania 20,000 have been killed since Ruvanias conflict began.", [], [("Ruvania", "places.war.v1")]),
        ("Over 20,000 have been killed since the war began.", [], []),
        ("Some 20 have been killed in Ruvania's civil war.", [], []),
        ("Over 20,000 have been killed in Tarif in Ruvania's war.", ["Tarif"], [("Tarif", "model.place.v1")]),
    ],
)
def test_the_toll_of_a_war(text: str, places: list[str], wanted: list[tuple[str, str]]) -> None:
    count = next(w for w in ("20,000", "20 ") if w in text).strip()
    s = read(text, "killed", ("figure", count, "killed"), *(("place", p) for p in places))
    assert [(p.spans[0].quote, p.rule) for p in s.places] == wanted


HAPPENING = "Rebels raided Halam on Friday.\nThe raid killed two.\nAnother raid followed."


def raids(
    *same: tuple[int, int], text: str = HAPPENING, day: str = "Friday", score: float = 0.8
) -> tuple[Statement, ...]:
    """The three raids of the text, pairs of which the model holds to be one happening; the first has place and day."""
    report = Report(text=text)
    annotation = english().annotate(report)
    starts = [text.index("raided"), text.index("raid killed"), text.index("raid followed")]
    made = []
    for n, start in enumerate(starts):
        sentence = next(s for s in annotation.sentences if s.start <= start < s.end)
        held = ("Halam", "place"), (day, "date")
        arguments = () if n else tuple(Argument(r, text.index(w), text.index(w) + len(w), score) for w, r in held)
        kind, sub, sure = ("ASSAULT", 0.9), ("Attack", 0.8), ("stated", 0.9)
        made.append(Reading(start, start + 4, sentence.index, 0.99, kind, sub, sure, arguments))
    pairs = tuple(Same("happening", starts[a], starts[b], 0.9) for a, b in same)
    statements = CombinedExtractor().extract(report, replace(annotation, readings=tuple(made), same=pairs))
    return ReportResult(report=report, statements=statements).statements


def test_a_happening_lends_its_place_onwards_and_its_day_both_ways() -> None:
    first, second, third = raids((0, 1), (1, 2))
    assert [names(s.event_places) for s in (first, second, third)] == [["Halam"]] * 3
    assert [s.date.spans[0].quote if s.date else "" for s in (first, second, third)] == ["on Friday"] * 3
    assert second.places[0].basis is Basis.CONTEXT and second.places[0].rule == "happenings.place.v1"
    assert second.date and second.date.basis is Basis.CONTEXT and "same happening" in second.date.why[-1]


def test_another_happening_is_lent_nothing() -> None:
    _, second, third = raids((0, 1))
    assert names(second.event_places) == ["Halam"]
    assert not third.event_places and third.date is None


def test_a_place_in_doubt_is_not_lent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spots, "weights", lambda: spots.Weights({"score": 1.0}, 0.3))
    first, second, _ = raids((0, 1), score=0.4)
    assert names(first.event_places) == ["Halam"] and not second.event_places
    first, second, _ = raids((0, 1), score=0.6)
    assert names(first.event_places) == names(second.event_places) == ["Halam"]


def test_a_place_is_not_carried_far() -> None:
    far = HAPPENING.replace("\nThe raid", "\n" + "It rained. " * 60 + "\nThe raid")
    _, second, _ = raids((0, 1), text=far)
    assert not second.event_places and second.date


def test_an_expression_that_fixes_no_day_is_not_lent() -> None:
    first, second, _ = raids((0, 1), text=HAPPENING.replace("on Friday", "in the past"), day="in the past")
    assert first.date and second.date is None


def test_a_later_sentence_lends_no_place() -> None:
    text = "The raid killed two.\nAnother raid followed.\nRebels raided Halam on Friday."
    lent = next(s for s in raids((1, 0), text=text) if s.trigger[0].start == text.index("raid"))
    assert lent.date and not lent.event_places
