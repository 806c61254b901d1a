"""`python -m benchmarks.public NAME --data ../shared`: the product over the development texts of a public benchmark.

A command is the `command` of a module of this package, where it has one.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import click

import benchmarks.public


@click.group(help=(__doc__ or "").split("\n\n")[0])
def main() -> None:
    """Measure the product by public benchmarks."""


for found in iter_modules(benchmarks.public.__path__):
    if not found.name.startswith("_"):
        command = getattr(import_module(f"benchmarks.public.{found.name}"), "command", None)
        if command:
            main.add_command(command)

if __name__ == "__main__":
    main(prog_name="python -m benchmarks.public")
