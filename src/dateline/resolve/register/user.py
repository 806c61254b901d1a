"""Registers of the user's own: CSV or YAML files whose rows add actors or change known ones."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from dateline.errors import ConfigError, IssueCode
from dateline.records import Issue
from dateline.resolve.register.files import Row, read_rows
from dateline.resolve.register.model import Actor
from dateline.resolve.register.rows import BadRow, actor

_NAMES = ("aliases", "exact", "context")


def read(path: Path, known: Mapping[str, Actor]) -> tuple[tuple[Actor, ...], tuple[Issue, ...], str]:
    """Actors of one file, an issue for every row that was skipped, and the file's hash.

    A row whose id is known changes the fields it gives and adds its names. Raises ConfigError naming the file,
    each line and the reason if the file cannot be read or not one of its rows can be used.
    """
    raw, rows = read_rows(path)
    made, wrong = _actors(rows, known)
    problems = [f"register {path}, line {line}: {why}" for line, why in wrong]
    if problems and not made:
        raise ConfigError(problems)
    issues = tuple(
        Issue(code=IssueCode.BAD_REGISTER_ROW, message=p, stage="register", origin=str(path)) for p in problems
    )
    return made, issues, hashlib.sha256(raw).hexdigest()


def _actors(rows: list[Row], known: Mapping[str, Actor]) -> tuple[tuple[Actor, ...], list[tuple[int, str]]]:
    """Actors in the order of the file, and line and reason of the rows that cannot be used."""
    made: dict[str, tuple[int, Actor]] = {}
    wrong: list[tuple[int, str]] = []
    for line, row in rows:
        try:
            new = _actor(row, known)
            if new.id in made:
                raise BadRow(f"id {new.id} stands twice in this file, first in line {made[new.id][0]}")
            made[new.id] = line, new
        except BadRow as e:
            wrong.append((line, str(e)))
    while lost := [a for _, a in made.values() if a.part_of and a.part_of not in made and a.part_of not in known]:
        wrong += [(made.pop(a.id)[0], f"part_of: the register has no id {a.part_of}") for a in lost]
    return tuple(a for _, a in made.values()), sorted(wrong, key=lambda w: w[0])


def _actor(row: Any, known: Mapping[str, Actor]) -> Actor:
    if isinstance(row, BadRow):
        raise row
    if not isinstance(row, Mapping):
        raise BadRow(f"must be a mapping of fields, not {row!r}")
    old = known.get(str(row.get("id")))
    if old is None:
        made = actor(row)
        return replace(made, group=made.group or made.name)
    held = _as_row(old)
    changed = actor({**held, **{k: v for k, v in row.items() if v not in (None, "")}})
    own = (old.name,) if changed.name != old.name else ()
    return replace(
        changed,
        aliases=_joined(own, old.aliases, changed.aliases),
        exact=_joined(old.exact, changed.exact),
        context=_joined(old.context, changed.context),
    )


def _joined(*parts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in parts for name in part))


def _as_row(old: Actor) -> dict[str, Any]:
    """An actor in the fields of a file, without its names (they are added, not replaced)."""
    row = {k: v for k, v in asdict(old).items() if k not in (*_NAMES, "countries", "members", "start", "end")}
    members = [f"{m.member} {m.start or ''}-{m.end or ''}" if m.start else m.member for m in old.members]
    row |= {"country": list(old.countries), "members": members, "from": old.start, "to": old.end}
    row["source"] = str(old.source) if old.source else None
    return row
