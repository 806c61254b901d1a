"""Settings: `dateline.toml` → a frozen Config, checked whole before any work.

Every setting has a default; a file names only what differs. Unknown sections, unknown keys and wrong types
are collected and raised together. docs/configuration.md lists every key; a test keeps the two in step.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, get_type_hints

from dateline.errors import ConfigError
from dateline.records import digest


@dataclass(frozen=True, slots=True)
class IngestConfig:
    """Reading and parsing. Sizes are of one report, before and after parsing; times in seconds."""

    keep_raw: bool = True
    max_report_bytes: int = 100_000_000
    max_report_chars: int = 1_000_000
    """A longer text is no news report but a book or an archive in one piece; it becomes an issue."""
    parse_timeout: int = 30
    columns: dict[str, str] = field(default_factory=dict)
    """Column of a CSV file or key of a JSON line for each of: id, url, title, text, published, outlet, author,
    language."""
    day_first: bool = True
    """How 03/04/2015 is read where nothing else decides."""


@dataclass(frozen=True, slots=True)
class ExtractConfig:
    """Which language and extractor read the reports."""

    language: str = "en.v2"
    extractor: str = "combined.v1"
    triage: str = "off"
    """With "on", reports whose words do not read like news of conflict and politics are kept but not read."""


@dataclass(frozen=True, slots=True)
class ResolveConfig:
    """Gazetteer and register. Empty path: the gazetteer that comes with Dateline. Paths are relative to the project."""

    gazetteer: str = "sqlite.v1"
    gazetteer_path: str = ""
    registers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkConfig:
    """Linking statements into incidents. `threshold` is the score that what two reports say needs to be one
    happening; statements of one report need `within_more` (incidents/reasons.yaml) beyond it."""

    threshold: float = 2.0
    max_days: int = 3


@dataclass(frozen=True, slots=True)
class RunConfig:
    """How work is cut and executed; nothing here changes a result."""

    executor: str = "local.v1"
    workers: int = 1
    shard_size: int = 20


@dataclass(frozen=True, slots=True)
class LedgerConfig:
    """How a published range is computed from a ledger: envelope, lowest, latest, majority, foremost or
    highest-graded."""

    policy: str = "envelope"


@dataclass(frozen=True, slots=True)
class Config:
    """All settings. `fingerprint` of a part changes when a setting of that part does."""

    ingest: IngestConfig = IngestConfig()
    extract: ExtractConfig = ExtractConfig()
    resolve: ResolveConfig = ResolveConfig()
    link: LinkConfig = LinkConfig()
    run: RunConfig = RunConfig()
    ledger: LedgerConfig = LedgerConfig()

    def fingerprint(self, *sections: str) -> str:
        """Hash of the named sections' settings."""
        return digest({s: asdict(getattr(self, s)) for s in sections})

    def with_(self, section: str, **changes: Any) -> Config:
        """A copy with some settings of one section changed; None leaves a setting as it is."""
        given = {k: v for k, v in changes.items() if v is not None}
        return replace(self, **{section: replace(getattr(self, section), **given)})


CHOICES = {
    ("extract", "triage"): ("off", "on"),
    ("ledger", "policy"): ("envelope", "lowest", "latest", "majority", "foremost", "highest-graded"),
}
MINIMUM = {
    ("ingest", "max_report_chars"): 1,
    ("ingest", "parse_timeout"): 1,
    ("run", "workers"): 1,
    ("run", "shard_size"): 1,
}
COLUMNS = ("id", "url", "title", "text", "published", "outlet", "author", "language")


def _problem(section: str, key: str, value: Any, wanted: Any) -> str | None:
    """A sentence if the value is not of the wanted type or range."""
    where = f"[{section}] {key}"
    if wanted is bool and not isinstance(value, bool):
        return f"{where} must be true or false, not {value!r}"
    if wanted in (int, float) and (isinstance(value, bool) or not isinstance(value, int | float)):
        return f"{where} must be a number, not {value!r}"
    if wanted is int and not isinstance(value, int):
        return f"{where} must be a whole number, not {value!r}"
    if wanted is str and not isinstance(value, str):
        return f"{where} must be a string, not {value!r}"
    if wanted == tuple[str, ...] and not (isinstance(value, list) and all(isinstance(v, str) for v in value)):
        return f"{where} must be a list of strings, not {value!r}"
    if wanted == dict[str, str]:
        if not (isinstance(value, dict) and all(isinstance(v, str) for v in value.values())):
            return f"{where} must be a table of strings, not {value!r}"
        if bad := sorted(set(value) - set(COLUMNS)):
            return f"{where} names unknown fields {', '.join(bad)}; fields are {', '.join(COLUMNS)}"
    if (section, key) in CHOICES and value not in CHOICES[section, key]:
        return f"{where} must be one of {', '.join(CHOICES[section, key])}, not {value!r}"
    if (section, key) in MINIMUM and value < MINIMUM[section, key]:
        return f"{where} must be at least {MINIMUM[section, key]}, not {value!r}"
    return None


def from_dict(data: dict[str, Any], name: str = "settings") -> Config:
    """A Config from nested dicts. Raises ConfigError with a sentence for every wrong setting."""
    problems: list[str] = []
    sections: dict[str, type[Any]] = get_type_hints(Config)
    made: dict[str, Any] = {}
    for section, values in data.items():
        if section not in sections:
            problems.append(f"{name}: no section [{section}]; sections are {', '.join(sections)}")
            continue
        if not isinstance(values, dict):
            problems.append(f"{name}: [{section}] must be a table")
            continue
        hints, given = get_type_hints(sections[section]), {}
        for key, value in values.items():
            if key not in hints:
                problems.append(f"{name}: [{section}] has no setting {key!r}; settings are {', '.join(hints)}")
            elif found := _problem(section, key, value, hints[key]):
                problems.append(f"{name}: {found}")
            else:
                given[key] = tuple(value) if isinstance(value, list) else value
        made[section] = sections[section](**given)
    if problems:
        raise ConfigError(problems)
    return Config(**made)


def load(path: Path) -> Config:
    """Read `dateline.toml`; a missing file gives the defaults. Raises ConfigError naming the file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as e:
        raise ConfigError(f"{path}: cannot be read: {e}") from e
    return from_dict(data, str(path))
