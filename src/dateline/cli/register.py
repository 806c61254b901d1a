"""`dateline register`: who is who, and whether a register of one's own is in order."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from dateline import codec
from dateline.cli.options import echo_json, echo_table, json_option, project_option
from dateline.config import load
from dateline.errors import ConfigError, NotFound
from dateline.ontology import actor_kinds
from dateline.project import CONFIG_NAME
from dateline.resolve.register import Actor, Register, load_register
from dateline.resolve.register.model import key

COLUMNS = ("id", "name", "kind", "country", "names")
ALIKE = 10
"""How many actors are offered where none has just that name."""


@click.group("register")
def command() -> None:
    """Look up and check actors."""


@command.command()
@click.argument("name")
@project_option
@json_option
def lookup(name: str, project: Path, as_json: bool) -> None:
    """Who NAME can be, preferred one first: id, kind, countries and all names. NAME may be an id, too.

    The registers of the project's settings are used if there is a project.
    """
    register = _register(project)
    found = [register.get(i) for i in (name, *register.candidates(name))]
    actors = list({a.id: a for a in found if a is not None}.values())
    if not actors:
        alike = [f"{a.name} ({a.id})" for a in register if _alike(name, a)][:ALIKE]
        hint = f"; names that hold it: {', '.join(alike)}" if alike else ""
        raise NotFound(f"the register knows nobody called {name!r}{hint}")
    _print(actors, as_json)


@command.command("list")
@click.option("--kind", type=click.Choice(sorted(actor_kinds())), metavar="KIND", help="state, armed_group, agency, …")
@click.option("--country", help="ISO 3166 code of three letters.")
@project_option
@json_option
def list_(kind: str | None, country: str | None, project: Path, as_json: bool) -> None:
    """List the actors of the register."""
    wanted = country.upper() if country else None
    actors = [a for a in _register(project) if kind in (None, a.kind) and (wanted is None or wanted in a.countries)]
    _print(actors, as_json)
    if not actors:
        click.echo("no actors found", err=True)


@command.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Read registers of your own (CSV or YAML), later FILES over earlier ones, and print every problem.

    Exit status 2 if there is any. Names that other actors have, too, are told but are no problem.
    """
    own = load_register()
    usable: tuple[Path, ...] = ()
    problems: list[str] = []
    for path in files:
        try:
            register = load_register((*usable, path))
        except ConfigError as e:
            problems += e.problems
            continue
        usable = (*usable, path)
        problems += [i.message for i in register.issues if i.origin == str(path)]
        changed = [a for a in register if own.get(a.id) != a]
        click.echo(f"{path}: {len(changed)} actors new or changed")
        for line in _shared(register, changed):
            click.echo(f"  {line}")
        own = register
    if problems:
        raise ConfigError(problems)


def _shared(register: Register, actors: Iterable[Actor]) -> Iterable[str]:
    """Names that mean others as well: which of them is taken first."""
    for a in actors:
        for name in dict.fromkeys((a.name, *a.aliases, *a.exact, *a.context)):
            others = register.candidates(name)
            if len(others) > 1:
                yield f"{name!r} can be {', '.join(others)}, in this order"


def _register(project: Path) -> Register:
    names = load(project / CONFIG_NAME).resolve.registers
    return load_register(tuple(project / n for n in names))


def _alike(name: str, a: Actor) -> bool:
    wanted = key(name)
    return bool(wanted) and any(wanted in key(n) for n in (a.name, *a.aliases, *a.exact, *a.context))


def _print(actors: list[Actor], as_json: bool) -> None:
    if as_json:
        echo_json([codec.plain(a) for a in actors])
        return
    names = ["; ".join(dict.fromkeys((*a.aliases, *a.exact, *a.context))) for a in actors]
    rows = [(a.id, a.name, a.kind, " ".join(a.countries), said) for a, said in zip(actors, names, strict=True)]
    echo_table(COLUMNS, rows)
