"""Who says so: attribution frames of a report and the source chain of each trigger they cover.

A frame is one saying with its speakers. Whether it covers a trigger depends on where the frame stands:
before its content ("X said that …"), behind it ("…, X said") or both. Several frames over one trigger
nest: "X said Y had told Z" gives X, Z, Y. A frame that begins behind a comma or a strong boundary opens a
clause of its own and ends the scope of the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dateline.labels import Basis, SourceType
from dateline.language.base import Annotation, Mention, MentionKind, Sentence, Token
from dateline.records import Report, Source
from dateline.statements.context import Context

RULE = "sources.{}.v1"
_OPEN, _CLOSE = frozenset("“«"), frozenset("”»")
_STRAIGHT = '"'
_SELF = frozenset({"claim", "confirm", "by"})
"""Sayings that may be the event's own trigger ("claimed responsibility")."""
_FORWARD = frozenset({"accuse", "urge", "deny"})
"""Sayings whose content stands behind them only."""
_KINDS = {
    "agency": SourceType.AGENCY,
    "outlet": SourceType.MEDIA,
    "media": SourceType.MEDIA,
    "monitor": SourceType.MONITOR,
    "ngo": SourceType.NGO,
    "igo": SourceType.OFFICIAL,
    "police": SourceType.POLICE,
    "military": SourceType.MILITARY,
    "armed_group": SourceType.ARMED_GROUP,
    "state": SourceType.GOVERNMENT,
    "government": SourceType.GOVERNMENT,
}


@dataclass(frozen=True, slots=True)
class Frame:
    """One saying of a sentence with its speakers, outermost first; `start`, `end` embrace all of them."""

    saying: Mention
    speakers: tuple[Mention, ...]
    start: int
    end: int
    behind: bool
    fresh: bool

    @property
    def label(self) -> str:
        """How the clause is built."""
        return self.saying.label


_ROLES = ("via", "speaker", "inner")


def _frame(tokens: tuple[Token, ...], saying: Mention, sources: tuple[Mention, ...]) -> Frame | None:
    """The frame of a saying, or None if nobody is named."""
    own = [(m.norm.partition("@")[0], m) for m in sources if m.norm.endswith(f"@{saying.start}")]
    if not own:
        return None
    ordered = tuple(m for role in _ROLES for r, m in own if r == role)
    start = min(saying.start, *(m.start for m in ordered))
    end = max(saying.end, *(m.end for m in ordered))
    before = [t for t in tokens if t.end <= start]
    mark = before[-1].text if before else ""
    quoted = mark in _CLOSE or mark == _STRAIGHT
    rest = [t for t in tokens if t.start >= end and t.text[0].isalnum()]
    behind = bool(before) and (mark == "," or quoted or saying.label in ("according_to", "by") or len(rest) < 3)
    return Frame(saying, ordered, start, end, behind, mark in (",", ";") or quoted)


def _told_by(frames: list[Frame]) -> list[Frame]:
    """ "A source cited by an agency said": the passive and the saying that share a speaker are one frame."""
    out = [f for f in frames if f.label != "by"]
    for f in frames:
        if f.label != "by":
            continue
        spans = {(m.start, m.end) for m in f.speakers}
        host = next((i for i, h in enumerate(out) if spans & {(m.start, m.end) for m in h.speakers}), None)
        if host is None:
            out.append(f)
        else:
            h = out[host]
            out[host] = replace(h, speakers=f.speakers, start=min(f.start, h.start), end=max(f.end, h.end))
    return out


def frames_of(annotation: Annotation, sentence: Sentence) -> tuple[Frame, ...]:
    """The frames of a sentence in text order; "citing X" is joined to the saying nearest to it."""
    tokens = annotation.tokens_of(sentence)
    sources = annotation.mentions_of(sentence, MentionKind.SOURCE)
    found = [
        f for m in annotation.mentions_of(sentence, MentionKind.SAYING) if (f := _frame(tokens, m, sources)) is not None
    ]
    places = annotation.mentions_of(sentence, MentionKind.PLACE)
    found = [
        f for f in found if f.label != "transcript" or not any(p.start < f.end and f.start < p.end for p in places)
    ]
    found = _told_by(found)
    inner = [f for f in found if f.label == "cite"]
    plain = [f for f in found if f.label != "cite"]
    for f in inner:
        if not plain:
            plain = [f]
            continue
        near = min(range(len(plain)), key=lambda i: (abs(plain[i].saying.start - f.saying.start), i))
        host = plain[near]
        plain[near] = replace(host, speakers=(*host.speakers, *f.speakers))
    return tuple(sorted(plain, key=lambda f: (f.saying.start, f.start)))


def _strong(ctx: Context, a: int, b: int) -> bool:
    """Whether a strong boundary or a semicolon stands between two offsets."""
    if any(t.text == ";" for t in ctx.between(a, b)):
        return True
    return any(m.label == "boundary.strong" and a <= m.start and m.end <= b for m in ctx.mentions(MentionKind.CUE))


def _subordinate(ctx: Context, frame: Frame) -> bool:
    """Whether what follows a frame set behind its content begins a clause of its own ("…, X said, as …")."""
    rest = [t for t in ctx.tokens if t.start >= frame.end]
    limit = next((t.end for t in rest if t.text == ","), None)
    if limit is None:
        return False
    return any(m.label.startswith("boundary.") and 0 <= m.start - limit <= 2 for m in ctx.mentions(MentionKind.CUE))


def _ahead(ctx: Context, frame: Frame, frames: tuple[Frame, ...], trigger: Mention) -> bool:
    """Whether the trigger stands in the content behind the frame's words."""
    if trigger.start < frame.saying.end or _strong(ctx, frame.end, trigger.start):
        return False
    if frame.label == "urge" and any(t.text == "," for t in ctx.between(frame.end, trigger.start)):
        return False
    if frame.behind and (frame.label in ("according_to", "by") or _subordinate(ctx, frame)):
        return frame.label == "according_to" and _opens(ctx, frame)
    for other in frames:
        parts = other.fresh and not other.behind and other.label not in ("according_to", "by")
        if other is not frame and frame.end <= other.start and other.end <= trigger.start and parts:
            return False
    return True


def _opens(ctx: Context, frame: Frame) -> bool:
    """Whether the frame begins its sentence."""
    return not any(t.end <= frame.start and t.text[0].isalnum() for t in ctx.tokens)


def _back(ctx: Context, frame: Frame, frames: tuple[Frame, ...], trigger: Mention) -> bool:
    """Whether the trigger stands in the content before the frame."""
    if not frame.behind or frame.label in _FORWARD or trigger.end > frame.start:
        return False
    if _strong(ctx, trigger.end, frame.start):
        return False
    return not any(
        other is not frame and trigger.end <= other.start and other.end <= frame.start and other.behind
        for other in frames
    )


@dataclass(frozen=True, slots=True)
class _Carried:
    """A chain that goes on in later sentences, and why."""

    chain: tuple[Source, ...]
    rule: str


class Chains:
    """The source chains of one report. Build it with `chains`."""

    def __init__(self, report: Report, annotation: Annotation) -> None:
        self.report = report
        self.annotation = annotation
        self._frames = {s.index: frames_of(annotation, s) for s in annotation.sentences}
        self._antecedents = self._find_antecedents()
        self._quoted = _quoted(report.text, annotation)
        self._carried = self._carry()

    def of(self, ctx: Context, trigger: Mention) -> tuple[Source, ...]:
        """The chain of a trigger after the outlet, outermost first; empty is the outlet's own voice."""
        frames = self._frames[ctx.sentence.index]
        covering = [f for f in frames if self._covers(ctx, f, frames, trigger)]
        if covering:
            behind = [f for f in reversed(covering) if trigger.end <= f.start]
            before = [f for f in covering if trigger.end > f.start]
            return _joined(self._held(ctx), self._chain([*behind, *before]))
        if carried := self._held(ctx):
            return carried
        return self._impersonal(ctx, trigger)

    def _held(self, ctx: Context) -> tuple[Source, ...]:
        """The chain an earlier sentence gives this one; empty if none does."""
        carried = self._carried.get(ctx.sentence.index)
        return carried.chain if carried else ()

    def _covers(self, ctx: Context, frame: Frame, frames: tuple[Frame, ...], trigger: Mention) -> bool:
        if frame.saying.start < trigger.end and trigger.start < frame.saying.end:
            return frame.label in _SELF
        if any(m.start < trigger.end and trigger.start < m.end for m in frame.speakers):
            return False
        for other in frames:
            own = other is not frame and other.saying.start < trigger.end and trigger.start < other.saying.end
            if own and {(m.start, m.end) for m in other.speakers} & {(m.start, m.end) for m in frame.speakers}:
                return False  # what somebody says in so many words is their own act
        return _ahead(ctx, frame, frames, trigger) or _back(ctx, frame, frames, trigger)

    def _chain(self, frames: list[Frame]) -> tuple[Source, ...]:
        out: list[Source] = []
        for frame in frames:
            for m in frame.speakers:
                s = self._source(m, frame.label)
                if m.label != "anaphor":
                    out = [o for o in out if o.name != s.name or o.spans[0].quote == o.name]
                if all(not s.spans[0].overlaps(o.spans[0]) and s.name != o.name for o in out):
                    out.append(s)
        return tuple(out)

    def _source(self, m: Mention, label: str) -> Source:
        span = self.report.span(m.start, m.end)
        rule = RULE.format(label)
        if m.label == "anaphor":
            known = self._antecedents.get((m.start, m.end))
            if known is None:
                return Source(
                    name=span.quote,
                    type=SourceType.UNNAMED,
                    spans=(span,),
                    rule=rule,
                    why=(f"“{span.quote}” speaks; the text before names no one",),
                )
            first = self._source(known, label)
            return replace(first, spans=(span,), why=(f"“{span.quote}” goes on for “{first.name}”",))
        within = self.annotation.mentions_of(self.annotation.sentences[m.sentence], MentionKind.ACTOR)
        actor = next((a for a in within if a.start < m.end and m.start < a.end), None)
        kind = actor.label.partition(":")[0] if actor else ""
        exact = actor is not None and (actor.start, actor.end) == (m.start, m.end)
        return Source(
            name=span.quote,
            type=_KINDS[kind] if exact and kind in _KINDS else SourceType(m.label),
            actor_id=actor.label if exact and actor else None,
            spans=(span,),
            rule=rule,
            why=(f"“{span.quote}” speaks by “{label}”",),
        )

    def _find_antecedents(self) -> dict[tuple[int, int], Mention]:
        """For each speaking pronoun, the nearest named speaker before it."""
        last: Mention | None = None
        out: dict[tuple[int, int], Mention] = {}
        for s in self.annotation.sentences:
            for f in self._frames[s.index]:
                for m in f.speakers:
                    if m.label != "anaphor":
                        last = m
                    elif last is not None:
                        out[m.start, m.end] = last
        return out

    def _carry(self) -> dict[int, _Carried]:
        """Chains of sentences inside a quotation or an announced speech that began in an earlier sentence."""
        out: dict[int, _Carried] = {}
        held: _Carried | None = None
        for s in self.annotation.sentences:
            frames = [f for f in self._frames[s.index] if f.label not in _FORWARD]
            named = [f for f in frames if any(m.label != "anaphor" for m in f.speakers)]
            inside = s.index in self._quoted
            if held and (inside or (held.rule == "speech" and not named)):
                out[s.index] = held
            elif held and (held.rule == "quote" or named):
                held = None
            if frames and not (held and not named):
                held = self._opened(s, frames[-1]) or held
        return out

    def _opened(self, s: Sentence, frame: Frame) -> _Carried | None:
        """What a sentence's last frame opens: a speech (it ends in a colon, or a transcript), or a quotation."""
        rest = self.report.text[frame.end : s.end].strip()
        if frame.label == "transcript" or (frame.label in ("say", "tell", "statement") and rest.endswith(":")):
            return self._lent(frame, "speech")
        return self._lent(frame, "quote") if self._touches_quote(s) else None

    def _lent(self, frame: Frame, rule: str) -> _Carried:
        """The frame's chain as later sentences hold it: carried over, and saying so."""
        why = f"the {rule} goes on from an earlier sentence"
        chain = self._chain([frame])
        return _Carried(
            tuple(replace(s, basis=Basis.CONTEXT, rule=RULE.format(rule), why=(*s.why, why)) for s in chain), rule
        )

    def _touches_quote(self, s: Sentence) -> bool:
        text = self.report.text[s.start : s.end]
        return any(c in text for c in (*_OPEN, *_CLOSE, _STRAIGHT))

    def _impersonal(self, ctx: Context, trigger: Mention) -> tuple[Source, ...]:
        """One impersonal node for a hedge that covers the trigger."""
        for cue in ctx.mentions(MentionKind.CUE):
            if not cue.label.startswith("impersonal."):
                continue
            ahead = trigger.start >= cue.start and not _strong(ctx, cue.end, trigger.start)
            back = cue.norm == "around" and trigger.end <= cue.start and not _strong(ctx, trigger.end, cue.start)
            if ahead or back:
                span = ctx.span(cue.start, cue.end)
                why = (f"“{span.quote}” names nobody who says so",)
                return (
                    Source(
                        name=span.quote,
                        type=SourceType.IMPERSONAL,
                        spans=(span,),
                        rule=RULE.format(cue.label.replace(".", "_")),
                        why=why,
                    ),
                )
        return ()


def _joined(outer: tuple[Source, ...], inner: tuple[Source, ...]) -> tuple[Source, ...]:
    """Both chains as one, each speaker once; a first person inside a speech is its speaker."""
    names = {s.name for s in inner}
    return (*(s for s in outer if s.name not in names), *inner)


def _quoted(text: str, annotation: Annotation) -> frozenset[int]:
    """Sentences that begin inside a quotation or with one. A paragraph closes a straight quote left open."""
    out: set[int] = set()
    is_open, paragraph, at = False, -1, 0
    for s in annotation.sentences:
        for c in text[at : s.start]:
            is_open = _after(c, is_open)
        if s.paragraph != paragraph and not (is_open and text[s.start] in _OPEN):
            is_open = False
        paragraph = s.paragraph
        if is_open or text[s.start] in _OPEN or text[s.start] == _STRAIGHT:
            out.add(s.index)
        for c in text[s.start : s.end]:
            is_open = _after(c, is_open)
        at = s.end
    return frozenset(out)


def _after(char: str, is_open: bool) -> bool:
    if char == _STRAIGHT:
        return not is_open
    return (is_open or char in _OPEN) and char not in _CLOSE


def chains(report: Report, annotation: Annotation) -> Chains:
    """The attribution of a report, ready to be asked for each trigger."""
    return Chains(report, annotation)
