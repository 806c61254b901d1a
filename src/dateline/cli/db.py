"""`dateline db`: look after a project's database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy import text

from dateline.cli.options import project_option
from dateline.errors import StoreError
from dateline.project import DATABASE_NAME, Project
from dateline.run.lock import only_writer
from dateline.store.database import HEAD, open_database


@click.group("db")
def command() -> None:
    """Look after a project's database."""


@command.command()
@project_option
def upgrade(project: Path) -> None:
    """Bring the database to the schema this Dateline uses."""
    if not (project / DATABASE_NAME).exists():
        raise StoreError(f"{project} is not a Dateline project: it has no {DATABASE_NAME}")
    with only_writer(project):
        open_database(project / DATABASE_NAME, write=True).dispose()
    click.echo(f"{project / DATABASE_NAME} has schema {HEAD}")


@command.command()
@project_option
def check(project: Path) -> None:
    """Read every record and compare every quote with its text; say what is wrong, exit 3 if anything is."""
    with Project(project) as p, p.engine.connect() as c:
        damage = [row[0] for row in c.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
        if damage:
            raise StoreError(f"{project / DATABASE_NAME} is damaged: {damage[0]}")
        checked = sum(len(p.report(r).statements) for r in p.report_ids())
    click.echo(f"{checked} statements checked: every quote stands in its report")


@command.command()
@project_option
def vacuum(project: Path) -> None:
    """Give back unused space and rebuild the search index."""
    path = project / DATABASE_NAME
    with only_writer(project):
        open_database(path, write=True).dispose()
        with closing(sqlite3.connect(path)) as c:
            c.execute("INSERT INTO report_search(report_search) VALUES ('rebuild')")
            c.execute("INSERT INTO statement_search(statement_search) VALUES ('rebuild')")
            c.commit()
            c.execute("VACUUM")
    click.echo(f"{path} is {path.stat().st_size / 1e6:.1f} MB")
