"""Opening a project's database: SQLite in WAL mode, migrated on open, one writer at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool

from dateline.errors import StoreError

HEAD = "0003"
"""The schema this code reads and writes; a test compares it with the newest migration."""


def open_database(path: Path, *, write: bool) -> Engine:
    """An engine on the SQLite file, created and migrated if `write`.

    Raises StoreError if the file is missing (reading), not a database, of a newer schema, or cannot be written.
    """
    if not write and not path.exists():
        raise StoreError(f"{path.parent} is not a Dateline project: it has no {path.name}; `dateline run` makes one")
    engine = _engine(path, write)
    try:
        _bring_to_head(engine, path, write)
    except (DatabaseError, OSError) as e:
        engine.dispose()
        raise StoreError(explain(e, path)) from e
    return engine


def _engine(path: Path, write: bool) -> Engine:
    options = "mode=rwc" if write else ("mode=ro" if _can_make_files(path.parent) else "mode=ro&immutable=1")

    def connect() -> sqlite3.Connection:
        uri = f"{path.resolve().as_uri()}?{options}"
        return sqlite3.connect(uri, uri=True, timeout=30, check_same_thread=False)

    # the pool of "sqlite://" has one connection a thread, on which a reader within a reader would fail
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # the driver's own transactions are off: `writing` begins them, so that DDL and BEGIN IMMEDIATE work
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")
        if write:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _can_make_files(folder: Path) -> bool:
    """Whether SQLite could put its -shm file there; if not, the file is opened as one nobody changes."""
    import os

    return os.access(folder, os.W_OK)


def _bring_to_head(engine: Engine, path: Path, write: bool) -> None:
    with engine.connect() as c:
        has = c.execute(text("SELECT 1 FROM sqlite_master WHERE name='alembic_version'")).first()
        found = c.execute(text("SELECT version_num FROM alembic_version")).scalar() if has else None
    if found == HEAD:
        return
    if found is not None and str(found) > HEAD:
        raise StoreError(
            f"{path} was made by a newer Dateline (schema {found}; this one knows {HEAD}): "
            "upgrade with `pip install -U dateline`; nothing was changed"
        )
    if not write:
        raise StoreError(f"{path} has schema {found or 'none'}, this Dateline reads {HEAD}: run `dateline db upgrade`")
    _upgrade(engine)


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """One write transaction. Raises StoreError with the reason if the disk is full or the file cannot be written."""
    try:
        with engine.begin() as connection:
            yield connection
    except OperationalError as e:
        raise StoreError(explain(e, path)) from e


def explain(error: Exception, path: Path) -> str:
    """A sentence a person can act on, from what the database or the system said."""
    said = str(getattr(error, "orig", None) or error)
    if "disk is full" in said or "No space left" in said:
        return f"{path}: the disk is full. What was finished is kept; make room and run the same command again"
    if "readonly" in said or "read-only" in said or "Permission denied" in said or "unable to open" in said:
        return f"{path}: cannot be written ({said}); check the folder's permissions or choose another --project"
    if "locked" in said:
        return f"{path}: another program is writing to it; try again when it has finished"
    if "not a database" in said or "malformed" in said:
        return f"{path}: is not a Dateline database or is damaged ({said})"
    return f"{path}: {said}"
