"""The boundary around other people's parsers: whatever they do on hostile bytes becomes an InputError.

Format libraries raise anything (their own trees, KeyError, RecursionError) and may run for ever. Readers
and parsers enter them through `guarded`; `time_limit` ends them. This is the only module of ingest that
catches every Exception.
"""

from __future__ import annotations

import logging
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from dateline.errors import DatelineError, InputError, IssueCode, PluginError

_LIBRARIES = ("trafilatura", "htmldate", "pypdf", "warcio", "charset_normalizer")


class _OutOfTimeError(BaseException):
    """Not an Exception, so that a library's own `except Exception` cannot swallow it."""


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _OutOfTimeError


@contextmanager
def time_limit(seconds: float, origin: str) -> Iterator[None]:
    """Raise InputError (TIMEOUT) if the block runs longer than `seconds`; 0 sets no limit.

    Uses the process's interval timer, so it holds in the main thread only (a worker process, the command
    line); elsewhere, and on Windows, the limits on size and depth stand alone. Costs two system calls.
    """
    if seconds <= 0 or sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        yield
    except _OutOfTimeError:
        message = f"{origin}: parsing took longer than {seconds:g} s and was stopped"
        raise InputError(IssueCode.TIMEOUT, f"{message}; raise [ingest] parse_timeout to allow more") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def bounded(kind: str, origin: str, code: IssueCode = IssueCode.MALFORMED) -> Iterator[None]:
    """Any failure inside becomes InputError(`code`) naming the origin, the format and the reason.

    Dateline's own errors pass through unchanged; a library that is missing is a PluginError and stops the run.
    """
    try:
        yield
    except DatelineError:
        raise
    except ImportError as e:
        # no fault of the input: the installation lacks a library, and every file would fail alike
        raise PluginError(f"{kind} cannot be read with this installation: {e}") from e
    except Exception as e:
        reason = " ".join(str(e).split())[:300] or type(e).__name__
        raise InputError(code, f"{origin}: cannot be read as {kind}: {reason}") from e


@contextmanager
def guarded(kind: str, origin: str, code: IssueCode = IssueCode.MALFORMED) -> Iterator[None]:
    """`bounded`, and the library's warnings stay silent. Not for a block that yields: filters are process-wide."""
    for name in _LIBRARIES:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    with warnings.catch_warnings(), bounded(kind, origin, code):
        warnings.simplefilter("ignore")
        yield
