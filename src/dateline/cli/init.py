"""`dateline init`: a project directory with its settings file."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import click

from dateline.cli.options import project_option
from dateline.config import Config
from dateline.errors import StoreError
from dateline.project import CONFIG_NAME, Project


@click.command("init")
@project_option
def command(project: Path) -> None:
    """Make a project directory with a dateline.toml that lists every setting and its default."""
    Project(project, create=True).close()
    path = project / CONFIG_NAME
    if path.exists():
        click.echo(f"{path} exists and is left as it is")
        return
    try:
        path.write_text(default_settings(), encoding="utf-8")
    except OSError as e:
        raise StoreError(f"{path}: cannot be written: {e.strerror}") from e
    click.echo(f"{project} is ready; settings are in {path}")


def default_settings() -> str:
    """Every setting with its default, commented out."""
    lines = ["# Dateline settings. Every line shows a default; remove the # to change it (docs/configuration.md)."]
    for section in fields(Config):
        lines += ["", f"[{section.name}]"]
        held = getattr(Config(), section.name)
        lines += [f"# {f.name} = {toml(getattr(held, f.name))}" for f in fields(held)]
    return "\n".join(lines) + "\n"


def toml(value: object) -> str:
    """A setting's value as TOML has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return "[" + ", ".join(toml(v) for v in value) + "]"
    return "{}" if isinstance(value, dict) else str(value)
