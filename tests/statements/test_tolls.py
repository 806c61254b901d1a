"""Which event has a number, and tolls that no event has: the rules on statements made by hand."""

from __future__ import annotations

import pytest
from tests.statements.test_figures_rulebook import figures, read

from dateline.labels import Certainty, Measure

K, W, D, E = Measure.KILLED, Measure.INJURED, Measure.DETAINED, Measure.EVACUATED


@pytest.mark.parametrize(
    ("text", "trigger", "category", "figure"),
    [
        ("Two soldiers killed in drone strikes near Halam.", "drone strikes", "ASSAULT", (K, 2, 2, None)),
        ("Death toll from the Halam bombing at least 41.", "bombing", "ASSAULT", (K, 41, None, None)),
        ("Death toll in the bombing of Halam rises to 41.", "bombing", "ASSAULT", (K, 41, 41, None)),
        ("A senior rebel commander was killed in a raid on Halam.", "raid", "ASSAULT", (K, 1, 1, None)),
        ("Some 900 villagers were granted safe passage.", "passage", "AID", (E, 900, 900, None)),
    ],
)
def test_a_number_the_model_passed_over(text: str, trigger: str, category: str, figure: tuple[object, ...]) -> None:
    assert figures(read(text, (trigger, category, {}))[0]) == [figure]


def test_a_part_of_a_toll_that_was_passed_over() -> None:
    text = "Nine people, including a nurse, were killed when a shell exploded."
    (made,) = read(text, ("exploded", "ASSAULT", {"figure": ("Nine|killed",)}))
    assert figures(made) == [(K, 9, 9, None), (K, 1, 1, "nurse")]


@pytest.mark.parametrize(
    "text",
    [
        "A policeman said the blast shook Halam, where nobody slept.",
        "The blast was confirmed by a doctor who counts the wounded.",
        "The blast in Halam, a witness said, left homes in ruins and people dead.",
        "The blast hit bulletin 7: killed and wounded were brought out.",
        "The blast left many people dead.",
    ],
)
def test_who_says_so_and_what_is_no_number_is_not_counted(text: str) -> None:
    assert figures(read(text, ("blast", "ASSAULT", {}))[0]) == []


def test_the_hurt_are_of_the_blast_and_not_of_their_treatment() -> None:
    text = "Six miners hurt by the blast were treated in Halam."
    blast, treated = read(text, ("blast", "ASSAULT", {}), ("treated", "AID", {"figure": ("Six|injured",)}))
    assert figures(blast) == [(W, 6, 6, None)]
    assert figures(treated) == []


def test_a_number_goes_to_the_event_whose_word_counts_it() -> None:
    text = "Troops killed three gunmen and detained five others in Halam."
    killed, detained = read(
        text, ("killed", "ASSAULT", {"figure": ("three|killed", "five|detained")}), ("detained", "COERCE", {})
    )
    assert figures(killed) == [(K, 3, 3, None)]
    assert figures(detained) == [(D, 5, 5, None)]


def test_a_number_told_twice_is_one_figure() -> None:
    text = "State radio says 22 killed in the bombing of Halam as medics said 22 people had died."
    (made,) = read(text, ("bombing", "ASSAULT", {"figure": ("22 killed|killed", "22 people|killed")}))
    assert figures(made) == [(K, 22, 22, None)]


def test_two_equal_numbers_of_one_list_are_two_figures() -> None:
    text = "Two women and two men were killed in the bombing."
    (made,) = read(text, ("bombing", "ASSAULT", {"figure": ("Two women|killed", "two men|killed")}))
    assert figures(made) == [(K, 2, 2, None), (K, 2, 2, None)]


def test_a_toll_that_no_event_has_is_told_of_one() -> None:
    (made,) = read("The radio gave a toll of at least 14 dead and 30 wounded.")
    assert figures(made) == [(K, 14, None, None), (W, 30, 30, None)]
    assert made.event.code == "ASSAULT"
    assert made.figures[0].rule == "figures.untold.v1"


def test_that_nobody_was_hurt_is_stated() -> None:
    (made,) = read("There were no casualties.")
    assert figures(made) == [(Measure.KILLED_OR_INJURED, 0, 0, None)]
    assert made.certainty.label is Certainty.STATED


def test_a_toll_of_another_speaker_is_an_event_of_its_own() -> None:
    text = "The agency said six nurses died in the raids while the monitor said that 35 people had died."
    first, second = read(text, ("had died", "ASSAULT", {"figure": ("35|killed",)}))
    assert figures(first) == [(K, 6, 6, None)]
    assert figures(second) == [(K, 35, 35, None)]


def test_a_toll_of_its_own_is_where_the_violence_before_was() -> None:
    text = "Warplanes carried out an air strike on Halam. Doctors gave a toll of 14 dead."
    strike, toll = read(text, ("air strike", "ASSAULT", {"place": ("Halam",)}))
    assert figures(toll) == [(K, 14, 14, None)]
    assert [(p.name, p.implied) for p in toll.places] == [("Halam", True)]
    assert strike.places[0].spans == toll.places[0].spans


def test_members_named_before_their_number_are_a_part() -> None:
    text = "Of the dead, 19 were pilgrims, and 26 were killed by mobs."
    of_them, killed = read(text, ("killed", "ASSAULT", {"figure": ("26|killed",)}))
    assert figures(of_them) == [(K, 19, 19, "pilgrims")]
    assert figures(killed) == [(K, 26, 26, None)]


def test_another_before_a_place_is_one_more() -> None:
    text = "Rebels kill three clerks and wound another near the bank of Halam."
    (made,) = read(text, ("kill", "ASSAULT", {"figure": ("three|killed",)}))
    assert figures(made) == [(K, 3, 3, None), (W, 1, 1, None)]


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        (
            "The toll from the raid on a clinic in Halam has risen from 30 to 42.",
            "raid",
            [(30, "earlier toll"), (42, None)],
        ),
        ("The death toll since the shelling of Halam began surpasses 500.", "shelling", [(500, None)]),
        (
            "The death toll of the bombing has climbed to 80, 30 of them children.",
            "bombing",
            [(80, None), (30, "children")],
        ),
        ("Death toll from the Halam bombing at least 80 Observatory", "bombing", [(80, None)]),
    ],
)
def test_a_toll_that_moves(text: str, trigger: str, wanted: list[tuple[int, str | None]]) -> None:
    (made,) = read(text, (trigger, "ASSAULT", {}))
    assert [(f.min, f.of) for f in made.figures] == wanted


def test_an_earlier_figure_is_of_what_the_new_one_is() -> None:
    text = "The bombings killed at least 61, the mayor said, against his earlier figure of 70."
    (made,) = read(text, ("bombings", "ASSAULT", {"figure": ("at least 61|killed",)}))
    assert figures(made) == [(K, 61, None, None), (K, 70, 70, "earlier toll")]


def test_a_toll_read_at_another_event_goes_to_the_attack() -> None:
    text = "The death toll of the attack on a ferry with miners evacuated from three flooded pits has risen to 37."
    attack, evacuated = read(text, ("attack", "ASSAULT", {}), ("evacuated", "AID", {"figure": ("37|evacuated",)}))
    assert figures(attack) == [(K, 37, 37, None)]
    assert figures(evacuated) == []


@pytest.mark.parametrize(
    ("text", "trigger", "number"),
    [
        ("A court in Halam sentenced the general to 12 years in prison.", "sentenced", 12),
        ("The general was jailed for twenty years.", "jailed", 20),
        ("Judges sentenced him to four life sentences.", "sentenced", 4),
    ],
)
def test_how_long_somebody_is_to_be_held(text: str, trigger: str, number: int) -> None:
    (made,) = read(text, (trigger, "SANCTION", {}))
    assert figures(made) == [(Measure.OTHER, number, number, None)]


def test_a_number_of_things_is_of_the_nearest_event() -> None:
    text = "Troops fired twelve shells in an exchange with rebels."
    fired, exchange = read(
        text,
        ("fired", "ASSAULT", {"figure": ("twelve|other|0.6",)}),
        ("exchange", "ASSAULT", {"figure": ("twelve|other|0.9",)}),
    )
    assert [f.min for f in fired.figures] == [12]
    assert figures(exchange) == []


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Dozens martyred injured in the attack on Halam.", Measure.KILLED_OR_INJURED),
        ("Dozens dead and injured in the attack on Halam.", Measure.KILLED_OR_INJURED),
        ("No civilians were harmed in the attack.", Measure.KILLED_OR_INJURED),
    ],
)
def test_words_that_leave_open_who_died(text: str, measure: Measure) -> None:
    (made,) = read(text, ("attack", "ASSAULT", {}))
    assert [f.measure for f in made.figures] == [measure]


def test_the_dead_of_those_abducted_stay_with_their_killing() -> None:
    text = "At least 26 of those abducted have been killed in Halam."
    _, killed = read(text, ("abducted", "ASSAULT", {}), ("killed", "ASSAULT", {"figure": ("At least 26|killed",)}))
    assert figures(killed) == [(K, 26, None, None)]


def test_a_verb_counts_its_own_object() -> None:
    text = "The patrol killed two insurgents and detained one other in Halam."
    killed, detained = read(
        text,
        ("killed", "ASSAULT", {"figure": ("two|killed",)}),
        ("detained", "COERCE", {"figure": ("two|detained", "one|detained")}),
    )
    assert figures(killed) == [(K, 2, 2, None)]
    assert figures(detained) == [(D, 1, 1, None)]


def test_the_killed_and_the_displaced_of_one_list_are_one_toll() -> None:
    text = "More than 900 people have been killed and thousands have been displaced since May."
    (made,) = read(
        text,
        ("killed", "ASSAULT", {"figure": ("More than 900|killed",)}),
        ("displaced", "COERCE", {"figure": ("thousands|displaced",)}),
    )
    assert figures(made) == [(K, 900, None, None), (Measure.DISPLACED, 2000, None, None)]


def test_the_displaced_of_another_clause_are_an_event_of_their_own() -> None:
    text = "Some 900 people have been killed, while in Halam thousands have been displaced."
    made = read(
        text,
        ("killed", "ASSAULT", {"figure": ("900|killed",)}),
        ("displaced", "COERCE", {"figure": ("thousands|displaced",)}),
    )
    assert len(made) == 2


def test_those_an_act_forced_to_flee_are_a_figure_of_it() -> None:
    text = "The shelling forced 900 villagers to flee their homes."
    (made,) = read(text, ("shelling", "ASSAULT", {}), ("flee", "RETREAT", {"figure": ("900|displaced",)}))
    assert figures(made) == [(Measure.DISPLACED, 900, 900, None)]


def test_those_who_fled_by_themselves_are_an_event() -> None:
    text = "After the shelling 900 villagers fled their homes."
    made = read(text, ("shelling", "ASSAULT", {}), ("fled", "RETREAT", {"figure": ("900|displaced",)}))
    assert [len(s.figures) for s in made] == [0, 1]


def test_deaths_are_counted_by_the_number_before_them() -> None:
    text = "Three deaths are sure, but perhaps forty villagers were killed."
    deaths, killed = read(text, ("killed", "ASSAULT", {"figure": ("forty|killed",)}))
    assert figures(deaths) == [(K, 3, 3, None)]
    assert figures(killed) == [(K, 40, 40, None)]


def test_a_list_of_victims_shares_its_measure() -> None:
    text = "Four militants, two soldiers and one civilian were killed in clashes."
    (made,) = read(text, ("clashes", "ASSAULT", {}))
    assert figures(made) == [(K, 4, 4, None), (K, 2, 2, None), (K, 1, 1, None)]


def test_an_earlier_toll_with_its_day() -> None:
    text = "The blast killed 32 miners, their union said; an earlier toll on Sunday was of 15."
    (made,) = read(text, ("blast", "ASSAULT", {"figure": ("32|killed", "15|killed")}))
    assert figures(made) == [(K, 32, 32, None), (K, 15, 15, "earlier toll")]


def test_without_victims() -> None:
    (made,) = read("The shelling of the bridge was reported, without victims.", ("shelling", "ASSAULT", {}))
    assert figures(made) == [(Measure.KILLED_OR_INJURED, 0, 0, None)]


def test_a_toll_behind_while_is_of_another_event() -> None:
    text = "Two boys died in raids on Halam, while seven women were killed and 31 men wounded in Torum."
    raids, killed = read(text, ("raids", "ASSAULT", {"figure": ("Two|killed", "seven|killed", "31|injured")}))
    assert figures(raids) == [(K, 2, 2, None)]
    assert figures(killed) == [(K, 7, 7, None), (W, 31, 31, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Nine fighters died while no civilians were harmed in the bombing.",
        "Nine fighters were killed in the bombing while praying.",
        "The bombing killed nine fighters while they slept.",
    ],
)
def test_while_in_one_event(text: str) -> None:
    (made,) = read(text, ("bombing", "ASSAULT", {"figure": ("ine fighters|killed",)}))
    assert made.figures[0].min == 9


def test_the_hurt_are_not_those_arrested_afterwards() -> None:
    text = "A man launched an assault wounding eight people before being arrested in Halam."
    assault, arrested = read(text, ("assault", "ASSAULT", {}), ("arrested", "COERCE", {"figure": ("eight|detained",)}))
    assert figures(assault) == [(W, 8, 8, None)]
    assert figures(arrested) == []


def test_a_toll_of_its_own_leaves_another_event_its_places() -> None:
    text = "Some 32 people are killed near the city of Halam, while six die in raids in the city of Bordana."
    killed, raids = read(text, ("raids", "ASSAULT", {"place": ("Bordana",)}))
    assert [p.name for p in killed.places] == ["Halam"]
    assert [p.name for p in raids.places] == ["Bordana"]
