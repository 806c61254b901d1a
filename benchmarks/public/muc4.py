"""MUC-4: the product's incidents as templates of the terrorism task of 1992 (codebook: template-doc, version 7).

Wires of 1988 to 1991 in capitals, broken into lines. A report is made of each as the product's text reader would; its
day is the one its dateline names. Statements of violence are put into the task's seven incident types, the product's
linker says which tell of one incident, and the codebook's rules decide what is relevant, what is one template and what
fills its slots. No rule looks at a key.
"""

from __future__ import annotations

import gzip
import json
import pickle
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import click

from benchmarks.public import _muc4_slots as slots
from benchmarks.public._muc4_actors import groups_of, perpetrators
from benchmarks.public._muc4_people import Human, Names, Scene, humans
from benchmarks.public._muc4_words import has, starts, table, words
from benchmarks.public._run import Options, run_options, score_rows, show
from dateline.config import Config
from dateline.incidents.items import linkables
from dateline.incidents.linking import link
from dateline.ingest.clean import compose, paragraphs_of
from dateline.labels import Certainty
from dateline.language.base import Annotation, Language
from dateline.pipeline import load_resources, process_one
from dateline.records import Report, ReportResult, Statement

AIMS = {
    "core_slots.f": 0.42,
    "all_templates.f": 0.36,
    "core_slots.r": None,
    "core_slots.p": None,
    "all_templates.r": None,
    "all_templates.p": None,
    "matched_only.f": None,
    "text_filtering.f1": None,
}
GOLD = "data/muc4/muc4_full_24slots.jsonl.gz"
DEVELOPMENT = ("tst1", "tst2")
_DATELINE = re.compile(r"\s*(.{2,60}?),\s+(\d{1,2}) ([A-Z]{3})[A-Z]* (\d\d)\b")
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_RECENT = timedelta(days=62)
"""What happened longer before the report is not recent."""
_LONG = timedelta(days=31)
"""What is said of a longer time is a summary."""
_UNREAL = (Certainty.DENIED, Certainty.HYPOTHETICAL, Certainty.PLANNED)


# reports


def report_of(row: dict[str, Any]) -> Report:
    """A wire as the product's text reader makes it, with the day that its dateline names."""
    text = compose(None, paragraphs_of(row["text"]))
    return Report(text=text, external_id=row["id"], published=filed(text))


def filed(text: str) -> date | None:
    """The day that the dateline names."""
    m = _DATELINE.match(text)
    if m is None or m[3] not in _MONTHS:
        return None
    try:
        return date(1900 + int(m[4]), _MONTHS.index(m[3]) + 1, int(m[2]))
    except ValueError:
        return None


def country_of(report: Report) -> str | None:
    """The country of interest that a report is about: the one it names most often, else that of its dateline."""
    text = report.text.lower()
    counts = {
        code: sum(len(re.findall(rf"\b{re.escape(w)}s?\b", text)) for w in table("countries")[code][1:])
        for code in table("interest")
    }
    m = _DATELINE.match(report.text)
    home = next((c for place, c in table("datelines").items() if m and has(m[1], [place])), None)
    if home:
        counts[home] += 2
    best = max(counts, key=lambda c: counts[c])
    return best if counts[best] else None


# incidents


def type_of(s: Statement) -> str | None:
    """The task's type of incident that a statement tells of."""
    if s.event.code not in words("events"):
        return None
    trigger = " ".join(t.quote for t in s.trigger)
    sub = s.sub_event.code if s.sub_event else None
    for kind, stems in table("types").items():
        if starts(trigger, stems):
            if kind == "KIDNAPPING" and sub != "Abduction/forced disappearance" and not starts(trigger, stems[:4]):
                continue
            return str(kind)
    return table("sub_events").get(sub) if sub else None


def scenes(result: ReportResult, names: Names) -> list[Scene]:
    """The incidents of a report: the product's, cut by type; those with one victim put together."""
    by_id = {s.id: s for s in result.statements}
    country, groups = country_of(result.report), groups_of(result.statements)
    out: list[Scene] = []
    for incident in link(linkables([result]), Config().link).incidents:
        held: dict[str, list[Statement]] = {}
        for s in (by_id[i] for i in incident.statements):
            kind = type_of(s)
            if kind and told(s, result.report):
                held.setdefault(kind, []).append(s)
        if "BOMBING" in held and "ATTACK" in held:
            other = [s for s in held["ATTACK"] if starts(s.trigger[0].quote, words("no_bombs"))]
            held["BOMBING"] += [s for s in held["ATTACK"] if s not in other]
            held["ATTACK"] = other
        for kind, found in ((k, f) for k, f in held.items() if f):
            inorder = sorted(found, key=lambda s: s.trigger[0].start)
            out.append(Scene(kind, tuple(inorder), result.report, names, country, groups))
    return joined(out)


def told(s: Statement, report: Report) -> bool:
    """Whether a statement reports a recent act as a fact, and one act rather than what a time has seen."""
    if s.certainty.label in _UNREAL:
        return False
    day = s.date
    if day and day.latest and report.published and day.latest < report.published - _RECENT:
        return False
    return not (day and day.earliest and day.latest and day.latest - day.earliest > _LONG)


def joined(found: Sequence[Scene]) -> list[Scene]:
    """Scenes of one type that have the same victim, as one."""
    out: list[Scene] = []
    for scene in sorted(found, key=lambda x: x.statements[0].trigger[0].start):
        mine = victims(scene)
        at = next((i for i, o in enumerate(out) if o.kind == scene.kind and mine & victims(o)), None)
        if at is None:
            out.append(scene)
        else:
            out[at] = replace(out[at], statements=out[at].statements + scene.statements)
    return out


def victims(scene: Scene) -> set[str]:
    """The names of those killed, wounded or kidnapped."""
    harmed = (h for h in humans(scene) if h.name and (h.effect or scene.kind == "KIDNAPPING"))
    return {h.name for h in harmed if h.name and " " in h.name}


# templates


def template(scene: Scene) -> dict[str, Any] | None:
    """The template of a scene; None if the task does not want it."""
    people = humans(scene)
    things = [] if scene.kind == "KIDNAPPING" else slots.physical(scene)
    who = perpetrators(scene, people)
    where = slots.location(scene)
    if (not people and not things) or where is None or not relevant(scene, people, things):
        return None
    return {
        "date": slots.when(scene),
        "location": where,
        "type": scene.kind,
        "stage": slots.stage(scene),
        "category": who.category,
        "instruments": slots.instruments(scene),
        "perp_individuals": list(who.individuals),
        "perp_organizations": [{"id": o, "confidence": c} for o, c in who.organisations],
        "physical_targets": [x | {"nation": slots.nation(scene, x["id"])} for x in things],
        "human_targets": [_human(scene, h) for h in people],
    }


def _human(scene: Scene, h: Human) -> dict[str, Any]:
    return {
        "name": h.name,
        "description": h.description,
        "type": h.kind,
        "number": h.number,
        "nation": slots.nation(scene, h.description or ""),
        "effect": h.effect,
    }


def relevant(scene: Scene, people: Sequence[Human], things: Sequence[dict[str, Any]]) -> bool:
    """Whether somebody or something civilian or foreign was the target, and one incident is told of rather than a
    kind of them."""
    forces = ("ACTIVE MILITARY", "LAW ENFORCEMENT")
    civilian = (h.kind not in forces or slots.nation(scene, h.description or "") for h in people)
    wanted = any(civilian) or any(not has(x["id"], words("of_forces")) for x in things)
    numbers = [h.number for h in people] + [x["number"] for x in things]
    placed = any(p.feature and p.feature[0] == "P" for s in scene.statements for p in s.event_places)
    dated = any(s.date and s.date.latest for s in scene.statements)
    definite = any(h.definite and h.effect for h in people)
    return wanted and (placed or dated or definite or any(n != "PLURAL" for n in numbers))


def answer(result: ReportResult, names: Names = ()) -> dict[str, Any]:
    """The task's answer for a report. `names` says where persons are named."""
    made = (template(scene) for scene in scenes(result, names))
    return {"id": result.report.key, "templates": [t for t in made if t]}


# the command


def wires(options: Options) -> list[dict[str, Any]]:
    """The development wires with their keys."""
    with gzip.open(options.shared(GOLD), "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        return options.first(r for r in rows if r["split"] in DEVELOPMENT)


class _Overheard:
    """The product's language, remembering where it reads names of persons."""

    def __init__(self, language: Language) -> None:
        self.language, self.name = language, language.name
        self.names: dict[str, Names] = {}

    def annotate(self, report: Report) -> Annotation:
        """The language's annotation."""
        made = self.language.annotate(report)
        self.names[report.id] = tuple((n.start, n.end) for n in made.named if n.label == "PER")
        return made


def read(reports: Sequence[Report], options: Options) -> list[tuple[ReportResult, Names]]:
    """What the product reads in each report, and where the same reading has names of persons."""
    resources = load_resources(Config())
    file = options.cache / f"muc4-{resources.fingerprint}.pickle" if options.cache else None
    held: dict[str, tuple[ReportResult, Names]] = {}
    if file and file.exists() and not options.reread:
        held = pickle.loads(file.read_bytes())
    language = _Overheard(resources.language)
    for n, report in enumerate((r for r in reports if r.id not in held), 1):
        result = process_one(report, replace(resources, language=language))
        held[report.id] = (result, language.names.get(report.id, ()))
        if file and n % 50 == 0:
            _keep(file, held)
    if file:
        _keep(file, held)
    return [held[r.id] for r in reports]


def _keep(file: Path, held: dict[str, tuple[ReportResult, Names]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pickle.dumps(held))


def wrong(rows: Iterable[dict[str, Any]], answers: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Documents whose incidents are not of the types of the key: what the key has, and the answer."""
    for row, made in zip(rows, answers, strict=True):
        wanted = [t["INCIDENT: TYPE"][0] for t in row["templates"] if "OPTIONAL" not in t["MESSAGE: TEMPLATE"][0]]
        got = [t["type"] for t in made["templates"]]
        if sorted(wanted) != sorted(got):
            templates = "".join(f"\n  {json.dumps(t, ensure_ascii=False)}" for t in made["templates"])
            yield f"{row['id']}: key {', '.join(wanted) or 'none'}; answer {', '.join(got) or 'none'}{templates}"


@click.command("muc4")
@run_options
def command(options: Options) -> None:
    """MUC-4: templates of terrorist incidents from wires in capitals (TST1 and TST2)."""
    rows = wires(options)
    answers = [answer(result, names) for result, names in read([report_of(r) for r in rows], options)]
    figures = score_rows("muc4.py", rows, answers, options)
    show(figures, AIMS, options, list(wrong(rows, answers)))
