"""What a scene keeps of a report is what a look at the whole report would find at each place."""

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from dateline.labels import PassageKind
from dateline.language.base import Annotation, Mention, MentionKind, Sentence
from dateline.records import Report
from dateline.resolve.actorscene import Scene, longest, state_of, words
from dateline.resolve.register import load_register

REGISTER = load_register()
NAMES = ["Syria", "the Syrian army", "Hamas", "Iraqi police", "Russia", "Mali", "rebels", "Ali al-Assad", "U.S."]
texts = st.lists(st.sampled_from([*NAMES, "fired", "al", "Assad's", ". "]), max_size=25).map(" ".join)


def scene_of(text: str) -> Scene:
    sentences = [
        Sentence(i, m.start(), m.end(), PassageKind.SENTENCE, 0, 0, 0)
        for i, m in enumerate(re.finditer(r"[^ ][^.]*\.?", text))
    ]
    actors = [
        Mention(
            MentionKind.ACTOR, m.start(), m.end(), next(s.index for s in sentences if m.start() < s.end), "", "", "t"
        )
        for m in re.finditer("|".join(NAMES), text)
    ]
    return Scene(REGISTER, Report(text=text or "-"), Annotation("r", (), tuple(sentences), tuple(actors)))


@given(texts)
def test_the_only_actor_so_far(text: str) -> None:
    scene, kinds = scene_of(text), frozenset({"military", "state", "armed_group"})
    for end in range(0, len(text) + 1, 3):
        held = {m.actor.id: m for m in scene.between(0, end) if m.actor.kind in kinds}
        assert scene.alone(kinds, end) == (next(iter(held.values())) if len(held) == 1 else None)


@given(texts)
def test_the_state_a_report_is_about_so_far(text: str) -> None:
    scene = scene_of(text)
    for s in scene.annotation.sentences:
        top = Counter(x for m in scene.between(0, s.end) if (x := state_of(m.actor))).most_common(2)
        here = {x for m in scene.between(s.start, s.end) if (x := state_of(m.actor))}
        if top and (len(top) == 1 or top[0][1] >= 2 * top[1][1]):
            expected: str | None = top[0][0]
        else:
            expected = here.pop() if len(here) == 1 else None
        found = scene.state_about(Report(text=scene.text).span(s.start, s.end))
        assert (found[0].id if found else None) == expected


@given(texts)
def test_sentences_and_actors_around_an_offset(text: str) -> None:
    scene = scene_of(text)
    for at in range(0, len(text), 2):
        around = [s for s in scene.annotation.sentences if s.start <= at < s.end]
        lo, hi = (around[0].start, around[0].end) if around else (0, len(scene.text))
        assert scene.sentence(at) == (lo, hi)
        before = [(s.start, s.end) for s in scene.annotation.sentences if s.end <= lo]
        assert scene.previous(at) == (before[-1] if before else None)
        assert list(scene.spoken(lo, at)) == [m for m in scene.annotation.mentions if lo <= m.start < at]


@given(texts, st.sampled_from(["Assad", "al-Assad", "U.S", "U.S.", "Syria", "al", "army"]))
def test_a_word_stands_where_a_search_finds_it(text: str, word: str) -> None:
    expected = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
    assert list(scene_of(text).places(word)) == expected


def test_no_name_of_the_register_is_longer_than_its_first_word_says() -> None:
    for a in REGISTER:
        for name in (a.name, *a.aliases, *a.exact, *a.context):
            held = [w for _, _, w in words(name)]
            if REGISTER.candidates(" ".join(held)) and held[0].lower() != "the":
                assert REGISTER.longest(held[0]) >= len(held)
    assert longest(REGISTER, ["the", "Syrian", "army"]) is None
