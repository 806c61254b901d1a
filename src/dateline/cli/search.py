"""`dateline search`: reports by their words."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.cli.options import echo_json, echo_table, json_option, project_option
from dateline.project import Project


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@project_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Reports to show.")
@json_option
def command(words: tuple[str, ...], project: Path, limit: int, as_json: bool) -> None:
    """Find reports that hold all WORDS; "a phrase" in quotes, a beginning as bomb*. Best first."""
    with Project(project) as p:
        found = p.search(" ".join(words), limit)
    rows = [(r.key, r.published, r.outlet, r.title, h.snippet) for r, h in found]
    if as_json:
        names = ("report", "published", "outlet", "title", "snippet")
        echo_json([dict(zip(names, map(_plain, row), strict=True)) for row in rows])
    else:
        marked = [(*row[:4], row[4].replace("\2", "[").replace("\3", "]")) for row in rows]
        echo_table(("report", "published", "outlet", "title", "found"), marked)
        if not rows:
            click.echo("no report holds all these words", err=True)
        elif len(rows) == limit:
            click.echo(f"the best {limit}; there may be more with --limit", err=True)


def _plain(value: object) -> str | None:
    return None if value is None else str(value).replace("\2", "").replace("\3", "")
