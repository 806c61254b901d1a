""" "The city", "the province", "the country": places that the report has named before."""

from __future__ import annotations

import re

import pytest
from tests.resolve.test_places_resolver import statement

from dateline.language.base import Annotation
from dateline.language.en.language import English
from dateline.language.en.placecontext import again
from dateline.records import Place, Report
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.names import KnownNames, nationals
from dateline.resolve.places import PlaceResolver
from dateline.resolve.register import load_register

GAZETTEER, REGISTER = SqliteGazetteer(), load_register()
ENGLISH = English(KnownNames(GAZETTEER, REGISTER))
RESOLVER = PlaceResolver(GAZETTEER, nationals(REGISTER))


def last(text: str) -> Place:
    """The last place of those written in [brackets], resolved together with the other names of the text."""
    report = Report(text=re.sub(r"[\[\]]", "", text))
    annotation: Annotation = ENGLISH.annotate(report)
    held = tuple(statement(report, s, i) for i, s in enumerate(re.findall(r"\[(.*?)\]", text)))
    return RESOLVER.resolve(report, annotation, held)[-1].places[0]


@pytest.mark.parametrize(("text", "tail", "name", "precision"), [
    ("Shells fell on [Mosul]. Trenches were dug in [the city].", "99072", "Mosul", (1, 1)),
    ("Fighters left Mosul on Monday. Two people died in [the city].", "99072", "Mosul", (1, 1)),
    ("Shells fell on [Mosul]. Then [Sinjar] was hit. Trenches were dug in [the town].", "448149", "Sinjar", (1, 1)),
    ("Shells fell on [Mosul]. Smoke rose over [the east of the city].", "99072", "the east of Mosul", (2, 2)),
    ("Shells fell on [Mosul]. Smoke rose on [the outskirts of the city].", "99072", "the outskirts of Mosul", (2, 2)),
    ("Shells fell on [Mosul]. Smoke rose in the [city].", "99072", "Mosul", (1, 1)),
    ("Shells fell on [Mosul], in Nineveh province. Six died in [the besieged city].", "99072", "Mosul", (1, 1)),
    ("Talks on [Idlib province] began. Jets struck [the province].", "adm1:SY.12", "Idlib province", (3, 4)),
    ("Shells fell on [Mosul]. Ten soldiers died [there].", "99072", "Mosul", (1, 1)),
    ("Shells fell on [Mosul]. Journalists are barred from [the area].", "99072", "the area of Mosul", (2, 2)),
    ("Troops went to [Tigray Region]. Six died in Mekelle. They left [the region].", "ET.53", "Tigray", (3, 4)),
    ("Shells fell on [Jenin refugee camp] near Tubas. Six died in [the camp].", "PS.jenin-camp", "Jenin", (1, 1)),
    ("Battles shook Aleppo and Idlib. Washington blamed [Hama]. Six died in [the city].", "170017", "Hama", (1, 1)),
    ("Battles shook [Aleppo], [Idlib] and [Hama], Paris said. Six died in [the city].", "170017", "Hama", (1, 1)),
])  # fmt: skip
def test_a_place_named_before(text: str, tail: str, name: str, precision: tuple[int, int]) -> None:
    place = last(text)
    assert place.place_id is not None and place.place_id.endswith(tail), place.why
    assert place.name.casefold().startswith(name.casefold()), place.name
    assert (place.geo_precision, place.where_prec) == precision
    assert place.why[1].startswith("“") and "named before" in place.why[1]


@pytest.mark.parametrize(("text", "tail", "precision"), [
    ("Shells fell on Kabul and Herat. A bomb went off in [the Afghan capital].", "1138958", (1, 1)),
    ("Shells fell on [Mosul]. A bomb went off in [the Afghan capital].", "1138958", (1, 1)),
    ("A bomb went off in [Pakistan's capital].", "1176615", (1, 1)),
    ("A bomb went off in [the capital of Somalia].", "53654", (1, 1)),
    ("A bomb went off in the capital of [the Democratic Republic of the Congo].", "2314302", (1, 1)),
    ("Shells fell on the outskirts of [the Syrian capital].", "170654", (2, 2)),
    ("Shells fell on [the outskirts of the Syrian capital].", "170654", (2, 2)),
])  # fmt: skip
def test_the_capital_of_a_country_is_known_though_nothing_names_it(
    text: str, tail: str, precision: tuple[int, int]
) -> None:
    place = last(text)
    assert place.place_id is not None and place.place_id.endswith(f":{tail}"), place.why
    assert (place.geo_precision, place.where_prec) == precision
    assert place.why[1].startswith("“capital” is")


@pytest.mark.parametrize("text", ["Six died in [the Kurdish capital].", "Six died in [the capital of Qzarnaqa]."])
def test_a_capital_of_no_state_is_not_known(text: str) -> None:
    assert last(text).place_id is None


@pytest.mark.parametrize("text", [
    "Trenches were dug in [the city]. Shells fell on Mosul.",  # named behind it
    "Shells fell on [Mosul]. Trenches were dug in [the neighbouring city].",
    "Shells fell on [Mosul]. Trenches were dug in [a city].",
    "Shells fell on [Mosul]. Six died in [the village].",  # no town is a village
    "Shells fell on [the city of Mosul]. Six died in [the village].",
    "Shells fell on [Mosul]. Then [Qzarnaqa] was hit. Trenches were dug in [the town].",  # nobody knows where that is
    "Jets struck [Damascus airport]. Trenches were dug in [the city].",
])  # fmt: skip
def test_nothing_that_fits_was_named_before(text: str) -> None:
    assert last(text).place_id is None


@pytest.mark.parametrize(("text", "country"), [
    ("Soldiers left [Mali]. Bandits roamed [the country].", "MLI"),
    ("Qatari officials met. They said that [the country] was hit.", "QAT"),
    ("Russian jets came to Syria. They struck Homs and Aleppo. Many left [the country].", "SYR"),
    ("Soldiers left [Mali]. Bandits roamed [there].", "MLI"),
])  # fmt: skip
def test_the_country_gives_its_code_and_no_point(text: str, country: str) -> None:
    place = last(text)
    assert (place.country, place.place_id, place.lat) == (country, None, None)
    assert "named before" in place.why[1]


@pytest.mark.parametrize("surface", ["Syrian town", "a Syrian town", "the Syrian town"])
def test_a_word_for_nationals_is_no_name_of_a_town(surface: str) -> None:
    place = last(f"An Israeli strike on [{surface}] killed two people.")
    assert (place.country, place.place_id) == ("SYR", None), place.why


def test_a_village_without_an_entry_lends_its_name() -> None:
    place = last("A mortar hit [Qzarnaqa]. Six people died in [the village].")
    assert (place.name, place.place_id) == ("Qzarnaqa", None)


def test_words_that_a_name_follows_are_no_such_words() -> None:
    text = "They fled the city of Mosul and the town."
    assert again(text, "the city", text.index("the city")) is None
    found = again(text, "the town", text.index("the town"))
    assert found is not None and (found.word, found.kind, found.lead) == ("town", "place", "")
