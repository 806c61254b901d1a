"""`dateline list`: reports, statements, incidents or issues."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dateline import codec
from dateline.cli.options import (
    echo_json,
    echo_paging,
    echo_table,
    filter_options,
    filters_from,
    json_option,
    project_option,
)
from dateline.errors import IssueCode
from dateline.project import Project
from dateline.records import Issue
from dateline.store.filters import Filters
from dateline.store.queries import Page

COLUMNS = {
    "reports": ("key", "published", "outlet", "title", "statements"),
    "statements": ("id", "published", "event", "sub_event", "certainty", "actors", "targets", "places", "sentence"),
    "incidents": ("code", "summary", "statements", "reports", "voices", "killed", "injured"),
    "issues": ("code", "origin", "message"),
}


@click.command("list")
@click.argument("what", type=click.Choice(list(COLUMNS)))
@project_option
@filter_options
@click.option("--code", type=click.Choice([c.value for c in IssueCode]), help="Issues of this code.")
@json_option
def command(what: str, project: Path, code: str | None, as_json: bool, **options: Any) -> None:
    """List WHAT the project holds. Filters on statements also choose their reports and incidents."""
    filters = filters_from(options)
    if what == "issues" and filters.given():
        raise click.UsageError("issues have no filters but --code; only --limit and --offset")
    if code and what != "issues":
        raise click.UsageError("--code is a filter of issues")
    with Project(project) as p:
        page: Any = _issues(p, filters, code) if what == "issues" else getattr(p, what)(filters)
    if as_json:
        echo_json({"total": page.total, "rows": [codec.plain(r) for r in page.rows]})
        return
    echo_table(COLUMNS[what], [[_cell(row, c) for c in COLUMNS[what]] for row in page.rows])
    echo_paging(len(page.rows), page.total, filters.offset, what)


def _issues(p: Project, f: Filters, code: str | None) -> Page[Issue]:
    held = p.issues(IssueCode(code) if code else None)
    return Page(held[f.offset : f.offset + f.limit], len(held))


def _cell(row: Any, column: str) -> object:
    if column in ("killed", "injured"):
        return figure_range(*(getattr(row, f"{column}_{end}") for end in ("min", "max", "highest")))
    if column == "origin":
        return row.origin or row.report_id
    return getattr(row, column)


def figure_range(low: int | None, high: int | None, highest: int | None = None) -> str:
    """A range for people: "12", "12 to 17", "at least 12", "12 to at least 17" (`highest` is said), "up to 17", or
    nothing if unknown."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low} to at least {highest}" if highest and low is not None and highest > low else f"at least {low}"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low} to {high}"
