"""`dateline serve`: the review desk in a browser."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from dateline.cli.options import project_option
from dateline.project import Project


@click.command("serve")
@project_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; this machine only.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8765, show_default=True, help="The next free one if taken."
)
@click.option("--open/--no-open", "open_browser", default=True, show_default=True, help="Open it in the browser.")
def command(project: Path, host: str, port: int, open_browser: bool) -> None:
    """Open the review desk: read incidents, reports and statements with their evidence. Stop with Ctrl-C."""
    from dateline.web.app import serve

    with Project(project) as p:
        p.counts()
        serve(p, host, port, open_browser, announce, token=secrets.token_urlsafe())


def announce(address: str) -> None:
    """Say where the desk is."""
    click.echo(f"The desk is at {address} (Ctrl-C stops it)")
