"""Executors give the same results in the same order, and survive workers that die."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Generator, Iterator

import pytest

from dateline.run.executors import Died, Executor, LocalExecutor, SerialExecutor


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


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for n in range(100):
            taken.append(n)
            yield n

    results = LocalExecutor(2).map(square, tasks())
    assert isinstance(results, Generator)
    next(results)
    assert len(taken) <= 6
    results.close()


def test_a_task_that_kills_its_worker_is_named_and_the_others_are_done() -> None:
    results = list(LocalExecutor(2).map(kill_on_three, range(8)))
    assert results == [0, 1, 2, Died(3), 4, 5, 6, 7]
