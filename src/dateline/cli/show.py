"""`dateline show`: one report, statement or incident."""

from __future__ import annotations

from pathlib import Path

import click

from dateline import codec
from dateline.cli.options import echo_json, echo_lines, json_option, project_option
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
        if kind == "incident":
            view = p.incident(found)
            record, lines = codec.plain(view), incident_lines(view)
        elif kind == "report":
            result = p.report(found)
            record, lines = codec.plain(result), report_lines(result)
        else:
            report, statement = p.statement(found)
            record, lines = {"report": report.key, **codec.plain(statement)}, statement_lines(report, statement)
    if as_json:
        echo_json(record)
    else:
        echo_lines(lines)
