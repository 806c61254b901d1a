"""How surely a statement is made: the first certainty, in the order of the guidelines, that a cue gives it.

A cue says which part of its sentence it covers (its norm). Where a scope ends is read off the boundary
cues and the punctuation, so that no word of any language is named here.
"""

from __future__ import annotations

from dateline.labels import CERTAINTY_ORDER, Basis, Certainty
from dateline.language.base import Mention, MentionKind
from dateline.records import Source, Surety
from dateline.statements.context import Context

STOPS = frozenset(";.?!")
COMMAS = frozenset(",:;()—–-") | STOPS
_REACH = {"phrase": 14, "next": 7, "verb": 4, "touch": 2, "word": 0}
"""Most words between a cue of a short scope and a trigger it covers."""
_OWN = frozenset({"claimed", "confirmed", "unverified"})
"""Certainties whose cue may itself name the event ("claimed responsibility")."""
_VOICES = frozenset({"claimed", "confirmed", "denied", "alleged"})
_CERTAINTIES = frozenset(c.value for c in Certainty)


def _blocked(ctx: Context, a: int, b: int, *, soft: bool) -> bool:
    """Whether a clause ends between two offsets: a boundary cue or a stop; `soft` counts weak ones and commas."""
    marks = COMMAS if soft else STOPS
    if any(t.text in marks for t in ctx.between(a, b)):
        return True
    labels = ("boundary.strong", "boundary.soft", "boundary.with") if soft else ("boundary.strong",)
    return any(m.label in labels and m.start >= min(a, b) and m.end <= max(a, b) for m in ctx.mentions(MentionKind.CUE))


def _behind(ctx: Context, cue: Mention, trigger: Mention) -> bool:
    """Whether the trigger stands behind the cue within one clause, with nobody else speaking in between."""
    if trigger.start < cue.end or _blocked(ctx, cue.end, trigger.start, soft=False):
        return False
    between = [m for m in ctx.mentions(MentionKind.CUE) if cue.end <= m.start and m.end <= trigger.start]
    if any(m.label in ("boundary.soft", "boundary.with") for m in between):
        return False
    if group_of(cue) not in _VOICES:
        return True
    if any(cue.end <= m.start and m.end <= trigger.start for m in ctx.mentions(MentionKind.SAYING)):
        return False
    return not any(
        group_of(m) in _VOICES and m.norm in ("around", "clause") and cue.end <= m.start < trigger.end
        for m in ctx.mentions(MentionKind.CUE)
    )


def group_of(cue: Mention) -> str:
    """The part of a cue's label before the dot."""
    return cue.label.partition(".")[0]


def _covers(ctx: Context, cue: Mention, trigger: Mention) -> bool:
    """Whether the trigger lies in the scope of the cue."""
    if cue.start < trigger.end and trigger.start < cue.end:
        return group_of(cue) in _OWN
    if cue.norm == "all":
        return True
    if cue.norm == "before":
        return trigger.end <= cue.start and not _blocked(ctx, trigger.end, cue.start, soft=False)
    if cue.norm == "around":
        if trigger.start >= cue.end:
            return _behind(ctx, cue, trigger)
        follows = any(_behind(ctx, cue, t) for t in ctx.mentions(MentionKind.TRIGGER) if t.start >= cue.end)
        nearest = not any(trigger.end <= t.start and t.end <= cue.start for t in ctx.mentions(MentionKind.TRIGGER))
        return not follows and nearest and not _blocked(ctx, trigger.end, cue.start, soft=False)
    if trigger.start < cue.end:
        return cue.norm == "phrase" and _by(ctx, trigger, cue)
    if cue.norm == "clause":
        return _behind(ctx, cue, trigger)
    if cue.norm == "verb" and any(
        m.label == "boundary.and" and cue.end <= m.start and m.end <= trigger.start
        for m in ctx.mentions(MentionKind.CUE)
    ):
        return False
    near = ctx.words(cue.end, trigger.start) <= _REACH.get(cue.norm, 0)
    return near and not _blocked(ctx, cue.end, trigger.start, soft=True)


def _by(ctx: Context, trigger: Mention, cue: Mention) -> bool:
    """Whether a cue before the doer's name follows the trigger at once: "an attack by suspected rebels"."""
    near = trigger.end <= cue.start and ctx.words(trigger.end, cue.start) <= _REACH["touch"]
    return near and any(
        m.label == "figure.perpetrator" and trigger.end <= m.start and m.end <= cue.start
        for m in ctx.mentions(MentionKind.CUE)
    )


def certainty_of(ctx: Context, trigger: Mention, chain: tuple[Source, ...]) -> Surety:
    """The certainty of the trigger's statement and the cues that show it; stated by default where none does."""
    found: dict[str, list[Mention]] = {}
    for cue in ctx.mentions(MentionKind.CUE):
        group = group_of(cue)
        if group in _CERTAINTIES and _covers(ctx, cue, trigger):
            found.setdefault(group, []).append(cue)
    for label in CERTAINTY_ORDER:
        if cues := found.get(label.value):
            spans = tuple(ctx.span(c.start, c.end) for c in cues)
            words = ", ".join(f"“{s.quote}”" for s in spans)
            return Surety(
                label=label,
                spans=spans,
                rule=f"certainty.{cues[0].label.replace('.', '_')}.v1",
                why=(f"{words} covers “{ctx.span(trigger.start, trigger.end).quote}”",),
            )
    return Surety(
        label=Certainty.STATED,
        basis=Basis.DEFAULT,
        rule="certainty.default.v1",
        why=("no word of doubt, denial, future or confirmation covers it",),
    )
