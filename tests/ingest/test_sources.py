from __future__ import annotations

import hashlib
import io
import os
import sys
import threading
from pathlib import Path

import pytest

from dateline.errors import IssueCode, PluginError
from dateline.ingest.detect import choose
from dateline.ingest.items import RawItem
from dateline.ingest.read import Opened, read_inputs, read_items
from dateline.ingest.sources import expand
from dateline.records import Issue


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/x.txt", "a/b/y.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Report {name} of the day\n\nShots were fired.")
    return tmp_path


def names(paths: list[str | Path], root: Path) -> list[str]:
    return [f"!{f.code.name}" if isinstance(f, Issue) else f[1].removeprefix(f"{root}/") for f in expand(paths)]


def test_folders_are_sorted_without_hidden_files(tree: Path) -> None:
    assert names([tree], tree) == ["a/b/y.md", "a/z.txt", "b.txt"]
    assert names([tree / "b.txt", tree], tree) == ["b.txt", "a/b/y.md", "a/z.txt"]


def test_globs(tree: Path) -> None:
    assert names([f"{tree}/*.txt"], tree) == ["b.txt"]
    assert names([f"{tree}/**/*.txt"], tree) == ["a/z.txt", "b.txt"]
    assert names([f"{tree}/*.pdf", tree / "gone.txt"], tree) == ["!MISSING_FILE", "!MISSING_FILE"]
    (tree / "odd[1].txt").write_text("x")
    assert names([f"{tree}/odd[1].txt"], tree) == ["odd[1].txt"]


def test_link_loops_end(tree: Path) -> None:
    (tree / "a" / "loop").symlink_to(tree, target_is_directory=True)
    (tree / "dangling.txt").symlink_to(tree / "nowhere")
    assert sorted(names([tree], tree)) == ["!MISSING_FILE", "a/b/y.md", "a/z.txt", "b.txt"]


def test_pipes_in_folders_are_not_opened(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    assert names([tree / "b.txt", tree / "a", tree], tree)[-1] == "!UNREADABLE"


def test_a_named_pipe_is_read(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    writer = threading.Thread(target=(tree / "pipe").write_bytes, args=(b"A named pipe\n\nShots were fired.",))
    writer.start()
    (item,) = read_items([tree / "pipe"])
    writer.join()
    assert isinstance(item, RawItem) and item.payload.startswith(b"A named pipe")


def test_unreadable_folder_and_file(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *args: object, **options: object) -> object:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)
    (issue,) = read_items([tree / "b.txt"])
    assert isinstance(issue, Issue) and issue.code is IssueCode.UNREADABLE and "b.txt" in issue.message
    monkeypatch.setattr(Path, "iterdir", refuse)
    (issue,) = read_items([tree])
    assert isinstance(issue, Issue) and issue.code is IssueCode.UNREADABLE


def test_standard_input_is_spooled(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'{"id": 1, "text": "Shots were fired."}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    held: list[Path] = []
    for opened in read_inputs(["-"]):
        assert isinstance(opened, Opened)
        held.append(opened.path)
        assert opened.path.read_bytes() == data
        assert opened.sha256 == hashlib.sha256(data).hexdigest() and opened.size == len(data)
        (item,) = opened.items()
        assert isinstance(item, RawItem)
        assert (item.origin, item.raw_sha256, item.hints.text) == ("stdin:1", opened.sha256, "Shots were fired.")
    assert not held[0].exists()


def test_one_bad_file_does_not_stop_the_others(tree: Path) -> None:
    (tree / "a0.pdf").write_bytes(b"")
    (tree / "a1.bin").write_bytes(bytes(range(256)) * 20)
    made = list(read_items([tree]))
    assert [m.code.name if isinstance(m, Issue) else Path(m.origin).name for m in made] == [
        "y.md",
        "z.txt",
        "EMPTY",
        "UNKNOWN_FORMAT",
        "b.txt",
    ]


def test_forced_reader(tree: Path) -> None:
    (tree / "rows.dat").write_text('{"text": "Shots."}')
    (item,) = read_items([tree / "rows.dat"], reader="jsonl")
    assert isinstance(item, RawItem) and item.hints.text == "Shots."
    with pytest.raises(PluginError, match="no readers called 'nope'"):
        list(read_items([tree], reader="nope"))


@pytest.mark.parametrize(
    ("origin", "head", "name"),
    [
        ("a.txt", b"Plain words", "text.v1"),
        ("a.txt", b"<!DOCTYPE html><html>", "html.v1"),
        ("a.html", b"%PDF-1.4", "pdf.v1"),
        ("a.pdf", b"<html><body>Not found", "html.v1"),
        ("a.JSONL.GZ", b'{"text": "x"}', "jsonl.v1"),
        ("a", b'{"text": "x"}', "jsonl.v1"),
        ("a", b"id,text,date\n1,x,y", "csv.v1"),
        ("a", b"Received: x\nFrom: a\nSubject: b\n\nx", "eml.v1"),
        ("a.xml", b"<?xml version='1.0'?><rss version='2.0'>", "feed.v1"),
        ("a.csv", b"only;odd;columns", "csv.v1"),
        ("a", b"\xff\xfeA\x00", "text.v1"),
    ],
)
def test_choice_of_reader(origin: str, head: bytes, name: str) -> None:
    assert choose(origin, head).name == name


def test_media_type_decides_where_the_name_does_not() -> None:
    assert choose("page", b"no tags yet", media_type="text/html; charset=utf-8").name == "html.v1"
