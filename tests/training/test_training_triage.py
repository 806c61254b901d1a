"""Learning the weights of triage, from texts made up here."""

from __future__ import annotations

from training.triage import LOST_LONG, LOST_SHORT, NEAR, fit, hardest, joined, thresholds, written
from training.triage_texts import Told, pieces, settings, told

from dateline.data import load_text
from dateline.language.en.triage import Scale, scale, words

FIGHTS = [words(f"{who} {did} the village and {how}") for who in ("rebels", "troops", "gunmen", "soldiers")
          for did in ("shelled", "attacked", "stormed") for how in ("killed two", "seized a bridge")]  # fmt: skip
SHOWS = [words(f"{who} {did} the village and {how}") for who in ("singers", "actors", "painters", "dancers")
         for did in ("visited", "painted", "praised") for how in ("sold tickets", "opened a show")]  # fmt: skip


def test_weights_tell_fights_from_shows() -> None:
    made = fit(FIGHTS, SHOWS)
    assert min(map(made.score, FIGHTS)) > max(map(made.score, SHOWS))
    assert made.weights["shelled"] > 0 > made.weights["tickets"]
    assert abs(made.weights.get("village", 0)) < abs(made.weights["tickets"])
    assert fit(FIGHTS, SHOWS) == made


def test_rare_words_of_the_lexicon_have_the_weight_of_their_kind() -> None:
    made = fit(FIGHTS, SHOWS)
    assert made.weights["mortared"] > 0


def test_the_hardest_passage_is_found() -> None:
    made = Scale({"bomb": 40}, -50, 1, 2, 0, 0)
    text = [*["the"] * 90, "bomb", *["the"] * 90]
    (found,) = hardest(made, [text, ["the"] * 90, []])
    assert "bomb" in found and made.score(found) > NEAR


def test_thresholds_lose_no_more_than_asked() -> None:
    def report(score: int, length: int) -> tuple[int, Told]:
        return score, Told("r", ["word"] * length, 2, [])

    short = [report(s, 30) for s in range(1000)]
    long = [report(10 * s, 300) for s in range(1000)]
    assert thresholds([*short, *long, report(-99, 100)]) == (1000 * LOST_SHORT, 10 * 1000 * LOST_LONG)
    assert thresholds([]) == (0, 0)


def test_passages_with_a_trigger_are_told() -> None:
    text = " ".join(["quiet"] * 60 + ["shelled"] + ["quiet"] * 59)
    statement = {"trigger": [[text.index("shelled"), text.index("shelled") + 7]]}
    (report, ) = told([{"report_id": "a", "text": text, "statements": [statement, {**statement, "optional": True}]},
                       {"report_id": "b", "text": text, "statements": []}])  # fmt: skip
    assert (report.statements, len(report.passages)) == (1, 1)
    assert "shelled" in report.passages[0] and len(report.passages[0]) == 40


def test_pieces_and_joined_texts_hold_every_word_once() -> None:
    held = list(range(103))
    cut = list(pieces(held))
    assert [x for p in cut for x in p] == held and {len(p) for p in cut} == {34, 35}
    assert list(pieces([])) == []
    assert list(joined([["a", "b"], ["c"], ["d", "e"]], 2)) == [["a", "b"], ["c", "d"], ["e"]]


def test_what_is_written_is_read_again() -> None:
    made = Scale({"no": -4, "yes": 7, "café": 7, "on": 1}, -15, 80, 160, -60, 31)
    assert scale(load_text(written(made), "made")) == made


def test_every_corpus_has_checksums_a_licence_and_a_use() -> None:
    for corpus in settings()["corpora"].values():
        assert set(corpus) == {"files", "licence", "colour", "origin", "trains"}
        assert all(len(digest) == 64 for digest in corpus["files"].values())
        assert corpus["colour"] in ("green", "amber")
