"""Linking statements into incidents: block, score, cluster.

First within each report; then across reports, comparing all that one report says of a happening with all that another
says: "the blast" borrows its place and day from its own report.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, product
from math import inf
from typing import Generic, TypeVar

from dateline.config import LinkConfig
from dateline.incidents.block import pairs_across, pairs_within
from dateline.incidents.cluster import Groups, Pair, Scorer, agglomerate, cluster
from dateline.incidents.codes import code, incident_id, unique
from dateline.incidents.features import Features, all_features, merged
from dateline.incidents.groups import Group, Told, slimmed, some, vague
from dateline.incidents.items import Linkable, linkables
from dateline.incidents.mains import both_main, marked
from dateline.incidents.score import explain, forbidden, strength
from dateline.incidents.verdicts import NO_VERDICTS, Verdict, Verdicts, joined
from dateline.incidents.vocabulary import words
from dateline.incidents.weights import Weights, weights
from dateline.records import Incident, Link, ReportResult

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
BEST_LINKS = 3
"""How many of its strongest links (and of its near misses) a statement keeps, beside the links that hold its
incident together."""
_STRICT = partial(agglomerate, each=True)
PERSON = 100.0
"""What a person's word weighs in the links that show it."""


@dataclass(frozen=True, slots=True)
class Linking:
    """The result: every statement in exactly one incident; the links that explain them; and near misses,
    pairs almost or otherwise linked that stand in different incidents, for people to look at. `mains`: the id of a
    report → a statement of what it mainly tells of (mains.py)."""

    incidents: tuple[Incident, ...]
    links: tuple[Link, ...]
    near_misses: tuple[Link, ...]
    mains: Mapping[str, str]

    @property
    def incident_of(self) -> dict[str, str]:
        """Statement id → incident code."""
        return {s: i.code for i in self.incidents for s in i.statements}


class _Memory(Generic[K, V]):
    """Values by key, kept from one round to the next if asked to; what a round does not use is forgotten after it,
    unless it may be used again."""

    def __init__(self, keep: bool) -> None:
        self._keep = keep
        self._before: dict[K, V] = {}
        self._now: dict[K, V] = {}

    def get(self, key: K, make: Callable[[K], V]) -> V:
        """What is remembered, else what `make` gives."""
        if not self._keep:
            return make(key)
        if key not in self._now:
            self._now[key] = self._before[key] if key in self._before else make(key)
        return self._now[key]

    def drop(self, gone: Callable[[K], bool]) -> None:
        """Forget some keys between two rounds."""
        self._before = {k: v for k, v in self._before.items() if not gone(k)}

    def know(self, held: Mapping[K, V]) -> None:
        """Remember this from before."""
        self._before |= held

    @property
    def held(self) -> Mapping[K, V]:
        """What is remembered."""
        return self._before

    def end(self, again: Callable[[K], bool] = lambda _: False) -> None:
        """The end of a round. `again`: whether a key that was not used may be."""
        self._before = {k: v for k, v in self._before.items() if again(k)} | self._now
        self._now = {}


class Linker:
    """Links a growing collection again and again. Each result is what `link` gives, but reports are gone through,
    pairs scored and groups formed anew only where something has changed since the last time. `scored` counts the
    pairs across reports that were scored. With `keep` off nothing is remembered."""

    def __init__(self, config: LinkConfig, learned: Weights | None = None, keep: bool = True) -> None:
        self.config, self.weights, self.words = config, learned or weights(), words()
        self.scored = 0
        self._keep = keep
        self._judged = NO_VERDICTS
        self._reports: _Memory[tuple[Linkable, ...], Told] = _Memory(keep)
        self._scores: _Memory[tuple[Group, Group], float] = _Memory(keep)
        self._torn: _Memory[tuple[Group, Group], bool] = _Memory(keep)
        self._joined: _Memory[tuple[tuple[Group, ...], tuple[tuple[int, ...], ...]], list[list[int]]] = _Memory(keep)
        self._links: _Memory[tuple[Group, Group, bool], Link] = _Memory(keep)

    def link(self, items: Iterable[Linkable], verdicts: Verdicts = NO_VERDICTS) -> Linking:
        """Group statements by happening. Depends on the set of statements and on the verdicts, not on their order.

        What people say in `verdicts` holds; beyond that, no two statements that something forbids to be one ever share
        an incident. A statement that comes twice counts once. Incidents are sorted by their anchor (earliest
        publication), statements within one by publication, report and place in the text; links by their ids.
        """
        self.heed(verdicts)
        ordered = sorted({i.id: i for i in items}.values(), key=lambda i: (i.statement.report_id, i.order))
        by_report = groupby(ordered, lambda i: i.statement.report_id)
        return self._linked([self._reports.get(tuple(held), self._within) for _, held in by_report])

    def heed(self, verdicts: Verdicts) -> None:
        """Let what people say hold from now on."""
        if verdicts.given != self._judged.given:
            spoken = verdicts.spoken | self._judged.spoken
            self._judged = verdicts
            # all else is told of groups, and the groups of these reports are made anew
            self._reports.drop(lambda items: any(i.id in spoken for i in items))

    def know(
        self, scores: Mapping[tuple[Group, Group], float], links: Mapping[tuple[Group, Group, bool], Link]
    ) -> None:
        """Remember scores of groups, and links that explain them (left, right, whether they are one), from before."""
        self._scores.know(scores)
        self._links.know(links)

    @property
    def known_scores(self) -> Mapping[tuple[Group, Group], float]:
        """The scores that are remembered, of groups in order of publication."""
        return self._scores.held

    def link_told(self, reports: Iterable[Told]) -> Linking:
        """The same for reports that were gone through before, each once."""
        return self._linked(list(reports))

    def link_reports(self, results: Iterable[ReportResult]) -> Linking:
        """The same for reports that come one by one, each once; of their statements only what is needed is held."""
        made = (tuple(sorted(linkables((r,)), key=lambda i: i.order)) for r in results)
        return self._linked([self._within(items) for items in made if items])

    def _linked(self, reports: Sequence[Told]) -> Linking:
        groups, joined = self._joined_by_people(
            sorted((g for r in reports for g in r.groups), key=lambda g: g.whole.item.order)
        )
        chosen, outer = self._across(groups)
        members = [sorted((f.item for g in c for f in groups[g].parts), key=lambda i: i.order) for c in chosen]
        members.sort(key=lambda m: m[0].order)
        made = _named(members)
        of = {s: incident.id for incident in made for s in incident.statements}
        links = [*joined, *self._apart_links(groups), *(x for r in reports for x in r.links), *outer]
        alive = set(groups) if self._keep else set()
        for held in (self._scores, self._torn):
            held.end(lambda pair: pair[0] in alive and pair[1] in alive)
        for memory in (self._reports, self._joined, self._links):
            memory.end()
        return Linking(
            incidents=made,
            links=_sorted(x for x in links if x.same),
            near_misses=_sorted(x for x in links if not x.same and of[x.left] != of[x.right]),
            mains={g.whole.item.statement.report_id: g.whole.id for g in groups if g.whole.main},
        )

    # within a report

    def within(self, items: Iterable[Linkable]) -> tuple[Group, ...]:
        """What one report says of each happening."""
        return self.tell(items).groups

    def tell(self, items: Iterable[Linkable]) -> Told:
        """What one report says of each happening, and the links within it."""
        return self._within(tuple(sorted(items, key=lambda i: i.order)))

    def _within(self, items: tuple[Linkable, ...]) -> Told:
        single = [Group(f, (f,)) for f in all_features(items, self.weights.families, self.words)]
        units, joined = self._joined_by_people(single)
        found = [u.whole for u in units]

        def score(i: int, j: int) -> float:
            return -inf if self._told_apart(units[i], units[j]) else self._alike(found[i], found[j])

        need = self.config.threshold + self.weights.within_more
        known = self._known(pairs_within(found), score, need)
        local = cluster(len(found), known, score, need, need - self.weights.slack, join=_STRICT)
        groups = tuple(
            Group(
                merged([found[i] for i in held], self.weights.general),
                tuple(sorted((f for i in held for f in units[i].parts), key=lambda f: f.item.order)),
            )
            for held in local
        )
        links = (self._explained(found[i], found[j], same) for i, j, same in self._worth_keeping(known, local, need))
        groups = tuple(map(slimmed, marked(groups, self.weights)))
        return Told(groups, (*joined, *self._follow_ups(single), *links))

    def _follow_ups(self, told: Sequence[Group]) -> Iterator[Link]:
        """A sentence that tells one thing as what came after another joins them without making them one."""
        by_sentence: dict[int, list[Features]] = defaultdict(list)
        for g in told:
            by_sentence[g.whole.item.statement.sentence.start].append(g.whole)
        for held in by_sentence.values():
            for a, b in product((f for f in held if f.earlier), (f for f in held if not f.earlier)):
                yield self._explained(a, b, False)

    def _alike(self, a: Features, b: Features) -> float:
        """The strength of two statements, -inf where they are forbidden to be one or too vague to link."""
        return -inf if vague(a, b) else strength(a, b, self.config, self.weights)

    # across reports

    def _across(self, groups: Sequence[Group]) -> tuple[list[list[int]], list[Link]]:
        """Groups of the groups, and the links and near misses worth keeping."""
        found = [g.whole for g in groups]

        need = self.config.threshold
        bar = need - self.weights.near_miss

        def strong(i: int, j: int) -> float:
            return self._scores.get((groups[i], groups[j]), self._agree)

        def whole(i: int, j: int, found: float) -> float:
            return -inf if self._torn.get((groups[i], groups[j]), self._tear) else found

        def score(i: int, j: int) -> float:
            found = strong(i, j)
            return whole(i, j, found) if found > -inf else found

        def worth_knowing(i: int, j: int) -> float:
            found = strong(i, j)
            return whole(i, j, found) if found >= bar else -inf

        def join(members: list[int], score: Scorer, threshold: float, mean: float, start: Groups) -> list[list[int]]:
            place = {i: k for k, i in enumerate(members)}

            def make(_: object) -> list[list[int]]:
                return [[place[i] for i in part] for part in agglomerate(members, score, threshold, mean, start)]

            begun = tuple(tuple(place[i] for i in g if i in place) for g in start)
            parts = self._joined.get((tuple(groups[i] for i in members), begun), make)
            return [[members[k] for k in part] for part in parts]

        known = self._known(pairs_across(found, self.config.max_days, self.weights.toll_worth), worth_knowing, need)
        mean = need - self.weights.slack
        sure = {(i, j): s for (i, j), s in known.items() if both_main(found[i], found[j])}
        first = [g for g in cluster(len(groups), sure, score, need, mean, join=join) if len(g) > 1]
        chosen = cluster(len(groups), known, score, need, mean, join=join, start=first)
        kept = ((groups[i], groups[j], same) for i, j, same in self._worth_keeping(known, chosen, need))
        return chosen, [self._links.get(key, lambda k: self._explained(k[0].whole, k[1].whole, k[2])) for key in kept]

    def _agree(self, pair: tuple[Group, Group]) -> float:
        """The strength of what two reports say, -inf where they are forbidden to be one or one has but bare words. What
        one report tells apart stays apart."""
        a, b = pair
        if a.whole.item.statement.report_id == b.whole.item.statement.report_id:
            return -inf
        self.scored += 1
        if self._told_apart(a, b):
            return -inf
        told = both_main(a.whole, b.whole) or not (a.whole.bare or b.whole.bare)
        if not told or a.whole.habit != b.whole.habit:
            return -inf
        return strength(a.whole, b.whole, self.config, self.weights)

    def _tear(self, pair: tuple[Group, Group]) -> bool:
        """Whether some of their statements are forbidden to be one, or too vague to link, though the wholes are not."""
        a, b = pair
        if len(a.parts) * len(b.parts) == 1 or both_main(a.whole, b.whole):
            return False
        parts = product(some(a.parts), some(b.parts))
        return any(vague(x, y) or forbidden(x, y, self.config, self.weights) for x, y in parts)

    # both

    def _told_apart(self, a: Group, b: Group) -> bool:
        """Whether people say that two groups are not one."""
        judged = self._judged
        if not judged.given:
            return False
        x, y = (judged.roots(f.id for f in g.parts) for g in (a, b))
        return bool(x and y) and judged.apart(x, y)

    def _joined_by_people(self, groups: list[Group]) -> tuple[list[Group], list[Link]]:
        """The groups with those in one that people say are one, and links that say so."""
        judged = self._judged
        if not judged.given:
            return groups, []
        held = joined(judged.roots(f.id for f in g.parts) for g in groups)
        links, out = [], []
        for members in held:
            first, *rest = (groups[i] for i in members)
            for other in rest:
                verdict = next((v for r in sorted(judged.roots([first.whole.id])) if (v := judged.same(r))), None)
                links.append(self._by_person(first.whole, other.whole, verdict, same=True))
            parts = tuple(f for i in members for f in groups[i].parts)
            wholes = [groups[i].whole for i in members]
            out.append(Group(merged(wholes, self.weights.general), parts) if rest else first)
        return out, links

    def _apart_links(self, groups: Iterable[Group]) -> list[Link]:
        """Near misses for what people say is not one."""
        if not self._judged.apart_pairs:
            return []
        by_id = {f.id: f for g in groups for f in g.parts}
        pairs = [p for p in self._judged.apart_pairs if p[0] in by_id and p[1] in by_id]
        return [self._by_person(by_id[a], by_id[b], verdict, same=False) for a, b, verdict in pairs]

    def _by_person(self, a: Features, b: Features, verdict: Verdict | None, same: bool) -> Link:
        found = explain(a, b, self.config, self.weights)
        said = (verdict.as_reason(PERSON if same else -PERSON),) if verdict else ()
        total = round(found.score + sum(r.weight for r in said), 3)
        return replace(found, same=same, score=total, reasons=(*said, *found.reasons))

    def _known(self, candidates: Iterable[Pair], score: Scorer, need: float) -> dict[Pair, float]:
        bar = need - self.weights.near_miss
        return {p: s for p in candidates if (s := score(*p)) >= bar}

    def _worth_keeping(
        self, known: Mapping[Pair, float], groups: Sequence[Sequence[int]], need: float
    ) -> Iterator[tuple[int, int, bool]]:
        """The strongest pairs within groups (True) and between them (False)."""
        group = {i: g for g, held in enumerate(groups) for i in held}
        together = {p for p in known if group[p[0]] == group[p[1]]}
        inside = [(-s, p) for p, s in known.items() if p in together and s >= need]
        apart = [(-s, p) for p, s in known.items() if p not in together]
        yield from ((i, j, True) for i, j in _strongest(inside, tree=True))
        yield from ((i, j, False) for i, j in _strongest(apart))

    def _explained(self, a: Features, b: Features, same: bool) -> Link:
        return replace(explain(a, b, self.config, self.weights), same=same)


def link(
    items: Iterable[Linkable],
    config: LinkConfig,
    learned: Weights | None = None,
    verdicts: Verdicts = NO_VERDICTS,
) -> Linking:
    """Group statements by happening, once, with the weights that come with Dateline or with others; see `Linker`."""
    return Linker(config, learned, keep=False).link(items, verdicts)


def _named(members: Sequence[Sequence[Linkable]]) -> tuple[Incident, ...]:
    codes = unique(code(m) for m in members)
    return tuple(
        Incident(id=incident_id(m), code=c, statements=tuple(i.id for i in m))
        for m, c in zip(members, codes, strict=True)
    )


def _sorted(links: Iterable[Link]) -> tuple[Link, ...]:
    """By ids; of two links of one pair the first."""
    once: dict[tuple[str, str], Link] = {}
    for x in links:
        once.setdefault((x.left, x.right), x)
    return tuple(once[key] for key in sorted(once))


def _strongest(scored: Iterable[tuple[float, Pair]], tree: bool = False) -> Iterator[Pair]:
    """Each one's few best pairs; with `tree`, also all that a strongest spanning tree needs."""
    parent: dict[int, int] = {}
    count: Counter[int] = Counter()

    def root(i: int) -> int:
        while (up := parent.get(i, i)) != i:
            parent[i] = parent.get(up, up)
            i = up
        return i

    for _, (i, j) in sorted(scored):
        a, b = root(i), root(j)
        if (tree and a != b) or (count[i] < BEST_LINKS and count[j] < BEST_LINKS):
            yield i, j
            count.update((i, j))
        parent[max(a, b)] = min(a, b)
