"""Names of news agencies and outlets → ids of the register that comes with Dateline."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dateline.resolve.register.builtin import press
from dateline.resolve.register.model import key, plain


@cache
def _known() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names in any case → id, and names that count in their own case only → id; the first actor of a name has it."""
    loose: dict[str, str] = {}
    exact: dict[str, str] = {}
    for actor in press():
        for name in (actor.name, *actor.aliases):
            loose.setdefault(key(name), actor.id)
        for name in actor.exact:
            exact.setdefault(plain(name), actor.id)
    return loose, exact


def press_id(name: str) -> str | None:
    """The id of an agency, outlet or platform ("Reuters", "The BBC", "reuters.com"), None for a name not known."""
    loose, exact = _known()
    host = name.strip().removeprefix("www.").partition(".")[0] if "." in name and " " not in name.strip() else ""
    return exact.get(plain(name)) or loose.get(key(name)) or (loose.get(host.casefold()) if host else None)


def is_agency(actor_id: str) -> bool:
    """Whether an id of `press_id` is that of a news agency, whose texts others reprint."""
    return actor_id.startswith("agency:")
