"""Settings are checked whole, before any work."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline import config
from dateline.errors import ConfigError


def test_a_missing_file_gives_the_defaults(tmp_path: Path) -> None:
    assert config.load(tmp_path / "dateline.toml") == config.Config()


def test_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "dateline.toml"
    path.write_text('[run]\nworkers = 2\n[link]\nthreshold = 4\n[resolve]\nregisters = ["mine.csv"]\n')
    held = config.load(path)
    assert (held.run.workers, held.link.threshold, held.resolve.registers) == (2, 4, ("mine.csv",))


def test_all_problems_are_told_together(tmp_path: Path) -> None:
    path = tmp_path / "dateline.toml"
    path.write_text('[run]\nworkers = "two"\nspeed = 3\n[ledger]\npolicy = "highest"\n[nonsense]\nx = 1\n')
    with pytest.raises(ConfigError) as e:
        config.load(path)
    said = str(e.value)
    assert len(e.value.problems) == 4
    for words in ("workers must be a number", "no setting 'speed'", "policy must be one of", "no section [nonsense]"):
        assert words in said
    assert str(path) in said


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[run]\nworkers = 0", "at least 1"),
        ("[run]\nworkers = 1.5", "whole number"),
        ("[ingest]\nkeep_raw = 1", "true or false"),
        ("[ingest]\ncolumns = {body = 'words'}", "unknown fields body"),
        ("[resolve]\nregisters = 'x'", "list of strings"),
        ("run = 3", "must be a table"),
        ("[run", "cannot be read"),
    ],
)
def test_wrong_values(tmp_path: Path, toml: str, words: str) -> None:
    path = tmp_path / "dateline.toml"
    path.write_text(toml)
    with pytest.raises(ConfigError, match=words):
        config.load(path)


def test_the_fingerprint_of_a_section_changes_with_it_only() -> None:
    one = config.Config()
    other = one.with_("link", threshold=9.0)
    assert one.fingerprint("link") != other.fingerprint("link")
    assert one.fingerprint("ingest") == other.fingerprint("ingest")
    assert one.with_("run", workers=None) == one
