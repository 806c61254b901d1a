"""`dateline plugins`: what is registered, and by which distribution."""

from __future__ import annotations

import click

from dateline.cli.options import echo_json, echo_table, json_option
from dateline.registry import KINDS, plugins


@click.command("plugins")
@json_option
@click.option("--check", is_flag=True, help="Import each and say which fail.")
def command(as_json: bool, check: bool) -> None:
    """List readers, languages, extractors, gazetteers, exporters and executors, built in and installed."""
    held = [p for kind in KINDS for p in plugins(kind).values()]
    if check:
        for p in held:
            p.load()
        click.echo(f"{len(held)} plugins can be imported", err=True)
    if as_json:
        echo_json([{"kind": p.kind, "name": p.name, "from": p.origin, "target": p.target} for p in held])
    else:
        echo_table(("kind", "name", "from", "target"), [(p.kind, p.name, p.origin, p.target) for p in held])
