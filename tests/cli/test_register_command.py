"""`dateline register`: looking up actors, checking a register of one's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.cli.register import command
from dateline.errors import ConfigError, NotFound

Register = Callable[..., Result]


@pytest.fixture
def register(tmp_path: Path) -> Register:
    """Run `dateline register` where there is no project."""
    return lambda *args: CliRunner().invoke(command, [*map(str, args)], env={"COLUMNS": "200"})


def lookup(register: Register, *args: object) -> list[dict[str, object]]:
    held: list[dict[str, object]] = json.loads(register("lookup", "--json", *args).stdout)
    return held


def test_lookup_gives_id_kind_country_and_names(register: Register, tmp_path: Path) -> None:
    (found,) = lookup(register, "isis", "-p", tmp_path)
    assert (found["id"], found["kind"], found["countries"]) == ("group:islamic-state", "armed_group", ["IRQ", "SYR"])
    header, row = register("lookup", "ISIS", "-p", tmp_path).stdout.splitlines()
    assert header.split("\t") == ["id", "name", "kind", "country", "names"]
    assert row.split("\t")[:4] == ["group:islamic-state", "Islamic State", "armed_group", "IRQ SYR"]
    assert "Daesh" in row or "DAESH" in row


def test_lookup_by_id(register: Register, tmp_path: Path) -> None:
    assert lookup(register, "state:SYR", "-p", tmp_path)[0]["name"] == "Syria"


def test_nobody_of_that_name(register: Register, tmp_path: Path) -> None:
    said = register("lookup", "Observatory for Human", "-p", tmp_path)
    assert isinstance(said.exception, NotFound)
    assert "monitor:sohr" in str(said.exception)
    assert isinstance(register("lookup", "", "-p", tmp_path).exception, NotFound)


def test_lookup_knows_the_registers_of_the_project(register: Register, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,name,kind,aliases\ngroup:lamp,Lamp Front,armed_group,ISIS\n")
    (tmp_path / "dateline.toml").write_text('[resolve]\nregisters = ["mine.csv"]\n')
    assert [a["id"] for a in lookup(register, "ISIS", "-p", tmp_path)] == ["group:lamp", "group:islamic-state"]


def test_list_by_kind_and_country(register: Register, tmp_path: Path) -> None:
    gangs = json.loads(register("list", "--kind", "gang", "--country", "mex", "--json", "-p", tmp_path).stdout)
    assert gangs
    assert all(a["kind"] == "gang" and "MEX" in a["countries"] for a in gangs)
    assert "no actors found" in register("list", "--kind", "pirates", "--country", "CHE", "-p", tmp_path).stderr
    assert register("list", "--kind", "wizard").exit_code == 2


def test_check_a_good_file(register: Register, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("- {id: 'group:lamp', name: Lamp Front, kind: armed_group, country: [SYR], aliases: [PKK]}\n")
    said = register("check", mine)
    assert said.exit_code == 0
    assert f"{mine}: 1 actors new or changed" in said.stdout
    assert "'PKK' can be group:lamp, group:pkk, in this order" in said.stdout


def test_check_prints_every_problem_of_every_file(register: Register, tmp_path: Path) -> None:
    table, broken, gone = tmp_path / "a.csv", tmp_path / "b.yaml", tmp_path / "c.csv"
    table.write_text(
        "id,name,kind,country\ngroup:a,A Front,armed_group,SYR\ngroup:b,,armed_group,\n"
        "group:c,C,wizard,\ngroup:d,D,armed_group,Syria\ngroup:a,Again,armed_group,\n"
    )
    broken.write_text("- [unclosed\n")
    said = register("check", table, broken, gone)
    assert isinstance(said.exception, ConfigError)
    assert said.exception.exit_code == 2
    problems = said.exception.problems
    assert len(problems) == 6
    for part in ("line 3", "unknown kind 'wizard'", "alpha-3", "stands twice", "b.yaml", "c.csv"):
        assert any(part in p for p in problems), part


def test_later_files_may_change_what_earlier_ones_add(register: Register, tmp_path: Path) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text("id,name,kind\ngroup:lamp,Lamp Front,armed_group\n")
    second.write_text("id,name,aliases\ngroup:lamp,Lamp Front,The Lamps\n")
    said = register("check", first, second)
    assert said.exit_code == 0, said.exception
    assert f"{second}: 1 actors new or changed" in said.stdout
    assert isinstance(register("check", second).exception, ConfigError)
