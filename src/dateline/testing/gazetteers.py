"""The contract every gazetteer must pass."""

from __future__ import annotations

import pickle
from collections.abc import Sequence

from dateline.errors import PluginError
from dateline.resolve.gazetteer.base import Candidate, Gazetteer

KINDS = frozenset({"country", "admin1", "admin2", "place", "water", "region"})


def check_gazetteer(gazetteer: Gazetteer, names: Sequence[str]) -> None:
    """Look up `names` (which it should know) and some that no gazetteer knows.

    Raises PluginError if the gazetteer breaks its contract: no name or digest, a candidate out of range,
    differing answers to the same question, case that matters, unknown names found, or no survival of pickling.
    """
    if not gazetteer.name or not gazetteer.digest:
        raise PluginError("a gazetteer must say its name and its digest")
    for name in names:
        _check_name(gazetteer, name)
    for unknown in ("", " ", "-", "Qzxxvkq Wvvjkx", "\x00", "’"):
        if gazetteer.lookup(unknown) or gazetteer.is_place(unknown):
            raise PluginError(f"gazetteer {gazetteer.name!r} finds a place called {unknown!r}")
    if gazetteer.country("ZZZ") is not None or gazetteer.capital("ZZZ") is not None or gazetteer.neighbours("ZZZ"):
        raise PluginError(f"gazetteer {gazetteer.name!r} knows a country ZZZ")
    twin = pickle.loads(pickle.dumps(gazetteer))  # noqa: S301 (own data, to see whether workers can be sent it)
    if twin.digest != gazetteer.digest or any(twin.lookup(n) != gazetteer.lookup(n) for n in names):
        raise PluginError(f"gazetteer {gazetteer.name!r} answers differently after pickling")


def _check_name(gazetteer: Gazetteer, name: str) -> None:
    found = gazetteer.lookup(name)
    if not found:
        raise PluginError(f"gazetteer {gazetteer.name!r} finds nothing for {name!r}")
    if found != gazetteer.lookup(name) or found != gazetteer.lookup(name.upper()):
        raise PluginError(f"gazetteer {gazetteer.name!r} answers differently when {name!r} is asked again")
    if any(c.level < 3 for c in found) and not (
        gazetteer.is_place(name) and gazetteer.longest((*name.split(), "qzxxvkq")) == len(name.split())
    ):
        raise PluginError(f"gazetteer {gazetteer.name!r} finds {name!r} by lookup but not by is_place or longest")
    if len({c.id for c in found}) != len(found):
        raise PluginError(f"gazetteer {gazetteer.name!r} finds an entry twice for {name!r}")
    for c in found:
        if problem := _problem(c):
            raise PluginError(f"gazetteer {gazetteer.name!r}: {c.id} ({c.name}): {problem}")


def _problem(c: Candidate) -> str | None:
    """What is wrong with a candidate."""
    if c.kind not in KINDS:
        return f"kind {c.kind!r} is none of {', '.join(sorted(KINDS))}"
    if not (-90 <= c.lat <= 90 and -180 <= c.lon <= 180):
        return f"coordinates {c.lat}, {c.lon} are out of range"
    if ":" not in c.id or not c.name:
        return "an id must look like 'source:number' and a name must not be empty"
    if c.country and (len(c.country) != 3 or not c.country.isupper()):
        return f"country {c.country!r} is not an ISO code of three letters"
    if c.population < 0 or c.radius < 0:
        return "population and radius cannot be negative"
    return None
