from __future__ import annotations

import gzip
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import dateline.resolve.gazetteer.dump as dump
from dateline.cli.gazetteer import command
from dateline.config import load
from dateline.errors import InputError, IssueCode, StoreError
from dateline.resolve.gazetteer.dump import Step, import_dump
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.gazetteer.rows import Filter
from dateline.resolve.gazetteer.source import Entry, Nation
from dateline.run.executors import Died, LocalExecutor
from dateline.testing.gazetteers import check_gazetteer


def row(number: object, name: str, lat: object, lon: object, feature: str = "P.PPL", **more: object) -> str:
    cls, code = feature.split(".")
    get = more.get
    cells = [number, name, name, get("alt", ""), lat, lon, cls, code, get("cc", "SY"), "", get("a1", "09")]
    cells += [get("a2", ""), "", "", get("pop", 0), "", "", "Asia/Damascus", "2020-01-01"]
    return "\t".join(str(c) for c in cells)


GOOD = [
    row(1, "Tell Example", 36.1, 37.1, alt="Tal Example,تل,TEX", pop=4000),
    row(2, "Example Hamlet", 36.2, 37.2, pop=12),
    row(3, "Mintaqat Sample", 36.3, 37.3, "A.ADM2", a2="901"),
    row(4, "Aleppo", 36.2, 37.2, "A.ADM1"),
    row(5, "Example Well", 36.0, 37.0, "H.WLL"),
    row(6, "Sample Airfield", 36.0, 37.0, "S.AIRF"),
    row(7, "Otherland Town", 33.0, 44.0, cc="IQ", a1="07", pop=9000),
]
BAD = [
    "only\tthree\tcolumns",
    row("x9", "Badnumber", 1, 1),
    row(8, "Farout", 95.0, 10),
    row(9, "Nolat", "north", 10),
    row(10, " ", 1, 1),
    row(11, "Manypeople", 1, 1, pop="lots"),
]


@pytest.fixture(autouse=True)
def small_built_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two countries and a region instead of all."""
    syria = Entry("geonames:163843", "country", "Syria", "SY", "", "", 35.0, 38.0, 16906283, "A.PCLI", 243.0)
    iraq = Entry("geonames:99237", "country", "Iraq", "IQ", "", "", 33.0, 44.0, 38433600, "A.PCLI", 373.0)
    homs = Entry("dateline:adm1:SY.11", "admin1", "Homs", "SY", "11", "", 34.7, 36.7, 1000, "A.ADM1", 50.0)
    nations = [Nation("SY", "SYR", "Damascus", "IQ"), Nation("IQ", "IRQ", "Baghdad", "SY")]
    monkeypatch.setattr(dump, "outline", lambda: ([syria, iraq, homs], nations))


def write_dump(path: Path, lines: list[str]) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_rows_become_entries_and_waters_stay(tmp_path: Path) -> None:
    source = write_dump(tmp_path / "SY.txt", GOOD)
    (tmp_path / "admin2Codes.txt").write_text("SY.09.901\tSample\tSample\t3\n")
    (tmp_path / "admin1CodesASCII.txt").write_text("SY.11\tHoms\tHoms\t169575\n")
    summary = import_dump(source, tmp_path / "g.sqlite")
    assert (summary.rows, summary.kept, summary.bad) == (7, 6, 0)
    with closing(SqliteGazetteer(tmp_path / "g.sqlite")) as g:
        check_gazetteer(g, ["Tell Example", "Tal Example", "Aleppo", "Red Sea", "Syria", "Homs", "Kobani"])
        (town,) = g.lookup("tal example")
        assert (town.id, town.country, town.admin1, town.population) == ("geonames:1", "SYR", "Aleppo", 4000)
        assert not g.lookup("TEX") and not g.lookup("Example Well")
        assert g.lookup("Sample")[0].kind == "admin2"
        assert g.lookup("Homs")[0].id == "geonames:169575"
        assert g.neighbours("SYR") == ("IRQ",)


@pytest.mark.parametrize("kind", ["zip", "gz", "txt"])
def test_all_packings_give_the_same_entries(tmp_path: Path, kind: str) -> None:
    text = "\n".join(GOOD) + "\n"
    source = tmp_path / f"dump.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(source, "w") as z:
            z.writestr("readme.txt", "hello")
            z.writestr("SY.txt", text)
    elif kind == "gz":
        source.write_bytes(gzip.compress(text.encode()))
    else:
        source.write_text(text, encoding="utf-8")
    assert import_dump(source, tmp_path / "g.sqlite").kept == 6


def test_bad_rows_are_listed_with_file_and_line_and_none_is_lost(tmp_path: Path) -> None:
    source = write_dump(tmp_path / "d.txt", [GOOD[0], *BAD, GOOD[1], GOOD[0].replace("Tell Ex", "Long Ex")])
    with source.open("ab") as f:
        f.write(b"12\t\xff\xfe\n")
    summary = import_dump(source, tmp_path / "g.sqlite")
    assert (summary.rows, summary.kept, summary.bad) == (10, 2, 8)
    assert [i.origin for i in summary.issues] == [f"d.txt:{n}" for n in (2, 3, 4, 5, 6, 7, 9, 10)]
    assert all(i.code is IssueCode.BAD_GAZETTEER_ROW for i in summary.issues)
    told = [i.message for i in summary.issues]
    assert told[0] == "d.txt, line 2: 3 columns instead of 19; the row is left out"
    assert "id 1 stands already in line 1" in told[6]
    assert "column 2 is not UTF-8 (byte 4 is ff)" in told[7]
    fates = {fate.name: n for fate, n in summary.fates.items() if n}
    assert fates == {
        "KEPT": 2,
        "COLUMNS": 1,
        "ENCODING": 1,
        "ID": 1,
        "NAME": 1,
        "COORDINATES": 2,
        "POPULATION": 1,
        "DUPLICATE": 1,
    }
    assert summary.bad_rows == tmp_path / "g.sqlite.bad-rows.tsv"
    listed = summary.bad_rows.read_text().splitlines()
    assert listed[0] == "d.txt\t2\t3 columns instead of 19" and len(listed) == 8
    with closing(SqliteGazetteer(tmp_path / "g.sqlite")) as g:
        assert g.lookup("Tell Example") and not g.lookup("Long Example")


def test_the_list_of_bad_rows_goes_when_there_are_none(tmp_path: Path) -> None:
    import_dump(write_dump(tmp_path / "d.txt", [*GOOD, BAD[0]]), tmp_path / "g.sqlite")
    assert (tmp_path / "g.sqlite.bad-rows.tsv").exists()
    summary = import_dump(write_dump(tmp_path / "d.txt", GOOD), tmp_path / "g.sqlite")
    assert (summary.bad, summary.bad_rows) == (0, None)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d.txt", "g.sqlite"]


def test_more_bad_rows_than_are_listed_stand_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump, "LISTED", 2)
    summary = import_dump(write_dump(tmp_path / "d.txt", [*GOOD, *BAD]), tmp_path / "g.sqlite")
    assert (len(summary.issues), summary.bad) == (2, 6)
    assert summary.bad_rows and len(summary.bad_rows.read_text().splitlines()) == 6


def test_bad_rows_of_the_tables_beside_it_are_told(tmp_path: Path) -> None:
    (tmp_path / "admin1CodesASCII.txt").write_bytes(
        b"# comment\nSY.11\tHoms\tHoms\t169575\n\nSY.12\tHama\nx\ty\tz\t1\n"
    )
    (tmp_path / "admin2Codes.txt").write_bytes(b"SY.09.901\tS\xe1mple\tSample\t3\n")
    summary = import_dump(write_dump(tmp_path / "d.txt", GOOD), tmp_path / "g.sqlite")
    assert summary.kept == 6
    assert [i.origin for i in summary.issues] == [
        "admin1CodesASCII.txt:4",
        "admin1CodesASCII.txt:5",
        "admin2Codes.txt:1",
    ]


def test_a_byte_order_mark_and_windows_lines_are_no_fault(tmp_path: Path) -> None:
    source = tmp_path / "d.txt"
    source.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(GOOD).encode())
    assert (import_dump(source, tmp_path / "g.sqlite").kept, import_dump(source, tmp_path / "g.sqlite").bad) == (6, 0)


def test_filters(tmp_path: Path) -> None:
    source = write_dump(tmp_path / "d.txt", GOOD)
    import_dump(source, tmp_path / "g.sqlite", Filter(frozenset({"SY"}), 100))
    with closing(SqliteGazetteer(tmp_path / "g.sqlite")) as g:
        assert g.lookup("Tell Example") and not g.lookup("Example Hamlet") and not g.lookup("Otherland Town")
        assert g.meta["countries"] == "SY"


def test_same_input_same_bytes_and_digest_follows_the_content(tmp_path: Path) -> None:
    a = write_dump(tmp_path / "d.txt", GOOD)
    import_dump(a, tmp_path / "1.sqlite")
    import_dump(a, tmp_path / "2.sqlite")
    assert (tmp_path / "1.sqlite").read_bytes() == (tmp_path / "2.sqlite").read_bytes()
    import_dump(write_dump(tmp_path / "d.txt", GOOD[:3]), tmp_path / "3.sqlite")
    digests = []
    for n in "13":
        with closing(SqliteGazetteer(tmp_path / f"{n}.sqlite")) as g:
            digests.append(g.digest)
    assert digests[0] != digests[1]


def many(count: int) -> list[str]:
    return [
        row(n, f"Town {n % 97} {n}", n % 60, n % 170, pop=n % 13, alt=f"Old Town {n % 31}") for n in range(1, count)
    ]


def test_blocks_and_workers_change_nothing_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = many(400)
    lines[100:100] = [BAD[0], lines[0], "12\tx"]
    source = write_dump(tmp_path / "d.txt", lines)
    whole = import_dump(source, tmp_path / "1.sqlite")
    monkeypatch.setattr(dump, "BLOCK", 5000)
    parts = import_dump(source, tmp_path / "2.sqlite")
    assert parts.blocks > 5 and whole.blocks == 1
    assert (parts.fates, parts.entries, parts.names) == (whole.fates, whole.entries, whole.names)
    assert [i.message for i in parts.issues] == [i.message for i in whole.issues]
    for table in ("entry", "name", "head", "admin1", "country", "meta"):
        assert rows_of(tmp_path / "1.sqlite", table) == rows_of(tmp_path / "2.sqlite", table)
    import_dump(source, tmp_path / "3.sqlite", run=LocalExecutor(2).map)
    assert (tmp_path / "3.sqlite").read_bytes() == (tmp_path / "2.sqlite").read_bytes()


def rows_of(path: Path, table: str) -> list[object]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(f"SELECT * FROM {table}").fetchall()


def test_an_interrupt_leaves_the_old_file_and_what_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump, "BLOCK", 5000)
    source, target = write_dump(tmp_path / "d.txt", many(200)), tmp_path / "g.sqlite"
    whole = import_dump(source, target)
    before = target.read_bytes()

    def interrupted(step: Step) -> None:
        if step.count > 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_dump(source, target, progress=interrupted)
    assert target.read_bytes() == before
    again = import_dump(source, target)
    assert 0 < again.found < again.blocks == whole.blocks
    assert target.read_bytes() == before
    assert again.fates == whole.fates
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d.txt", "g.sqlite"]


def test_another_file_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dump, "BLOCK", 5000)
    target = tmp_path / "g.sqlite"

    def interrupted(step: Step) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_dump(write_dump(tmp_path / "d.txt", many(200)), target, progress=interrupted)
    summary = import_dump(write_dump(tmp_path / "d.txt", many(150)), target)
    assert (summary.found, summary.kept) == (0, 149)


KILLED = """
import os, signal, sys
from pathlib import Path
import dateline.resolve.gazetteer.compile as compile
import dateline.resolve.gazetteer.dump as dump
from dateline.run.executors import LocalExecutor
def tell(step):
    if (step.doing, step.done > step.total / 3) == (sys.argv[3], True):
        os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    dump.BLOCK, compile._BATCH = 20_000, 500
    dump.import_dump(Path(sys.argv[1]), Path(sys.argv[2]), progress=tell, run=LocalExecutor(2).map)
"""


@pytest.mark.parametrize("during", ["reading", "merging"])
def test_killed_in_the_middle_and_started_again_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, during: str
) -> None:
    monkeypatch.undo()  # the killed process has all countries
    source, script, target = write_dump(tmp_path / "d.txt", many(2000)), tmp_path / "run.py", tmp_path / "a.sqlite"
    script.write_text(KILLED)
    command = [sys.executable, str(script), str(source), str(target), during]
    killed = subprocess.run(command, capture_output=True, timeout=120)  # its workers hold the pipes until they end
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert not target.exists() and (tmp_path / ".a.sqlite.import").is_dir()
    monkeypatch.setattr(dump, "BLOCK", 20_000)
    assert import_dump(source, target).found > 0
    assert import_dump(source, tmp_path / "b.sqlite").found == 0
    assert target.read_bytes() == (tmp_path / "b.sqlite").read_bytes()
    assert not (tmp_path / ".a.sqlite.import").exists()


def test_two_imports_do_not_write_the_same_file(tmp_path: Path) -> None:
    source, target = write_dump(tmp_path / "d.txt", GOOD), tmp_path / "g.sqlite"

    def second(step: Step) -> None:
        with pytest.raises(StoreError, match="another import is writing it"):
            import_dump(source, target)

    assert import_dump(source, target, progress=second).kept == 6


def test_a_worker_that_died_is_told(tmp_path: Path) -> None:
    source = write_dump(tmp_path / "d.txt", GOOD)
    with pytest.raises(StoreError, match="a worker was killed"):
        import_dump(source, tmp_path / "g.sqlite", run=lambda fn, tasks: map(Died, tasks))


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(dump, "merge", full)
    source = write_dump(tmp_path / "d.txt", GOOD)
    with pytest.raises(StoreError, match="disk is full; once that is mended"):
        import_dump(source, tmp_path / "g.sqlite")
    monkeypatch.undo()
    assert import_dump(source, tmp_path / "g.sqlite").found == 1


def test_unusable_dumps_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no usable row"):
        import_dump(write_dump(tmp_path / "d.txt", BAD), tmp_path / "g.sqlite")
    whole = gzip.compress(("\n".join(GOOD) * 50).encode())
    (tmp_path / "cut.txt.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="damaged or cut off"):
        import_dump(tmp_path / "cut.txt.gz", tmp_path / "g.sqlite")
    with pytest.raises(InputError, match="no such file"):
        import_dump(tmp_path / "none.txt", tmp_path / "g.sqlite")
    assert not (tmp_path / "g.sqlite").exists()


def test_progress_is_told_the_end(tmp_path: Path) -> None:
    told: list[Step] = []
    source = write_dump(tmp_path / "d.txt", GOOD)
    summary = import_dump(source, tmp_path / "g.sqlite", progress=told.append)
    size = source.stat().st_size
    assert told == [Step("reading", size, size, 7), Step("merging", *(summary.names,) * 3)]


@pytest.mark.parametrize("settings", ["", '[resolve]\n# gazetteer_path = ""\n\n[run]\n', "[run]\nworkers = 2\n"])
def test_command_sets_the_project_up(tmp_path: Path, settings: str) -> None:
    (tmp_path / "dateline.toml").write_text(settings)
    source = write_dump(tmp_path / "SY.txt", [*GOOD, BAD[0]])
    ran = CliRunner().invoke(command, ["import", str(source), "--project", str(tmp_path)])
    assert ran.exit_code == 1 and "DL-GAZ-001 SY.txt, line 8: 3 columns" in ran.stderr
    assert "reading 100 %, 8 rows" in ran.stderr and "  1 bad: columns\n" in ran.stdout
    assert "all 1 bad rows with file, line and reason: " in ran.stderr
    assert load(tmp_path / "dateline.toml").resolve.gazetteer_path == "gazetteer.sqlite"
    again = CliRunner().invoke(command, ["lookup", "Tell Example", "-p", str(tmp_path)])
    assert again.exit_code == 0 and again.output.startswith("Tell Example\tplace\tSYR\tAleppo\t36.1000")
    told = CliRunner().invoke(command, ["info", "-p", str(tmp_path)])
    assert "name\tGeoNames SY.txt" in told.output


def test_command_keeps_another_setting_and_says_what_to_write(tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('[resolve]\ngazetteer_path = "mine.sqlite"\n')
    source = write_dump(tmp_path / "SY.txt", GOOD)
    ran = CliRunner().invoke(command, ["import", str(source), "--project", str(tmp_path)])
    assert ran.exit_code == 0 and 'gazetteer_path = "gazetteer.sqlite"' in ran.output
    assert load(tmp_path / "dateline.toml").resolve.gazetteer_path == "mine.sqlite"


def test_command_usage(tmp_path: Path) -> None:
    source = write_dump(tmp_path / "SY.txt", GOOD)
    runner = CliRunner()
    assert "either --project DIR or --to FILE" in runner.invoke(command, ["import", str(source)]).output
    wrong = runner.invoke(command, ["import", str(source), "--to", str(tmp_path / "g"), "--countries", "SYR"])
    assert "two letters, not SYR" in wrong.output
    missing = runner.invoke(command, ["lookup", "Qzxxvkq"])
    assert missing.exit_code == 1 and "no place called" in missing.stderr
    assert '"id": "geonames:170063"' in runner.invoke(command, ["lookup", "Aleppo", "--json"]).output
