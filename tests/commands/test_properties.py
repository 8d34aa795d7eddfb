"""What holds on a real log whatever is ordered: done once, and the same when it is read again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.world import ASSIGN, PEOPLE, RESULT, World

from cchc_flow import commands
from cchc_flow.commands import Order
from cchc_flow.errors import Refusal
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.task import TASK

DATA = (
    ASSIGN | RESULT | {"reason": "Lý do", "text": "Ý kiến", "defects": "1", "quality": "met", "percent": "5"}
)
NEW = {"title": "Họp giao ban", "text": "Họp giao ban quý.", "area": "1"}
acts = st.lists(
    st.tuples(
        st.sampled_from([login for login, *_ in PEOPLE]),
        st.sampled_from([*(step.name for step in TASK.transitions), "undo"]),
    ),
    max_size=25,
)
few = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def commune(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One commune for all examples: each opens a task of its own."""
    folder: Path = tmp_path_factory.mktemp("properties")
    world = World(folder / "data").settle()
    yield world
    world.ws.close()


def act(world: World, item: str, name: str, order: Order) -> Any:
    """Return what the order came to: the item's state, or the refusal."""
    try:
        if name == "undo":
            return commands.undo_step(world.ws, item, order).item.state
        return commands.take_step(world.ws, item, TakeStep(name, DATA), order).item.state
    except Refusal as refusal:
        return type(refusal)


@few
@given(acts)
def test_an_order_that_comes_again_makes_no_second_event(commune: World, some: list[tuple[str, str]]) -> None:
    item = commands.open_task(commune.ws, NEW, commune.order("hoa")).item.id
    for person, name in some:
        order = commune.order(person)
        first, size = act(commune, item, name, order), commune.ws.log.size()
        assert (act(commune, item, name, order), commune.ws.log.size()) == (first, size)


@few
@given(acts)
def test_read_models_made_again_are_those_that_grew_with_the_work(
    commune: World, some: list[tuple[str, str]]
) -> None:
    item = commands.open_task(commune.ws, NEW, commune.order("hoa")).item.id
    for person, name in some:
        act(commune, item, name, commune.order(person))
    assert commune.ws.differences() == []
