"""Executors: run a function over tasks, results in the order of the tasks. Nothing here changes a result.

An executor yields, for each task in order, what the function returned, or `Died` if the task killed its
worker process. The function must be importable (a module-level function) and must not raise for bad input.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import connection
from typing import Any, Protocol

from dateline.run.garbage import collect_seldom


@dataclass(frozen=True, slots=True)
class Died:
    """The worker process ended while it ran this task (killed, out of memory, crashed in a C library)."""

    task: Any


class Executor(Protocol):
    """How tasks are run."""

    name: str

    def map(self, fn: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        """Results (or `Died`) in the order of the tasks; tasks are taken as they are needed."""
        ...


class SerialExecutor:
    """In this process, one after the other."""

    name = "serial.v1"

    def __init__(self, workers: int = 1) -> None:
        self.workers = 1

    def map(self, fn: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        """See Executor.map."""
        return map(fn, tasks)


def _begin_worker() -> None:
    """Ctrl-C reaches the whole process group; only the parent decides what it means. A worker ends with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(parent.sentinel,), name="end-with-parent", daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process when its parent is gone: one that waits for a task holds both ends of the pipe that tasks come
    through, so it would wait for ever for those of a parent that was killed."""
    connection.wait([sentinel])
    os._exit(1)


class LocalExecutor:
    """A pool of processes on this machine; one worker means no pool at all.

    At most twice as many tasks as workers are in flight, so that input is read as fast as it is used.
    """

    name = "local.v1"

    def __init__(self, workers: int = 1) -> None:
        self.workers = workers

    def map(self, fn: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        """See Executor.map."""
        if self.workers == 1:
            yield from map(fn, tasks)
            return
        waiting = iter(tasks)
        flying: deque[tuple[Any, Future[Any]]] = deque()
        pool = self._pool(self.workers)
        try:
            while True:
                for task in waiting:
                    flying.append((task, _submitted(pool, fn, task)))
                    if len(flying) >= 2 * self.workers:
                        break
                if not flying:
                    return
                task, future = flying[0]
                try:
                    result = future.result()
                except BrokenProcessPool:
                    # any task in flight may be the one that killed the worker: run each alone to find out
                    pool.shutdown(wait=False, cancel_futures=True)
                    for suspect, _ in flying:
                        yield self._alone(fn, suspect)
                    flying.clear()
                    pool = self._pool(self.workers)
                    continue
                flying.popleft()
                yield result
        finally:
            _stop(pool)

    def _alone(self, fn: Callable[[Any], Any], task: Any) -> Any:
        pool = self._pool(1)
        try:
            return pool.submit(fn, task).result()
        except BrokenProcessPool:
            return Died(task)
        finally:
            _stop(pool)

    def _pool(self, workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker)


def _submitted(pool: ProcessPoolExecutor, fn: Callable[[Any], Any], task: Any) -> Future[Any]:
    """The task's future; one that has failed if the pool broke since the last result was taken."""
    try:
        return pool.submit(fn, task)
    except BrokenProcessPool as e:
        failed: Future[Any] = Future()
        failed.set_exception(e)
        return failed


def _stop(pool: ProcessPoolExecutor) -> None:
    """End a pool without waiting for tasks nobody will read; shard files are written whole or not at all."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for p in processes:
        with contextlib.suppress(OSError, ValueError):
            p.terminate()
