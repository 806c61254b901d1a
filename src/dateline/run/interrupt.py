"""Stopping on request: the first signal stops a run between two steps, a second one at once.

An interrupt raised wherever the program happens to be can be lost in a library's clean-up code, or end it with
a traceback. A flag that the run looks at is neither.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)
_NOTE = b"\nstopping after this step; press Ctrl-C again to stop at once\n"


class Stop:
    """Whether somebody asked to stop."""

    def __init__(self) -> None:
        self.asked = False

    def check(self) -> None:
        """Raise KeyboardInterrupt if so."""
        if self.asked:
            raise KeyboardInterrupt


@contextmanager
def stopping() -> Iterator[Stop]:
    """Turn SIGINT and SIGTERM into a request to stop while inside. Elsewhere than in the main thread signals
    cannot be heard, and nothing changes."""
    stop = Stop()

    def hear(_signal: int, _frame: FrameType | None) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = True
        os.write(2, _NOTE)

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {s: signal.signal(s, hear) for s in SIGNALS}
    try:
        yield stop
    finally:
        for s, handler in before.items():
            signal.signal(s, handler)
