"""Full-text search: FTS5 over reports and over the sentences statements stand in.

The indexes are made in the migrations; triggers keep them in step with the tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that matches: its id, and a snippet with matches between U+0002 and U+0003."""

    report_id: str
    snippet: str


def match_expression(query: str) -> str:
    """What a person types, as an FTS5 expression: all words, "phrases" kept, a trailing * for prefixes.

    Anything else FTS5 would take as syntax is quoted, so no query is an error. Empty if there is no word.
    """
    parts = []
    # SQLite ends an expression at NUL, and a lone surrogate (a bad byte of a command line) is not UTF-8
    typed = query.replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    for phrase, word in re.findall(r'"([^"]+)"|(\S+)', typed):
        bare = (phrase or word).replace('"', " ").strip()
        star = "*" if not phrase and bare.endswith("*") else ""
        bare = bare.rstrip("*").strip()
        if re.search(r"\w", bare):
            parts.append(f'"{bare}"{star}')
    return " ".join(parts)


def search_reports(connection: Connection, query: str, limit: int = 20, offset: int = 0) -> list[Hit]:
    """Reports matching a query, best first (BM25, ties by id); superseded reports are left out."""
    if not (expression := match_expression(query)):
        return []
    rows = connection.execute(
        text(
            "SELECT r.id, snippet(report_search, 1, char(2), char(3), ' … ', 24) FROM report_search "
            "JOIN reports r ON r.n = report_search.rowid "
            "WHERE report_search MATCH :q AND r.superseded_by IS NULL "
            "ORDER BY bm25(report_search, 3.0, 1.0), r.id LIMIT :limit OFFSET :offset"
        ),
        {"q": expression, "limit": limit, "offset": offset},
    )
    return [Hit(*row) for row in rows]
