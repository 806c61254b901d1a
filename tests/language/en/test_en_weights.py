"""The weights that come with Dateline: whole, small, licensed, and able to read."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from tests.english import FewNames

from dateline.errors import ModelError
from dateline.language.base import Annotation, Argument
from dateline.language.en.modelled import DIGEST, WEIGHTS, ModelledEnglish
from dateline.language.model.package import Package, load
from dateline.records import Report
from dateline.testing.languages import check_language

TEXT = (
    "Government warplanes bombed a crowded market in the town of Halam on Tuesday, killing at least 14 civilians, "
    "the Tarif Observatory for Human Rights said. The army denied that it had carried out the attack."
)


@cache
def package() -> Package:
    return load(WEIGHTS, DIGEST)


@cache
def language() -> ModelledEnglish:
    return ModelledEnglish(FewNames())


def read(text: str) -> Annotation:
    return language().annotate(Report(text=text))


def spoken(text: str, role: str) -> list[Argument]:
    """The arguments in that role of all that is read in a text."""
    return [a for r in read(text).readings for a in r.arguments if a.role == role]


def test_they_are_the_ones_this_version_was_measured_with() -> None:
    assert len(DIGEST) == 16
    assert package().manifest.digest == DIGEST


def test_they_are_few_small_and_licensed() -> None:
    files = [p for p in WEIGHTS.rglob("*") if p.is_file()]
    assert len(files) <= 8, sorted(p.name for p in files)
    assert sum(p.stat().st_size for p in files) < 60_000_000
    assert package().manifest.licence == "CC-BY-SA-4.0"


def test_the_language_keeps_the_contract_with_them() -> None:
    check_language(language(), (TEXT, TEXT.upper()))


@pytest.mark.parametrize("text", [TEXT, TEXT.upper()], ids=["as written", "in capitals"])
def test_a_killing_is_read_with_its_figure_and_its_source(text: str) -> None:
    found = read(text)
    assert {text[r.start : r.end].lower() for r in found.readings} & {"bombed", "killing"}
    killed = [text[a.start : a.end] for a in spoken(text, "figure") if a.label == "killed"]
    assert any("14" in words for words in killed), killed
    assert any("observatory" in text[a.start : a.end].lower() for a in spoken(text, "source"))
    assert any("halam" in text[a.start : a.end].lower() for a in spoken(text, "place"))


def test_a_denial_is_no_plain_statement() -> None:
    said = [r for r in read(TEXT).readings if r.start > TEXT.index("The army")]
    assert any(r.event[0] == "REJECT" or r.certainty[0] == "denied" for r in said), said


def test_news_of_other_things_is_left_alone() -> None:
    assert read("The museum opens at nine and closes at five. Tickets cost four pounds.").readings == ()


def test_the_same_text_is_read_the_same() -> None:
    before = read(TEXT)
    read("Rebels shelled Kurto. Nine people were wounded.")
    assert read(TEXT) == before


@pytest.mark.parametrize("name", ["words.onnx", "vocab.txt"])
def test_a_damaged_copy_is_refused(tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(WEIGHTS, tmp_path / "weights")
    data = bytearray((copy / name).read_bytes())
    data[len(data) // 2] ^= 1
    (copy / name).write_bytes(data)
    with pytest.raises(ModelError, match=rf"{name}: damaged or foreign"):
        load(copy, DIGEST)
