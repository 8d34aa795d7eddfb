"""One commune whose bundles are made, forged and verified; nobody writes to its log."""

from collections.abc import Iterator

import pytest
from support.bundling import tell_story
from support.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The commune after its story."""
    world = tell_story(World(tmp_path_factory.mktemp("commune")))
    yield world
    world.ws.close()
