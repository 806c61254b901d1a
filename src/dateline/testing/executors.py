"""The contract every executor must pass: results of a serial run, in the order of the tasks, taken lazily."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from dateline.errors import PluginError
from dateline.run.executors import Executor

MANY = 1000


def double(n: int) -> int:
    """The work: importable, so that every kind of worker can run it."""
    return 2 * n


def check_executor(executor: Executor) -> None:
    """Run small tasks. Raises PluginError with a sentence if order, number or laziness is wrong."""
    for size in (0, 1, 7):
        if list(executor.map(double, range(size))) != [2 * n for n in range(size)]:
            raise PluginError(f"executor {executor.name!r} gives other results, or another order, than a serial run")
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for n in range(MANY):
            taken.append(n)
            yield n

    results = executor.map(double, tasks())
    if list(islice(results, 2)) != [0, 2] or len(taken) == MANY:
        raise PluginError(f"executor {executor.name!r} reads all tasks before it gives the first result")
    if rest := getattr(results, "close", None):
        rest()
