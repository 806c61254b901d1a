"""A database that holds the made-up reports."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine
from tests.made_up import everything, make_project

from dateline.project import DATABASE_NAME
from dateline.store.database import open_database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database may be made."""
    return tmp_path / DATABASE_NAME


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    """An empty database, open for writing."""
    made = open_database(path, write=True)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Everything made up, loaded and linked, open for reading."""
    root = make_project(tmp_path_factory.mktemp("store") / "p", everything())
    made = open_database(root / DATABASE_NAME, write=False)
    with made.connect() as c:
        yield c
    made.dispose()
