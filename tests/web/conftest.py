"""Projects to look at, made once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.web.desk_project import Client, Desk, desk_project, many_project


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    held = desk_project(tmp_path_factory.mktemp("desk"))
    yield held
    held.project.close()


@pytest.fixture(scope="session")
def client(desk: Desk) -> Client:
    return desk.client


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    project = many_project(tmp_path_factory.mktemp("many"))
    yield Client(project)
    project.close()
