from __future__ import annotations

import pytest
from tests.said import at, read

from dateline.config import Config
from dateline.labels import Basis, Measure
from dateline.language.base import MentionKind
from dateline.pipeline import load_resources, read_one
from dateline.records import Report
from dateline.statements.figures import figures_of

RULES = load_resources(Config().with_("extract", language="en.v1", extractor="rules.v1"))
Row = tuple[Measure, int | None, int | None, str | None]


def figures(text: str, word: str) -> list[Row]:
    report, annotation = read(text)
    ctx, trigger = at(report, annotation, word)
    alone = figures_of(ctx, trigger, ())
    assert all(f.basis is Basis.TEXT and f.rule.startswith("figures.") and f.why for f in alone)
    return [(f.measure, f.min, f.max, f.of) for f in alone]


K, W, D = Measure.KILLED, Measure.INJURED, Measure.DETAINED


@pytest.mark.parametrize(
    ("text", "word", "rows"),
    [
        ("A bomb killed at least 12 people.", "killed", [(K, 12, None, None)]),
        ("Nine villagers were killed and 27 wounded in the raid.", "killed", [(K, 9, 9, None), (W, 27, 27, None)]),
        (
            "The blast went off, killing 16 soldiers and wounding nine others.",
            "blast",
            [(K, 16, 16, None), (W, 9, 9, None)],
        ),
        ("On 11 July 2016 12 villagers were killed.", "killed", [(K, 12, 12, None)]),
        ("2 killed 8 injured in an attack on Halam.", "killed", [(K, 2, 2, None), (W, 8, 8, None)]),
        (
            "Ten were killed and millions displaced by raids.",
            "killed",
            [(K, 10, 10, None), (Measure.DISPLACED, 2_000_000, None, None)],
        ),
        ("The shelling killed 51 martyrs.", "shelling", [(K, 51, 51, None)]),
        ("The attack left 35 people suffering from suffocation.", "attack", [(W, 35, 35, None)]),
        ("The shelling left dozens dead.", "shelling", [(K, 24, None, None)]),
        ("The raid caused no casualties.", "raid", [(Measure.KILLED_OR_INJURED, 0, 0, None)]),
        ("A teacher was shot dead.", "shot", [(K, 1, 1, None)]),
        ("Up to 40 people died in the attack.", "attack", [(K, None, 40, None)]),
        ("The attack killed nearly 50 people.", "attack", [(K, 50, 50, None)]),
        ("Police arrested several students.", "arrested", [(D, 3, None, None)]),
        ("Rebels kidnapped 10 to 15 traders.", "kidnapped", [(Measure.ABDUCTED, 10, 15, None)]),
        (
            "The attack killed 12 people, including three children.",
            "attack",
            [(K, 12, 12, None), (K, 3, 3, "children")],
        ),
        ("The army destroyed two bridges.", "destroyed", [(Measure.OTHER, 2, 2, None)]),
        (
            "Three guards, including a captain, were killed in the raid.",
            "raid",
            [(K, 3, 3, None), (K, 1, 1, "captain")],
        ),
    ],
)
def test_figures(text: str, word: str, rows: list[Row]) -> None:
    assert figures(text, word) == rows


def test_each_figure_goes_to_one_event() -> None:
    text = "Troops arrested 12 students after an ambush killed three soldiers."
    report, annotation = read(text)
    ctx, arrest = at(report, annotation, "arrested")
    _, ambush = at(report, annotation, "ambush")
    triggers = ctx.mentions(MentionKind.TRIGGER)
    others = tuple(t for t in triggers if t != arrest)
    assert [(f.measure, f.min) for f in figures_of(ctx, arrest, others)] == [(D, 12)]
    assert [(f.measure, f.min) for f in figures_of(ctx, ambush, (arrest,))] == [(K, 3)]


def test_who_did_it_is_not_counted_as_a_victim() -> None:
    assert (K, 3, 3, None) not in figures("The mayor was killed by three gunmen.", "killed")


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Four children were among the dead, a nurse said.", (K, 4, 4, "children")),
        ("Ten of the wounded were in a critical condition.", (W, 10, 10, "part")),
    ],
)
def test_a_count_among_the_dead_is_a_part(text: str, row: Row) -> None:
    (s,) = read_one(Report(text=text), RULES).statements
    assert [(f.measure, f.min, f.max, f.of) for f in s.figures] == [row]
