"""Options that several commands share, and how results are printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from dateline import codec
from dateline.store.filters import Filters

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_PROJECT = Path("dateline-project")

project_option = click.option(
    "--project",
    "-p",
    type=click.Path(path_type=Path),
    default=DEFAULT_PROJECT,
    show_default=True,
    help="The project directory.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


class Day(click.ParamType):
    """A calendar date, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """A date, or a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date like 2015-11-17", param, ctx)


def filter_options(f: F) -> F:
    """The filters of lists, exports of lists and searches, handed on as keyword arguments of `Filters`."""
    options = [
        click.option("--event", help="PLOVER category, e.g. ASSAULT."),
        click.option("--sub-event", help="ACLED sub-event type, e.g. 'Air/drone strike'."),
        click.option("--certainty", help="stated, confirmed, claimed, alleged, unverified, planned, …"),
        click.option("--actor", help="Name, group or register id of an actor or target."),
        click.option("--place", help="Name of a place."),
        click.option("--country", help="ISO 3166 code of three letters."),
        click.option("--source", help="Name in the source chain."),
        click.option("--outlet", help="Who published it."),
        click.option("--since", type=Day(), help="On or after this day."),
        click.option("--until", type=Day(), help="On or before this day."),
        click.option("--words", help="Words in the text."),
        click.option("--limit", type=click.IntRange(1), default=50, show_default=True),
        click.option("--offset", type=click.IntRange(0), default=0, show_default=True),
    ]
    for option in reversed(options):
        f = option(f)
    return f


def filters_from(options: dict[str, Any]) -> Filters:
    """Filters from a command's keyword arguments."""
    return Filters(**{k: v for k, v in options.items() if v is not None})


def echo_json(value: Any) -> None:
    """Print records or plain values as JSON."""
    plain = value if isinstance(value, dict | list | str | int | float | None) else codec.plain(value)
    click.echo(json.dumps(plain, ensure_ascii=False, indent=1))


def echo_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows; unknown is empty, never 0. Plain tab-separated lines where output is not a terminal."""
    cells = [["" if v is None else str(v) for v in row] for row in rows]
    console = Console()
    if not console.is_terminal:
        for line in ([*columns], *cells):
            click.echo("\t".join(c.replace("\t", " ").replace("\n", " ") for c in line))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for c in columns:
        table.add_column(c, overflow="fold")
    for line in cells:
        table.add_row(*line)
    console.print(table, markup=False)
