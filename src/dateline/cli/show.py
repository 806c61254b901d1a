"""`dateline show`: one report, statement or incident."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dateline import codec
from dateline.cli.options import echo_json, json_option, project_option
from dateline.cli.render import incident_lines, report_lines, statement_lines
from dateline.project import Project


@click.command("show")
@click.argument("name", metavar="ID")
@project_option
@json_option
def command(name: str, project: Path, as_json: bool) -> None:
    """Show the report, statement or incident with this ID, your own key, code, or a unique beginning of one."""
    with Project(project) as p:
        kind, found = p.find(name)
        held: Any = {"report": p.report, "statement": p.statement, "incident": p.incident}[kind](found)
    if as_json:
        echo_json({"report": held[0].key, **codec.plain(held[1])} if kind == "statement" else codec.plain(held))
        return
    lines = {"report": report_lines, "incident": incident_lines}
    for line in statement_lines(*held) if kind == "statement" else lines[kind](held):
        click.echo(line)
