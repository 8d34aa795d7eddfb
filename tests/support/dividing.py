"""A task that is divided among two units, one of them Trạm Y tế with an officer of its own."""

import pytest
from support.world import RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.projections.cards import items
from cchc_flow.workflow.item import Item

MINE, THEIRS = f"{TASK}:phong-kinh-te", f"{TASK}:tram-y-te"
BOTH = ["phong-kinh-te", "tram-y-te"]


@pytest.fixture
def world(world: World) -> World:
    """The commune, with somebody at Trạm Y tế."""
    commands.add_person(world.ws, "mai", "Bùi Thị Mai", None, "tram-y-te", world.order())
    commands.grant_role(world.ws, "mai", "officer", world.order())
    return world


def distribute(world: World, units: list[str] = BOTH, **data: str | list[str]) -> None:
    """Divide the task among units."""
    asked = {"cadence": "", "due": "", "due_day": "", "since": ""} | data
    world.take("hoa", "distribute", units=units, **asked)


def finish(world: World, part: str, officer: str) -> None:
    """Bring a part to its end."""
    world.take(officer, "start", part)
    world.take(officer, "submit", part, **RESULT)
    world.take("hoa", "approve", part, quality="met")
    world.take("nam", "close", part)


def whole(world: World) -> Item:
    """Return the task that was divided."""
    return items.item(world.ws.read(), TASK)


def parts(world: World) -> dict[str, str]:
    """Return the states of the parts by what their ids add to the task's."""
    return {part.id.removeprefix(TASK): part.state for part in items.parts_of(world.ws.read(), TASK)}
