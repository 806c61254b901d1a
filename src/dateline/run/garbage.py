"""How often Python looks for garbage in cycles while a run goes on.

Reading a report makes tens of thousands of small records and keeps few; at Python's own setting the collector walks
through the gazetteer's and the register's names again and again, a tenth of a run's time.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLDS = (30_000, 10, 10)
"""New containers before a collection of the youngest: those of one or two reports. Three times as many take 12 MB
more and are no faster."""


def collect_seldom() -> None:
    """Set it for the rest of this process, which is one of ours."""
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Set it for a while in a process that may be somebody else's, then as it was."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
