"""Small hand-made reports and statements for tests of linking, ledgers, exports and scores."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dateline.incidents.items import Linkable
from dateline.labels import Basis, Certainty, Measure, Qualifier, SourceType
from dateline.records import Code, Figure, Party, Place, Report, Source, Span, Statement, Surety, Value, Weapon, When

RULE = "test.v1"
HALAM = {"name": "Halam", "country": "SYR", "place_id": "geonames:1", "lat": 35.0, "lon": 38.0, "feature": "P.PPLA"}
TARIF = {"name": "Tarif", "country": "SYR", "place_id": "geonames:2", "lat": 37.0, "lon": 41.0, "feature": "P.PPL"}
SYRIA = {"name": "Syria", "country": "SYR", "place_id": "geonames:9", "feature": "A.PCLI", "admin": ("SYR",)}


def report(text: str, key: str = "a", published: str | None = "2016-05-02", outlet: str | None = "Wire") -> Report:
    """A report of that text."""
    day = date.fromisoformat(published) if published else None
    return Report(text=text, external_id=key, published=day, outlet=outlet)


def find(r: Report, quote: str) -> Span:
    """The first place where the report says that."""
    start = r.text.index(quote)
    return r.span(start, start + len(quote))


class Say:
    """Builds one statement of a report: `Say(r, sentence, trigger).at(...).on(...).done()`."""

    def __init__(self, r: Report, sentence: str, trigger: str, sub: str | None = "Air/drone strike") -> None:
        self.r, self.sentence = r, find(r, sentence)
        start = r.text.index(trigger, self.sentence.start)
        self.head = r.span(start, start + len(trigger))
        self.event, self.sub = "ASSAULT", sub
        self.label = Certainty.STATED
        self.held: dict[str, Any] = {}
        self.when: When | None = None

    def kind(self, event: str, sub: str | None = None) -> Say:
        """The event's codes."""
        self.event, self.sub = event, sub
        return self

    def surely(self, label: Certainty) -> Say:
        """The certainty."""
        self.label = label
        return self

    def _add(self, field: str, value: Value) -> Say:
        self.held[field] = (*self.held.get(field, ()), value)
        return self

    def at(self, place: Mapping[str, Any]) -> Say:
        """An event place."""
        return self._add("places", Place(spans=(self.head,), rule=RULE, **place))

    def on(self, first: str | None, last: str | None = None) -> Say:
        """The day, or the first and last day."""
        low = date.fromisoformat(first) if first else None
        high = date.fromisoformat(last) if last else low
        self.when = When(spans=(self.head,), rule=RULE, earliest=low, latest=high)
        return self

    def by(self, name: str, group: str | None = None) -> Say:
        """An actor."""
        return self._add("actors", Party(spans=(self.head,), rule=RULE, name=name, group=group))

    def against(self, name: str, group: str | None = None) -> Say:
        """A target."""
        return self._add("targets", Party(spans=(self.head,), rule=RULE, name=name, group=group))

    def using(self, name: str, kind: str | None = None) -> Say:
        """A weapon."""
        return self._add("weapons", Weapon(spans=(self.head,), rule=RULE, name=name, kind=kind))

    def at_words(self, words: str, place: Mapping[str, Any]) -> Say:
        """An event place that these words name."""
        return self._add("places", Place(spans=(find(self.r, words),), rule=RULE, **place))

    def on_words(self, words: str, first: str, last: str) -> Say:
        """The first and last day that these words mean."""
        low, high = date.fromisoformat(first), date.fromisoformat(last)
        self.when = When(spans=(find(self.r, words),), rule=RULE, earliest=low, latest=high)
        return self

    def toll(
        self, low: int | None, high: int | None, of: str | None = None, measure: str = "killed", **more: str
    ) -> Say:
        """A figure; `more` is whom it counts and its `hedge`."""
        hedge, whom = Qualifier(more.get("hedge", "exact")), more.get("whom")
        made = Figure(
            spans=(self.head,),
            rule=RULE,
            measure=Measure(measure),
            min=low,
            max=high,
            of=of,
            whom=whom,
            qualifier=hedge,
        )
        return self._add("figures", made)

    def said(self, name: str, kind: SourceType = SourceType.OFFICIAL) -> Say:
        """A source, after those given before."""
        return self._add("sources", Source(spans=(self.head,), rule=RULE, name=name, type=kind))

    def done(self) -> Statement:
        """The statement."""
        return Statement(
            report_id=self.r.id,
            sentence=self.sentence,
            trigger=(self.head,),
            event=Code(scheme="plover", code=self.event, rule=RULE, spans=(self.head,)),
            sub_event=Code(scheme="acled", code=self.sub, rule=RULE, spans=(self.head,)) if self.sub else None,
            certainty=Surety(label=self.label, rule=RULE, basis=Basis.DEFAULT),
            date=self.when,
            **self.held,
        )

    def item(self) -> Linkable:
        """The statement, ready for linking."""
        return Linkable(self.done(), self.r.key, self.r.published, self.r.outlet, self.r.text)
