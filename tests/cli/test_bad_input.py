"""Bad input: a message that names the file and the reason, the documented exit status, and nothing lost."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from tests.cli.conftest import Dateline, made_up

from dateline.run.lock import only_writer

GOOD = "Gunmen killed two soldiers in Gao on Friday, the army said.\n"


def half_of(data: bytes) -> bytes:
    return data[: len(data) // 2]


NO_TEXT_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    b"0000000009 00000 n \n0000000052 00000 n \n0000000101 00000 n \ntrailer<</Size 4/Root 1 0 R>>\n"
    b"startxref\n163\n%%EOF\n"
)
BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "DL-IN-003"),
    "noise.bin": (bytes(range(256)) * 40, "DL-IN-004"),
    "cut.txt.gz": (half_of(gzip.compress(os.urandom(4000).hex().encode())), "DL-IN-006"),
    "broken.html": (b"<html><head><title>x</title><body><div><p><", "DL-IN-008"),
    "scan.pdf": (NO_TEXT_PDF, "DL-IN-008"),
    "feed.rss": (b"this is not a feed at all, sorry", "DL-IN-011"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_the_good_ones_are_read(dateline: Dateline, tmp_path: Path, name: str) -> None:
    data, code = BAD[name]
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(data)
    (folder / "good.txt").write_text(GOOD)
    done = dateline("run", folder, "-p", tmp_path / "p")
    assert done.returncode == 1
    assert f"{code} " in done.stderr, done.stderr
    assert name in done.stderr
    assert "1 new" in done.stdout
    assert code in dateline("list", "issues", "-p", tmp_path / "p").stdout


def test_a_wrong_encoding_is_read_or_said(dateline: Dateline, tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes(
        "Des hommes armés ont tué deux soldats à Gao, a déclaré l'armée; les élèves étaient là.".encode("latin-1")
    )
    done = dateline("run", path, "-p", tmp_path / "p")
    shown = dateline("export", "statements", "-p", tmp_path / "p").stdout
    assert "armés" in shown or "DL-IN-005" in done.stderr
    assert "\ufffd" not in shown


def test_a_missing_file_and_an_empty_pattern(dateline: Dateline, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    done = dateline("run", tmp_path / "good.txt", tmp_path / "nowhere.txt", tmp_path / "*.nope", "-p", tmp_path / "p")
    assert done.returncode == 1
    assert "nowhere.txt" in done.stderr and "DL-IN-001" in done.stderr and "*.nope" in done.stderr
    assert "1 new" in done.stdout


def test_bad_lines_cost_themselves_only(dateline: Dateline, tmp_path: Path) -> None:
    path = tmp_path / "some.jsonl"
    lines = [json.dumps(made_up(1)), "{not json", "[1, 2]", json.dumps({"id": "x"}), json.dumps(made_up(2))]
    path.write_text("\n".join(lines))
    done = dateline("run", path, "-p", tmp_path / "p")
    assert done.returncode == 1
    assert "2 new" in done.stdout
    for line in (2, 3, 4):
        assert f"some.jsonl:{line}" in done.stderr
    again = dateline("run", path, "-p", tmp_path / "p")
    assert again.returncode == 1 and "2 known already" in again.stdout


def test_fifty_megabytes_on_one_line(dateline: Dateline, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(GOOD.strip() + " word" * 10_000_000)
    done = dateline("run", path, "-p", tmp_path / "p")
    assert done.returncode == 1
    assert "DL-IN-009" in done.stderr and "long.txt" in done.stderr and "max_report_chars" in done.stderr
    assert len(list((tmp_path / "p" / "blobs").glob("*/*"))) == 1


def test_two_runs_at_once(dateline: Dateline, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    project = tmp_path / "p"
    project.mkdir()
    with only_writer(project):
        done = dateline("run", tmp_path / "good.txt", "-p", project)
    assert done.returncode == 3
    assert f"process {os.getpid()}" in done.stderr
    assert dateline("run", tmp_path / "good.txt", "-p", project).returncode == 0


def test_a_database_of_a_newer_schema_is_left_alone(dateline: Dateline, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    project = tmp_path / "p"
    dateline("run", tmp_path / "good.txt", "-p", project)
    engine = create_engine(f"sqlite:///{project / 'dateline.db'}")
    with engine.begin() as c:
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    before = (project / "dateline.db").read_bytes()
    for command in (("run", tmp_path / "good.txt"), ("list", "reports")):
        done = dateline(*command, "-p", project)
        assert done.returncode == 3
        assert "newer Dateline" in done.stderr
    assert (project / "dateline.db").read_bytes() == before


def test_something_that_is_no_database(dateline: Dateline, tmp_path: Path) -> None:
    project = tmp_path / "p"
    project.mkdir()
    (project / "dateline.db").write_bytes(b"hello" * 1000)
    done = dateline("list", "reports", "-p", project)
    assert done.returncode == 3
    assert "not a Dateline database" in done.stderr


def test_a_folder_that_is_no_project(dateline: Dateline, tmp_path: Path) -> None:
    done = dateline("list", "reports", "-p", tmp_path)
    assert done.returncode == 3
    assert "dateline run" in done.stderr


def test_bad_settings_stop_before_any_work(dateline: Dateline, tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text("[run]\nworkers = 0\nspeed = 1\n[extract]\nextractor = 3\n")
    (tmp_path / "good.txt").write_text(GOOD)
    done = dateline("run", tmp_path / "good.txt", "-p", tmp_path)
    assert done.returncode == 2
    assert done.stderr.count("dateline.toml") == 3
    (tmp_path / "dateline.toml").write_text("[extract]\nextractor = 'none.v1'\n")
    done = dateline("run", tmp_path / "good.txt", "-p", tmp_path)
    assert done.returncode == 2
    assert "there are combined.v1, model.v1, rules.v1" in done.stderr
    assert not (tmp_path / "runs").exists()


def test_unknown_ids_and_wrong_usage(dateline: Dateline, sample_project: Path) -> None:
    assert dateline("show", "s_nothing", "-p", sample_project).returncode == 4
    assert dateline("list", "nonsense", "-p", sample_project).returncode == 2
    assert dateline("list", "reports", "--since", "yesterday", "-p", sample_project).returncode == 2
    assert dateline("export", "nope", "-p", sample_project).returncode == 2


def in_namespace(script: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script where it may mount (a user and mount namespace of its own)."""
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-euc", script]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_a_read_only_project_can_be_read_but_not_run(dateline: Dateline, tmp_path: Path) -> None:
    project = tmp_path / "p"
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "more.txt").write_text("A bomb exploded in Aden on Monday.")
    dateline("run", tmp_path / "good.txt", "-p", project)
    call = f"{sys.executable} -m dateline"
    mount = f"mount --bind {project} {project} && mount -o remount,bind,ro {project}"
    listed = in_namespace(f"{mount} && {call} list reports -p {project}")
    assert listed.returncode == 0, listed.stderr
    run = in_namespace(f"{mount} && {call} run {tmp_path}/more.txt -p {project}")
    assert run.returncode == 3
    assert str(project) in run.stderr and "cannot be written" in run.stderr
    assert dateline("run", tmp_path / "more.txt", "-p", project).returncode == 0


def test_an_unreadable_folder(dateline: Dateline, tmp_path: Path) -> None:
    """Root reads everything, so the command runs without the capability that lets it."""
    (tmp_path / "good.txt").write_text(GOOD)
    locked = tmp_path / "locked"
    locked.mkdir()
    (locked / "a.txt").write_text(GOOD)
    locked.chmod(0)
    call = f"{sys.executable} -m dateline run {tmp_path}/good.txt {locked} -p {tmp_path}/p"
    done = subprocess.run(
        ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "sh", "-c", call],
        capture_output=True,
        text=True,
        check=False,
    )
    locked.chmod(0o755)
    assert done.returncode == 1, done.stderr
    assert "DL-IN-002" in done.stderr and "locked" in done.stderr
    assert "1 new" in done.stdout


def test_a_full_disk_loses_nothing(dateline: Dateline, tmp_path: Path) -> None:
    corpus, project = tmp_path / "many.jsonl", tmp_path / "p"
    corpus.write_text("".join(json.dumps(made_up(n)) + "\n" for n in range(300)))
    project.mkdir()
    call = f"{sys.executable} -m dateline"
    small = f"mount -t tmpfs -o size=900k tmpfs {project}"
    settings = f"printf '[run]\\nshard_size = 10\\n' > {project}/dateline.toml"
    rescue = f"cp -r {project} {tmp_path}/rescued"
    done = in_namespace(f"{small}; {settings}; set +e; {call} run {corpus} -p {project}; echo exit $?; {rescue}")
    assert "exit 3" in done.stdout, done.stdout + done.stderr
    assert "disk" in done.stderr or "No space" in done.stderr
    rescued = tmp_path / "rescued"
    assert list(rescued.glob("runs/*/*.done"))
    last = dateline("run", corpus, "-p", rescued)
    assert last.returncode == 0, last.stderr
    assert "reports          300" in last.stdout
    dateline("run", corpus, "-p", tmp_path / "whole")
    one, two = (dateline("export", "statements", "-p", p).stdout for p in (rescued, tmp_path / "whole"))
    assert one == two
