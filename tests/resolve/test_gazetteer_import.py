from __future__ import annotations

import gzip
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import dateline.resolve.gazetteer.dump as dump
from dateline.cli.gazetteer import command
from dateline.config import load
from dateline.errors import InputError, IssueCode
from dateline.resolve.gazetteer.dump import Filter, import_dump
from dateline.resolve.gazetteer.index import SqliteGazetteer
from dateline.resolve.gazetteer.source import Entry, Nation
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
    """Two countries instead of 250 000 built-in entries: reading those takes seconds."""
    syria = Entry("geonames:163843", "country", "Syria", "SY", "", "", 35.0, 38.0, 16906283, "A.PCLI", 243.0)
    iraq = Entry("geonames:99237", "country", "Iraq", "IQ", "", "", 33.0, 44.0, 38433600, "A.PCLI", 373.0)
    homs = Entry("dateline:adm1:SY.11", "admin1", "Homs", "SY", "11", "", 34.7, 36.7, 1000, "A.ADM1", 50.0)
    nations = [Nation("SY", "SYR", "Damascus", "IQ"), Nation("IQ", "IRQ", "Baghdad", "SY")]
    monkeypatch.setattr(dump, "built_in", lambda: ([syria, iraq, homs], nations))


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


def test_bad_rows_are_listed_with_their_lines(tmp_path: Path) -> None:
    source = write_dump(tmp_path / "d.txt", [GOOD[0], *BAD, GOOD[1]])
    with source.open("ab") as f:
        f.write(b"12\t\xff\xfe\n")
    summary = import_dump(source, tmp_path / "g.sqlite")
    assert (summary.kept, summary.bad) == (2, 7)
    assert [i.origin for i in summary.issues] == [f"d.txt:{n}" for n in (2, 3, 4, 5, 6, 7, 9)]
    assert all(i.code is IssueCode.BAD_GAZETTEER_ROW for i in summary.issues)
    assert "3 columns instead of 19" in summary.issues[0].message


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


def test_an_interrupt_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = write_dump(tmp_path / "d.txt", GOOD), tmp_path / "g.sqlite"
    import_dump(source, target)
    before = target.read_bytes()

    def interrupted(_text: str) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(dump, "_count", interrupted)
    with pytest.raises(KeyboardInterrupt):
        import_dump(source, target)
    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["d.txt", "g.sqlite"]


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
    told: list[tuple[int, int]] = []
    source = write_dump(tmp_path / "d.txt", GOOD)
    import_dump(source, tmp_path / "g.sqlite", progress=lambda done, rows: told.append((done, rows)))
    assert told == [(source.stat().st_size, 7)]


@pytest.mark.parametrize("settings", ["", '[resolve]\n# gazetteer_path = ""\n\n[run]\n', "[run]\nworkers = 2\n"])
def test_command_sets_the_project_up(tmp_path: Path, settings: str) -> None:
    (tmp_path / "dateline.toml").write_text(settings)
    source = write_dump(tmp_path / "SY.txt", [*GOOD, BAD[0]])
    ran = CliRunner().invoke(command, ["import", str(source), "--project", str(tmp_path)])
    assert ran.exit_code == 1 and "DL-GAZ-001 line 8: 3 columns" in ran.stderr
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
