"""`dateline explain`: why values are what they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from dateline.cli.links import kept_out_lines, link_lines
from dateline.cli.options import echo_lines, project_option
from dateline.cli.render import incident_lines, statement_lines
from dateline.project import Project


def _links(p: Project, statements: Sequence[str]) -> Iterator[str]:
    links = p.links(statements)
    ends = sorted({end for x in links for end in (x.left, x.right)})
    quotes = {s: statement.sentence.quote for s, (_, statement) in p.statements_of(ends).items()}
    return link_lines(links, p.codes(ends), quotes, p.config.link.threshold)


def _kept_out(p: Project, incident: str) -> Iterator[str]:
    held = p.kept_out(incident)
    ends = sorted({end for k in held for end in (k.link.left, k.link.right)})
    quotes = {s: statement.sentence.quote for s, (_, statement) in p.statements_of(ends).items()}
    return kept_out_lines(held, p.codes(ends), quotes)


@click.command("explain")
@click.argument("name", metavar="ID")
@project_option
def command(name: str, project: Path) -> None:
    """Say why: for a statement or report, each value's words, basis, rule and reasons; for an incident, the
    links that joined its statements and the near misses, with the weight of each reason, and what would belong to it
    did nothing forbid it."""
    with Project(project) as p:
        kind, found = p.find(name)
        if kind == "incident":
            view = p.incident(found)
            lines = [*incident_lines(view), "", *_links(p, view.incident.statements), *_kept_out(p, found)]
        elif kind == "report":
            result = p.report(found)
            lines = [x for s in result.statements for x in (*statement_lines(result.report, s, explain=True), "")]
            lines = lines or [f"{result.report.key} holds no statement"]
        else:
            lines = list(statement_lines(*p.statement(found), explain=True))
    echo_lines(lines)
