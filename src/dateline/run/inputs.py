"""A run's inputs: opened once, their raw bytes kept, their items read as often as needed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dateline.config import Config
from dateline.errors import StoreError
from dateline.ingest.items import Hints, RawItem, ReadOptions
from dateline.ingest.read import Opened, read_inputs
from dateline.records import Issue


def blob_path(root: Path, sha256: str) -> Path:
    """Where a project keeps the raw bytes with this hash."""
    return root / "blobs" / sha256[:2] / sha256


def keep(root: Path, source: Path, sha256: str) -> Path:
    """Copy a file to the blobs, whole or not at all; what is there is not written again. Raises StoreError."""
    blob = blob_path(root, sha256)
    if blob.exists():
        return blob
    temporary = blob.with_name(f".{sha256}.{os.getpid()}")
    try:
        blob.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, temporary)
        temporary.chmod(0o444)
        temporary.replace(blob)
    except OSError as e:
        raise StoreError(f"{blob}: the raw file cannot be kept: {e.strerror or e}") from e
    finally:
        temporary.unlink(missing_ok=True)
    return blob


class Inputs:
    """The files a run was given. `issues` holds what went wrong with files and records, each once."""

    def __init__(
        self, root: Path, config: Config, paths: tuple[str, ...], overrides: Hints, reader: str | None
    ) -> None:
        self.issues: list[Issue] = []
        self._opened: list[Opened] = []
        options = ReadOptions(columns=config.ingest.columns, max_bytes=config.ingest.max_report_bytes)
        for found in read_inputs(paths, options, overrides, reader=reader):
            if isinstance(found, Issue):
                self.issues.append(found)
            elif config.ingest.keep_raw or not Path(found.origin).is_file():
                # what came through a pipe cannot be read twice, so it is kept whatever the setting
                self._opened.append(replace(found, path=keep(root, found.path, found.sha256)))
            else:
                self._opened.append(found)
        self._heard = False

    def items(self) -> Iterator[RawItem]:
        """All items in order, streamed; the first time through, issues are noted."""
        hear, self._heard = not self._heard, True
        for opened in self._opened:
            for found in opened.items():
                if isinstance(found, RawItem):
                    yield found
                elif hear:
                    self.issues.append(found)
