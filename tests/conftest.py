"""Fixtures that every part of the tests may use."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support.world import World

# A busy machine is no falsehood of a property: how long an example takes is for the bench to say.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


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
