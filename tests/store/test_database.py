"""Opening, migrating, and what people are told when that cannot be done."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, insert, text
from sqlalchemy.exc import IntegrityError, OperationalError
from tests.made_up import load, loadable, strike

import dateline.store
from dateline.errors import StoreError
from dateline.store import tables as t
from dateline.store.database import HEAD, explain, open_database, writing

MIGRATIONS = Path(dateline.store.__file__).parent / "migrations"


def test_head_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def own(name: str | None, kind: str, _: Any) -> bool:
    """Leave out the tables that FTS5 keeps for itself."""
    return kind != "table" or "_search" not in (name or "")


def test_migrations_make_the_tables_that_the_code_names(engine: Engine) -> None:
    with engine.connect() as c:
        context = MigrationContext.configure(c, opts={"include_name": own, "compare_type": True})
        assert compare_metadata(context, t.metadata) == []


def test_foreign_keys_are_on(engine: Engine, path: Path) -> None:
    row = {"statement_id": "s_nobody", "position": 0, "role": "actor", "name": "x", "basis": "text", "rule": "r"}
    with pytest.raises(IntegrityError), writing(engine, path) as c:
        c.execute(insert(t.parties).values(**row))


def test_a_failed_transaction_leaves_nothing(engine: Engine, path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine, path) as c:
        c.execute(insert(t.meta).values(key="a", value="b"))
        raise ZeroDivisionError
    with engine.connect() as c:
        assert c.execute(t.meta.select()).all() == []


def test_reading_cannot_write(engine: Engine, path: Path) -> None:
    reader = open_database(path, write=False)
    with reader.connect() as c, pytest.raises(OperationalError, match="readonly"):
        c.execute(insert(t.meta).values(key="a", value="b"))
    reader.dispose()


def test_a_missing_database_is_no_project(path: Path) -> None:
    with pytest.raises(StoreError, match="is not a Dateline project"):
        open_database(path, write=False)
    assert not path.exists()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        open_database(tmp_path / "nowhere" / "dateline.db", write=True)


@pytest.mark.parametrize("write", [True, False])
def test_a_file_that_is_no_database(path: Path, write: bool) -> None:
    path.write_bytes(b"This is a letter, not a database. " * 50)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is not a Dateline database or is damaged"):
        open_database(path, write=write)
    assert path.read_bytes() == before


def test_a_torn_database_says_so(engine: Engine, path: Path) -> None:
    load(engine, path, [loadable(strike())])
    engine.dispose()
    with closing(sqlite3.connect(path)) as c:
        c.execute("PRAGMA journal_mode=DELETE")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreError, match="damaged"):
        open_database(path, write=True)


@pytest.mark.parametrize("write", [True, False])
def test_a_newer_schema_is_left_alone(engine: Engine, path: Path, write: bool) -> None:
    with writing(engine, path) as c:
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer Dateline \(schema 9999"):
        open_database(path, write=write)


def test_an_older_schema_is_upgraded_only_by_a_writer(path: Path) -> None:
    sqlite3.connect(path).close()
    path.touch()
    with pytest.raises(StoreError, match="dateline db upgrade"):
        open_database(path, write=False)
    open_database(path, write=True).dispose()
    open_database(path, write=False).dispose()


def test_a_folder_nobody_may_write_can_be_read(engine: Engine, path: Path) -> None:
    load(engine, path, [loadable(strike())])
    engine.dispose()
    path.parent.chmod(0o555)
    try:
        reader = open_database(path, write=False)
        with reader.connect() as c:
            assert len(c.execute(t.reports.select()).all()) == 1
        reader.dispose()
    finally:
        path.parent.chmod(0o755)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("database or disk is full", "make room"),
        ("attempt to write a readonly database", "check the folder's permissions"),
        ("unable to open database file", "check the folder's permissions"),
        ("database is locked", "another program is writing"),
        ("database disk image is malformed", "is not a Dateline database or is damaged"),
        ("something else", "p.db: something else"),
    ],
)
def test_what_people_are_told(said: str, expected: str) -> None:
    error = OperationalError("INSERT", {}, sqlite3.OperationalError(said))
    assert expected in explain(error, Path("p.db"))
    assert explain(error, Path("p.db")).startswith("p.db: ")


def test_a_full_disk_is_a_store_error(engine: Engine, path: Path) -> None:
    with pytest.raises(StoreError, match="make room"), writing(engine, path) as c:
        pages = c.exec_driver_sql("PRAGMA page_count").scalar_one()
        c.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        c.exec_driver_sql("INSERT INTO meta VALUES ('k', hex(zeroblob(200000)))")


def test_readers_see_what_was_there_before(engine: Engine, path: Path) -> None:
    reader = open_database(path, write=False)
    with writing(engine, path) as c:
        c.execute(insert(t.meta).values(key="a", value="b"))
        with reader.connect() as r:
            assert r.execute(t.meta.select()).all() == []
    with reader.connect() as r:
        assert len(r.execute(t.meta.select()).all()) == 1
    reader.dispose()


def test_a_reader_may_read_within_a_reader(engine: Engine, path: Path) -> None:
    """An exporter that walks incidents may look up reports meanwhile."""
    load(engine, path, [loadable(strike())])
    reader = open_database(path, write=False)
    with reader.connect() as a, reader.connect() as b:
        assert a.execute(t.reports.select()).all() == b.execute(t.reports.select()).all() != []
    reader.dispose()
