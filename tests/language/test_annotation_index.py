"""What an annotation hands out per sentence is what a look through all its mentions would find."""

import pickle
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dateline.labels import PassageKind
from dateline.language.base import Annotation, Mention, MentionKind, Sentence, Token
from dateline.records import Report
from dateline.statements.context import Context

SENTENCES = tuple(Sentence(i, 10 * i, 10 * i + 9, PassageKind.SENTENCE, 0, 0, 0) for i in range(4))
mentions = st.builds(
    lambda kind, start, n: Mention(kind, start, start + n, start // 10, "label", "norm", "test"),
    st.sampled_from(MentionKind),
    st.integers(0, 39),
    st.integers(1, 5),
)


@given(st.lists(mentions, max_size=30))
def test_the_index_equals_a_scan(found: list[Mention]) -> None:
    annotation = Annotation("r", (), SENTENCES, tuple(found))
    for s in SENTENCES:
        held = [m for m in found if m.sentence == s.index]
        assert list(annotation.mentions_of(s)) == held
        for kind in MentionKind:
            assert list(annotation.mentions_of(s, kind)) == [m for m in held if m.kind is kind]


@given(st.lists(mentions, max_size=8))
def test_the_index_is_no_part_of_what_an_annotation_is(found: list[Mention]) -> None:
    annotation = Annotation("r", (), SENTENCES, tuple(found))
    copy = pickle.loads(pickle.dumps(annotation))
    assert copy == annotation
    assert hash(copy) == hash(annotation)
    assert copy.mentions_of(SENTENCES[0]) == annotation.mentions_of(SENTENCES[0])
    assert replace(annotation, mentions=()).mentions_of(SENTENCES[0]) == ()
    assert "_within" not in repr(annotation)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), max_size=12), st.integers(0, 60), st.integers(0, 60))
def test_the_tokens_between_two_offsets_are_those_a_scan_finds(gaps: list[tuple[int, int]], a: int, b: int) -> None:
    tokens, at = [], 0
    for gap, length in gaps:
        tokens.append(Token(at + gap, at + gap + length, "x" * length, "x" * length))
        at = tokens[-1].end
    sentence = Sentence(0, 0, max(at, 1), PassageKind.SENTENCE, 0, 0, len(tokens))
    ctx = Context(Report(text="x" * 70), Annotation("r", tuple(tokens), (sentence,), ()), sentence)
    lo, hi = sorted((a, b))
    held = [t for t in tokens if t.start >= lo and t.end <= hi]
    assert list(ctx.between(a, b)) == held
    assert ctx.words(a, b) == len(held)


def test_what_a_sentence_holds_is_found_once() -> None:
    ctx = Context(Report(text="x" * 40), Annotation("r", (), SENTENCES, ()), SENTENCES[0])
    asked: list[int] = []

    def work(n: int) -> int:
        asked.append(n)
        return n + 1

    assert (ctx.once(work, 3), ctx.once(work, 3), asked) == (4, 4, [3])
