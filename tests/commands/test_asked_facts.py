"""What plugins may know of the commune: the plan in force, and the units that are there."""

from pathlib import Path

from support.world import World, adopt

from cchc_flow import commands
from cchc_flow.plugin_host.facts import PluginFacts


def facts(world: World) -> PluginFacts:
    return world.ws.facts("any")


def test_the_units_are_the_active_ones_in_the_order_in_which_they_were_added(tmp_path: Path) -> None:
    world = World(tmp_path / "data").settle()
    commands.change_unit(world.ws, "phong-van-hoa-xa-hoi", "Phòng VH-XH", (), False, world.order())
    assert dict(facts(world).units) == {"phong-kinh-te": "Phòng Kinh tế", "tram-y-te": "Trạm Y tế"}
    assert list(facts(world).units) == ["phong-kinh-te", "tram-y-te"]


def test_the_plan_is_that_of_the_year_whichever_is_adopted_ahead(tmp_path: Path) -> None:
    world = World(tmp_path / "data")
    assert facts(world).plan is None
    assert facts(world.settle()).plan == "2026"
    adopt(world, 2027)
    assert facts(world).plan == "2026"
    world.wait(days=310)
    assert facts(world).plan == "2027"
