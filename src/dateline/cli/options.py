"""Options that several commands share, and how results are printed."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from dateline import codec
from dateline.cli import layout
from dateline.labels import Certainty
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


def day(value: str) -> date:
    """A calendar date, YYYY-MM-DD, or a usage error."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date like 2015-11-17") from None


def filter_options(f: F) -> F:
    """The filters of lists, exports of lists and searches, handed on as keyword arguments of `Filters`."""
    options = [
        click.option("--event", help="PLOVER category, e.g. ASSAULT."),
        click.option("--sub-event", help="ACLED sub-event type, e.g. 'Air/drone strike'."),
        click.option("--certainty", type=click.Choice([c.value for c in Certainty], case_sensitive=False)),
        click.option("--actor", help="Name, group or register id of an actor or target."),
        click.option("--place", help="Name of a place."),
        click.option("--country", help="ISO 3166 code of three letters."),
        click.option("--source", help="Name in the source chain."),
        click.option("--outlet", help="Who published it."),
        click.option("--since", type=day, help="On or after this day."),
        click.option("--until", type=day, help="On or before this day."),
        click.option("--words", help="Words in the text."),
        click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Rows to show."),
        click.option("--offset", type=click.IntRange(0), default=0, show_default=True, help="Rows to skip."),
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
    """Print rows: laid out for people on a terminal, tab-separated lines with empty cells for unknown elsewhere."""
    cells = [["" if v is None else str(v) for v in row] for row in rows]
    if width := terminal_width():
        for text in layout.table(columns, cells, width) if cells else ():
            click.echo(text)
        return
    for line in ([*columns], *cells):
        click.echo("\t".join(" ".join(layout.clean(c).split()) for c in line))


def echo_lines(lines: Iterable[str]) -> None:
    """Print lines of text; on a terminal they are wrapped between words."""
    width = terminal_width()
    for line in lines:
        for part in layout.clean(line).split("\n"):
            for text in layout.wrapped(part, width) if width else (part,):
                click.echo(text)


def terminal_width() -> int | None:
    """How many columns the terminal has; None if standard output is none."""
    return max(shutil.get_terminal_size().columns, 20) if sys.stdout.isatty() else None


def echo_paging(shown: int, total: int, offset: int, what: str) -> None:
    """Say on standard error what part of a list was printed, and how to get the rest."""
    if not shown:
        message = f"no {what} found" if not total else f"there are {total} {what}; --offset {offset} is beyond them"
    elif offset + shown < total:
        message = f"{offset + 1}–{offset + shown} of {total} {what}; more with --offset {offset + shown}"
    elif offset:
        message = f"{offset + 1}–{offset + shown} of {total} {what}"
    else:
        return
    click.echo(message, err=True)
