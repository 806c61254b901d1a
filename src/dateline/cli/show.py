"""`dateline show`: one report, statement or incident."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import click

from dateline import codec
from dateline.cli.ledgerlines import credibility_lines
from dateline.cli.options import echo_json, echo_lines, json_option, project_option
from dateline.cli.render import incident_lines, report_lines, statement_lines
from dateline.incidents.policies import POLICIES
from dateline.ontology.grades import Scheme
from dateline.project import Project


@click.command("show")
@click.argument("name", metavar="ID")
@project_option
@click.option("--policy", type=click.Choice(list(POLICIES)), help="Publish an incident's figures by this policy.")
@json_option
def command(name: str, project: Path, policy: str | None, as_json: bool) -> None:
    """Show the report, statement or incident with this ID, your own key, code, or a unique beginning of one."""
    with Project(project) as p:
        kind, found = p.find(name)
        if kind == "incident":
            view = p.incident(found, policy)
            record, lines = codec.plain(view), incident_lines(view)
        elif kind == "report":
            result = p.report(found)
            record, lines = codec.plain(result), report_lines(result)
        else:
            report, statement = p.statement(found)
            judged = p.grades().last(Scheme.CREDIBILITY, found)
            record = {"report": report.key, **codec.plain(statement), "grade": codec.plain(judged) if judged else None}
            lines = chain(statement_lines(report, statement), credibility_lines(judged))
    if as_json:
        echo_json(record)
    else:
        echo_lines(lines)
