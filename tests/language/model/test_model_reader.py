from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.language.model.fake_graphs import NO, SURE, FakeGraphs, lay, manifest, read, reader

from dateline.language.base import Argument, Named, Reading
from dateline.language.model.reader import Findings, runs_of

WORDS = ("hit", "blamed", "army", "market", "zara", "ten", "mayor", "calm", "the", ".")
MARKET = FakeGraphs(
    triggers={"hit": "ASSAULT", "blamed": "ACCUSE"},
    tags={"zara": "B-LOC", "mayor": "B-PER"},
    roles={"army": "actor", "market": "target", "zara": "place", "ten": "figure", "mayor": "source"},
    measures={"ten": "killed"},
    types={"mayor": "official"},
    carried={"zara": "place", "mayor": "source"},
    same_words={"happening": [("hit", "hit")], "name": [("zara", "zara")]},
)


def words(text: str, found: Sequence[Reading] | Sequence[Argument]) -> list[str]:
    """What stands at some readings or arguments."""
    return [text[x.start : x.end] for x in found]


def test_a_trigger_has_its_labels_and_probabilities() -> None:
    graphs = FakeGraphs({"hit": "ASSAULT"}, subs={"hit": "Attack"}, certainties={"hit": "denied"})
    (r,) = read(graphs, "calm\nthey hit it").readings
    assert (r.start, r.end, r.sentence, r.arguments) == (10, 13, 1, ())
    assert r.event == ("ASSAULT", 1.0)
    assert (r.sub_event[0], r.certainty[0], r.score) == ("Attack", "denied", SURE)
    assert read(FakeGraphs({"hit": "ASSAULT"}), "hit").readings[0].sub_event[0] is None


def test_neighbours_of_one_category_are_one_trigger() -> None:
    graphs = FakeGraphs({"opened": 1.0, "fire": 6.0, "blamed": "ACCUSE"})
    text = "they opened fire blamed x fire\nfire"
    found = read(graphs, text).readings
    assert words(text, found) == ["opened fire", "blamed", "fire", "fire"]
    assert [r.score for r in found] == [SURE] * 4
    assert [r.sentence for r in found] == [0, 0, 0, 1]


def test_a_sentence_too_long_is_cut_and_a_trigger_with_it() -> None:
    text = "opened fire"
    assert words(text, read(FakeGraphs({"opened": 1.0, "fire": 6.0}), text, manifest(limit=1)).readings) == [
        "opened",
        "fire",
    ]


@pytest.mark.parametrize(("logit", "least", "found"), [(0.0, 0.5, 1), (-0.1, 0.5, 0), (-0.1, 0.4, 1), (6.0, 0.999, 0)])
def test_the_threshold_comes_with_the_weights(logit: float, least: float, found: int) -> None:
    assert len(read(FakeGraphs({"hit": logit}), "hit", manifest(trigger=least)).readings) == found


def test_a_word_hinted_at_needs_less_and_is_not_sure() -> None:
    graphs = FakeGraphs(triggers={"hit": -1.0, "blamed": "ACCUSE"}, roles={"army": "actor"})
    tokens, sentences = lay("army hit x\nblamed hit hit")
    assert [(r.start, r.sure) for r in reader(graphs).read(tokens, sentences).readings] == [(11, True)]
    hinted = reader(graphs).read(tokens, sentences, {5, 11, 18})
    assert [(r.start, r.sure) for r in hinted.readings] == [(5, False), (11, True), (18, False)]
    assert [a.role for a in hinted.readings[0].arguments] == ["actor"]
    nothing = reader(FakeGraphs(triggers={"hit": -6.0})).read(tokens, sentences, {5})
    assert nothing.readings == ()


def test_temperatures_soften_probabilities() -> None:
    cool = read(FakeGraphs({"hit": 2.0}), "hit").readings[0]
    warm = read(FakeGraphs({"hit": 2.0}), "hit", manifest(temperatures={"trigger": 2.0, "event": 4.0})).readings[0]
    assert (cool.score, warm.score) == (0.8808, 0.7311)
    assert cool.event[1] > warm.event[1] == 0.9526


def test_of_two_triggers_of_one_statement_the_surer_stays() -> None:
    graphs = FakeGraphs({"hit": 2.0, "blast": 4.0, "fire": 3.0}, same_words={"statement": [("hit", "blast")]})
    assert words("hit x blast x fire", read(graphs, "hit x blast x fire").readings) == ["blast", "fire"]
    assert words("hit\nblast", read(graphs, "hit\nblast").readings) == ["hit", "blast"]
    bold = manifest(same_statement=0.999)
    assert len(read(graphs, "hit x blast", bold).readings) == 2


def test_a_network_may_do_without_a_kind_of_same() -> None:
    labels = manifest().labels | {"same": ()}
    assert len(read(MARKET, "hit x hit zara zara", manifest(labels=labels)).readings) == 2


def test_roles_are_spans_of_the_sentence() -> None:
    graphs = FakeGraphs({"hit": "ASSAULT"}, roles={"red": "actor", "army": "actor", "market": "target", "it": "target"})
    text = "army\nred army hit market and it\nit"
    (r,) = read(graphs, text).readings
    assert [(a.role, text[a.start : a.end], a.score) for a in r.arguments] == [
        ("actor", "red army", SURE),
        ("target", "market", SURE),
        ("target", "it", SURE),
    ]


def test_a_span_that_begins_anew_is_cut() -> None:
    graphs = FakeGraphs({"hit": "ASSAULT"}, roles={"homes": "+target", "shops": "+target", "old": "target"})
    text = "hit homes shops old x old old"
    assert words(text, read(graphs, text).readings[0].arguments) == ["homes", "shops old", "old old"]


def test_marks_at_the_ends_of_a_span_are_left_off_and_alone_are_none() -> None:
    marked = dict.fromkeys(('"', "homes", ",", "shops", "-"), "target")
    text = 'hit " homes , shops - now -'
    found = read(FakeGraphs({"hit": "ASSAULT"}, roles=marked), text).readings[0].arguments
    assert words(text, found) == ["homes , shops"]


@pytest.mark.parametrize(
    ("inside", "runs"),
    [
        ([0.9, 0.3, 0.8], [(0, 2)]),
        ([0.9, 0.2, 0.8], [(0, 0), (2, 2)]),
        ([0.3, 0.45, 0.3], []),
        ([0.3, 0.6, 0.1, 0.3], [(0, 1)]),
    ],
)
def test_a_word_at_half_the_threshold_holds_a_span_together_but_makes_none(
    inside: list[float], runs: list[tuple[int, int]]
) -> None:
    assert list(runs_of(inside, [0.0] * len(inside), 0.5)) == runs


def test_each_role_has_its_own_threshold() -> None:
    text = "army hit market"
    found = read(MARKET, text, manifest(actor=0.999)).readings[0].arguments
    assert [(w, a.sure) for w, a in zip(words(text, found), found, strict=True)] == [("army", False), ("market", True)]


def test_only_sides_are_given_where_the_model_doubts_them() -> None:
    graphs = FakeGraphs({"hit": "ASSAULT"}, roles={"army": "actor", "bomb": "weapon"})
    found = read(graphs, "army hit bomb", manifest(actor=0.999, weapon=0.999)).readings[0].arguments
    assert [(a.role, a.sure) for a in found] == [("actor", False)]


def test_figures_have_a_measure_and_sources_a_type() -> None:
    graphs = FakeGraphs(
        {"hit": "ASSAULT"},
        roles={"ten": "figure", "two": "figure", "mayor": "source", "radio": "via"},
        measures={"ten": "killed", "two": "injured"},
        types={"mayor": "official", "radio": "monitor"},
        parts=("two",),
    )
    (r,) = read(graphs, "radio mayor hit ten x two").readings
    assert [(a.role, a.label, a.part) for a in r.arguments] == [
        ("via", "monitor", False),
        ("source", "official", False),
        ("figure", "killed", False),
        ("figure", "injured", True),
    ]


def test_a_place_and_a_source_are_carried_from_earlier_sentences() -> None:
    text = "mayor of zara\nin zara x\nthey hit it\nzara mayor"
    (r,) = read(MARKET, text).readings
    assert [(a.role, a.start, a.label, a.carried, a.score) for a in r.arguments] == [
        ("source", 0, "official", True, SURE),
        ("place", 17, "", True, SURE),
    ]


def test_nothing_is_carried_where_the_sentence_has_its_own() -> None:
    text = "mayor of zara\nmayor hit it at zara"
    assert [a.carried for a in read(MARKET, text).readings[0].arguments if a.sure] == [False, False]


def test_a_doubtful_place_is_told_as_such_and_keeps_no_carried_one_away() -> None:
    graphs = FakeGraphs({"hit": "ASSAULT"}, roles={"army": "actor", "zara": "place"}, carried={"port": "place"})
    (r,) = read(graphs, "port x\narmy hit zara", manifest(place=0.999)).readings
    assert [(a.role, a.carried, a.sure) for a in r.arguments] == [
        ("place", True, True),
        ("actor", False, True),
        ("place", False, False),
    ]


def test_a_carried_span_takes_its_likely_neighbours_but_no_other_sentence() -> None:
    graphs = FakeGraphs({"hit": "ASSAULT"}, carried={"old": ("place", 1.0), "zara": "place", "by": ("place", -1.0)})
    text = "zara\nold zara by\nhit"
    (a,) = read(graphs, text).readings[0].arguments
    assert text[a.start : a.end] == "old zara"
    unsure = FakeGraphs({"hit": "ASSAULT"}, carried={"zara": ("place", -1.0)})
    assert read(unsure, text).readings[0].arguments == ()


def test_entities_are_decoded_from_their_tags() -> None:
    graphs = FakeGraphs(
        tags={"omar": "B-PER", "sayed": "I-PER", "zara": "B-LOC", "north": "I-LOC"},
    )
    text = "omar sayed north omar omar zara north\nnorth sayed"
    found = read(graphs, text).named
    assert [(text[n.start : n.end], n.label) for n in found] == [
        ("omar sayed", "PER"),
        ("north", "LOC"),
        ("omar", "PER"),
        ("omar", "PER"),
        ("zara north", "LOC"),
        ("north", "LOC"),
        ("sayed", "PER"),
    ]
    assert {n.score for n in found} == {round(1 / (1 + 4 * 2.718281828459045**-12), 4)}


def test_same_pairs_are_in_text_order_and_of_like_names_only() -> None:
    found = read(MARKET, "zara hit mayor\nhit zara")
    assert [(s.kind, s.first, s.second) for s in found.same] == [("name", 0, 19), ("happening", 5, 15)]
    assert ("zara", "mayor") not in MARKET.asked and ("mayor", "zara") not in MARKET.asked


def test_probabilities_are_rounded() -> None:
    found = read(MARKET, "mayor zara ten\narmy hit market zara ten\nhit")
    scores = [p for r in found.readings for p in (r.score, r.event[1], r.sub_event[1], r.certainty[1])]
    scores += [a.score for r in found.readings for a in r.arguments]
    scores += [n.score for n in found.named] + [x.score for x in found.same]
    assert scores and all(p == round(p, 4) and 0 <= p <= 1 for p in scores)


@pytest.mark.parametrize("text", ["", " \n ", "\n\n"])
def test_an_empty_text_is_not_read_at_all(text: str) -> None:
    graphs = FakeGraphs({"hit": "ASSAULT"})
    assert read(graphs, text) == Findings()
    assert graphs.windows == []


def test_a_single_word_is_read() -> None:
    assert [(r.start, r.end) for r in read(MARKET, "hit").readings] == [(0, 3)]


def test_a_sentence_of_three_thousand_words_is_read_whole() -> None:
    graphs = FakeGraphs({"hit": "ASSAULT"}, roles={"army": "actor"})
    text = " ".join("hit" if i % 50 == 0 else "army" if i % 50 == 1 else "calm" for i in range(3000))
    found = read(graphs, text)
    assert len(found.readings) == 60
    assert all(len(w) <= 200 for w in graphs.windows)
    assert all(words(text, r.arguments).count("army") >= 1 for r in found.readings)


def test_passages_that_are_not_given_are_not_looked_at() -> None:
    graphs = FakeGraphs({"hit": "ASSAULT", "calm": NO})
    tokens, sentences = lay("hit calm\nhit\ncalm hit")
    found = reader(graphs).read(tokens, [sentences[0], sentences[2]])
    assert [r.sentence for r in found.readings] == [0, 2]
    assert graphs.windows == [["hit", "calm", "calm", "hit"]]


LINES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join), max_size=8).map("\n".join)


@settings(max_examples=30)
@given(st.lists(LINES, min_size=1, max_size=4), st.permutations(range(4)))
def test_a_reading_does_not_depend_on_what_was_read_before(texts: list[str], order: list[int]) -> None:
    alone = [read(MARKET, t) for t in texts]
    shared = reader(MARKET)
    for i in (n for n in order if n < len(texts)):
        assert shared.read(*lay(texts[i])) == alone[i]


@settings(max_examples=50)
@given(LINES, st.integers(7, 30), st.integers(0, 20))
def test_windows_change_neither_triggers_nor_roles(text: str, limit: int, context: int) -> None:
    wide, narrow = (_own(read(MARKET, text, manifest(*sizes))) for sizes in ((200, 60), (limit, context)))
    assert wide == narrow


def _own(found: Findings) -> tuple[list[Reading], tuple[Named, ...]]:
    """What is found without looking at other sentences."""
    own = [replace(r, arguments=tuple(a for a in r.arguments if not a.carried)) for r in found.readings]
    return own, found.named
