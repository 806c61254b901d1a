"""`dateline export`: a project as a file."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from dateline.cli.options import project_option
from dateline.errors import StoreError
from dateline.export.base import LossReport
from dateline.project import Project
from dateline.registry import plugins


@click.command("export", epilog="Formats: " + ", ".join(n.rsplit(".", 1)[0] for n in plugins("exporters")))
@click.argument("format_", metavar="FORMAT")
@project_option
@click.option("--output", "-o", default="-", show_default=True, help="File to write; - is standard output.")
def command(format_: str, project: Path, output: str) -> None:
    """Write the project in FORMAT. What the format cannot hold is counted on standard error."""
    with Project(project) as p:
        loss = _to_stdout(p, format_) if output == "-" else _to_file(p, format_, Path(output))
    for sentence in loss.sentences():
        click.echo(sentence, err=True)


def _to_stdout(p: Project, name: str) -> LossReport:
    return p.export(name, sys.stdout.buffer)


def _to_file(p: Project, name: str, path: Path) -> LossReport:
    """Write whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as out:
            loss = p.export(name, out)
        temporary.replace(path)
    except OSError as e:
        raise StoreError(f"{path}: cannot be written: {e.strerror or e}") from e
    finally:
        temporary.unlink(missing_ok=True)
    return loss
