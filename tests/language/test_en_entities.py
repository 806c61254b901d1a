from __future__ import annotations

import pytest
from tests.english import annotated, quoted

from dateline.language.base import MentionKind


def actors(text: str) -> list[tuple[str, str]]:
    return quoted(text, MentionKind.ACTOR)


def places(text: str) -> list[str]:
    return [words for words, _ in quoted(text, MentionKind.PLACE)]


def weapons(text: str) -> list[tuple[str, str]]:
    return quoted(text, MentionKind.WEAPON)


def test_neighbouring_parts_make_one_phrase() -> None:
    assert actors("Three suspected Northern League fighters fled.") == [
        ("suspected Northern League fighters", "armed_group")
    ]
    assert actors("Then Ruvanian warships came.") == [("Ruvanian warships", "military")]
    assert ("Prime Minister Ana Orlo", "government") in actors("Then Prime Minister Ana Orlo spoke.")


def test_short_names_ask_for_capitals() -> None:
    assert ("US", "state:USA") in actors("Then the US bombed the camp.")
    assert all(label != "state:USA" for _, label in actors("They told us to leave."))


def test_a_country_after_a_preposition_is_a_place_and_otherwise_acts() -> None:
    assert places("Shells fell in Ruvania.") == ["Ruvania"]
    assert actors("Then Ruvania sent troops.")[0] == ("Ruvania", "state:RUV")


def test_places_by_preposition_type_word_and_gazetteer() -> None:
    assert places("Men were killed near Zabrok.") == ["Zabrok"]
    assert places("They fled the city of Tarif.") == ["Tarif"]
    assert places("Rebels shelled Halam.") == ["Halam"]
    assert "Gulf of Ora" in places("Ships sank in the Gulf of Ora.")


def test_a_small_place_of_that_name_makes_no_place_of_a_person() -> None:
    assert places("Then Kurto denied it.") == []
    assert places("Shells fell in Kurto. Then rebels took Kurto.") == ["Kurto", "Kurto"]


def test_a_settlement_makes_a_place_of_the_name_before_it() -> None:
    assert places("Gunmen shot a preacher dead in the old Zabrok district.") == ["Zabrok"]


def test_days_and_first_words_are_no_names() -> None:
    assert actors("However, rain fell on Monday.") == []


def test_a_shortened_month_is_no_name() -> None:
    assert actors("They meet on Nov. 26.") == [("They", "pronoun")]


def test_weapons_have_a_class() -> None:
    assert weapons("They used cruise missiles and a car bomb.") == [("cruise missiles", "missile"), ("car bomb", "ied")]


def test_a_suicide_bomber_is_a_person() -> None:
    assert actors("A suicide bomber struck.")[0] == ("suicide bomber", "armed_unknown")


@pytest.mark.parametrize("text", ["REBELS SHELLED HALAM AND TARIF.", "Rebels Shell Halam As Army Leaves Tarif"])
def test_where_capitals_say_nothing_only_known_names_count(text: str) -> None:
    assert [p.casefold() for p in places(text)] == ["halam", "tarif"]


def test_mentions_are_sorted() -> None:
    found = annotated("Ruvanian warships fired missiles at Halam on Monday, two officials said.").mentions
    assert list(found) == sorted(found, key=lambda m: (m.start, -m.end, m.kind, m.label))


def test_a_direction_belongs_to_the_place() -> None:
    assert places("Shells fell in northern Ruvania.") == ["northern Ruvania"]
    assert places("Then they left eastern Ruvania for good.") == ["eastern Ruvania"]


def test_names_listed_behind_a_place_are_places() -> None:
    assert places("Troops fought in Ostia and Ruvania.") == ["Ostia", "Ruvania"]
    assert places("Troops fought in Ostia and Ruvania said so.") == ["Ostia"]


def test_a_capital_preposition_is_no_name() -> None:
    assert places("* Near Zabrok, three strikes fell.") == ["Zabrok"]


def test_a_group_is_no_place_even_where_a_town_has_its_name() -> None:
    assert places("Arms were sent to Sabra.") == []
    assert actors("Arms were sent to Sabra.")[-1] == ("Sabra", "group:sabra")


def test_and_inside_a_known_name_parts_nothing() -> None:
    assert places("Men were killed in Mara and Kedo.") == ["Mara and Kedo"]
    assert places("Men were killed in Tarif and Halam.") == ["Tarif", "Halam"]
