"""Executors give the same results in the same order, and survive workers that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import PluginError
from dateline.registry import make, plugins
from dateline.run.executors import Died, Executor, LocalExecutor, SerialExecutor, _submitted
from dateline.testing.executors import check_executor


def square(n: int) -> int:
    return n * n


def slow_first(n: int) -> int:
    time.sleep(0.2 if n == 0 else 0)
    return n


def kill_on_three(n: int) -> int:
    if n == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return n


@pytest.mark.parametrize("executor", [SerialExecutor(), LocalExecutor(1), LocalExecutor(2)])
def test_results_come_in_the_order_of_the_tasks(executor: Executor) -> None:
    assert list(executor.map(square, range(9))) == [n * n for n in range(9)]
    assert list(executor.map(slow_first, range(5))) == list(range(5))
    assert list(executor.map(square, [])) == []


class Hasty(SerialExecutor):
    """Reads everything first."""

    def map(self, fn: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        return iter([fn(t) for t in list(tasks)])


class Backwards(SerialExecutor):
    """Gives the last result first."""

    def map(self, fn: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        return iter([fn(t) for t in reversed(list(tasks))])


@pytest.mark.parametrize("name", plugins("executors"))
def test_every_executor_keeps_the_contract(name: str) -> None:
    check_executor(make("executors", name, 2))


@pytest.mark.parametrize("executor", [Hasty(), Backwards()])
def test_the_contract_can_be_broken(executor: Executor) -> None:
    with pytest.raises(PluginError):
        check_executor(executor)


def test_a_task_that_kills_its_worker_is_named_and_the_others_are_done() -> None:
    results = list(LocalExecutor(2).map(kill_on_three, range(8)))
    assert results == [0, 1, 2, Died(3), 4, 5, 6, 7]


def test_a_pool_found_broken_gives_a_failed_future(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise BrokenProcessPool("a worker died")

    monkeypatch.setattr(ProcessPoolExecutor, "submit", broken)
    with ProcessPoolExecutor(1) as pool, pytest.raises(BrokenProcessPool, match="a worker died"):
        _submitted(pool, len, ()).result()


ORPHANED = """
import os, signal, sys, time
from dateline.run.executors import LocalExecutor
def work(n):
    if n == 3:
        time.sleep(600)
    return os.getpid()
if __name__ == "__main__":
    found = LocalExecutor(2).map(work, range(4))
    print(*{next(found) for _ in range(3)}, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    """One is busy and one waits for a task; both hold the pipe that is read here until they end."""
    (tmp_path / "run.py").write_text(ORPHANED)
    killed = subprocess.run([sys.executable, str(tmp_path / "run.py")], stdout=subprocess.PIPE, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert killed.stdout.split()  # and it was read to its end
