"""Projects to look at, made once, and a browser to look with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.web.crowd_project import crowd_project
from tests.web.desk_project import Client, Desk, desk_project, many_project
from tests.web.told_project import told_project

CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


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


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    held = crowd_project(tmp_path_factory.mktemp("crowd"), reports=30, each=2)
    yield held
    held.project.close()


@pytest.fixture
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    held = told_project(tmp_path_factory.mktemp("told"))
    yield held
    held.project.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail(
            f"{CHROMIUM} is missing; install it with `apt-get install chromium` (or deselect: -m 'not browser')"
        )
    with sync_playwright() as p:
        held = p.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS)
        yield held
        held.close()
