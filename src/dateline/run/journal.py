"""The journal of a run: shard files written once, marked done by the digest of their bytes.

`runs/<fingerprint>/` holds plan.jsonl (a line per shard with the keys of its items), `<shard>.jsonl` (an
Outcome per line), `<shard>.done` (SHA-256 of that file) and `<shard>.loaded` (it is in the database). A
shard is done iff its marker matches its bytes, so a killed run leaves nothing half-finished behind.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline import codec
from dateline.errors import EvidenceError
from dateline.records import Issue, ReportResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one item: a result, or issues that say why there is none."""

    key: str
    source_key: str
    origin: str
    raw_sha256: str
    result: ReportResult | None = None
    issues: tuple[Issue, ...] = ()


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole: to a temporary name, to the disk, then under its own name."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


class Journal:
    """The shard files of one fingerprint."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self) -> None:
        """Make the folder. Raises OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)

    def plan(self, shard: str, keys: Sequence[str]) -> None:
        """Note a shard and its items' keys."""
        with (self.folder / "plan.jsonl").open("a", encoding="utf-8") as f:
            f.write(json.dumps({"shard": shard, "items": list(keys)}) + "\n")

    def write(self, shard: str, outcomes: Sequence[Outcome]) -> None:
        """Write a shard and mark it done. Raises OSError (a full disk, say); then nothing of it is left."""
        data = b"".join(codec.dump(o) + b"\n" for o in outcomes)
        write_file(self.folder / f"{shard}.jsonl", data)
        write_file(self.folder / f"{shard}.done", hashlib.sha256(data).hexdigest().encode())

    def read(self, shard: str) -> list[Outcome]:
        """The outcomes of a shard that is done; every record is checked again. Raises EvidenceError if damaged."""
        data = (self.folder / f"{shard}.jsonl").read_bytes()
        if hashlib.sha256(data).hexdigest() != (self.folder / f"{shard}.done").read_text():
            raise EvidenceError(f"{self.folder / shard}.jsonl is not what was written")
        return [codec.load(Outcome, line) for line in data.splitlines()]

    def mark_loaded(self, shard: str) -> None:
        """Note that a shard is in the database."""
        (self.folder / f"{shard}.loaded").touch()

    def drop(self, shard: str) -> None:
        """Forget a shard, so that its items are done again."""
        (self.folder / f"{shard}.done").unlink(missing_ok=True)

    def unloaded(self) -> Iterator[str]:
        """Shards that are done and not in the database yet, by name."""
        for marker in sorted(self.folder.glob("*.done")):
            if not marker.with_suffix(".loaded").exists():
                yield marker.stem
