from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from tests.english import FewNames, english
from tests.language.model.fake_graphs import FakeGraphs, manifest
from tests.language.test_en_language import NEWS
from tests.strategies import texts

from dateline.errors import ModelError
from dateline.language.en import modelled
from dateline.language.en.modelled import ModelledEnglish
from dateline.language.model.reader import Reader
from dateline.records import Report
from dateline.testing.languages import check_language

KNOWN = FakeGraphs(
    triggers={"fired": "ASSAULT", "killing": "ASSAULT", "denied": "ACCUSE", "by": "ASSAULT"},
    tags={"ruvania": "B-LOC", "tarif": "B-LOC", "halam": "B-LOC"},
    roles={"warships": "actor", "positions": "target", "nine": "figure", "officials": "source", "tarif": "place"},
    measures={"nine": "killed"},
    types={"officials": "official"},
    carried={"halam": "place", "rebels": "source"},
    same_words={"happening": [("fired", "killing")]},
)


def language() -> ModelledEnglish:
    """English with a model that knows a few words of NEWS."""
    return ModelledEnglish(FewNames(), Reader(KNOWN, manifest(), KNOWN.vocabulary))


def test_it_keeps_the_contract() -> None:
    check_language(language(), NEWS)


def test_what_the_lexicons_find_stays_and_readings_are_added() -> None:
    report = Report(text=NEWS[0])
    plain, found = english().annotate(report), language().annotate(report)
    assert (found.tokens, found.sentences, found.mentions) == (plain.tokens, plain.sentences, plain.mentions)
    assert not plain.readings and not plain.named and not plain.same
    said = [NEWS[0][r.start : r.end] for r in found.readings]
    assert said == ["fired", "killing"]
    assert [s.kind for s in found.same] == ["happening"]
    assert {n.label for n in found.named} == {"LOC"}


def test_words_that_are_asked_about_are_read_beside_those_found() -> None:
    heard = language()
    held = heard.annotate(Report(text=NEWS[0]))
    at = NEWS[0].index("killing")
    asked = heard.asked(held, {at})
    assert [(NEWS[0][r.start : r.end], r.sure) for r in asked.readings] == [("fired", True), ("killing", True)]
    assert (asked.named, asked.mentions) == (held.named, held.mentions)


def test_credits_are_not_read() -> None:
    text = "Ships fired.\nPhoto by: A. Orlo"
    assert [text[r.start : r.end] for r in language().annotate(Report(text=text)).readings] == ["fired"]


@settings(max_examples=40)
@given(texts)
def test_any_text_can_be_read(text: str) -> None:
    report = Report(text=text)
    assert language().annotate(report).tokens == english().annotate(report).tokens


def test_its_digest_is_that_of_lexicons_and_weights() -> None:
    other = ModelledEnglish(FewNames(), Reader(KNOWN, manifest(digest="f" * 16), KNOWN.vocabulary))
    assert len({language().digest, other.digest, english().digest}) == 3
    assert language().digest == language().digest


def test_without_weights_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modelled, "WEIGHTS", tmp_path)
    with pytest.raises(ModelError, match=r"no model here: manifest\.json is missing"):
        ModelledEnglish(FewNames())
