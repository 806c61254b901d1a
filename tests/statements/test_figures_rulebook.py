"""The rules of figures over what the model reads, each on statements made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.english import english

from dateline.labels import Measure
from dateline.language.base import Argument, Reading
from dateline.records import Report, ReportResult, Statement
from dateline.statements.combined import CombinedExtractor

Fields = dict[str, tuple[str, ...]]
K, W, D, OTHER = Measure.KILLED, Measure.INJURED, Measure.DETAINED, Measure.OTHER


def read(text: str, *events: tuple[str, str, Fields]) -> tuple[Statement, ...]:
    """The statements of a text: (trigger, category, {role: words or "words|label|score"})."""
    report = Report(text=text)
    annotation = english().annotate(report)
    readings = []
    for word, category, fields in events:
        start = text.index(word)
        sentence = next(s for s in annotation.sentences if s.start <= start < s.end)
        held = []
        for role, values in fields.items():
            for value in values:
                words, label, score = (*value.split("|"), "", "")[:3]
                at = text.index(words, sentence.start)
                held.append(Argument(role, at, at + len(words), float(score or 0.8), label))
        held.sort(key=lambda a: (a.start, a.end, a.role))
        kinds = (category, 0.9), ("Attack", 0.8), ("stated", 0.9)
        readings.append(Reading(start, start + len(word), sentence.index, 0.9, *kinds, tuple(held)))
    readings.sort(key=lambda r: r.start)
    statements = CombinedExtractor().extract(report, replace(annotation, readings=tuple(readings)))
    return ReportResult(report=report, statements=statements).statements


def figures(s: Statement) -> list[tuple[Measure, int | None, int | None, str | None]]:
    return [(f.measure, f.min, f.max, f.of) for f in s.figures]


@pytest.mark.parametrize(
    ("text", "trigger", "category", "figure", "measure"),
    [
        ("The raid killed nine people.", "raid", "ASSAULT", "nine|injured", K),
        ("The army said it neutralised 20 fighters.", "neutralised", "ASSAULT", "20|killed", Measure.KILLED_OR_INJURED),
        ("Two men shot dead a guard in Halam.", "shot dead", "ASSAULT", "a guard|injured", K),
        ("Five people on board a helicopter that was shot down have died.", "shot down", "ASSAULT", "Five|killed", K),
        ("Five people were shot in Halam.", "shot", "ASSAULT", "Five|killed", Measure.KILLED_OR_INJURED),
        ("Raids left women dead 29 injured in Halam.", "Raids", "ASSAULT", "29|killed", W),
        ("Rebels hit two villages.", "hit", "ASSAULT", "two|injured", OTHER),
        ("Rebels hit two villagers.", "hit", "ASSAULT", "two|injured", W),
        ("Captors freed 27 kidnapped women.", "freed", "RETREAT", "27|other", OTHER),
        ("Rebels captured seven villages.", "captured", "ASSAULT", "seven|other", OTHER),
        ("Rebels captured seven soldiers.", "captured", "ASSAULT", "seven|abducted", Measure.ABDUCTED),
        ("Looters burned two houses.", "burned", "ASSAULT", "two|other", OTHER),
        ("The siege forced 13,000 residents to flee.", "siege", "COERCE", "13,000|killed", Measure.DISPLACED),
        ("The shelling displaced 13,000 residents.", "shelling", "ASSAULT", "13,000|other", Measure.DISPLACED),
        ("The fighting forced 13,000 residents to flee.", "fighting", "ASSAULT", "13,000|other", Measure.DISPLACED),
        ("Some 400 fighters were bused out of Halam.", "bused", "AID", "Some 400|other", Measure.EVACUATED),
        ("About 60 fighters were granted safe passage.", "granted", "AID", "About 60|other", Measure.EVACUATED),
        ("Scores of miners were killed and injured.", "killed", "ASSAULT", "Scores|killed", Measure.KILLED_OR_INJURED),
    ],
)
def test_measure(text: str, trigger: str, category: str, figure: str, measure: Measure) -> None:
    (s,) = read(text, (trigger, category, {"figure": (figure,)}))
    assert [f.measure for f in s.figures] == [measure]


def test_who_did_it_and_who_says_so_are_not_counted() -> None:
    text = "Two gunmen killed five farmers in Halam, three survivors said."
    fields: Fields = {
        "actor": ("Two gunmen",),
        "target": ("five farmers",),
        "source": ("three survivors|witness",),
        "figure": ("Two|killed", "five|killed", "three|injured"),
    }
    (s,) = read(text, ("killed", "ASSAULT", fields))
    assert figures(s) == [(K, 5, 5, None)]


def test_who_flees_or_gives_a_life_is_counted() -> None:
    (fled,) = read(
        "Some 40 families fled.", ("fled", "RETREAT", {"actor": ("40 families",), "figure": ("40|displaced",)})
    )
    assert figures(fled) == [(Measure.DISPLACED, 40, 40, None)]
    gave_up: Fields = {"actor": ("Two guards",), "figure": ("Two|killed",)}
    (gave,) = read("Two guards gave their lives.", ("gave", "ASSAULT", gave_up))
    assert figures(gave) == [(K, 2, 2, None)]


def test_no_one_counts_only_where_something_befell_no_one() -> None:
    (claim,) = read("No one has claimed the blast.", ("blast", "ASSAULT", {"figure": ("No one|injured",)}))
    assert not claim.figures
    (hurt,) = read("No one was hurt in the blast.", ("blast", "ASSAULT", {"figure": ("No one|injured",)}))
    assert figures(hurt) == [(W, 0, 0, None)]


@pytest.mark.parametrize(
    ("text", "earlier", "now"),
    [
        ("The death toll has risen from 30 to 42.", "30", "42"),
        ("The death toll rose to 42 from 30.", "30", "42"),
        ("The dead number 42, up from 30.", "30", "42"),
        ("The toll is 42, against an initial count of 30.", "30", "42"),
    ],
)
def test_an_earlier_toll_is_marked(text: str, earlier: str, now: str) -> None:
    trigger = "toll" if "toll" in text else "dead"
    (s,) = read(text, (trigger, "ASSAULT", {"figure": (f"{earlier}|killed", f"{now}|killed")}))
    assert sorted(figures(s), key=lambda f: f[1] or 0) == [(K, 30, 30, "earlier toll"), (K, 42, 42, None)]
    assert any(f.rule == "figures.earlier.v1" for f in s.figures)


def test_a_count_belongs_to_one_event_of_its_sentence() -> None:
    text = "A man was killed in Halam and 15 others were arrested."
    killed, arrested = read(
        text,
        ("killed", "ASSAULT", {"figure": ("A man|killed|0.9", "15|detained|0.9")}),
        ("arrested", "COERCE", {"figure": ("15|detained|0.6",)}),
    )
    assert figures(killed) == [(K, 1, 1, None)]
    assert figures(arrested) == [(D, 15, 15, None)]


def test_an_outcome_goes_to_what_is_told_before_it() -> None:
    text = "Rebels shelled Halam, killing nine people and setting off riots."
    shelled, riots = read(
        text,
        ("shelled", "ASSAULT", {"figure": ("nine|killed|0.6",)}),
        ("riots", "PROTEST", {"figure": ("nine|killed|0.9",)}),
    )
    assert figures(shelled) == [(K, 9, 9, None)]
    assert not riots.figures


def test_two_measures_of_one_count_stay() -> None:
    text = "Nine women kidnapped in May have been killed."
    taken, killed = read(
        text,
        ("kidnapped", "ASSAULT", {"figure": ("Nine|abducted",)}),
        ("killed", "ASSAULT", {"figure": ("Nine|killed",)}),
    )
    assert [f.measure for f in (*taken.figures, *killed.figures)] == [Measure.ABDUCTED, K]


@pytest.mark.parametrize(
    ("text", "figure", "kept"),
    [
        ("The gunfire began when 20 guests were inside.", "20|killed|0.5", False),
        ("The gunfire began when 20 guests were inside.", "20|killed|0.9", True),
        ("The gunfire left 20 guests dead.", "20|killed|0.5", True),
        ("The gunfire fatally wounded 20 guests.", "20|killed|0.5", True),
        ("The gunfire began when 20 guests were inside.", "20|other|0.5", True),
    ],
)
def test_the_dead_need_a_word_for_dying(text: str, figure: str, kept: bool) -> None:
    (made,) = read(text, ("gunfire", "ASSAULT", {"figure": (figure,)}))
    assert bool(made.figures) is kept


@pytest.mark.parametrize("verb", ["massacre", "slaughtered", "are slaying", "behead"])
def test_a_massacre_is_a_word_for_dying(verb: str) -> None:
    (made,) = read(f"Gunmen {verb} 20 guests.", (verb.split()[-1], "ASSAULT", {"figure": ("20|killed|0.9",)}))
    assert [f.measure for f in made.figures] == [Measure.KILLED]


HIT = Measure.KILLED_OR_INJURED


@pytest.mark.parametrize(
    ("text", "trigger", "read_as", "made"),
    [
        ("Four guests were shot at a wedding.", "shot", ("Four|killed",), [(HIT, 4)]),
        ("Gunmen shot four guests and shot down a drone.", "shot", ("four|killed",), [(HIT, 4)]),
        ("A gunman opened fire on four guests.", "opened fire", ("four|killed",), [(HIT, 4)]),
        ("The shooting of four guests shook Halam.", "shooting", ("four|killed",), [(HIT, 4)]),
        ("Gunmen shot dead four guests.", "shot dead", ("four|killed",), [(K, 4)]),
        ("Four guests were shot, one fatally.", "shot", ("Four|killed", "one|killed"), [(HIT, 4), (K, 1)]),
        ("Seven shot, three dead in Halam.", "shot", ("Seven|killed", "three|killed"), [(HIT, 7), (K, 3)]),
        ("Four guests were shot dead.", "shot dead", ("Four|killed",), [(K, 4)]),
        ("Four guests were struck by stones.", "struck", ("Four|killed",), [(HIT, 4)]),
        ("The four victims were named.", "victims", ("four|killed",), [(HIT, 4)]),
        ("Four homicides were counted.", "homicides", ("Four|killed",), [(K, 4)]),
        ("Gunmen shot and killed four guests.", "shot and killed", ("four|killed",), [(K, 4)]),
        ("Four guests were shot and wounded.", "shot", ("Four|killed",), [(W, 4)]),
        ("The shooting left four guests dead.", "shooting", ("four|killed",), [(K, 4)]),
    ],
)
def test_who_was_shot_may_have_lived(
    text: str, trigger: str, read_as: tuple[str, ...], made: list[tuple[Measure, int]]
) -> None:
    (s,) = read(text, (trigger, "ASSAULT", {"figure": read_as}))
    assert [(f.measure, f.min) for f in s.figures] == made


@pytest.mark.parametrize(
    ("text", "trigger", "made"),
    [
        ("The triple murder shook Halam.", "murder", [(K, 3)]),
        ("The triple murder shook Halam.", "triple murder", [(K, 3)]),
        ("A double homicide is looked into.", "homicide", [(K, 2)]),
        ("A double bombing shook Halam.", "bombing", []),
        ("The murder shook Halam.", "murder", []),
        ("The attempted murder of five farmers shook Halam.", "murder", [(HIT, 5)]),
    ],
)
def test_a_triple_murder_is_of_three(text: str, trigger: str, made: list[tuple[Measure, int]]) -> None:
    (s,) = read(text, (trigger, "ASSAULT", {"figure": ("five|killed",) if "five" in text else ()}))
    assert [(f.measure, f.min) for f in s.figures] == made


@pytest.mark.parametrize("text", ["A father of three was killed in Halam.", "The mother of 3 was killed in Halam."])
def test_somebodys_children_are_no_victims(text: str) -> None:
    count = "three" if "three" in text else "3"
    (s,) = read(text, ("killed", "ASSAULT", {"figure": (f"{count}|killed",)}))
    assert count not in [f.spans[0].quote for f in s.figures]
