"""The Python API: `read` a text, open a `Project`, and everything the command line can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Engine

from dateline.config import Config
from dateline.config import load as load_config
from dateline.errors import ConfigError, IssueCode, NotFound, StoreError
from dateline.export.base import Exporter, LossReport
from dateline.incidents.grades import WITHDRAWN, Grades, Judgement
from dateline.incidents.items import Linkable, linkables
from dateline.incidents.keptout import DAYS, MOST_REPORTS, KeptOut, kept_out
from dateline.incidents.policies import BY_GRADE
from dateline.incidents.verdicts import Verdict
from dateline.incidents.view import IncidentView
from dateline.incidents.views import Beside, consolidate
from dateline.ontology.grades import Scheme
from dateline.pipeline import load_resources, read_one
from dateline.records import Incident, Issue, Link, Report, ReportResult, Statement
from dateline.registry import make
from dateline.run.engine import Progress, RunRequest, RunSummary, execute
from dateline.run.linking import LinkMemory, link_project, publish_anew
from dateline.run.lock import only_writer
from dateline.store import queries, reviews
from dateline.store.beside import reports_beside
from dateline.store.database import open_database, writing
from dateline.store.filters import Filters
from dateline.store.queries import IncidentRow, Page, ReportRow, StatementRow
from dateline.store.search import Hit, search_reports

CONFIG_NAME = "dateline.toml"
DATABASE_NAME = "dateline.db"
MOST_KEPT = 100_000
"""Statements that a project that stays open keeps in memory, about a gigabyte of them."""


def read(
    text: str, *, published: str | date | None = None, outlet: str | None = None, config: Config | None = None
) -> tuple[Statement, ...]:
    """The statements of one text, nothing stored. `published` is a date or "YYYY-MM-DD".

    Raises ValueError for a date that is none, and the stage's own error if the text cannot be processed.
    """
    day = date.fromisoformat(published) if isinstance(published, str) else published
    report = Report(text=text, published=day, outlet=outlet)
    return read_one(report, load_resources(config or Config())).statements


class Project:
    """A project directory: settings, raw files, runs and the database.

    `Project(folder)` opens what is there; `create=True` makes the folder if need be. Raises StoreError if it
    is not a project or cannot be used, ConfigError if its dateline.toml is wrong.
    """

    def __init__(self, root: str | Path, config: Config | None = None, *, create: bool = False) -> None:
        self.root = Path(root)
        if create:
            _make(self.root)
        elif not (self.root / DATABASE_NAME).exists():
            raise StoreError(f"{self.root} is not a Dateline project (no {DATABASE_NAME}); `dateline run` makes one")
        self.config = config or load_config(self.root / CONFIG_NAME)
        self._memory: LinkMemory | None = None

    @cached_property
    def engine(self) -> Engine:
        """The database, opened for reading."""
        return open_database(self.root / DATABASE_NAME, write=False)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self.engine.connect() as c:
            yield c

    def close(self) -> None:
        """Close the database."""
        if "engine" in self.__dict__:
            self.engine.dispose()

    def __enter__(self) -> Project:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, request: RunRequest, progress: Progress | None = None) -> RunSummary:
        """Read, process, load and link; skips what is done. Raises StoreError, ConfigError or PluginError."""
        return execute(self.root, self.config, request, progress)

    def counts(self) -> dict[str, int]:
        """How many reports, statements, incidents and issues it holds."""
        with self._reading() as c:
            return queries.counts(c)

    def fingerprints(self) -> tuple[str, ...]:
        """Those of the runs that made its statements, sorted: one where all were read alike."""
        with self._reading() as c:
            return queries.fingerprints(c)

    def choices(self) -> dict[str, list[str]]:
        """The values that occur, for filter menus."""
        with self._reading() as c:
            return queries.choices(c)

    def reports(self, filters: Filters | None = None) -> Page[ReportRow]:
        """A page of the list of reports."""
        with self._reading() as c:
            return queries.list_reports(c, filters or Filters())

    def statements(self, filters: Filters | None = None) -> Page[StatementRow]:
        """A page of the list of statements."""
        with self._reading() as c:
            return queries.list_statements(c, filters or Filters())

    def incidents(self, filters: Filters | None = None) -> Page[IncidentRow]:
        """A page of the list of incidents."""
        with self._reading() as c:
            return queries.list_incidents(c, filters or Filters())

    def issues(self, code: IssueCode | None = None, report_id: str | None = None) -> tuple[Issue, ...]:
        """What went wrong with inputs and reports in all runs, then what triage passed over; all, or of one code or
        report."""
        with self._reading() as c:
            return queries.list_issues(c, code=code, report_id=report_id)

    def faults(self) -> tuple[Issue, ...]:
        """What went wrong with inputs and reports in all runs."""
        with self._reading() as c:
            return queries.list_faults(c)

    def passed_over(self, limit: int = 50) -> Page[Issue]:
        """The first reports that triage passed over, as the notes of them, and how many there are."""
        with self._reading() as c:
            return queries.list_passed_over(c, limit)

    def search(self, words: str, limit: int = 20, offset: int = 0) -> list[tuple[Report, Hit]]:
        """Reports whose title or text holds the words, best first."""
        with self._reading() as c:
            return [(queries.report(c, h.report_id), h) for h in search_reports(c, words, limit, offset)]

    def find(self, name: str) -> tuple[str, str]:
        """("report" | "statement" | "incident", id) of an id, key, code or unique beginning. Raises NotFound."""
        with self._reading() as c:
            return queries.find(c, name)

    def find_kind(self, kind: str, name: str) -> str:
        """The id a name stands for, which must be one of that kind. Raises NotFound."""
        found, held = self.find(name)
        if found != kind:
            raise NotFound(f"{name!r} is a {found}, not a{'n' if kind == 'incident' else ''} {kind}")
        return held

    def report(self, report_id: str) -> ReportResult:
        """A report with its statements. Raises NotFound."""
        with self._reading() as c:
            return queries.result(c, report_id)

    def report_ids(self) -> list[str]:
        """Ids of all current reports, sorted by key."""
        with self._reading() as c:
            return queries.report_ids(c)

    def statement(self, statement_id: str) -> tuple[Report, Statement]:
        """A statement and its report. Raises NotFound."""
        with self._reading() as c:
            return queries.statement(c, statement_id)

    def statements_of(self, statement_ids: Sequence[str]) -> Mapping[str, tuple[Report, Statement]]:
        """Statements with their reports, by id; those that the project does not hold are left out."""
        with self._reading() as c:
            return {s.id: (r, s) for r, s in queries.statements_of(c, statement_ids)}

    def members(self, incident_id: str) -> tuple[str, tuple[str, ...]]:
        """An incident's code and the ids of its statements, in the order of its view. Raises NotFound."""
        with self._reading() as c:
            return queries.incident_members(c, incident_id)[0], queries.members_in_order(c, incident_id)

    def incident(self, incident_id: str, policy: str | None = None) -> IncidentView:
        """An incident with everything said of it; ranges by the policy of the settings, or another.

        Raises NotFound, or ConfigError for an unknown policy.
        """
        with self._reading() as c:
            return _view(c, incident_id, policy or self.config.ledger.policy, reviews.grades(c))

    def grades(self) -> Grades:
        """All grades that people gave."""
        with self._reading() as c:
            return reviews.grades(c)

    def judge(
        self, name: str, value: str, *, person: str, at: str, voice: str | None = None, reason: str | None = None
    ) -> Judgement:
        """A grade ready for `grade`: of the incident or statement with that name, or of a `voice` of the incident (its
        id or name). Raises NotFound, ConfigError for a step the scale has not."""
        kind, found = self.find(name)
        if kind == "report" or (kind == "statement" and voice):
            raise NotFound(f"{name!r} is a {kind}: grades are of incidents, of their voices, and of statements")
        if not person.strip():
            raise ConfigError("a grade is a person's judgement: say whose it is")
        judged = partial(Judgement, person=person.strip(), at=at, reason=reason or None)
        value = value.upper() if voice and value.lower() != WITHDRAWN else value.lower()
        if kind == "statement":
            return judged(scheme=Scheme.CREDIBILITY, target=found, value=value)
        view = self.incident(found)
        if voice is None:
            return judged(scheme=Scheme.HARM, target=found, value=value, members=tuple(i.id for i in view.items))
        held = [v.id for v in view.hearing.voices if voice.casefold() in {x.casefold() for x in (*v.ids, v.name)}]
        if len(held) != 1:
            known = ", ".join(v.id for v in view.hearing.voices)
            raise NotFound(f"{view.incident.code} has no one voice {voice!r}; its voices are {known}")
        return judged(scheme=Scheme.RELIABILITY, target=held[0], value=value)

    def grade(self, judgement: Judgement) -> None:
        """Append a grade. Raises StoreError if the project is being written to or cannot be."""
        path = self.root / DATABASE_NAME
        with only_writer(self.root):
            engine = open_database(path, write=True)
            with writing(engine, path) as c:
                reviews.append_grade(c, judgement)
                publish_anew(c, self.config, self._views(c) if self.config.ledger.policy == BY_GRADE else ())
            engine.dispose()

    def _views(self, c: Connection) -> Iterator[IncidentView]:
        """The views of all incidents, sorted by code."""
        graded = reviews.grades(c)
        for incident_id, _ in queries.incident_ids(c):
            yield _view(c, incident_id, self.config.ledger.policy, graded)

    def links(self, statement_ids: Sequence[str]) -> tuple[Link, ...]:
        """Links and near misses with an end among the statements, strongest first."""
        with self._reading() as c:
            return queries.links_of(c, tuple(statement_ids))

    def kept_out(self, incident_id: str) -> tuple[KeptOut, ...]:
        """What would belong to an incident, did nothing forbid it, in its own reports and in some near it; the most
        alike first. Reads those reports anew: seconds, not milliseconds."""
        with self._reading() as c:
            members = queries.members_in_order(c, incident_id)
            reports = reports_beside(c, incident_id, DAYS, MOST_REPORTS)
            held = [tuple(linkables([queries.result(c, r)])) for r in reports]
        return kept_out(held, members, self.config.link)

    def incident_of(self) -> Mapping[str, str]:
        """Statement id → code of its incident."""
        with self._reading() as c:
            return queries.incident_of(c)

    def codes(self, statement_ids: Sequence[str]) -> Mapping[str, str]:
        """Statement id → code of its incident, of some statements."""
        with self._reading() as c:
            return queries.codes_of(c, statement_ids)

    def stay(self) -> None:
        """Make what people say of links cheap, for a project that stays open: what the first verdict reads and links is
        remembered for the next. A project of more than `MOST_KEPT` statements remembers nothing."""
        self._memory = LinkMemory(self.config)

    def verdicts(self, statement_ids: Sequence[str]) -> tuple[Verdict, ...]:
        """What people said of links, oldest first, where it speaks of any of these statements."""
        asked = set(statement_ids)
        with self._reading() as c:
            given = reviews.verdicts(c).given
        return tuple(v for v in given if any(asked.intersection(side) for side in v.sides))

    def merge(self, incidents: Sequence[str], *, person: str, at: str, reason: str | None = None) -> None:
        """A person says that incidents (ids) are one: kept, and heeded by every later run. Raises NotFound."""
        self._say("merge", Verdict(self._members(incidents), True, person, at, reason))

    def confirm(self, incident: str, *, person: str, at: str, reason: str | None = None) -> None:
        """A person says that all statements of an incident are one happening. Raises NotFound."""
        self._say("confirm", Verdict(self._members([incident]), True, person, at, reason))

    def forbid(self, incidents: Sequence[str], *, person: str, at: str, reason: str | None = None) -> None:
        """A person says that incidents are not one, whatever comes. Raises NotFound."""
        self._say("forbid", Verdict(self._members(incidents), False, person, at, reason))

    def split(
        self, incident: str, statements: Sequence[str], *, person: str, at: str, reason: str | None = None
    ) -> None:
        """A person says that these statements do not belong to the others of their incident. Raises NotFound, and
        ConfigError if they are not some, but not all, of its statements."""
        (members,) = self._members([incident])
        rest = tuple(s for s in members if s not in statements)
        if not statements or not rest or len(rest) + len(set(statements)) != len(members):
            raise ConfigError("to split an incident, name some, not all, of its statements")
        self._say("split", Verdict((tuple(statements), rest), False, person, at, reason))

    def _members(self, incidents: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        with self._reading() as c:
            return tuple(queries.incident_members(c, i)[1] for i in incidents)

    def _say(self, action: str, verdict: Verdict) -> None:
        path = self.root / DATABASE_NAME
        with only_writer(self.root):
            memory = self._memory if self.counts()["statements"] <= MOST_KEPT else None
            engine = open_database(path, write=True)
            with writing(engine, path) as c:
                reviews.append_verdict(c, verdict, action)
                link_project(c, self.config, memory)
            engine.dispose()

    def export(self, name: str, out: BinaryIO) -> LossReport:
        """Write the project in a format: "statements", "csv", "incidents-csv", "ledger-csv", "ranges-csv", "geojson",
        "xlsx", or a plugin's."""
        exporter: Exporter = make("exporters", name)
        return exporter.write(ProjectSource(self), out)


class ProjectSource:
    """What exporters read of a project (see export.base.ExportSource)."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def incident_of(self) -> Mapping[str, str]:
        """Statement id → code of its incident."""
        return self.project.incident_of()

    @cached_property
    def grades(self) -> Grades:
        """The grades people gave."""
        return self.project.grades()

    def reports(self) -> Iterator[ReportResult]:
        """Reports with their statements, sorted by key."""
        with self.project._reading() as c:
            yield from queries.results(c)

    def incidents(self) -> Iterator[IncidentView]:
        """Incidents, sorted by code."""
        with self.project._reading() as c:
            yield from self.project._views(c)


def _view(c: Connection, incident_id: str, policy: str, grades: Grades) -> IncidentView:
    code, ids = queries.incident_members(c, incident_id)
    held = queries.statements_of(c, ids)
    items = [Linkable(s, r.key, r.published, r.outlet) for r, s in held]
    beside = Beside({r.key: r for r, _ in held}, grades)
    return consolidate(Incident(id=incident_id, code=code, statements=ids), items, policy, beside)


def _make(root: Path) -> None:
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise StoreError(f"{root}: cannot make the project directory: {e.strerror}") from e
    open_database(root / DATABASE_NAME, write=True).dispose()
