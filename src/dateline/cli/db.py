"""`dateline db`: look after a project's database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from dateline.cli.options import project_option
from dateline.errors import EvidenceError, StoreError
from dateline.project import DATABASE_NAME, Project
from dateline.run.lock import only_writer
from dateline.store.database import HEAD, explain, open_database


@click.group("db")
def command() -> None:
    """Look after a project's database."""


def _database(project: Path) -> Path:
    """The project's database. Raises StoreError if it has none: no command here makes a project."""
    path = project / DATABASE_NAME
    if not path.exists():
        raise StoreError(f"{project} is not a Dateline project: it has no {DATABASE_NAME}")
    return path


@command.command()
@project_option
def upgrade(project: Path) -> None:
    """Bring the database to the schema this Dateline uses."""
    path = _database(project)
    with only_writer(project):
        open_database(path, write=True).dispose()
    click.echo(f"{path} has schema {HEAD}")


@command.command()
@project_option
def check(project: Path) -> None:
    """Read every record and compare every quote with its text; say what is wrong, exit 3 if anything is."""
    path = _database(project)
    checked, wrong = 0, 0
    with Project(project) as p:
        with p.engine.connect() as c:
            try:
                damage = [row[0] for row in c.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
            except DatabaseError as e:
                raise StoreError(explain(e, path)) from e
        if damage:
            raise StoreError(f"{path} is damaged: {damage[0]}")
        for report_id in p.report_ids():
            try:
                checked += len(p.report(report_id).statements)
            except EvidenceError as e:
                wrong += 1
                click.echo(f"{report_id}: {e}", err=True)
    if wrong:
        raise StoreError(f"{path}: {wrong} report(s) hold a record that its text does not bear out")
    click.echo(f"{checked} statements checked: every quote stands in its report")


@command.command()
@project_option
def vacuum(project: Path) -> None:
    """Give back unused space and rebuild the search index."""
    path = _database(project)
    with only_writer(project):
        open_database(path, write=True).dispose()
        with closing(sqlite3.connect(path)) as c:
            c.execute("INSERT INTO report_search(report_search) VALUES ('rebuild')")
            c.execute("INSERT INTO statement_search(statement_search) VALUES ('rebuild')")
            c.commit()
            c.execute("VACUUM")
    click.echo(f"{path} is {path.stat().st_size / 1e6:.1f} MB")
