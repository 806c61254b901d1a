"""The tables. Plain SQL types, so that Datasette, DuckDB and Excel can read the file as it is.

`statements.record` is the whole record as JSON and the truth; the other columns and the tables parties,
weapons, places, figures and sources repeat it flat for queries. Machine rows are a projection of the shard
files and may be rebuilt from them; `reviews` is only ever appended to.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started_at", String, nullable=False),
    Column("ended_at", String),
    Column("status", String, nullable=False),
    Column("version", String, nullable=False),
    Column("fingerprint", String, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("counts", JSON),
)

reports = Table(
    "reports",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("key", String, nullable=False, index=True),
    Column("title", Text),
    Column("outlet", String, index=True),
    Column("author", Text),
    Column("published", Date, index=True),
    Column("url", Text),
    Column("language", String, nullable=False),
    Column("external_id", String),
    Column("parser", String, nullable=False),
    Column("found", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("superseded_by", String),
)

items = Table(
    "items",
    metadata,
    Column("key", String, primary_key=True),
    Column("source_key", String, nullable=False, index=True),
    Column("report_id", String, ForeignKey("reports.id"), nullable=False, index=True),
    Column("origin", Text, nullable=False),
    Column("raw_sha256", String, nullable=False),
    Column("current", Boolean, nullable=False),
)

results = Table(
    "results",
    metadata,
    Column("report_id", String, ForeignKey("reports.id"), primary_key=True),
    Column("fingerprint", String, nullable=False, index=True),
    Column("version", String, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("report_id", String, ForeignKey("reports.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("event", String, nullable=False, index=True),
    Column("sub_event", String, index=True),
    Column("certainty", String, nullable=False, index=True),
    Column("earliest", Date, index=True),
    Column("latest", Date, index=True),
    Column("passage", String, nullable=False),
    Column("version", String, nullable=False),
    Column("record", Text, nullable=False),
)


def _part(name: str, *columns: Column[object]) -> Table:
    """A table of one kind of value: which statement, in which order, its own columns, and its evidence."""
    return Table(
        name,
        metadata,
        Column("statement_id", String, ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
        Column("start", Integer),
        Column("end", Integer),
        Column("quote", Text),
        Column("basis", String, nullable=False),
        Column("rule", String, nullable=False),
    )


parties = _part(
    "parties",
    Column("role", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("group_name", Text, index=True),
    Column("actor_id", String, index=True),
    Column("kind", String),
    Column("country", String),
    Column("sector", String),
)
weapons = _part("weapons", Column("name", Text, nullable=False), Column("kind", String))
places = _part(
    "places",
    Column("role", String, nullable=False),
    Column("name", Text, nullable=False, index=True),
    Column("country", String, index=True),
    Column("place_id", String, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("geo_precision", Integer),
    Column("where_prec", Integer),
)
figures = _part(
    "figures",
    Column("measure", String, nullable=False),
    Column("min", Integer),
    Column("max", Integer),
    Column("qualifier", String, nullable=False),
    Column("whom", Text),
    Column("of", Text),
)
sources = _part(
    "sources",
    Column("name", Text, nullable=False, index=True),
    Column("type", String, nullable=False),
    Column("actor_id", String),
    Column("country", String),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("event", String, index=True),
    Column("sub_event", String, index=True),
    Column("earliest", Date, index=True),
    Column("latest", Date),
    Column("place", Text),
    Column("country", String, index=True),
    Column("lat", Float),
    Column("lon", Float),
    Column("geo_precision", Integer),
    Column("where_prec", Integer),
    Column("occurred", Boolean, nullable=False),
    Column("certainties", JSON, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("voices", Integer, nullable=False),
    Column("killed_min", Integer),
    Column("killed_max", Integer),
    Column("killed_highest", Integer),
    Column("injured_min", Integer),
    Column("injured_max", Integer),
    Column("injured_highest", Integer),
    Column("disputed", Boolean, nullable=False),
    Column("summary", Text, nullable=False),
)

members = Table(
    "incident_statements",
    metadata,
    Column("statement_id", String, ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True),
    Column("incident_id", String, ForeignKey("incidents.id", ondelete="CASCADE"), nullable=False, index=True),
)

links = Table(
    "links",
    metadata,
    Column("left", String, ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True),
    Column("right", String, ForeignKey("statements.id", ondelete="CASCADE"), primary_key=True),
    Column("same", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    Index("ix_links_right", "right"),
)

link_memory = Table(
    "link_memory",
    metadata,
    Column("report_id", String, ForeignKey("reports.id"), primary_key=True),
    Column("version", String, nullable=False),
    Column("told", LargeBinary, nullable=False),
    Column("scores", LargeBinary, nullable=False),
)

issues = Table(
    "issues",
    metadata,
    Column("id", String, primary_key=True),
    Column("run_id", Integer, ForeignKey("runs.id"), nullable=False),
    Column("code", String, nullable=False, index=True),
    Column("stage", String, nullable=False),
    Column("origin", Text),
    Column("report_id", String),
    Column("message", Text, nullable=False),
)

reviews = Table(
    "reviews",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String, nullable=False),
    Column("person", String, nullable=False),
    Column("target_kind", String, nullable=False),
    Column("target_id", String, nullable=False, index=True),
    Column("action", String, nullable=False),
    Column("value", JSON),
    Column("reason", Text),
)

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", Text, nullable=False),
)
