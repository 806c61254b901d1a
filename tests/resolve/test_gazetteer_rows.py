"""Rows and blocks of a GeoNames dump."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dateline.resolve.gazetteer.blocks import blocks
from dateline.resolve.gazetteer.rows import EVERYTHING, BadRow, Fate, RowReader, cells, lines
from dateline.resolve.gazetteer.source import Entry

GOOD = "7\tTell Made\tTell Made\tTal Made\t36.5\t-37.25\tP\tPPL\tSY\t\t09\t901\t\t\t4000\t\t\tAsia/Damascus\t2020-01-01"
MARK = b"\xef\xbb\xbf"
"""The byte order mark that some editors put before a text: no part of it."""
READER = RowReader(EVERYTHING, {"SY.09.901": "Sample"})


def changed(**columns: str) -> list[str]:
    row = GOOD.split("\t")
    for column, value in columns.items():
        row[int(column[1:])] = value
    return row


def test_a_good_row() -> None:
    ident, entry = READER.read(cells(GOOD))
    assert isinstance(entry, Entry)
    assert (ident, entry.ref, entry.kind, entry.name) == (7, "geonames:7", "place", "Tell Made")
    assert (entry.lat, entry.lon, entry.population, entry.admin2) == (36.5, -37.25, 4000, "Sample")
    assert entry.names == ("Tal Made",)


@pytest.mark.parametrize(
    ("row", "fate", "told"),
    [
        (["7"], Fate.COLUMNS, "1 columns instead of 19"),
        (changed(c0="²"), Fate.ID, "'²' is not a whole number"),
        (changed(c0="-7"), Fate.ID, "'-7'"),
        (changed(c0="9" * 30), Fate.ID, "9999"),
        (changed(c1="\u2003"), Fate.NAME, "empty"),
        (changed(c4="91"), Fate.COORDINATES, "latitude '91' is out of range (-90 to 90)"),
        (changed(c5="-180.5"), Fate.COORDINATES, "longitude '-180.5' is out of range"),
        (changed(c4="nan"), Fate.COORDINATES, "out of range"),
        (changed(c4="inf"), Fate.COORDINATES, "out of range"),
        (changed(c5=""), Fate.COORDINATES, "'' is not a number"),
        (changed(c5="x" * 500), Fate.COORDINATES, "x…' is not a number"),
        (changed(c14="many"), Fate.POPULATION, "'many'"),
        (changed(c14="9" * 30), Fate.POPULATION, "whole number"),
    ],
)
def test_bad_rows(row: list[str], fate: Fate, told: str) -> None:
    with pytest.raises(BadRow) as e:
        READER.read(row)
    assert (e.value.fate, fate.bad) == (fate, True)
    assert told in e.value.reason and len(e.value.reason) < 120


def test_kinds_that_are_not_used_are_no_fault() -> None:
    assert READER.read(changed(c6="H", c7="WLL")) == (7, Fate.OTHER_KIND)
    assert not Fate.OTHER_KIND.bad


@given(st.lists(st.binary(max_size=12).filter(lambda b: b"\n" not in b), min_size=1, max_size=20))
def test_lines_are_those_of_the_bytes(rows: list[bytes]) -> None:
    made = list(lines(b"\n".join(rows) + b"\n"))
    assert [m if isinstance(m, bytes) else m.encode() for m in made] == rows
    for m in made:
        if isinstance(m, bytes):
            with pytest.raises(BadRow, match="is not UTF-8"):
                cells(m)


@example([MARK], 1)
@example([MARK + b"1", MARK], 1)
@given(st.lists(st.binary(max_size=40).filter(lambda b: b"\n" not in b), min_size=1, max_size=30), st.integers(1, 99))
def test_blocks_are_whole_lines_and_all_of_them(
    tmp_path_factory: pytest.TempPathFactory, rows: list[bytes], size: int
) -> None:
    path = tmp_path_factory.mktemp("blocks") / "d.txt"
    path.write_bytes(b"\n".join(rows))
    made = list(blocks(path, max(size, 41)))
    assert b"".join(b.data for b in made) == path.read_bytes().removeprefix(MARK)
    assert [b.first for b in made] == [1 + sum(b.rows for b in made[:i]) for i in range(len(made))]
    assert all(b.data.endswith(b"\n") for b in made[:-1])
    assert sum(b.read for b in made) == path.stat().st_size


def test_a_line_without_end_is_one_row_and_is_not_held_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "d.txt"
    path.write_bytes(GOOD.encode() + b"\n" + b"\0" * 5000 + b"\n" + GOOD.encode() + b"\n")
    made = list(blocks(path, 200))
    assert sum(b.rows for b in made) == 3
    assert max(len(b.data) for b in made) <= 401
    assert made[-1].data == GOOD.encode() + b"\n" and made[-1].first == 3
