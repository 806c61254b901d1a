"""Registers of the user's own: CSV or YAML files whose rows add actors or change known ones."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from dateline.data import load_text
from dateline.errors import ConfigError, IssueCode
from dateline.records import Issue
from dateline.resolve.register.model import Actor
from dateline.resolve.register.rows import FIELDS, BadRow, actor

_NAMES = ("aliases", "exact", "context")


def read(path: Path, known: dict[str, Actor]) -> tuple[tuple[Actor, ...], tuple[Issue, ...], str]:
    """Actors of one file, an issue for every row that was skipped, and the file's hash.

    A row whose id is known changes the fields it gives and adds its names. Raises ConfigError naming the file,
    each row and the reason if the file cannot be read or not one of its rows can be used.
    """
    try:
        raw = path.read_bytes()
        rows = _rows(path, raw.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, csv.Error) as e:
        raise ConfigError(f"register {path}: cannot be read: {e}") from e
    made: dict[str, Actor] = {}
    problems: list[str] = []
    for where, row in rows:
        try:
            new = _actor(row, known)
            if new.id in made:
                raise BadRow(f"id {new.id} stands twice in this file")
            made[new.id] = new
        except BadRow as e:
            problems.append(f"register {path}, {where}: {e}")
    if problems and not made:
        raise ConfigError(problems)
    issues = tuple(
        Issue(code=IssueCode.BAD_REGISTER_ROW, message=p, stage="register", origin=str(path)) for p in problems
    )
    return tuple(made.values()), issues, hashlib.sha256(raw).hexdigest()


def _rows(path: Path, text: str) -> list[tuple[str, Any]]:
    """Rows with a name for where each stands."""
    if path.suffix.lower() == ".csv":
        reader = csv.DictReader(io.StringIO(text), restkey="more cells than columns", strict=True)
        if not reader.fieldnames or not {"id", "name"} <= set(reader.fieldnames):
            raise ConfigError(
                f"register {path}: needs the columns id and name; columns are {', '.join(sorted(FIELDS))}"
            )
        return [(f"line {reader.line_num}", {k: v for k, v in row.items() if v}) for row in reader]
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise ConfigError(f"register {path}: must be a .csv, .yaml or .yml file")
    data = load_text(text, f"register {path}")
    held = data.get("actors") if isinstance(data, dict) else data
    if not isinstance(held, list):
        raise ConfigError(f"register {path}: must be a list of actors, or a mapping with a list under 'actors'")
    return [(f"row {n}", row) for n, row in enumerate(held, 1)]


def _actor(row: Any, known: dict[str, Actor]) -> Actor:
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
