"""Geoparsing (LGL, GeoVirus): the place names of local and world news, and where they are.

Two questions of each corpus: which words are toponyms, asked of the plain text, and where each of the gold toponyms is
(published figures are of this kind). LGL counts words for nationals ("Syrian police") as toponyms of the country, so
they are given there; GeoVirus does not.
"""

from __future__ import annotations

import gzip
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from benchmarks.public._annotated import read_annotated
from benchmarks.public._run import Options, run_options, score, show
from dateline.config import Config
from dateline.pipeline import load_resources
from dateline.records import Report
from dateline.resolve.places import PlaceResolver, Toponym

RECOGNITION, GIVEN = "recognition.exact span.f1", "given.acc@161"
AIMS = {"lgl": {RECOGNITION: 0.75, GIVEN: 0.83}, "GeoVirus": {RECOGNITION: 0.85, GIVEN: 0.90}}
MORE = ("recognition.exact span.p", "recognition.exact span.r", "end_to_end.within 161 km.f1")
NATIONALS = frozenset({"lgl"})
"""Corpora whose toponyms include words for nationals."""
GOLD = "data/geoparsing/{}.xml.gz"
_ASTRAY = 60
"""Characters by which the offsets of a corpus may miss the phrase they are given for."""


@dataclass(frozen=True, slots=True)
class Article:
    """A text with the spans of its gold toponyms."""

    report: Report
    spans: tuple[tuple[int, int], ...]


def located(text: str, phrase: str, start: int) -> tuple[int, int]:
    """Where a phrase stands that offsets say begins at `start`: there, or at its nearest occurrence."""
    low = max(0, start - _ASTRAY)
    near = [i for i in range(low, start + _ASTRAY + 1) if text.startswith(phrase, i)]
    at = min(near, key=lambda i: (abs(i - start), i), default=start)
    return at, at + len(phrase)


def articles(path: Path) -> Iterator[Article]:
    """The articles of a corpus in its own form."""
    root = ElementTree.fromstring(gzip.decompress(path.read_bytes()))
    for number, element in enumerate(root.findall("article")):
        text = element.findtext("text") or ""
        spans = []
        for node in (n for group in ("toponyms", "locations") for n in element.findall(f"{group}/*")):
            phrase = node.findtext("phrase") or node.findtext("name") or ""
            if phrase and node.find("start") is not None:
                spans.append(located(text, phrase, int(node.findtext("start") or 0)))
        key = element.get("docid") or element.get("file") or str(number)
        yield Article(Report(text=text, external_id=key), tuple(spans))


def answer(report: Report, found: Sequence[Toponym], *, nationals: bool) -> dict[str, Any]:
    """The prediction of one article."""
    held = [t for t in found if nationals or not t.national]
    return {"doc_id": report.external_id, "toponyms": [_toponym(t) for t in held]}


def _toponym(t: Toponym) -> dict[str, Any]:
    made: dict[str, Any] = {"start": t.start, "end": t.end}
    if t.entry:
        made |= {"lat": t.entry.lat, "lon": t.entry.lon}
        source, _, number = t.entry.id.partition(":")
        if source == "geonames":
            made["geonameid"] = number
    return made


def _resolver() -> PlaceResolver:
    return next(r for r in load_resources(Config()).resolvers if isinstance(r, PlaceResolver))


@click.command("geoparse", help=(__doc__ or "").split("\n\n")[0])
@run_options
def command(options: Options) -> None:
    """Read, find and place toponyms, score."""
    resolver = _resolver()
    figures: dict[str, Any] = {}
    aims: dict[str, float | None] = {}
    for part, part_aims in AIMS.items():
        gold = options.shared(GOLD.format(part))
        rows = options.first(articles(gold))
        reads = read_annotated(f"geoparse-{part}", [a.report for a in rows], options)
        nationals = part in NATIONALS
        found = [answer(r.report, resolver.toponyms(r.report, r.annotation), nationals=nationals) for r in reads]
        given = [answer(a.report, resolver.at(a.report, a.spans), nationals=True) for a in rows]
        figures[part] = score("geoparse.py", gold, found, options)
        figures[part]["given"] = score("geoparse.py", gold, given, options)["resolution"]
        aims |= {f"{part}.{key}": aim for key, aim in part_aims.items()}
        aims |= {f"{part}.{key}": None for key in MORE}
    show(figures, aims, options)
