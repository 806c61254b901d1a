"""The texts that the whole path is measured with."""

from __future__ import annotations

from pathlib import Path

from benchmarks import speed


def test_reports_have_the_length_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("\n\n".join("nine words that say nothing of note at all" for _ in range(30)))
    held = speed.texts([str(tmp_path / "a.txt")], 8, 40)
    assert [len(t.split()) for t in held] == [45, 45, 45, 45, 45, 45, 45, 45]
    assert held[:2] == held[6:]


def test_without_files_our_own_reports_are_read() -> None:
    held = speed.texts([], 3, 400)
    assert len(set(held)) == 3 and all(400 <= len(t.split()) < 600 for t in held)


def test_a_text_without_paragraphs_is_cut_at_its_sentences(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" ".join(["Nine words that say nothing of note at all."] * 60))
    held = speed.texts([str(tmp_path / "a.txt")], 4, 90)
    assert [len(t.split()) for t in held] == [90, 90, 90, 90]
