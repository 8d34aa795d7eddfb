"""Fixtures that every part of the tests may use."""

import os
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


@pytest.fixture
def new_world(tmp_path: Path) -> Iterator[World]:
    """A commune that has a log and nothing else."""
    world = World(tmp_path / "data")
    yield world
    world.ws.close()


@pytest.fixture
def world(new_world: World) -> World:
    """A commune with its plan, units and people."""
    return new_world.settle()


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
