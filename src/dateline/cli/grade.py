"""`dateline grade`: people's grades of voices, statements and incidents, and the worksheet to grade by."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from dateline import codec
from dateline.cli.ledgerlines import worksheet_lines
from dateline.cli.options import echo_json, echo_lines, echo_table, json_option, project_option
from dateline.incidents.worksheet import worksheet
from dateline.ontology.grades import Scheme, steps
from dateline.project import Project

_SCALES = "\n\n".join(
    f"\b\n{scheme.value}\n" + "\n".join(f"  {step:<11} {means}" for step, means in steps(scheme).items())
    for scheme in Scheme
)


@click.group("grade")
def command() -> None:
    """Grade incidents, statements and voices. Grades are people's; the machine counts, and proposes F6 at most."""


@command.command(epilog=_SCALES)
@click.argument("name", metavar="ID")
@click.argument("value", metavar="GRADE")
@project_option
@click.option("--voice", help="Grade this voice of the incident: its id, or its name.")
@click.option("--by", "person", required=True, help="Who judges.")
@click.option("--because", "reason", help="Why.")
def give(name: str, value: str, project: Path, voice: str | None, person: str, reason: str | None) -> None:
    """Give the incident or statement ID a GRADE, or a voice of the incident (--voice); "withdrawn" takes it back.

    A grade of a voice holds in all incidents. What was judged before is kept.
    """
    with Project(project) as p:
        judged = p.judge(name, value, voice=voice, person=person, reason=reason, at=_now())
        p.grade(judged)
    click.echo(f"{judged.scheme} of {judged.target}: {judged.value} ({judged.person})")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@command.command()
@click.argument("name", metavar="INCIDENT")
@project_option
@json_option
def sheet(name: str, project: Path, as_json: bool) -> None:
    """Show the worksheet of an INCIDENT: for each criterion what was counted, and what is left to a person."""
    with Project(project) as p:
        made = worksheet(p.incident(p.find_kind("incident", name)))
    if as_json:
        echo_json(codec.plain(made))
    else:
        echo_lines(worksheet_lines(made))


@command.command("list")
@project_option
@json_option
def list_grades(project: Path, as_json: bool) -> None:
    """List all grades, oldest first; the last on a target stands."""
    with Project(project) as p:
        held = p.grades().judgements
    if as_json:
        echo_json([codec.plain(j) for j in held])
        return
    columns = ("at", "person", "scheme", "target", "grade", "reason")
    echo_table(columns, [(j.at, j.person, j.scheme.value, j.target, j.value, j.reason) for j in held])
