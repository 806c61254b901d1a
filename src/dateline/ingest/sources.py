"""Paths as people give them → the files to read, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.errors import IssueCode
from dateline.ingest.items import Found
from dateline.records import Issue

STDIN = "-"


def expand(paths: Sequence[str | Path]) -> Iterator[Found | Issue]:
    """Files in the order given; a folder's and a glob's sorted by path; each file once, "-" is standard input.

    Folders are read with all below them, without hidden files; links are followed, loops are not. What is
    missing or cannot be read is an Issue that names it.
    """
    seen: set[str] = set()
    for given in paths:
        for found in _expand_one(str(given)):
            if isinstance(found, Issue):
                yield found
                continue
            real = STDIN if found[0] is None else os.path.realpath(found[0])
            if real not in seen:
                seen.add(real)
                yield found


def _expand_one(given: str) -> Iterator[Found | Issue]:
    if given == STDIN:
        yield None, "stdin"
    elif not os.path.lexists(given) and set(given) & set("*?["):
        hits = _matching(Path(given))
        if not hits:
            yield _issue(IssueCode.MISSING_FILE, given, "no file matches this pattern")
        for hit in hits:
            yield from _path(hit)
    else:
        yield from _path(Path(given), named=True)


def _matching(pattern: Path) -> list[Path]:
    """What a pattern ("**" for any depth) matches, sorted, without hidden names that it does not spell out."""
    anchor = Path(pattern.anchor)
    hits = anchor.glob(str(pattern.relative_to(anchor)))
    spelt = set(pattern.parts)
    return sorted(h for h in hits if not any(p.startswith(".") and p not in spelt for p in h.parts))


def _path(path: Path, named: bool = False) -> Iterator[Found | Issue]:
    """A file, or all files below a folder. A pipe is read only if it was named itself."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield _issue(IssueCode.MISSING_FILE, str(path), "there is no such file")
        return
    except (OSError, ValueError) as e:
        yield _issue(IssueCode.UNREADABLE, str(path), str(getattr(e, "strerror", None) or e))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, frozenset())
    elif stat.S_ISREG(mode) or (named and stat.S_ISFIFO(mode)):
        yield path, str(path)
    else:
        yield _issue(IssueCode.UNREADABLE, str(path), "not a regular file")


def _folder(folder: Path, above: frozenset[str]) -> Iterator[Found | Issue]:
    """Files below a folder, by name; `above` holds the real paths of the folders it is in."""
    real = os.path.realpath(folder)
    if real in above:
        return
    try:
        paths = sorted(folder.iterdir())
    except OSError as e:
        yield _issue(IssueCode.UNREADABLE, str(folder), e.strerror or str(e))
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _folder(path, above | {real})
        else:
            yield from _path(path)


def _issue(code: IssueCode, origin: str, reason: str) -> Issue:
    return Issue(code=code, message=f"{origin}: {reason}", stage="read", origin=origin)
