"""One shard: some raw items to parse and process, or stored reports to process again. Runs in a worker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from dateline.config import Config
from dateline.errors import InputError, IssueCode, PluginError
from dateline.ingest.items import RawItem
from dateline.ingest.parse import parse
from dateline.pipeline import Resources, load_resources, process_one
from dateline.records import Issue, Report, digest
from dateline.run.journal import Journal, Outcome


@dataclass(frozen=True, slots=True)
class ShardTask:
    """What a worker needs: settings, the project's root, where to write, and the items or reports."""

    config: Config
    root: Path
    fingerprint: str
    items: tuple[RawItem, ...] = ()
    reports: tuple[Report, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The journal keys of its items, or the ids of its reports."""
        return (*(journal_key(i, self.config) for i in self.items), *(r.id for r in self.reports))

    @property
    def name(self) -> str:
        """Content hash of what it will do."""
        return digest(self.fingerprint, self.keys)

    @property
    def folder(self) -> Path:
        """Where its shard file goes."""
        return self.root / "runs" / self.fingerprint

    def halves(self) -> Iterator[ShardTask]:
        """The same work as two smaller tasks; nothing if there is only one item."""
        for field in ("items", "reports"):
            held = getattr(self, field)
            if len(held) > 1:
                middle = len(held) // 2
                yield replace(self, **{field: held[:middle]})
                yield replace(self, **{field: held[middle:]})


@dataclass(frozen=True, slots=True)
class ShardDone:
    """A shard that is on disk, or the reason why it could not be written."""

    name: str
    failed: str | None = None


def journal_key(item: RawItem, config: Config) -> str:
    """An item's key together with the settings its parsing depends on."""
    ingest = config.ingest
    return "k_" + digest(item.key, ingest.day_first, ingest.max_report_bytes, ingest.max_report_chars)


def run_shard(task: ShardTask) -> ShardDone:
    """Parse and process every item and write the shard. Only the disk can fail it, or an installation that lacks
    a library (PluginError)."""
    resources = load_resources(task.config, task.root)
    outcomes = [_item(i, task.config, resources) for i in task.items]
    outcomes += [_report(r, resources) for r in task.reports]
    try:
        Journal(task.folder).write(task.name, outcomes)
    except OSError as e:
        return ShardDone(task.name, f"{task.folder}: {e.strerror or e}")
    return ShardDone(task.name)


def _item(item: RawItem, config: Config, resources: Resources) -> Outcome:
    blank = Outcome(
        key=journal_key(item, config), source_key=item.source_key, origin=item.origin, raw_sha256=item.raw_sha256
    )
    try:
        report, issues = parse(item, config.ingest)
    except InputError as e:
        return replace(blank, issues=(Issue(code=e.code, message=str(e), stage="parse", origin=item.origin),))
    except PluginError:
        raise
    except Exception as e:  # law 7: a parser that fails in a way nobody foresaw costs one item, not the run
        message = f"{item.origin}: {type(e).__name__}: {e}"
        issue = Issue(code=IssueCode.STAGE_FAILED, message=message, stage="parse", origin=item.origin)
        return replace(blank, issues=(issue,))
    return replace(blank, result=process_one(report, resources), issues=issues)


def _report(report: Report, resources: Resources) -> Outcome:
    return Outcome(key="", source_key="", origin="", raw_sha256="", result=process_one(report, resources))


def died(task: ShardTask) -> Outcome:
    """The outcome of a single item that killed its worker."""
    item = task.items[0] if task.items else None
    issue = Issue(
        code=IssueCode.STAGE_FAILED,
        message="the worker process ended while reading this item (out of memory, or a crash in a library)",
        stage="parse" if item else "process",
        origin=item.origin if item else None,
        report_id=task.reports[0].id if task.reports else None,
    )
    key, source = (journal_key(item, task.config), item.source_key) if item else ("", "")
    return Outcome(
        key=key,
        source_key=source,
        origin=item.origin if item else "",
        raw_sha256=item.raw_sha256 if item else "",
        issues=(issue,),
    )
