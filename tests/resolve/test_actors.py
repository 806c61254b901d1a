from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.labels import Basis, Certainty, PassageKind, SourceType
from dateline.language.base import Annotation, Mention, MentionKind, Sentence
from dateline.records import Code, Party, Place, Report, ReportResult, Source, Span, Statement, Surety
from dateline.resolve.actors import ActorResolver
from dateline.resolve.register import load_register
from dateline.resolve.register.index import Register
from dateline.resolve.register.model import Actor

RESOLVER = ActorResolver(load_register())


def annotation(report: Report, actors: tuple[str, ...] = ()) -> Annotation:
    """Sentences end at full stops; actor mentions are the given words, everywhere they stand."""
    sentences = []
    for n, m in enumerate(re.finditer(r"[^.]+(?:\.|$)", report.text)):
        sentences.append(Sentence(n, m.start(), m.end(), PassageKind.SENTENCE, 0, 0, 0))
    mentions = []
    for word in actors:
        for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", report.text):
            inside = next(s.index for s in sentences if s.start <= m.start() < s.end)
            mentions.append(Mention(MentionKind.ACTOR, m.start(), m.end(), inside, "x", word, "test"))
    return Annotation(report.id, (), tuple(sentences), tuple(sorted(mentions, key=lambda m: m.start)))


def spot(report: Report, words: str) -> Span:
    start = report.text.rindex(words)
    return report.span(start, start + len(words))


def statement(report: Report, party: Party | None = None, source: Source | None = None) -> Statement:
    whole = report.span(0, len(report.text))
    return Statement(
        report_id=report.id,
        sentence=whole,
        trigger=(whole,),
        event=Code(spans=(whole,), rule="t", scheme="plover", code="ASSAULT"),
        sub_event=None,
        certainty=Surety(rule="t", basis=Basis.DEFAULT, label=Certainty.STATED),
        actors=(party,) if party else (),
        sources=(source,) if source else (),
    )


def party(text: str, words: str, title: str | None = None, actors: tuple[str, ...] = ()) -> Party:
    """The actor `words` (its last place in the text) after resolution."""
    report = Report(text=text, title=title)
    span = spot(report, words)
    given = statement(report, Party(name=words, spans=(span,), rule="t"))
    (out,) = RESOLVER.resolve(report, annotation(report, actors), (given,))
    ReportResult(report=report, statements=(out,))
    return out.actors[0]


def source(text: str, words: str, kind: SourceType) -> Source:
    report = Report(text=text)
    given = statement(report, source=Source(name=words, type=kind, spans=(spot(report, words),), rule="t"))
    (out,) = RESOLVER.resolve(report, annotation(report), (given,))
    return out.sources[0]


PHRASES = [
    # phrase, group, actor id, kind, country
    ("DAESH terrorists", "Islamic State", "group:islamic-state", "armed_group", None),
    ("so-called Islamic State", "Islamic State", "group:islamic-state", "armed_group", None),
    ("IS", "Islamic State", "group:islamic-state", "armed_group", None),
    ("suspected Islamic State fighters", "Islamic State", "group:islamic-state", "armed_group", None),
    ("Islamic State’s positions", "Islamic State", "group:islamic-state", "armed_group", None),
    ("Russian warships", "Russia", "navy:RUS", "military", "RUS"),
    ("two Russian warplanes", "Russia", "air:RUS", "military", "RUS"),
    ("Russian bombers", "Russia", "mil:RUS", "military", "RUS"),
    ("the Russian Navy", "Russia", "navy:RUS", "military", "RUS"),
    ("the US-led coalition", "US-led coalition", "alliance:us-led-coalition", "alliance", None),
    ("U.S.-led coalition jets", "US-led coalition", "alliance:us-led-coalition", "alliance", None),
    ("the Saudi-led coalition", "Saudi-led coalition", "alliance:saudi-led-coalition", "alliance", "YEM"),
    ("the Kurdish YPG militia", "YPG", "group:ypg", "armed_group", "SYR"),
    ("Kurdish Peshmerga forces", "Kurdistan Region", "mil:kurdistan", "military", "IRQ"),
    ("French President Francois Hollande", "France", "person:francois-hollande", "government", "FRA"),
    ("the French president", "France", "head:FRA", "government", "FRA"),
    ("President of France", "France", "head:FRA", "government", "FRA"),
    ("Chinese ambassador Zhang Wei", "China", None, "diplomats", "CHN"),
    ("the Kremlin", "Russia", "head:RUS", "government", "RUS"),
    ("Moscow", "Russia", "gov:RUS", "government", "RUS"),
    ("Washington", "United States", "gov:USA", "government", "USA"),
    ("the White House", "United States", "head:USA", "government", "USA"),
    ("Pentagon officials", "United States", "mod:USA", "government", "USA"),
    ("US", "United States", "state:USA", "state", "USA"),
    ("The U.S.", "United States", "state:USA", "state", "USA"),
    ("American", "United States", "state:USA", "state", "USA"),
    ("Syrian government forces", "Syria", "mil:SYR", "military", "SYR"),
    ("the Assad regime", "Syria", "gov:SYR", "government", "SYR"),
    ("Syrian state police", "Syria", "pol:SYR", "police", "SYR"),
    ("the Iraqi army", "Iraq", "army:IRQ", "military", "IRQ"),
    ("Iraqi elite troops", "Iraq", "mil:IRQ", "military", "IRQ"),
    ("Turkish riot police", "Turkey", "pol:TUR", "police", "TUR"),
    ("the Government of Ghana", "Ghana", "gov:GHA", "government", "GHA"),
    ("Thai lawmakers", "Thailand", "leg:THA", "legislature", "THA"),
    ("a Kenyan court", "Kenya", "jud:KEN", "judicial", "KEN"),
    ("Israeli snipers", "Israel", "mil:ISR", "military", "ISR"),
    ("IDF soldiers", "Israel", "mil:ISR", "military", "ISR"),
    ("Israeli settlers", "Israel", "group:israeli-settlers", "communal", None),
    ("members of Hamas", "Hamas", "group:hamas", "armed_group", "PSE"),
    ("the al-Qassam Brigades", "Hamas", "group:hamas", "armed_group", "PSE"),
    ("Iran-backed Houthi rebels", "Houthis", "group:houthis", "armed_group", "YEM"),
    ("Al-Shabab militants", "al-Shabaab", "group:al-shabaab", "armed_group", None),
    ("the M23 rebels", "M23", "group:m23", "armed_group", "COD"),
    ("TTP commanders", "Pakistani Taliban", "group:ttp", "armed_group", "PAK"),
    ("Taliban insurgents", "Taliban", "group:taliban", "armed_group", "AFG"),
    ("Taliban prisoners", "Taliban", None, "detainees", None),
    ("forces loyal to Khalifa Haftar", "Libyan National Army", "group:lna", "military", "LBY"),
    ("the Jalisco cartel", "Jalisco New Generation Cartel", "group:cjng", "gang", "MEX"),
    ("UN peacekeepers", "United Nations", "igo:un-peacekeepers", "peacekeepers", None),
    ("the UN Security Council", "United Nations", "igo:unsc", "igo", None),
    ("UNICEF", "UNICEF", "igo:unicef", "igo", None),
    ("the Afghan Taliban", "Taliban", "group:taliban", "armed_group", "AFG"),
    ("Syrian rebels", "Syrian rebels", "group:syrian-rebels", "armed_group", "SYR"),
    ("Pakistani militants", "Pakistani militants", None, "armed_group", "PAK"),
    ("Syrian refugees", "Syria", None, "refugees", "SYR"),
    ("two British journalists", "United Kingdom", None, "media", "GBR"),
    ("Sudanese protesters", "Sudan", None, "protesters", "SDN"),
    ("the people of Peru", "Peru", None, "civilians", "PER"),
    ("villagers from Mali", "Mali", None, "civilians", "MLI"),
    ("a Syrian hospital", "Syria", None, None, "SYR"),
    ("gunmen", None, None, "armed_unknown", None),
    ("masked gunmen in Karachi", None, None, "armed_unknown", None),
    ("protesters", None, None, "protesters", None),
    ("aid workers", None, None, "aid_worker", None),
    ("Turkish-backed rebels", None, None, "armed_group", None),
    ("US-backed forces", None, None, "armed_unknown", None),
    ("anti-Taliban forces", None, None, "armed_unknown", None),
    ("fighters backed by Russia", None, None, "armed_group", None),
    ("civilians fleeing Boko Haram", None, None, "civilians", None),
    ("Kurdish fighters", "Kurdish forces", "group:kurdish-forces", "armed_group", None),
    ("Dinka militiamen", "Dinka militiamen", None, "armed_group", None),
]


@pytest.mark.parametrize(("phrase", "group", "actor", "kind", "country"), PHRASES, ids=[p[0] for p in PHRASES])
def test_phrases(phrase: str, group: str | None, actor: str | None, kind: str | None, country: str | None) -> None:
    found = RESOLVER.identify(phrase)
    assert found is not None
    assert (found.group, found.actor_id, found.kind, found.country) == (group, actor, kind, country)
    assert found.why


@pytest.mark.parametrize("phrase", ["is", "us", "it", "turkey feathers", "the bridge", "", "12", "…"])
def test_phrases_that_name_nobody(phrase: str) -> None:
    assert RESOLVER.identify(phrase) is None


def test_a_group_gets_its_neutral_name_and_a_reason() -> None:
    p = party("Jets hit Daesh targets near the river.", "Daesh targets")
    assert p.name == "Islamic State"
    assert p.sector == "REB"
    assert "Daesh" in p.why[-1]
    assert p.spans[0].quote == "Daesh targets"


def test_a_generic_state_force_takes_the_state_the_report_is_about() -> None:
    p = party("Protests spread across Peru. In Peru's capital, police fired tear gas.", "police")
    assert (p.group, p.actor_id, p.country, p.name) == ("Peru", "pol:PER", "PER", "police")
    assert any("Peru" in w for w in p.why)


def test_it_takes_none_where_two_states_are_named_as_often() -> None:
    p = party("Chad and Niger sent men. The army fired first.", "The army")
    assert (p.group, p.kind) == (None, "military")


def test_a_state_named_with_the_noun_is_its_state() -> None:
    p = party("France and Spain asked the armed forces in Madagascar to wait.", "the armed forces in Madagascar")
    assert p.country == "MDG"


def test_generic_rebels_take_a_name_only_if_the_register_has_one() -> None:
    assert party("Fighting went on in Syria. Rebels took a hill.", "Rebels").actor_id == "group:syrian-rebels"
    p = party("Fighting went on in Togo. Rebels took a hill.", "Rebels")
    assert (p.actor_id, p.group, p.kind) == (None, None, "armed_group")


def test_somebody_backed_by_a_state_is_not_given_one() -> None:
    assert party("Libya saw more fighting. Egyptian-backed troops moved west.", "Egyptian-backed troops").group is None


def test_the_group_is_the_only_group_named_so_far() -> None:
    p = party("Boko Haram struck two towns. The group burned a market.", "The group")
    assert (p.name, p.actor_id) == ("Boko Haram", "group:boko-haram")
    assert "only one" in p.why[-1]


def test_the_article_may_stand_outside_the_span() -> None:
    text = "Boko Haram struck two towns. Later the militant group burned a market."
    assert party(text, "militant group").actor_id == "group:boko-haram"
    assert party(text.replace("the", "a"), "militant group").actor_id is None


def test_the_group_stays_open_between_two() -> None:
    p = party("Boko Haram fought Ansaru. The group burned a market.", "The group")
    assert (p.name, p.actor_id) == ("The group", None)


def test_the_coalition_is_the_one_named_before() -> None:
    p = party("The Saudi-led coalition denied it. The coalition bombed a port.", "The coalition")
    assert p.actor_id == "alliance:saudi-led-coalition"


def test_a_pronoun_with_one_antecedent() -> None:
    p = party("Hezbollah withdrew, and it shelled the ridge.", "it", actors=("Hezbollah", "it"))
    assert p.name == "Hezbollah"
    far = party("Hezbollah withdrew. It shelled the ridge.", "It", actors=("Hezbollah", "It"))
    assert far.actor_id == "group:hezbollah"


def test_a_pronoun_with_two_stays() -> None:
    p = party("Hezbollah met Hamas, and it withdrew.", "it", actors=("Hezbollah", "Hamas", "it"))
    assert (p.name, p.actor_id, p.group) == ("it", None, None)


def test_first_person_is_left_alone() -> None:
    assert party("Hamas spoke. We will strike back.", "We", actors=("Hamas",)).group is None


@pytest.mark.parametrize(
    ("text", "name", "country", "kind"),
    [
        ("Norwegian Foreign Minister Ola Testmann spoke. Then Testmann left.", "Testmann", "NOR", "government"),
        ("The talks with his Danish counterpart Kari Prøve ended.", "Kari Prøve", "DNK", "government"),
        ("Ama Example, the Ghanaian president, agreed.", "Ama Example", "GHA", "government"),
        ("President Juan Ejemplo of Paraguay resigned.", "Juan Ejemplo", "PRY", "government"),
        ("Hamas spokesman Abu Mithal said so.", "Abu Mithal", "PSE", "armed_group"),
    ],
)
def test_persons_by_their_office(text: str, name: str, country: str, kind: str) -> None:
    p = party(text, name)
    assert (p.name, p.country, p.kind, p.actor_id) == (name, country, kind, None)


def test_a_person_without_an_office_stays_open() -> None:
    p = party("Peter Nobody was hurt in Spain.", "Peter Nobody")
    assert (p.group, p.country, p.kind) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("In Sudan, the RSF shelled the market.", "Rapid Support Forces"),
        ("Reporters Without Borders, or RSF, is based in Paris.", "Reporters Without Borders"),
    ],
)
def test_an_acronym_of_two_bodies_is_read_by_its_surroundings(text: str, group: str) -> None:
    assert party(text, "RSF").group == group


def test_an_acronym_that_needs_its_country() -> None:
    assert party("In Uganda the ADF struck again.", "ADF").actor_id == "group:adf"
    assert party("In Canberra the ADF held a parade.", "ADF").actor_id is None


@pytest.mark.parametrize(
    ("words", "given", "kind", "actor"),
    [
        ("the Syrian Observatory for Human Rights", SourceType.NGO, SourceType.MONITOR, "monitor:sohr"),
        ("Reuters", SourceType.MEDIA, SourceType.AGENCY, "agency:reuters"),
        ("the Reuters news agency", SourceType.AGENCY, SourceType.AGENCY, "agency:reuters"),
        ("the Kremlin", SourceType.OFFICIAL, SourceType.GOVERNMENT, "head:RUS"),
        ("the Syrian army", SourceType.OFFICIAL, SourceType.MILITARY, "army:SYR"),
        ("Turkish police", SourceType.OFFICIAL, SourceType.POLICE, "pol:TUR"),
        ("Hamas", SourceType.OFFICIAL, SourceType.ARMED_GROUP, "group:hamas"),
        ("Al Jazeera", SourceType.UNNAMED, SourceType.UNNAMED, "outlet:al-jazeera"),
    ],
)
def test_sources(words: str, given: SourceType, kind: SourceType, actor: str) -> None:
    s = source(f"Nobody was hurt, said {words}.", words, given)
    assert (s.type, s.actor_id) == (kind, actor)


def test_an_unnamed_source_keeps_its_type_and_gets_a_country() -> None:
    s = source("Jets took off, a French source said.", "a French source", SourceType.UNNAMED)
    assert (s.type, s.country, s.name, s.actor_id) == (SourceType.UNNAMED, "FRA", "a French source", None)


def test_an_official_stays_an_official() -> None:
    s = source("It was known before, a US official said.", "a US official", SourceType.OFFICIAL)
    assert (s.type, s.country, s.name) == (SourceType.OFFICIAL, "USA", "a US official")


def test_an_impersonal_source_is_left_alone() -> None:
    s = source("Russia reportedly agreed.", "reportedly", SourceType.IMPERSONAL)
    assert s.actor_id is None and s.why == ()


WORDS = st.sampled_from(
    [
        "the",
        "Syrian",
        "army",
        "of",
        "Hamas",
        "fighters",
        "US",
        "-",
        "’s",
        "backed",
        "by",
        "Moscow",
        "two",
        "people",
        "…",
    ]
)


@settings(max_examples=150)
@given(st.lists(WORDS, min_size=1, max_size=8))
def test_any_phrase_is_read_without_harm(held: list[str]) -> None:
    phrase = " ".join(held)
    found = RESOLVER.identify(phrase)
    assert found == RESOLVER.identify(phrase)
    if found and found.actor_id:
        assert found.actor_id in RESOLVER.register


@settings(max_examples=50)
@given(st.lists(WORDS, min_size=2, max_size=20))
def test_resolving_keeps_spans_and_ids(held: list[str]) -> None:
    text = " ".join(held) + "."
    report = Report(text=text)
    span = report.span(0, len(held[0]))
    given = statement(report, Party(name=held[0], spans=(span,), rule="t"))
    notes = annotation(report)
    (out,) = RESOLVER.resolve(report, notes, (given,))
    assert out.id == given.id
    assert out.actors[0].spans == (span,)
    assert RESOLVER.resolve(report, notes, (given,)) == (out,)


def test_what_a_phrase_means_in_one_report_is_not_carried_to_the_next() -> None:
    lanterns = Actor(id="group:lanterns", name="Blue Lanterns", kind="armed_group", context=("Lanterns",))
    resolver = ActorResolver(Register({lanterns.id: lanterns}))
    found = []
    for text in ("Lanterns fired.", "Blue Lanterns came. Lanterns fired.", "Lanterns fired."):
        report = Report(text=text)
        given_ = statement(report, Party(name="Lanterns", spans=(spot(report, "Lanterns"),), rule="t"))
        (out,) = resolver.resolve(report, annotation(report), (given_,))
        found.append(out.actors[0].actor_id)
    assert found == [None, "group:lanterns", None]


def test_a_statement_without_parties_stays_as_it_is() -> None:
    report = Report(text="Shells fell.")
    given_ = statement(report)
    assert RESOLVER.resolve(report, annotation(report), (given_,))[0] is given_


@pytest.mark.parametrize(("target", "place", "actor_id"), [("Kyiv", "Kyiv", None), ("Kyiv", "Odesa", "gov:UKR")])
def test_a_capital_that_is_struck_is_no_government(target: str, place: str, actor_id: str | None) -> None:
    report = Report(text="Missiles fell on Kyiv and Odesa.")
    held = Party(name=target, spans=(spot(report, target),), rule="t")
    where = Place(name=place, spans=(spot(report, place),), rule="t")
    given = replace(statement(report), targets=(held,), places=(where,))
    (out,) = RESOLVER.resolve(report, annotation(report), (given,))
    assert out.targets[0].actor_id == actor_id


@pytest.mark.parametrize(
    ("phrase", "country"),
    [
        ("three Palestinians", "PSE"),
        ("An Iraqi", "IRQ"),
        ("dozens of Syrians", "SYR"),
        ("at least 99 Palestinians", "PSE"),
        ("several wounded Afghans", "AFG"),
    ],
)
def test_a_number_of_nationals_is_some_persons(phrase: str, country: str) -> None:
    found = RESOLVER.identify(phrase)
    assert found is not None
    assert (found.name, found.actor_id, found.kind, found.country) == (None, None, "civilians", country)


@pytest.mark.parametrize("phrase", ["the Swiss", "two Syrian soldiers", "the Palestinians", "two US"])
def test_other_words_with_them_are_not(phrase: str) -> None:
    found = RESOLVER.identify(phrase)
    assert found is not None and found.kind != "civilians"


@pytest.mark.parametrize(
    ("event", "target", "actor_id"),
    [("ASSAULT", "Palestinians", None), ("ACCUSE", "Palestinians", "state:PSE"), ("ASSAULT", "Jordan", "state:JOR")],
)
def test_nationals_that_are_struck_are_no_state(event: str, target: str, actor_id: str | None) -> None:
    report = Report(text=f"They shot {target}.")
    held = Party(name=target, spans=(spot(report, target),), rule="t")
    made = statement(report)
    given = replace(made, event=replace(made.event, code=event), targets=(held,))
    (out,) = RESOLVER.resolve(report, annotation(report), (given,))
    assert out.targets[0].actor_id == actor_id
    assert (out.targets[0].kind == "civilians") is (actor_id is None)


def test_a_front_that_nobody_knows_is_an_armed_group_of_no_state() -> None:
    found = RESOLVER.identify("cadres of the People's Liberation Front of India (PLFI)")
    assert found is not None
    assert (found.name, found.group, found.kind, found.country) == (None, None, "armed_group", "IND")
