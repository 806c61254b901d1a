"""The middle of areas, as the built-in gazetteer's build finds it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

TOOL = Path(__file__).parents[2] / "tools/areas.py"


@pytest.fixture(scope="module")
def areas() -> ModuleType:
    spec = importlib.util.spec_from_file_location("areas", TOOL)
    assert spec and spec.loader
    made = sys.modules["areas"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def test_land_belongs_to_the_nearest_town(areas: ModuleType) -> None:
    cells = np.array([(10.0, x / 10) for x in range(100)])
    held = areas.shares(cells, [(10.0, 2.0, ("XX", "01")), (10.0, 6.0, ("XX", "02"))])
    assert held["XX", "01"][:, 1].max() == 4.0 and held["XX", "02"][:, 1].min() == pytest.approx(4.1)


def test_land_apart_from_the_towns_is_left_out(areas: ModuleType) -> None:
    """An empty island, and a town with the code of a province far away."""
    line = [x / 10 for x in range(60)]
    cells = np.array([(10.0, x) for x in line] + [(12.0, x) for x in line[:10]] + [(10.0, x + 40) for x in line])
    ours = [(10.0, x / 5, ("XX", "01")) for x in range(30)]
    held = areas.shares(cells, [*ours, (10.0, 42.0, ("XX", "01")), (10.0, 45.0, ("XX", "02"))])
    assert set(held["XX", "01"][:, 0]) == {10.0}
    assert held["XX", "01"][:, 1].max() == pytest.approx(5.9)
    row = np.array([(x / 10 + 0.05, -0.05) for x in range(60)])
    assert len(areas.pieces(row, range(60))) == 1
    alone = areas.shares(cells, [(11.0, 2.0, ("XX", "01"))])  # no cell near a town
    assert len(alone["XX", "01"]) == len(cells)


def test_the_date_line_parts_nothing(areas: ModuleType) -> None:
    cells = np.array([(-17.0, x) for x in (178.0, 179.0, -180.0, -179.0, -178.0)])
    held = areas.shares(cells, [(-17.0, 179.5, ("XX", "01"))])
    lat, lon, reach = areas.middle(held["XX", "01"])
    assert (lat, abs(lon)) == (pytest.approx(-17.0), pytest.approx(180.0))
    assert reach == pytest.approx(213, abs=2)


def test_northern_cells_are_small_and_count_for_less(areas: ModuleType) -> None:
    lat, lon, _ = areas.middle(np.array([(0.0, 20.0), (60.0, 20.0)]))
    assert (lat, lon) == (pytest.approx(20.0), pytest.approx(20.0))
