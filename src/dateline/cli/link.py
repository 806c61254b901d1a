"""`dateline link`: what people say of links. It goes before what is computed, in this and every later run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from dateline.cli.options import project_option
from dateline.project import Project

F = TypeVar("F", bound=Callable[..., Any])


def _by(f: F) -> F:
    """Who says so, and why."""
    f = click.option("--because", "reason", help="Why; kept and shown with the link.")(f)
    return click.option("--by", "person", required=True, help="Who says so.")(f)


def _said(person: str, reason: str | None) -> dict[str, Any]:
    return {"person": person, "at": datetime.now(UTC).isoformat(timespec="seconds"), "reason": reason}


def _ids(project: Project, names: tuple[str, ...], wanted: str = "incident") -> list[str]:
    found = [project.find(n) for n in names]
    for name, (kind, _) in zip(names, found, strict=True):
        if kind != wanted:
            raise click.UsageError(f"{name} is a {kind}, not {'an' if wanted == 'incident' else 'a'} {wanted}")
    return list(dict.fromkeys(i for _, i in found))


@click.group("link")
def command() -> None:
    """Say which statements are one happening and which are not.

    Nothing is changed by hand: what you say is kept beside the statements, incidents are formed anew, and every later
    run heeds it. What you say later goes before what you said earlier.
    """


@command.command("merge")
@click.argument("incidents", nargs=-1, required=True)
@_by
@project_option
def merge(incidents: tuple[str, ...], person: str, reason: str | None, project: Path) -> None:
    """These incidents are one."""
    with Project(project) as p:
        p.merge(_two(_ids(p, incidents)), **_said(person, reason))
    click.echo("they are one now")


@command.command("confirm")
@click.argument("incident")
@_by
@project_option
def confirm(incident: str, person: str, reason: str | None, project: Path) -> None:
    """All statements of this incident are one happening."""
    with Project(project) as p:
        p.confirm(_ids(p, (incident,))[0], **_said(person, reason))
    click.echo("they stay one")


@command.command("forbid")
@click.argument("incidents", nargs=-1, required=True)
@_by
@project_option
def forbid(incidents: tuple[str, ...], person: str, reason: str | None, project: Path) -> None:
    """These incidents are not one, whatever comes."""
    with Project(project) as p:
        p.forbid(_two(_ids(p, incidents)), **_said(person, reason))
    click.echo("they stay apart")


@command.command("split")
@click.argument("incident")
@click.argument("statements", nargs=-1, required=True)
@_by
@project_option
def split(incident: str, statements: tuple[str, ...], person: str, reason: str | None, project: Path) -> None:
    """These statements do not belong to the rest of the incident."""
    with Project(project) as p:
        p.split(_ids(p, (incident,))[0], _ids(p, statements, "statement"), **_said(person, reason))
    click.echo("they are apart now")


def _two(ids: list[str]) -> list[str]:
    if len(ids) < 2:
        raise click.UsageError("name two incidents or more")
    return ids
