"""What linking remembers of a report, as bytes: its happenings as they are compared, its links, and scores.

Written in JSON and checked when read, as all records are; a project may come from somebody else.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any, get_type_hints

from dateline import codec
from dateline.errors import EvidenceError
from dateline.incidents.features import Features
from dateline.incidents.groups import Group, Told
from dateline.incidents.story import Story
from dateline.records import Link

NO_STORY = Story({}, (), frozenset(), 0, 0, True, True)
Name = tuple[str, int]
"""Of a group: the id of its report, and its place there."""
Pair = tuple[Group, Group]
_Scores = dict[str, list[tuple[int, int, float | None]]]
"""Another report → places of groups, here and there, and how alike they are; None: they must not be one."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A report's story once, and of each happening the whole and its parts, none where the whole is the only one."""

    story: Story
    groups: tuple[tuple[Features, tuple[Features, ...]], ...]
    links: tuple[Link, ...]


def _sets(kind: type) -> tuple[str, ...]:
    """The fields of a record that hold sets of words, which come in any order."""
    held = get_type_hints(kind)
    return tuple(name for name, form in held.items() if form == frozenset[str])


_OF_FEATURES, _OF_STORY = _sets(Features), _sets(Story)


def dump(told: Told) -> bytes:
    """A report as it was told; `load` gives it back. The same report gives the same bytes."""
    story = told.groups[0].whole.story if told.groups else NO_STORY
    groups = tuple((_bare(g.whole), tuple(map(_bare, g.parts)) if g.parts != (g.whole,) else ()) for g in told.groups)
    held = codec.plain(_Kept(story, groups, told.links))
    held["story"] |= {name: sorted(held["story"][name]) for name in _OF_STORY}
    for whole, parts in held["groups"]:
        for f in (whole, *parts):
            f |= {name: sorted(f[name]) for name in _OF_FEATURES}
    return _packed(held)


def _bare(f: Features) -> Features:
    return replace(f, story=NO_STORY)


def load(data: bytes) -> Told:
    """A report from bytes. Raises EvidenceError if they hold none."""
    kept = codec.load(_Kept, _unpacked(data))

    def group(whole: Features, parts: tuple[Features, ...]) -> Group:
        first = replace(whole, story=kept.story)
        return Group(first, tuple(replace(p, story=kept.story) for p in parts) or (first,))

    return Told(tuple(group(*g) for g in kept.groups), kept.links)


def dump_scores(scores: Iterable[tuple[int, Name, float]]) -> bytes:
    """The scores of a report's happenings: the place of one, the name of another, and how alike they are."""
    held: _Scores = {}
    for own, (report, other), score in sorted(scores):
        held.setdefault(report, []).append((own, other, None if score == -inf else score))
    return _packed(held)


def load_scores(report: str, data: bytes, groups: Mapping[Name, Group]) -> dict[Pair, float]:
    """The scores of a report, of the groups that there still are. Raises EvidenceError."""
    held = codec.load(_Scores, _unpacked(data))
    out: dict[Pair, float] = {}
    for other_report, rows in held.items():
        for own, other, score in rows:
            x, y = groups.get((report, own)), groups.get((other_report, other))
            if x and y:
                out[in_order(x, y)] = -inf if score is None else score
    return out


def in_order(x: Group, y: Group) -> Pair:
    """Two groups in order of publication, as linking compares them."""
    return (x, y) if x.whole.item.order <= y.whole.item.order else (y, x)


def _packed(held: Any) -> bytes:
    return zlib.compress(json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error as e:
        raise EvidenceError(f"what linking remembers cannot be read: {e}") from e
