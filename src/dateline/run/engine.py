"""A run: read inputs, process what is not done yet, load, link. Interrupted anywhere, it goes on where it was.

Work is cut into shards of items that the database does not have; each shard is written to disk by a worker
and then loaded by this process, the only writer. What a run produces depends on its inputs and settings
alone, not on the number of workers or on how often it was interrupted.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Engine, insert, select, update

from dateline import __version__
from dateline.config import Config
from dateline.errors import NOTES, EvidenceError, IssueCode, StoreError
from dateline.ingest.items import Hints, RawItem
from dateline.pipeline import load_resources
from dateline.records import Issue
from dateline.registry import make
from dateline.run.executors import Died, Executor
from dateline.run.garbage import collecting_seldom
from dateline.run.inputs import Inputs
from dateline.run.interrupt import Stop, stopping
from dateline.run.journal import Journal, Outcome
from dateline.run.linking import link_project
from dateline.run.lock import only_writer
from dateline.run.shards import ShardDone, ShardTask, died, journal_key, run_shard
from dateline.store import queries
from dateline.store import tables as t
from dateline.store.database import open_database, writing
from dateline.store.filters import CURRENT
from dateline.store.load import Loadable, forget_notes, load_issues, load_results

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What to read and what is known of it. `format` names a reader if files are not what they look like."""

    paths: tuple[str, ...] = ()
    overrides: Hints = field(default_factory=Hints)
    format: str | None = None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did. `counts` is what the project holds now; `issues` are this run's."""

    processed: int
    skipped: int
    reprocessed: int
    issues: tuple[Issue, ...]
    counts: dict[str, int]
    seconds: float
    linked: bool

    @property
    def faults(self) -> tuple[Issue, ...]:
        """The issues that tell of something that went wrong."""
        return tuple(i for i in self.issues if i.code not in NOTES)

    @property
    def passed_over(self) -> int:
        """How many of the reports triage passed over."""
        return sum(i.code is IssueCode.NOT_RELEVANT for i in self.issues)

    @property
    def reports_per_second(self) -> float:
        """Reports processed per second of this run, reading and linking included."""
        return (self.processed + self.reprocessed) / self.seconds if self.seconds else 0.0


class Progress(Protocol):
    """Hears how a run goes on."""

    def total(self, reports: int) -> None:
        """How many reports there are to process."""
        ...

    def advance(self, reports: int, statements: int) -> None:
        """So many more are in the database."""
        ...

    def stage(self, name: str) -> None:
        """A part of the run begins: reading, processing, linking."""
        ...


class Silent:
    """Progress for nobody."""

    def total(self, reports: int) -> None:
        """See Progress."""

    def advance(self, reports: int, statements: int) -> None:
        """See Progress."""

    def stage(self, name: str) -> None:
        """See Progress."""


@dataclass(slots=True)
class _Run:
    """One run under way."""

    root: Path
    config: Config
    engine: Engine
    journal: Journal
    fingerprint: str
    progress: Progress
    stop: Stop
    run_id: int = 0
    processed: int = 0
    skipped: int = 0
    reprocessed: int = 0
    issues: list[Issue] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.root / "dateline.db"


@collecting_seldom()
def execute(root: Path, config: Config, request: RunRequest, progress: Progress | None = None) -> RunSummary:
    """Run. Raises ConfigError or PluginError before any work, StoreError if the project cannot be written;
    after KeyboardInterrupt (Ctrl-C, between two steps) or a kill, the same call goes on where the last one stopped."""
    started = time.monotonic()
    resources = load_resources(config, root)
    fingerprint = resources.fingerprint
    executor: Executor = make("executors", config.run.executor, config.run.workers)
    with only_writer(root), stopping() as stop:
        run = _Run(
            root=root,
            config=config,
            engine=open_database(root / "dateline.db", write=True),
            journal=Journal(root / "runs" / fingerprint),
            fingerprint=fingerprint,
            progress=progress or Silent(),
            stop=stop,
            issues=list(resources.issues),
        )
        try:
            run.journal.make()
            _begin(run)
            linked = _work(run, executor, request)
            counts = _end(run, started)
        finally:
            run.engine.dispose()
    return RunSummary(
        processed=run.processed,
        skipped=run.skipped,
        reprocessed=run.reprocessed,
        issues=tuple(run.issues),
        counts=counts,
        seconds=time.monotonic() - started,
        linked=linked,
    )


def _begin(run: _Run) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    row = {"started_at": now, "status": "running", "version": __version__, "fingerprint": run.fingerprint}
    with writing(run.engine, run.database) as c:
        held = c.execute(insert(t.runs).values(**row, settings=asdict(run.config)))
        run.run_id = int((held.inserted_primary_key or (0,))[0])


def _end(run: _Run, started: float) -> dict[str, int]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with writing(run.engine, run.database) as c:
        counts = queries.counts(c)
        done = {**counts, "processed": run.processed, "seconds": round(time.monotonic() - started, 3)}
        c.execute(update(t.runs).where(t.runs.c.id == run.run_id).values(ended_at=now, status="done", counts=done))
    return counts


def _work(run: _Run, executor: Executor, request: RunRequest) -> bool:
    """All stages in order; whether incidents were linked anew."""
    _recover(run)
    run.progress.stage("reading")
    inputs = Inputs(run.root, run.config, request.paths, request.overrides, request.format)
    todo = sum(1 for _ in _new_items(run, inputs))
    run.issues.extend(inputs.issues)
    run.progress.total(todo + len(_stale(run)))
    run.progress.stage("processing")
    _process(run, executor, _item_tasks(run, inputs))
    before = run.processed
    _process(run, executor, _report_tasks(run))
    run.reprocessed, run.processed = run.processed - before, before
    with writing(run.engine, run.database) as c:
        load_issues(c, run.issues, run.run_id)
        forget_notes(c, run.fingerprint)
    run.stop.check()
    run.progress.stage("linking")
    with writing(run.engine, run.database) as c:
        return link_project(c, run.config)


def _recover(run: _Run) -> None:
    """Load what an interrupted run had finished; a damaged shard file is dropped and its items are done again."""
    for shard in run.journal.unloaded():
        try:
            _load(run, shard)
        except EvidenceError as e:
            run.journal.drop(shard)
            origin = str(run.journal.folder / f"{shard}.jsonl")
            message = f"damaged, its reports are processed again: {e}"
            run.issues.append(Issue(code=IssueCode.STAGE_FAILED, message=message, stage="load", origin=origin))
    run.processed = 0


def _new_items(run: _Run, inputs: Inputs) -> Iterator[RawItem]:
    """Items that are not in the database yet, each content once."""
    with run.engine.connect() as c:
        known = set(c.execute(select(t.items.c.key).where(t.items.c.current)).scalars())
    run.skipped = 0
    for item in inputs.items():
        run.stop.check()
        key = journal_key(item, run.config)
        if key in known:
            run.skipped += 1
        else:
            known.add(key)
            yield item


def _stale(run: _Run) -> list[str]:
    """Ids of current reports whose statements come from other code, lexicons, models or settings."""
    joined = t.reports.outerjoin(t.results, t.results.c.report_id == t.reports.c.id)
    other = t.results.c.fingerprint.is_distinct_from(run.fingerprint)
    with run.engine.connect() as c:
        query = select(t.reports.c.id).select_from(joined).where(CURRENT, other).order_by(t.reports.c.key)
        return list(c.execute(query).scalars())


def _task(run: _Run) -> ShardTask:
    return ShardTask(config=run.config, root=run.root, fingerprint=run.fingerprint)


def _item_tasks(run: _Run, inputs: Inputs) -> Iterator[ShardTask]:
    for chunk in _chunks(_new_items(run, inputs), run.config.run.shard_size):
        yield _planned(run, replace(_task(run), items=tuple(chunk)))


def _report_tasks(run: _Run) -> Iterator[ShardTask]:
    for ids in _chunks(_stale(run), run.config.run.shard_size):
        with run.engine.connect() as c:
            reports = tuple(queries.report(c, i) for i in ids)
        yield _planned(run, replace(_task(run), reports=reports))


def _planned(run: _Run, task: ShardTask) -> ShardTask:
    run.journal.plan(task.name, task.keys)
    return task


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    held = iter(items)
    while chunk := list(islice(held, size)):
        yield chunk


def _process(run: _Run, executor: Executor, tasks: Iterable[ShardTask]) -> None:
    """Run tasks and load each as it comes; a task that kills its worker is cut in two until one item is left."""
    for done in executor.map(run_shard, tasks):
        if isinstance(done, Died):
            _process_dead(run, executor, done.task)
        else:
            _finish(run, done)
        run.stop.check()


def _process_dead(run: _Run, executor: Executor, task: ShardTask) -> None:
    halves = list(task.halves())
    if halves:
        _process(run, executor, halves)
    else:
        run.journal.write(task.name, [died(task)])
        _load(run, task.name)


def _finish(run: _Run, done: ShardDone) -> None:
    if done.failed:
        raise StoreError(f"{done.failed}. What was finished is kept; run the same command again to go on")
    _load(run, done.name)


def _load(run: _Run, shard: str) -> None:
    """A shard file into the database, in one transaction."""
    outcomes = run.journal.read(shard)
    loadables = [
        Loadable(key=o.key, source_key=o.source_key, origin=o.origin, raw_sha256=o.raw_sha256, result=o.result)
        for o in outcomes
        if o.result is not None
    ]
    issues = [_placed(i, o) for o in outcomes for i in (*o.issues, *(o.result.issues if o.result else ()))]
    with writing(run.engine, run.database) as c:
        load_results(c, loadables, run.fingerprint)
        load_issues(c, issues, run.run_id)
    run.journal.mark_loaded(shard)
    run.issues.extend(issues)
    run.processed += len(loadables)
    run.progress.advance(len(outcomes), sum(len(x.result.statements) for x in loadables))


def _placed(issue: Issue, outcome: Outcome) -> Issue:
    """An issue of a report names the file the report came from."""
    return issue if issue.origin else replace(issue, origin=outcome.origin or None)
