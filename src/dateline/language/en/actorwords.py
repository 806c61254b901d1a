"""The English words for actors: nouns for kinds of actor, offices, pronouns, and what keeps a name apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from dateline.data import load_yaml


@dataclass(frozen=True, slots=True)
class ActorWords:
    """The lists of actors.yaml, ready for look-up. All words are lower case."""

    generic: dict[str, str]
    """Noun → kind of actor ("gunmen" → armed_unknown)."""
    roles: dict[str, str]
    """Office → kind of body its holder acts for."""
    peoples: dict[str, str]
    """Adjective or plural of a people without a state → its neutral name."""
    anaphors: dict[str, frozenset[str]]
    """Phrase that stands for a group named earlier → kinds it can stand for."""
    state_kinds: frozenset[str]
    people_kinds: frozenset[str]
    forces: frozenset[str]
    """Nouns that mean a state's forces only beside a demonym."""
    determiners: frozenset[str]
    counting: frozenset[str]
    """Words with which a word for nationals means some persons of that country."""
    pronouns: frozenset[str]
    first_person: frozenset[str]
    owning: frozenset[str]
    placed: frozenset[str]
    articles: frozenset[str]
    transparent: frozenset[str]
    suffixes: tuple[str, ...]
    """"-backed", "-led": what the word before the hyphen does for the actor, not who the actor is."""
    cuts: tuple[tuple[str, ...], ...]
    """Phrases after which names no longer say whose the actor is ("backed by"), as words, longest first."""
    joins: tuple[tuple[str, ...], ...]
    """Phrases after which they still do ("members of"), as words, longest first."""


def _phrases(held: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted({tuple(p.split()) for p in held}, key=lambda p: (-len(p), p)))


@cache
def actor_words() -> ActorWords:
    """The word lists, read once."""
    d: dict[str, Any] = load_yaml("dateline.language.en.data", "actors.yaml")
    return ActorWords(
        generic=d["generic"],
        roles=d["roles"],
        peoples=d["peoples"],
        anaphors={k: frozenset(v) for k, v in d["anaphors"].items()},
        state_kinds=frozenset(d["state_kinds"]),
        people_kinds=frozenset(d["people_kinds"]),
        forces=frozenset(d["forces"]),
        determiners=frozenset(d["determiners"]),
        counting=frozenset(d["counting"]),
        pronouns=frozenset(d["pronouns"]) | frozenset(d["first_person"]),
        first_person=frozenset(d["first_person"]),
        owning=frozenset(d["owning"]),
        placed=frozenset(d["placed"]),
        articles=frozenset(d["articles"]),
        transparent=frozenset(d["transparent"]),
        suffixes=tuple(f"-{s}" for s in d["detached_suffixes"]),
        cuts=_phrases(d["detached_phrases"]),
        joins=_phrases(d["attached_phrases"]),
    )
