"""The made-up dump of the gazetteer benchmark: what it says of its bad rows is what the import finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.gazetteer import dump_of, faults, write_dump
from click.testing import CliRunner

from benchmarks import gazetteer
from dateline.cli.gazetteer import command

ROWS = 2500


@pytest.fixture(autouse=True)
def smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gazetteer, "BATCH", 1000)
    monkeypatch.setattr(gazetteer, "BAD_EVERY", 97)


def test_bad_rows_are_those_the_import_finds(tmp_path: Path) -> None:
    bad = dump_of(tmp_path / "dump.txt", ROWS, 1)
    assert (bad.total(), len(bad)) == (ROWS // 97, 7)
    ran = CliRunner().invoke(command, ["import", str(tmp_path / "dump.txt"), "--to", str(tmp_path / "g.sqlite")])
    assert ran.exit_code == 1, ran.exception
    assert faults(ran.stdout) == bad
    assert "\n2,500 rows\n" in ran.stdout


def test_same_seed_same_bytes(tmp_path: Path) -> None:
    made = [write_dump(tmp_path / f"{n}.txt", ROWS, seed) for n, seed in enumerate((1, 1, 2))]
    texts = [(tmp_path / f"{n}.txt").read_bytes() for n in range(3)]
    assert texts[0] == texts[1] != texts[2] and made[0] == made[1]
    assert texts[0].count(b"\n") == ROWS


def test_a_dump_that_is_there_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = dump_of(tmp_path / "dump.txt", ROWS, 1)
    monkeypatch.setattr(gazetteer, "write_dump", lambda *_: pytest.fail("made again"))
    assert dump_of(tmp_path / "dump.txt", ROWS, 1) == bad
