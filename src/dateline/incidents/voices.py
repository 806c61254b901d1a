"""Voices: the distinct original sources behind statements. Ten reprints of one wire are one voice.

A statement speaks with the voice of the last named source of its chain; where nobody is named, with that of the
earlier report it repeats, else of the agency its report is credited to, else of its outlet. Whether two voices know
what they say independently of each other no text tells: only of named sources is it known that they are not the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from dateline.incidents.citing import circles
from dateline.incidents.copies import Copy, Sentences, copies
from dateline.incidents.items import Linkable
from dateline.incidents.names import one_speaker
from dateline.incidents.view import Hearing, Reprint, Voice, Voiced, VoiceKind
from dateline.labels import SourceType
from dateline.language.en.credits import credited
from dateline.language.en.voicewords import unnamed
from dateline.records import Report, Source
from dateline.resolve.press import is_agency, press_id

Told = tuple[str, str, VoiceKind, str]
"""A voice's id, name and kind, and why it is this one."""
PRESS = frozenset({SourceType.AGENCY, SourceType.MEDIA})
_NAMELESS = frozenset({SourceType.UNNAMED, SourceType.WITNESS, SourceType.RESIDENT})
NO_REPORTS: Mapping[str, Report] = {}


def press_key(name: str) -> str:
    """One key for an outlet and for the same outlet as a source: its register id, else "outlet:" and its name."""
    return press_id(name) or f"outlet:{name.strip().casefold().removeprefix('the ')}"


def speaker(item: Linkable) -> Source | None:
    """The last source of the chain that is somebody ("reportedly" is nobody), None in the outlet's own voice."""
    return next((s for s in reversed(item.statement.sources) if s.type is not SourceType.IMPERSONAL), None)


def registered(source: Source) -> str | None:
    """The entry of the register that a source is. Ids without a prefix are kinds ("government"), which many are of."""
    return source.actor_id if source.actor_id and ":" in source.actor_id else None


def source_key(source: Source) -> str:
    """The voice of a source. Speakers who are not named are kept apart from the body they belong to."""
    if source.type in PRESS and not anonymous(source):
        return registered(source) or press_key(source.name)
    own = registered(source) or f"{source.type}:{source.name.casefold()}"
    return f"anonymous:{own}" if anonymous(source) else own


def anonymous(source: Source) -> bool:
    """Whether a source speaks without a name: by its kind, or because only a common noun stands for it."""
    if source.type in PRESS and (registered(source) or press_id(source.name)):
        return False
    return source.type in _NAMELESS or unnamed(source.name)


@lru_cache(maxsize=256)  # a report is looked at once for each of its incidents
def credit(report: Report) -> tuple[str, str] | None:
    """Id and name of the one agency a report is credited to; None if it credits none or several."""
    found = {i: name for name in credited(report) if (i := press_id(name)) and is_agency(i)}
    return next(iter(found.items())) if len(found) == 1 else None


class _Ear:
    """Finds the voice of each statement of an incident."""

    def __init__(self, items: Sequence[Linkable], reports: Mapping[str, Report]) -> None:
        self.items = items
        said: dict[str, list[str]] = defaultdict(list)
        for item in items:
            said[item.report_id].append(item.statement.sentence.quote)
        self.texts = {i: reports[i].text if i in reports else "\n".join(s) for i, s in said.items()}
        self.numbers = {i: n for n, i in enumerate(self.texts)}
        self.sentences = Sentences(self.texts.values() if len(self.texts) > 1 else ())
        whole = {i: self.texts[i] for i in said if i in reports}
        self.copies: dict[str, Copy] = copies(whole) if len(whole) > 1 else {}
        self.first = {item.report_id: item for item in reversed(items)}
        self.credits = {i: c for i in said if i in reports and (c := credit(reports[i]))}

    def _original(self, item: Linkable) -> tuple[str, str] | None:
        """The earlier report whose text or sentence the statement repeats, and the reason."""
        first = self.sentences.first(item.statement.sentence.quote, self.numbers[item.report_id])
        if first is not None:
            earlier = list(self.texts)[first]
            return earlier, f"the sentence stands in the earlier report {earlier}"
        if copied := self.copies.get(item.report_id):
            return copied.of, f"the report repeats {copied.of}: {copied.share:.0%} of the shorter text stands in both"
        return None

    def _printed(self, report_id: str) -> Told:
        """The voice of a report that names nobody: the agency credited in it or in a copy of it, else its outlet."""
        family = [report_id, *(c.report_id for c in self.copies.values() if c.of == report_id)]
        for member in family:
            if held := self.credits.get(member):
                why = "the report is credited to it" if member == report_id else f"credited to it in the copy {member}"
                return held[0], held[1], VoiceKind.AGENCY, why
        outlet = self.first[report_id].outlet
        if outlet:
            return press_key(outlet), outlet, VoiceKind.OUTLET, "the outlet names nobody"
        return f"report:{report_id}", report_id, VoiceKind.UNKNOWN, "neither outlet nor source is known"

    def reprint(self, c: Copy) -> Reprint:
        """A copy with the outlets of both reports."""
        outlet, of_outlet = self.first[c.report_id].outlet, self.first[c.of].outlet
        return Reprint(report_id=c.report_id, outlet=outlet, of=c.of, of_outlet=of_outlet, share=c.share)

    def voice(self, item: Linkable) -> Told:
        """Who a statement rests on."""
        if source := speaker(item):
            kind, why = VoiceKind.SOURCE, "named in the report"
            if anonymous(source):
                kind, why = VoiceKind.ANONYMOUS, "cited without a name"
            elif source.type in PRESS:
                kind, why = VoiceKind.AGENCY, "the report cites it"
            return source_key(source), source.name, kind, why
        if original := self._original(item):
            first, why = original
            voice, name, kind, _ = self._printed(first)
            return voice, name, kind, why
        return self._printed(item.report_id)


def hear(items: Iterable[Linkable], reports: Mapping[str, Report] = NO_REPORTS) -> Hearing:
    """Whose word the statements of an incident are. `reports`, by the key users know, hold the texts that are
    compared; of a report that is not given only the statements' sentences are."""
    own = sorted(items, key=lambda i: i.order)
    ear = _Ear(own, reports)
    told = {item.id: ear.voice(item) for item in own}
    same = one_speaker(_unregistered(own, told))
    held: dict[str, list[Linkable]] = defaultdict(list)
    for item in own:
        held[same.get(told[item.id][0], told[item.id][0])].append(item)
    made = [_voice(voice, said, told) for voice, said in held.items()]
    return Hearing(
        voices=tuple(sorted(made, key=lambda v: (-len(v.outlets), -len(v.statements), v.id))),
        of={item.id: voice for voice, said in held.items() for item in said},
        copies=tuple(ear.reprint(c) for c in ear.copies.values()),
        circles=circles(own, press_key, source_key),
    )


def _unregistered(items: Iterable[Linkable], told: Mapping[str, Told]) -> dict[str, str]:
    """The voices of named sources that the register does not know, with their names, in the order they were said."""
    out: dict[str, str] = {}
    for item in items:
        voice, name, kind, _ = told[item.id]
        source = speaker(item)
        if source and registered(source) is None and kind is VoiceKind.SOURCE:
            out.setdefault(voice, name)
    return out


def _voice(voice: str, said: Sequence[Linkable], told: Mapping[str, Told]) -> Voice:
    """One voice. Where it is known for sure in one statement and taken from a reprint in another, it is sure."""
    order = tuple(VoiceKind)
    kinds = [told[i.id][2] for i in said]
    names = Counter(told[i.id][1] for i in said)
    return Voice(
        id=voice,
        ids=tuple(dict.fromkeys((voice, *(told[i.id][0] for i in said)))),
        name=max(names, key=lambda n: (names[n], len(n))),
        kind=min(kinds, key=order.index),
        statements=tuple(i.id for i in said),
        reports=tuple(dict.fromkeys(i.report_id for i in said)),
        outlets=tuple(dict.fromkeys(i.outlet for i in said if i.outlet)),
        why=tuple(dict.fromkeys(told[i.id][3] for i in said)),
    )


def voices(items: Iterable[Linkable], reports: Mapping[str, Report] = NO_REPORTS) -> dict[str, str]:
    """Statement id → voice (see `hear`)."""
    return dict(hear(items, reports).of)


def voiced(item: Linkable, voice: str) -> Voiced:
    """The statement as the speaker of a value."""
    s = item.statement
    return Voiced(
        statement_id=s.id,
        report_id=item.report_id,
        outlet=item.outlet,
        published=item.published,
        sources=tuple(x.name for x in s.sources),
        voice=voice,
        certainty=s.certainty.label,
    )
