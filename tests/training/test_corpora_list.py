from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.training.corpora_files import jsonl, put
from training.corpora import CORPORA, CorpusError, current_events, geneva, load, verify
from training.corpora.__main__ import main, summary
from training.corpora._build import Piece, Source, examples, windows
from training.corpora._files import manifest, problems
from training.examples import ENTITY_TYPES, Example, Frame, Tagged, flat


def test_each_reader_is_listed_with_licence_and_colour() -> None:
    listed = manifest()["corpora"]
    assert list(listed) == list(CORPORA)
    for entry in listed.values():
        assert entry["colour"] in ("green", "amber")
        assert entry["licence"] and entry["origin"] and entry["trains"]
        assert all(len(sha) == 64 for sha in entry["files"].values())
        assert not any("BBC" in path for path in entry["files"])


def test_missing_and_changed_files_are_named(tmp_path: Path) -> None:
    put(tmp_path, geneva.FILE, "")
    assert "sha256" in verify(tmp_path, ["geneva"])[0]
    assert "wikigold.conll.txt: no such file" in verify(tmp_path, ["wikigold"])[0]
    with pytest.raises(CorpusError, match=r"wikigold\.conll\.txt"):
        load(tmp_path, ["wikigold"])
    with pytest.raises(CorpusError, match=r"wikigold\.conll\.txt"):
        list(CORPORA["wikigold"](tmp_path))
    with pytest.raises(CorpusError, match="no such corpus"):
        load(tmp_path, ["news"])


def test_a_file_as_listed_is_no_problem(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "a\n")
    sha = "87428fc522803d31065e7bce3cf03fe475096631e5e07bbd7a0fde60c4cf25c7"
    assert problems(tmp_path, ["a"], {"corpora": {"a": {"files": {"a.txt": sha}}}}) == []


def test_the_command_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "geneva"]) == 1
    assert "geneva.jsonl.gz" in capsys.readouterr().err


def _geneva(tokens: str, trigger: int, kind: str) -> dict[str, Any]:
    return {
        "doc_id": "d",
        "tokens": tokens.split(),
        "entity_mentions": [{"id": "e", "start": 0, "end": 3}],
        "event_mentions": [
            {
                "event_type": kind,
                "trigger": {"start": trigger, "end": trigger + 1},
                "arguments": [{"entity_id": "e", "role": "Speaker"}, {"entity_id": "e", "role": "Speaker"}],
            }
        ],
    }


def test_geneva_merges_sentences_that_come_twice(tmp_path: Path) -> None:
    said = "` ` Go '' said he ."
    rows = [_geneva(said, 4, "Statement"), _geneva(said, 2, "Motion"), _geneva(said, 4, "Statement")]
    put(tmp_path, geneva.FILE, jsonl(rows))
    (x,) = geneva.read(tmp_path)
    assert x.words == ('"', "Go", "''", "said", "he", ".")
    args = (Tagged(0, 1, "Speaker"),)
    assert x.frames == (Frame("event", 1, "Motion", args), Frame("event", 3, "Statement", args))
    assert "2 event frames" in summary("geneva", [x], 0.1)


@given(st.lists(st.integers(1, 30)), st.integers(1, 40))
def test_windows_cover_each_sentence_once(lengths: list[int], limit: int) -> None:
    found = list(windows(lengths, limit))
    assert [i for run in found for i in run] == list(range(len(lengths)))
    assert all(sum(lengths[i] for i in run) <= limit or len(run) == 1 for run in found)


def test_positions_move_along_with_their_sentence() -> None:
    pieces = [Piece(("a", "b"), entities=(Tagged(1, 1, "PER"),), mentions=(("x", (0, 0)),)) for _ in range(3)]
    first, second = examples(Source("c", "d", frozenset({"PER"}), 4), pieces)
    assert first.entities == (Tagged(1, 1, "PER"), Tagged(3, 3, "PER"))
    assert (first.chains, second.chains) == ((((0, 0), (2, 2)),), ())
    assert (first.frames, first.factuality) == (None, None)


_SPANS = st.tuples(st.integers(0, 9), st.integers(0, 4), st.sampled_from(ENTITY_TYPES))


@given(st.lists(_SPANS))
def test_flat_spans_never_overlap_and_lose_no_word_for_nothing(spans: list[tuple[int, int, str]]) -> None:
    tagged = [Tagged(a, a + n, t) for a, n, t in spans]
    kept = flat(tagged)
    words = [w for s in kept for w in range(s.first, s.last + 1)]
    assert words == sorted(set(words))
    assert all(any(s.first <= k.last and k.first <= s.last for k in kept) for s in tagged)


@pytest.mark.parametrize(
    "wrong",
    [
        {"entities": (Tagged(0, 2, "PER"),)},
        {"entities": (Tagged(0, 0, "LOC"),)},
        {"entities": (Tagged(0, 1, "PER"), Tagged(1, 1, "PER"))},
        {"frames": (Frame("srl", 5, "go.01", ()),)},
        {"sentences": (0,)},
    ],
)
def test_an_example_that_does_not_fit_its_words_cannot_be_made(wrong: dict[str, Any]) -> None:
    right: dict[str, Any] = {
        "corpus": "c",
        "doc": "d",
        "words": ("a", "b"),
        "sentences": (0, 0),
        "entities": (),
        "frames": (),
        "factuality": None,
        "chains": None,
        "entity_types": frozenset({"PER"}),
    }
    Example(**right)
    with pytest.raises(ValueError, match="c d"):
        Example(**{**right, **wrong})


def test_current_events_are_passages_without_annotation(tmp_path: Path) -> None:
    put(tmp_path, current_events.FILE, jsonl([{"text": "Two men were shot in Zara."}, {"text": ""}]))
    (found,) = current_events.read(tmp_path)
    assert found.words[:3] == ("Two", "men", "were") and found.doc == "Two men were shot in Zara."
    assert (found.entities, found.frames, found.chains) == (None, None, None)
