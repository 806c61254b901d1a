"""A mixed stream, most of it irrelevant, with triage: what it lets through, what it loses, how fast it goes.

    python -m benchmarks.stream --gold GOLD.jsonl --data FOLDER [--reports N] [--share 0.1] [--json]

GOLD is annotated reports (gold/GUIDELINES.md); FOLDER holds the corpora of other news (../shared/data). Reports of the
stream have about 400 words: longer texts are cut, shorter ones of a corpus joined. Nobody has annotated the other news,
and some of it does tell of conflict, so its share that passes is not all error. Two sets are listed apart, because
much of them is in scope, and are no part of the stream: LGL's outlets in countries at war, and the MUC-4 documents
without a template, political news of Latin America. Triage has learnt from none of LGL, WikiGold, the GUM news and
MUC-4, nor from the parts of GeoVirus and of Wikipedia's Current Events that are read here. Seconds are processor time
of this one process.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, cycle, islice, pairwise, zip_longest
from pathlib import Path
from typing import Any

import click

from dateline.config import Config
from dateline.ingest.parse import parse_all
from dateline.ingest.read import read_items
from dateline.pipeline import Resources, load_resources, process_one
from dateline.records import Report

WORDS = 400
HELD_OUT_DAYS = 6
"""Days of each month that training/triage_texts.py leaves out."""
QUIET = ("Disaster", "Business", "Art", "Sport", "Science", "Health", "Religion")
"""Sections of Portal:Current events without conflict, by how their names begin."""

AT_WAR = ("haaretz.com", "jpost.com", "dailystar.com.lb", "ahram.org.eg", "civil.ge", "messenger.com.ge", ".ru")
"""Outlets of LGL whose news of 2009 is in good part about conflict."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A report of the stream: where it comes from, its text, how many annotated statements it holds."""

    source: str
    text: str
    statements: int = 0


def unpacked(path: Path) -> str:
    """A text file, gzipped or not. Ends the program with a sentence if it is not there."""
    if not path.is_file():
        raise SystemExit(
            f"{path} is missing: --data must name the folder of corpora (../shared/data beside a checkout)"
        )
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file."""
    return (json.loads(line) for line in unpacked(path).split("\n") if line.strip())


def _local(data: Path, at_war: bool) -> Iterator[str]:
    text = unpacked(data / "geoparsing" / "lgl.xml.gz")
    found = re.findall(r"<domain>(.*?)</domain>.*?<text>(.*?)</text>", text, re.S)
    return (
        html.unescape(t.removeprefix("<![CDATA[").removesuffix("]]>"))
        for domain, t in found
        if domain.endswith(AT_WAR) == at_war
    )


def lgl(data: Path) -> Iterator[str]:
    """Local news of 2009, mostly of the United States."""
    return _local(data, at_war=False)


def lgl_at_war(data: Path) -> Iterator[str]:
    """The same from the Middle East, Georgia and Russia."""
    return _local(data, at_war=True)


def geovirus(data: Path) -> Iterator[str]:
    """News of diseases: every second article."""
    found = re.findall(r"<text>(.*?)</text>", unpacked(data / "geoparsing" / "GeoVirus.xml.gz"), re.S)
    return (html.unescape(t) for t in found[1::2])


def gum(data: Path) -> Iterator[str]:
    """Wikinews of all kinds."""
    documents = unpacked(data / "ud_english_gum" / "gum_news_only.conllu.gz").split("# newdoc id")[1:]
    return (" ".join(re.findall(r"^# text = (.*)$", d, re.M)) for d in documents)


def wikigold(data: Path) -> Iterator[str]:
    """Encyclopedia articles."""
    path = data / "ner_misc" / "wikigold" / "CONLL-format" / "data" / "wikigold.conll.txt"
    for document in unpacked(path).split("-DOCSTART-"):
        yield " ".join(line.split()[0] for line in document.split("\n")[1:] if line.strip())


def current_events(data: Path) -> Iterator[str]:
    """Items of Wikipedia's Current Events on disasters, business, arts, sport, science and health."""
    folder = data / "wikipedia_current_events"
    conflict = {r["text"] for r in rows(folder / "items_armed_conflict.jsonl.gz")}
    for r in rows(folder / "items_all.jsonl.gz"):
        quiet = int(r["date"][-2:]) <= HELD_OUT_DAYS and r["section"].startswith(QUIET)
        if quiet and r["text"] not in conflict:
            yield r["text"]


def muc4(data: Path) -> Iterator[str]:
    """MUC-4 development documents without a template."""
    held = rows(data / "muc4" / "muc4_full_24slots.jsonl.gz")
    return (r["text"] for r in held if r["split"] == "dev" and not r["templates"])


OTHER = {"LGL": lgl, "GeoVirus": geovirus, "GUM news": gum, "WikiGold": wikigold, "Current Events": current_events}


def sized(source: str, texts: Iterable[tuple[str, int]]) -> Iterator[Piece]:
    """Texts with their statements as pieces of about WORDS words. A text that is cut keeps the count of its statements:
    it is judged as a whole."""
    held, words, statements = list[str](), 0, 0
    for text, count in texts:
        cut = text.split(" ")[: WORDS - words]
        held, words, statements = [*held, " ".join(cut)], words + len(cut), statements + count
        if words >= WORDS:
            yield Piece(source, "\n\n".join(held), statements)
            held, words, statements = [], 0, 0


def annotated(path: Path) -> list[Piece]:
    """The reports of a gold file as they are."""
    if not path.is_file():
        raise SystemExit(f"{path} is missing: --gold must name a file of annotated reports (../shared/gold)")
    counted = ((r["text"], sum(not s.get("optional") for s in r["statements"])) for r in rows(path))
    return [Piece("gold", text, n) for text, n in counted if n]


def mixed(gold: Iterable[Piece], other: Mapping[str, list[Piece]], reports: int, part: float) -> list[Piece]:
    """The stream: sources of other news by turns, relevant reports evenly among them, repeated if there are too few."""
    turns = chain.from_iterable(zip_longest(*other.values()))
    rest = list(islice((p for p in turns if p), reports - round(reports * part)))
    wanted = round(len(rest) * part / (1 - part))
    relevant = islice(cycle(sized("gold", ((p.text, p.statements) for p in gold))), wanted)
    ends = [round(len(rest) * (i + 1) / wanted) for i in range(wanted)]
    groups = (rest[start:end] for start, end in pairwise([0, *ends]))
    return [p for r, group in zip(relevant, groups, strict=True) for p in (r, *group)]


def share(pieces: Iterable[Piece], resources: Resources) -> dict[str, Any]:
    """How many there are, and how many of them pass."""
    assert resources.triage
    held = [(p, resources.triage(p.text).relevant) for p in pieces]
    told = sum(p.statements for p, _ in held)
    found: dict[str, Any] = {"texts": len(held), "pass": _rate(sum(ok for _, ok in held), len(held))}
    if told:
        found |= {"statements": told, "recall of statements": _rate(sum(p.statements for p, ok in held if ok), told)}
    return found


def _rate(part: float, whole: float) -> float:
    return round(part / whole, 4) if whole else 0.0


def speed(stream: list[Piece], resources: Resources) -> dict[str, Any]:
    """Milliseconds of each step, and reports a second, from a file of JSON lines to statements."""
    assert resources.triage
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stream.jsonl"
        path.write_text("".join(json.dumps({"text": p.text}) + "\n" for p in stream), encoding="utf-8")
        began = time.process_time()
        reports = [r for r in parse_all(read_items([str(path)]), Config().ingest) if isinstance(r, Report)]
        parsed = time.process_time()
    relevant = [resources.triage(r.text).relevant for r in reports]
    judged = time.process_time()
    results = [process_one(r, resources) for r in reports]
    done = time.process_time()
    n = len(reports)
    return {
        "reports": n,
        "words": round(sum(len(r.text.split()) for r in reports) / n),
        "read": sum(relevant),
        "statements found": sum(len(r.statements) for r in results),
        "parse ms": round(1000 * (parsed - began) / n, 2),
        "triage ms": round(1000 * (judged - parsed) / n, 2),
        "process ms": round(1000 * (done - judged) / n, 2),
        "ms of a report that passes": round(1000 * (done - judged) / max(1, sum(relevant)), 1),
        "reports/s": round(n / (parsed - began + done - judged), 1),
    }


@click.command()
@click.option("--gold", type=click.Path(path_type=Path), required=True, help="Annotated reports, JSON Lines.")
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Folder of the corpora of other news.")
@click.option("--reports", default=500, show_default=True, help="Reports of the stream.")
@click.option("--share", "part", default=0.1, show_default=True, help="Share of them that is relevant.")
@click.option("--language", help="Language plugin (default: the settings').")
@click.option("--extractor", help="Extractor plugin (default: the settings').")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of lines.")
def main(gold: Path, data: Path, reports: int, part: float, as_json: bool, **plugins: str | None) -> None:
    """Measure and print."""
    told = annotated(gold)
    other = {name: list(sized(name, ((t, 0) for t in read(data)))) for name, read in OTHER.items()}
    resources = load_resources(Config().with_("extract", triage="on", **plugins))
    stream = mixed(told, other, reports, part)
    process_one(Report(text=told[0].text), resources)  # what is loaded at first use is not the stream's time
    result = {
        "gold as it is": share(told, resources),
        "gold in the stream": share((p for p in stream if p.statements), resources),
        "other in the stream": share((p for p in stream if not p.statements), resources),
        **{name: share(pieces, resources) for name, pieces in other.items()},
        "LGL, countries at war": share((Piece("", t) for t in lgl_at_war(data)), resources),
        "MUC-4 without template": share((Piece("", t) for t in muc4(data)), resources),
        "stream": speed(stream, resources),
    }
    if as_json:
        json.dump(result, sys.stdout, indent=1)
        return
    for name, held in result.items():
        print(f"{name:<24} {', '.join(f'{key} {value}' for key, value in held.items())}")


if __name__ == "__main__":
    main()
