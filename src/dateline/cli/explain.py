"""`dateline explain`: why values are what they are."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.cli.options import echo_lines, project_option
from dateline.cli.render import incident_lines, link_lines, statement_lines
from dateline.project import Project


@click.command("explain")
@click.argument("name", metavar="ID")
@project_option
def command(name: str, project: Path) -> None:
    """Say why: for a statement or report, each value's words, basis, rule and reasons; for an incident, the
    links that joined its statements and the near misses, with the weight of each reason."""
    with Project(project) as p:
        kind, found = p.find(name)
        if kind == "incident":
            view = p.incident(found)
            lines = [*incident_lines(view), "", *link_lines(p.links(view.incident.statements))]
        elif kind == "report":
            result = p.report(found)
            lines = [x for s in result.statements for x in (*statement_lines(result.report, s, explain=True), "")]
            lines = lines or [f"{result.report.key} holds no statement"]
        else:
            lines = list(statement_lines(*p.statement(found), explain=True))
    echo_lines(lines)
