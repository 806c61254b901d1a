"""One registry: kind + versioned name → factory. Built-ins and plugins come through the same entry points.

A distribution offers an implementation by an entry point in group `dateline.<kind>`, e.g.

    [project.entry-points."dateline.readers"]
    "csv.v1" = "dateline.ingest.tabular:CsvReader"

Names end in a version (`.v1`) so that a changed behaviour gets a new name and old settings keep meaning
what they meant. `dateline.testing` holds the contract check each kind must pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from dateline.errors import PluginError

KINDS = ("readers", "languages", "extractors", "gazetteers", "exporters", "executors")
_NAME = re.compile(r"[a-z0-9_-]+\.v[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Plugin:
    """One registered implementation: what it is called, where it comes from, how to load it."""

    kind: str
    name: str
    origin: str
    target: str
    entry: EntryPoint

    def load(self) -> Callable[..., Any]:
        """Import and return the factory. Raises PluginError naming the distribution if that fails."""
        try:
            factory: Callable[..., Any] = self.entry.load()
        except (ImportError, AttributeError) as e:
            raise PluginError(f"{self.kind} {self.name!r} of {self.origin} cannot be imported: {e}") from e
        return factory


@cache
def plugins(kind: str) -> dict[str, Plugin]:
    """All implementations of a kind by name, sorted. Raises PluginError for bad or doubled names."""
    if kind not in KINDS:
        raise PluginError(f"no plugin kind {kind!r}; kinds are {', '.join(KINDS)}")
    found: dict[str, Plugin] = {}
    for e in entry_points(group=f"dateline.{kind}"):
        origin = f"{e.dist.name} {e.dist.version}" if e.dist else "unknown distribution"
        if not _NAME.fullmatch(e.name):
            raise PluginError(f"{origin} registers {kind} {e.name!r}: a name must look like 'word.v1'")
        if e.name in found and found[e.name].target != e.value:
            raise PluginError(f"{kind} {e.name!r} is registered by {found[e.name].origin} and by {origin}")
        found[e.name] = Plugin(kind, e.name, origin, e.value, e)
    return dict(sorted(found.items()))


def plugin(kind: str, name: str) -> Plugin:
    """The implementation of that name. A bare name ("csv") means its highest version."""
    known = plugins(kind)
    if name in known:
        return known[name]
    versions = [n for n in known if n.rsplit(".v", 1)[0] == name]
    if versions:
        return known[max(versions, key=lambda n: int(n.rsplit(".v", 1)[1]))]
    raise PluginError(f"no {kind} called {name!r}; there are {', '.join(known) or 'none (is dateline installed?)'}")


def make(kind: str, name: str, *args: Any, **options: Any) -> Any:
    """Build an implementation by name."""
    return plugin(kind, name).load()(*args, **options)
