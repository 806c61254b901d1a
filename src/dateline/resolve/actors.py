"""Parties and sources as written → who they are, with country, group, kind and sector, and a sentence for why.

Nothing is added that register and report do not say: a generic noun keeps its kind only, a pronoun its name, unless
exactly one actor can be meant.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, takewhile

from dateline.labels import SourceType
from dateline.language.base import Annotation
from dateline.language.en.actorwords import ActorWords, actor_words
from dateline.records import Party, Report, Source, Statement
from dateline.resolve.actorphrase import Found, Phrases
from dateline.resolve.actorscene import Mention, Scene, named, words
from dateline.resolve.register.index import Register
from dateline.resolve.register.model import key

_FIXED = frozenset(
    {
        SourceType.WITNESS,
        SourceType.MEDIC,
        SourceType.RESIDENT,
        SourceType.EXPERT,
        SourceType.DOCUMENT,
        SourceType.UNNAMED,
        SourceType.IMPERSONAL,
        SourceType.SOCIAL_MEDIA,
    }
)
"""Kinds of speaker the words of the text decide, whoever the speaker belongs to ("a Hamas source")."""
_WINDOW = 90
"""Characters before and after a person's name in which the office is looked for."""
_NEAR = 8
"""Words between a country and the name whose office it belongs to."""
_TIMES = 5
"""Places of a person's name that are looked at."""


_BEFALLING = frozenset({"ASSAULT", "COERCE"})
"""Categories of what befalls persons, not the states they are of: "Ostians were killed"."""


def _with(party: Party, found: Found) -> Party:
    """The party with what is known of who it is."""
    return replace(
        party,
        name=found.name or party.name,
        group=found.group or party.group,
        actor_id=found.actor_id or party.actor_id,
        kind=found.kind or party.kind,
        country=found.country or party.country,
        sector=found.sector or party.sector,
        why=(*party.why, *found.why),
    )


class ActorResolver:
    """Resolves the actors, targets and sources of statements with a register and the words of one language."""

    def __init__(self, register: Register, lexicon: ActorWords | None = None) -> None:
        self.register = register
        self.words = lexicon or actor_words()
        self._phrases = Phrases(register, self.words)

    def resolve(
        self, report: Report, annotation: Annotation, statements: tuple[Statement, ...]
    ) -> tuple[Statement, ...]:
        """The same statements with their parties and sources identified as far as the report allows."""
        scene = Scene(self.register, report, annotation)
        return tuple(
            replace(
                s,
                actors=tuple(self._party(p, scene) for p in s.actors),
                targets=tuple(self._target(p, s, scene) for p in s.targets),
                sources=tuple(self._source(x, scene) for x in s.sources),
            )
            if s.actors or s.targets or s.sources
            else s
            for s in statements
        )

    def _target(self, target: Party, s: Statement, scene: Scene) -> Party:
        if self._is_seat(target, s):
            return target
        struck = self._phrases.plural(target.name) if s.event.code in _BEFALLING else None
        return _with(target, struck) if struck else self._party(target, scene)

    def _is_seat(self, target: Party, s: Statement) -> bool:
        """Whether a target is a capital where the event took place: then the city was struck, not its government."""
        return key(target.name) in self.register.capitals() and any(
            x.overlaps(y) for p in s.event_places for x in p.spans for y in target.spans
        )

    def identify(self, phrase: str) -> Found | None:
        """Who a phrase names on its own, without a report around it."""
        return self._phrases.read(phrase)

    def _party(self, party: Party, scene: Scene) -> Party:
        found = self._who(party, scene)
        return _with(party, found) if found else party

    def _who(self, party: Party, scene: Scene) -> Found | None:
        low = " ".join(party.name.lower().split())
        if low in self.words.pronouns:
            return self._pronoun(party, scene)
        start = party.spans[0].start if party.spans else 0
        definite = low if scene.text[max(0, start - 4) : start].lower() != "the " else f"the {low}"
        if (kinds := self.words.anaphors.get(definite)) and (found := self._earlier(party, kinds, scene)):
            return found
        found = self._phrases.read(party.name, scene)
        if found is None:
            return self._person(party.name, scene)
        whose = found.kind in self.words.state_kinds or found.kind == "armed_group"
        if whose and not found.group and party.spans and (about := scene.state_about(party.spans[0])):
            return self._phrases.in_state(found, party.name, *about)
        return found

    def _pronoun(self, party: Party, scene: Scene) -> Found | None:
        """The one actor named before the pronoun in its sentence, or in the sentence before if none is."""
        if not party.spans or party.name.lower() in self.words.first_person:
            return None
        at = party.spans[0].start
        lo, _ = scene.sentence(at)
        bounds = [(lo, at)] + [b for b in (scene.previous(at),) if b]
        for start, end in bounds:
            spoken = scene.spoken(start, end)
            held = [m for m in scene.between(start, end) if any(m.start < s.end and s.start < m.end for s in spoken)]
            if len(spoken) == 1 and len({m.actor.id for m in held}) == 1:
                return self._as(held[0], party.name)
            if spoken:
                return None
        return None

    def _earlier(self, party: Party, kinds: frozenset[str], scene: Scene) -> Found | None:
        """The only actor of such a kind that the report has named so far."""
        if not party.spans:
            return None
        found = scene.alone(kinds, party.spans[0].start)
        return self._as(found, party.name) if found else None

    def _as(self, mention: Mention, surface: str) -> Found:
        a = mention.actor
        why = f"{surface!r} stands for {a.name}, the only one it can mean, named at {mention.start}"
        return Found(
            name=a.name,
            group=a.group,
            actor_id=a.id,
            kind=a.kind,
            country=a.country,
            sector=a.sector,
            source=a.source,
            why=(why,),
        )

    def _person(self, name: str, scene: Scene) -> Found | None:
        """A person the register does not know, by the office the report gives at one of the name's places."""
        if name not in scene.persons:
            scene.persons[name] = self._titled(name, scene)
        return scene.persons[name]

    def _titled(self, name: str, scene: Scene) -> Found | None:
        held = [w for _, _, w in words(name) if named(w)]
        if not held:
            return None
        for start, end in islice(scene.places(held[-1]), _TIMES):
            lo, hi = scene.sentence(start)
            before = scene.text[max(lo, start - _WINDOW) : start]
            after = scene.text[end : min(hi, end + _WINDOW)]
            if found := self._office(before, after, set(held), scene):
                return replace(found, name=name, actor_id=None, why=(*found.why, "from the office beside the name"))
        return None

    def _office(self, before: str, after: str, name: set[str], scene: Scene) -> Found | None:
        """The office in "Ruritanian minister X", "minister X of Ruritania" or "X, the Ruritanian minister,"."""
        ahead = [w for _, _, w in words(re.split(r"[.;:()]\s|, ", before)[-1])][-_NEAR:]
        while ahead and ahead[-1] in name:
            ahead.pop()
        hits = self._phrases.hits(ahead, scene)
        candidates = [" ".join(ahead[hits[-1].first :])] if hits else []
        if after.startswith(" of ") and self._phrases.role(ahead[-3:]):
            state = takewhile(named, (w for _, _, w in words(after[4:])))
            candidates.append(" ".join((*ahead[-3:], "of", *state)))
        if after.startswith(", "):
            candidates.append(re.split(r"[,.;:()]", after[2:])[0])
        for phrase in candidates:
            held = self._phrases.core(phrase)
            if self._phrases.role(held) is None and not self._office_alias(phrase, scene):
                continue
            found = self._phrases.read(phrase, scene)
            if found and found.country and (found.office or found.whole):
                return found
            if found and found.group and found.office:
                return found
        return None

    def _office_alias(self, phrase: str, scene: Scene) -> bool:
        found = self._phrases.read(phrase, scene)
        return bool(found and found.whole and found.actor_id and found.actor_id.startswith(("head:", "pm:", "mfa:")))

    def _source(self, source: Source, scene: Scene) -> Source:
        if source.type is SourceType.IMPERSONAL:
            return source
        found = self._phrases.read(source.name, scene) or self._person(source.name, scene)
        if found is None:
            return source
        typed: SourceType = source.type
        if (
            found.source
            and found.actor_id
            and typed not in _FIXED
            and (found.whole or found.source is not SourceType.GOVERNMENT)
        ):
            typed = found.source
        return replace(
            source,
            name=found.name if found.whole and found.name else source.name,
            type=typed,
            actor_id=found.actor_id or source.actor_id,
            country=found.country or source.country,
            why=(*source.why, *found.why),
        )


__all__ = ["ActorResolver", "Found"]
