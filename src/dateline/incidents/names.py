"""What ids are called, and which names are one speaker's.

News names somebody in full once, and by a part of the name afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dateline.language.en.voicewords import name_words
from dateline.resolve.register.builtin import builtin


@cache
def registered() -> Mapping[str, str]:
    """Actor id → name, of the register that comes with Dateline."""
    return {a.id: a.name for a in builtin().values()}


def one_speaker(names: Mapping[str, str]) -> dict[str, str]:
    """Key → the key that stands for the same speaker, from keys and names in the order they were first said.

    A name is short for another if all its words are among the other's ("Lind" for "Mayor Ana Lind"). Where it could be
    short for two that are not the same, it stands for itself.
    """
    words = {key: name_words(name) for key, name in names.items()}
    longest: dict[str, frozenset[str]] = {}
    for key, own in words.items():
        wider = [w for w in set(words.values()) if own < w]
        ends = [w for w in wider if not any(w < x for x in wider)]
        longest[key] = ends[0] if own and len(ends) == 1 else own
    first: dict[frozenset[str], str] = {}
    return {key: first.setdefault(whole, key) if whole else key for key, whole in longest.items()}
