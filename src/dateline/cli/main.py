"""The command line. Commands are loaded when they are asked for, so that `dateline --help` is quick."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from dateline import __version__
from dateline.errors import DatelineError

COMMANDS = {
    "run": ("dateline.cli.run", "Read reports into a project: statements, incidents, issues."),
    "init": ("dateline.cli.init", "Make a project directory with its settings file."),
    "list": ("dateline.cli.list", "List reports, statements, incidents or issues, with filters."),
    "show": ("dateline.cli.show", "Show one report, statement or incident."),
    "search": ("dateline.cli.search", "Find reports by words in their title or text."),
    "explain": ("dateline.cli.explain", "Say why the values of a statement or incident are what they are."),
    "link": ("dateline.cli.link", "Say which incidents are one and which are not."),
    "grade": ("dateline.cli.grade", "Grade incidents, statements and voices; show the worksheet."),
    "export": ("dateline.cli.export", "Write a project to a file."),
    "serve": ("dateline.cli.serve", "Open the review desk."),
    "evaluate": ("dateline.cli.evaluate", "Score statements against gold ones, field by field."),
    "gazetteer": ("dateline.cli.gazetteer", "Import and look up places."),
    "register": ("dateline.cli.register", "Look up and check actors."),
    "plugins": ("dateline.cli.plugins", "List readers, extractors, exporters and the rest."),
    "db": ("dateline.cli.db", "Look after a project's database."),
}


class Lazy(click.Group):
    """A group whose commands live in modules of their own, each as `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dateline")
def cli() -> None:
    """Read news reports of conflict and politics; keep who said what, in what words and how surely.

    Exit status: 0 done; 1 done, but some inputs could not be read; 2 wrong usage or settings; 3 the project
    cannot be used; 4 nothing has that id; 130 interrupted (run again to go on).
    """


def main() -> None:
    """Run the command line; every foreseen error is one plain message and an exit status."""
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("interrupted; run the same command again to go on", err=True)
        sys.exit(130)
    except KeyboardInterrupt:
        click.echo("interrupted; run the same command again to go on", err=True)
        sys.exit(130)
    except click.ClickException as e:
        e.show()
        sys.exit(e.exit_code)
    except click.exceptions.Exit as e:
        sys.exit(e.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except DatelineError as e:
        click.echo(f"dateline: {e}", err=True)
        sys.exit(e.exit_code)
