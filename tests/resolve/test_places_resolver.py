from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.labels import Certainty, PassageKind, PlaceRole
from dateline.language.base import Annotation, Sentence
from dateline.language.en.placewords import parse
from dateline.language.en.tokens import tokenize
from dateline.records import Code, Party, Place, Report, Statement, Surety
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.places import PlaceResolver, _reaching

GAZETTEER = SqliteGazetteer()
RESOLVER = PlaceResolver(GAZETTEER)


def statement(report: Report, surface: str, variant: int, country: str | None = None) -> Statement:
    start = report.text.index(surface)
    span = report.span(start, start + len(surface))
    code = Code(spans=(span,), rule="t.v1", scheme="plover", code="ASSAULT")
    surety = Surety(spans=(span,), rule="t.v1", label=Certainty.STATED)
    place = Place(spans=(span,), rule="t.v1", name=surface, role=PlaceRole.ORIGIN, why=("found",))
    actor = (Party(spans=(span,), rule="t.v1", name="army", country=country),) if country else ()
    return Statement(
        report_id=report.id,
        sentence=report.span(0, len(report.text)),
        trigger=(span,),
        event=code,
        sub_event=None,
        certainty=surety,
        actors=actor,
        places=(place,),
        variant=variant,
    )


def resolved(text: str, surfaces: Sequence[str], country: str | None = None) -> list[Place]:
    report = Report(text=text)
    held = tuple(statement(report, s, i, country) for i, s in enumerate(surfaces))
    out = RESOLVER.resolve(report, Annotation(report.id, (), (), ()), held)
    return [s.places[0] for s in out]


def marked(text: str) -> list[Place]:
    """Resolve the places written in [brackets]."""
    return resolved(re.sub(r"[\[\]]", "", text), re.findall(r"\[(.*?)\]", text))


# Text with the places in brackets; for each, "id tail or country or -", and (geo_precision, where_prec) or None.
CASES: list[tuple[str, list[str]]] = [
    ("Rival militias fought in [Tripoli], Libya.", ["2210247"]),
    ("Gunmen opened fire in [Tripoli], in the north of Lebanon.", ["266826"]),
    ("[Lebanon]: a grenade was thrown in [Tripoli].", ["272103", "266826"]),
    ("Shells fell on [Hama] overnight.", ["170017"]),
    ("A shop was robbed in [Paris], Texas.", ["4717560"]),
    ("A march was held in [Paris].", ["2988507"]),
    ("[Georgia] said Russian jets had crossed from [Russia].", ["614540", "2017370"]),
    ("Troopers in [Georgia] found him south of [Atlanta].", ["adm1-US-GA", "4180439"]),
    ("Artillery hit [Aleppo] for hours.", ["170063"]),
    ("Artillery hit [Aleppo province] for hours.", ["adm1:SY.09"]),
    ("Artillery hit [the city of Aleppo] for hours.", ["170063"]),
    ("Rebels in [Aleppo governorate] met in [Aleppo city].", ["adm1:SY.09", "170063"]),
    ("Police in [San José], Costa Rica, fired tear gas.", ["3621849"]),
    ("Officers in [San Jose], California, fired tear gas.", ["5392171"]),
    ("A bomb went off in [Valencia].", ["2509954"]),
    ("A bomb went off in [Springfield].", ["-"]),
    ("[Spain]: a bomb went off in [Valencia].", ["2510769", "2509954"]),
    ("Venezuela's [Valencia] saw looting.", ["3625549"]),
    ("Two men were shot in [Birmingham], Alabama.", ["4049979"]),
    ("Two men were shot in [Birmingham], England.", ["2655603"]),
    ("Students in [Santiago], [Chile] blocked a road.", ["3871336", "3895114"]),
    ("Bombers struck [Mosul] and [Kirkuk].", ["99072", "94787"]),
    ("Fighting near [Sinjar], Iraq.", ["IRQ"]),
    ("[Punjab] was quiet.", ["-"]),
    ("[Punjab] was quiet, as was [Lahore].", ["PAK", "1172451"]),
    ("[Punjab] was quiet, as was [Amritsar].", ["IND", "1278710"]),
    ("Raids in [Rafah], Egypt.", ["EGY"]),
    ("Raids in [Rafah] in the Gaza Strip.", ["PSE"]),
    ("Soldiers entered [Kandahar].", ["1138336"]),
    ("Soldiers searched [Kandahar province].", ["adm1:AF.23"]),
    ("Clashes in [Donetsk].", ["709717"]),
    ("Clashes in [Donetsk Oblast].", ["adm1:UA.05"]),
    ("Clashes across the [Donbas].", ["donbas"]),
    ("Ships met in the [Black Sea].", ["black-sea"]),
    ("A tanker was seized in the [Strait of Hormuz].", ["strait-of-hormuz"]),
    ("Jets flew over the [eastern Mediterranean].", ["eastern-mediterranean"]),
    ("Farmers were attacked in [Darfur].", ["darfur"]),
    ("Convoys left [Qamishly].", ["SYR"]),
    ("Fire was exchanged in [Deir Ezzor].", ["170794"]),
    ("Fire was exchanged in [al-Hasakah].", ["173811"]),
    ("The army took [Kafr Nabl] in [Idlib province].", ["SYR", "adm1:SY.12"]),
    ("Sappers worked in [Kherson].", ["706448"]),
    ("Drones reached [Odessa], Ukraine.", ["698740"]),
    ("Drones reached [Odessa], Texas.", ["5527554"]),
    ("A car bomb in [Alexandria], Egypt.", ["361058"]),
    ("A car bomb in [Alexandria], Va.", ["4744091"]),
    ("Miners struck in [Victoria], Australia.", ["adm1:AU.07"]),
    ("A mob gathered in [Hyderabad], Pakistan.", ["1176734"]),
    ("A mob gathered in [Hyderabad], India.", ["1269843"]),
    ("Students met in [Cambridge], Massachusetts.", ["4931972"]),
    ("Herders clashed in [Niger state].", ["adm1:NG.31"]),
    ("The army of [Niger] reached [Agadez].", ["2440476", "2448085"]),
    ("The president of [Chad] spoke.", ["2434508"]),
    ("A ferry sank on [Lake Chad].", ["lake-chad"]),
    ("Guards at [Bagram airfield] fired.", ["bagram-airfield"]),
    ("They drove to [Runirgodabad].", ["-"]),
    ("They drove to [the village].", ["-"]),
    ("They drove to [Qzvillage], Somalia.", ["SOM"]),
    ("Troops massed on [the border with Jordan].", ["-"]),
    ("A blast in [New York].", ["5128581"]),
    ("A blast in [West Bank city of Jenin].", ["PSE"]),
    ("A blast in [al-Raqqa].", ["172955"]),
    ("A blast in [Al Paris].", ["-"]),
    ("Shells fell near [Aleppo] a UN spokesman said.", ["170063"]),
    ("Shells fell on Aleppo and [Damascus] the Russian centre said.", ["170654"]),
    ("A blast in [Syrias].", ["163843"]),
    ("A blast in [Syrias Idlib province].", ["adm1:SY.12"]),
    ("A blast in [Syrias second city Aleppo].", ["170063"]),
    ("A blast in [northern Syrias Idlib province].", ["adm1:SY.12"]),
    ("A blast in [Iraqs Mosul].", ["99072"]),
    ("A blast in [Homs].", ["169577"]),
    ("A blast in [Qzars].", ["-"]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[c[0] for c in CASES])
def test_hard_names(text: str, wanted: list[str]) -> None:
    for place, want in zip(marked(text), wanted, strict=True):
        if want == "-":
            assert place.place_id is None and place.lat is None, place.why
        elif want == "adm1-US-GA":
            assert (place.feature, place.country) == ("A.ADM1", "USA"), place.why
        elif len(want) == 3 and want.isupper():
            assert place.country == want, place.why
        else:
            assert place.place_id is not None and place.place_id.endswith(want), place.why
        assert place.why[0] == "found" and len(place.why) > 1
        assert place.role is PlaceRole.ORIGIN


@pytest.mark.parametrize(
    ("surface", "name", "tail", "precision"),
    [
        ("Mosul", "Mosul", "99072", (1, 1)),
        ("outside Mosul", "outside Mosul", "99072", (2, 2)),
        ("20 km north of Aleppo", "20 km north of Aleppo", "170063", (2, 2)),
        ("eastern Aleppo", "eastern Aleppo", "170063", (2, 2)),
        ("Aleppo province", "Aleppo province", "adm1:SY.09", (3, 4)),
        ("northern Syria", "northern Syria", "163843", (3, 5)),
        ("Syria", "Syria", "163843", (3, 6)),
        ("Red Sea", "Red Sea", "red-sea", (3, 7)),
        ("Sinai", "Sinai", "sinai", (3, 5)),
        ("Salihiah neighbourhood of Hasakeh city", "Salihiah neighbourhood of Hasakeh city", "173811", (2, 2)),
        ("Qzhotel Hotel in Kabul", "Qzhotel Hotel in Kabul", "1138958", (2, 2)),
    ],
)
def test_precision_is_never_finer_than_the_words(
    surface: str, name: str, tail: str, precision: tuple[int, int]
) -> None:
    (place,) = resolved(f"Shooting was heard {surface}.", [surface])
    assert place.name == name
    assert place.place_id is not None and place.place_id.endswith(tail)
    assert (place.geo_precision, place.where_prec) == precision


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Shells landed north of Aleppo overnight.", (2, 2)),
        ("Shells landed 20 km from Aleppo.", (2, 2)),
        ("Shells landed in Aleppo.", (1, 1)),
        ("They fled to the city of Aleppo.", (1, 1)),
    ],
)
def test_words_before_a_bare_name_count(text: str, precision: tuple[int, int]) -> None:
    (place,) = resolved(text, ["Aleppo"])
    assert (place.name, place.geo_precision, place.where_prec) == ("Aleppo", *precision)


def test_values_and_admin_path() -> None:
    (place,) = resolved("Shells fell on Idlib.", ["Idlib"])
    assert (place.country, place.feature, place.admin) == ("SYR", "P.PPL", ("Syria", "Idlib"))
    assert place.lat == pytest.approx(35.93, abs=0.01) and place.lon == pytest.approx(36.63, abs=0.01)


def test_only_the_country_where_all_candidates_share_it() -> None:
    (place,) = resolved("Voters in Springfield queued. Missouri and Illinois voted too.", ["Springfield"])
    assert place.place_id is None or place.country == "USA"


def test_an_actor_s_country_decides_between_equals() -> None:
    (place,) = resolved("The army shelled Punjab.", ["Punjab"], country="IND")
    assert place.country == "IND"


def test_mentions_outside_statements_count_and_statements_without_places_pass() -> None:
    report = Report(text="Crowds met in Beirut. Shots were fired in Tripoli.")
    tokens = tokenize(report.text)
    sentence = Sentence(0, 0, len(report.text), PassageKind.SENTENCE, 0, 0, len(tokens))
    made = statement(report, "Tripoli", 0)
    (out,) = RESOLVER.resolve(report, Annotation(report.id, tokens, (sentence,), ()), (made,))
    assert out.places[0].country == "LBN"
    assert out.id == made.id and out.places[0].spans == made.places[0].spans
    assert RESOLVER.resolve(report, Annotation(report.id, (), (), ()), ()) == ()


@settings(max_examples=25, deadline=None)
@given(st.permutations(["Tripoli", "Beirut", "Homs", "Georgia", "Valencia"]))
def test_order_of_statements_does_not_matter(order: list[str]) -> None:
    text = "Tripoli, Beirut and Homs; then Georgia, then Valencia."
    found = {p.name: p for p in resolved(text, order)}
    assert found == {p.name: p for p in resolved(text, sorted(order))}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="abAB ,'’-.of inthe", min_size=1, max_size=40))
def test_parsing_any_words_ends_with_a_head_or_none(surface: str) -> None:
    phrase = parse(surface, lambda words: 0)
    assert phrase.surface == surface
    assert phrase.head is None or (phrase.head.name and not phrase.head.known)


@pytest.mark.parametrize(
    ("surface", "head", "holders"),
    [
        ("Tripoli, Lebanon", "Tripoli", ["Lebanon"]),
        ("Cairo's Garden City", "Garden City", ["Cairo"]),
        ("Bustan al-Qasr in Aleppo", "Bustan al-Qasr", ["Aleppo"]),
        ("Southern Gaza Strip", "Gaza Strip", []),
        ("the Gulf of Aden", "Gulf of Aden", []),
        ("road from Kyiv to Moscow", "Kyiv", []),
        ("Kabul Qzserena Hotel", "Kabul Qzserena", ["Kabul"]),
        ("the West Bank city of Jenin", "Jenin", ["West Bank"]),
        ("the Qzorla district of Aleppo", "Qzorla", ["Aleppo"]),
        ("Bustan al-Qasr in Aleppo on Monday", "Bustan al-Qasr", ["Aleppo"]),
    ],
)
def test_expressions_are_taken_apart(surface: str, head: str, holders: list[str]) -> None:
    phrase = parse(surface, GAZETTEER.longest)
    assert phrase.head is not None and phrase.head.name == head
    assert [h.name for h in phrase.holders] == holders


OF_NATIONS = PlaceResolver(GAZETTEER, {"syrian": "Syria", "iraqi": "Iraq", "american": "United States"})


@pytest.mark.parametrize(
    ("text", "surface", "entry"),
    [
        ("They bombed the Iraqi western town of Hit at dawn.", "Iraqi western town of Hit", "geonames:95788"),
        ("They bombed the Iraqi western town of Hit at dawn.", "Hit", "geonames:95788"),
        ("Jets hit the northern Syrian city of Aleppo.", "northern Syrian city of Aleppo", "geonames:170063"),
        ("A fire broke out in the American city of Tripoli.", "American city of Tripoli", "geonames:4879018"),
        ("A fire broke out in the American city of Tripoli.", "Tripoli", "geonames:4879018"),
        ("An Iraqi of the city of Tripoli was hurt.", "Tripoli", "geonames:2210247"),
        ("The Iraqi city of Tripoli is no such place.", "Tripoli", "geonames:2210247"),
    ],
)
def test_a_word_for_nationals_places_a_name_where_the_country_has_one(text: str, surface: str, entry: str) -> None:
    report = Report(text=text)
    held = (statement(report, surface, 0),)
    (made,) = OF_NATIONS.resolve(report, Annotation(report.id, (), (), ()), held)
    assert made.places[0].place_id == entry, made.places[0].why


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Fighters entered the [Salah al-Din] district of Aleppo on Monday.", "geonames:170063"),
        ("Shells fell on [Salaheddin neighbourhood] of Aleppo.", "geonames:170063"),
        ("Shells fell on [Salaheddin province] in Iraq.", "dateline:adm1:IQ.18"),
        ("Guards left the Anbar district of [Hit] on Friday.", "geonames:95788"),
        ("Buses came to the Qzorla district of [Aleppo].", "geonames:170063"),
    ],
)
def test_a_quarter_of_a_town_is_in_it(text: str, wanted: str) -> None:
    (place,) = marked(text)
    assert place.place_id == wanted, place.why


@pytest.mark.parametrize("spelling", ["Raqa", "Raqqa", "Raqqah", "Raqah"])
def test_a_short_name_is_found_with_one_letter_for_two(spelling: str) -> None:
    place, _, _ = marked(f"Jets bombed [{spelling} province] and later [Homs] and [Hama].")
    assert place.place_id == "dateline:adm1:SY.04", place.why


@given(st.sets(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=8), st.integers(0, 40), st.integers(1, 9))
def test_whether_a_mention_meets_a_span_is_what_a_look_at_all_says(
    spans: set[tuple[int, int]], start: int, length: int
) -> None:
    held = {(a, a + n) for a, n in spans}
    starts, ends = _reaching(held)
    meets = start < ends[bisect_left(starts, start + length)]
    assert meets == any(a < start + length and start < b for a, b in held)
