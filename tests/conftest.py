"""Fixtures that every part of the tests may use."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support.world import World
from support.year import Year, year_data_folder

# A busy machine is no falsehood of a property: how long an example takes is for the bench to say.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("any machine"), max_examples=3_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "any machine"))

LONGEST = (
    "simulation/test_samples.py",
    "web/http/test_hostile_values.py",
    "browser/test_first_start.py",
    "simulation/test_trial.py",
    "test_demo.py",
    "simulation/test_year.py",
    "web/test_access_matrix.py",
    "browser/test_board.py",
    "browser/test_item.py",
    "browser/test_overview.py",
    "browser/test_settings.py",
    "diagrams/test_pm4py.py",
    "released/test_plugins_of_2ee1401.py",
    "endurance/test_many_clients.py",
    "endurance/test_kills.py",
    "docs/test_proxies.py",
    "packaging/test_installed.py",
    "web/test_year.py",
    "web/test_server.py",
    "browser/test_filters.py",
    "browser/test_audit.py",
)
"""The files that take longest. They start first, so that none of them is left to one process at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, in their order, and leave the others as they were collected.

    Slow tests run in the long setting (`HYPOTHESIS_PROFILE=long`); each has a short twin that always runs.
    """
    if os.environ.get("HYPOTHESIS_PROFILE") != "long":
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: HYPOTHESIS_PROFILE=long runs it"))
    folder = Path(__file__).parent
    order = {folder / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path, len(LONGEST)))


@pytest.fixture
def new_world(tmp_path: Path) -> Iterator[World]:
    """A commune that has a log and nothing else."""
    world = World(tmp_path / "data")
    yield world
    world.ws.close()


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a commune with its plan, units and people, to be copied."""
    first = World(tmp_path_factory.mktemp("settled") / "data").settle()
    first.ws.read()
    first.ws.close()
    return first.data


@pytest.fixture
def world(settled: Path, tmp_path: Path) -> Iterator[World]:
    """A commune with its plan, units and people."""
    own = World(Path(shutil.copytree(settled, tmp_path / "data")), is_there=True)
    yield own
    own.ws.close()


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The simulated year of a commune, for tests that only read; created once for all test processes."""
    own = tmp_path_factory.getbasetemp()
    found = Year(year_data_folder(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own))
    yield found
    found.ws.close()


@pytest.fixture
def year_to_write(year: Year, tmp_path: Path) -> Iterator[Year]:
    """A copy of the simulated year, whose clock is set and whose people go on."""
    copy = year.copy(tmp_path)
    yield copy
    copy.ws.close()
