"""One writer per project: a lock that the system releases even when the process is killed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from dateline.errors import StoreError


@contextmanager
def only_writer(root: Path) -> Iterator[None]:
    """Hold the project's lock. Raises StoreError if another run holds it or the folder cannot be written."""
    path, note = root / ".lock", root / ".lock.pid"
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout as e:
        who = note.read_text(encoding="utf-8") if note.exists() else "unknown"
        raise StoreError(
            f"{root}: another run (process {who}) is working on this project; wait for it, or use another --project"
        ) from e
    except OSError as e:
        raise StoreError(f"{root}: the project directory cannot be written ({e.strerror or e})") from e
    try:
        note.write_text(str(os.getpid()), encoding="utf-8")
        yield
    except OSError as e:
        raise StoreError(f"{root}: {e.strerror or e}") from e
    finally:
        note.unlink(missing_ok=True)
        lock.release()
