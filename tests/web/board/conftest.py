"""Communes whose boards are looked at."""

import pytest
from support.world import World, adoption

from cchc_flow import commands
from cchc_flow.commands import NewTask
from cchc_flow.plugin_host.loading import load_plugins


@pytest.fixture
def world_with_areas(tmp_path):
    """The commune with the areas that are shipped."""
    return World(tmp_path / "ruled", plugins=load_plugins()).settle()


@pytest.fixture
def crowd(new_world: World) -> World:
    """A commune whose plan has 120 tasks, each with as long a title as a card can have."""
    title = "Rà soát, đánh giá thủ tục hành chính thuộc thẩm quyền giải quyết của cấp xã ngay"
    assert len(title) == 80
    many = tuple(
        NewTask(ref=f"III.2.{number}", title=title, text=title, area="2", due=f"2026-06-{number % 28 + 1:02}")
        for number in range(1, 121)
    )
    commands.adopt_plan(new_world.ws, adoption(tasks=many), new_world.order())
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    commands.grant_role(new_world.ws, "hoa", "coordinator", new_world.order())
    return new_world
