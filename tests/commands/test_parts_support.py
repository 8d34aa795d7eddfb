"""Supporting units of a whole that is done in parts: each part has them, but for its own unit."""

from support.dividing import BOTH, MINE, THEIRS, distribute, world
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.projections.cards import items

__all__ = ["world"]
CULTURE = "phong-van-hoa-xa-hoi"


def support_of(world: World) -> dict[str, tuple[str, ...]]:
    return {part.id: part.support for part in items.parts_of(world.ws.read(), TASK)}


def test_every_part_has_the_supporting_units_but_its_own_unit(world: World) -> None:
    distribute(world, due="2026-06-30", support=[CULTURE, "tram-y-te"])
    assert support_of(world) == {MINE: (CULTURE, "tram-y-te"), THEIRS: (CULTURE,)}
    whole = commands.load_item(world.ws, TASK).item
    assert whole.distribution and whole.distribution.support == (CULTURE, "tram-y-te")


def test_the_parts_of_later_periods_have_them_too(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly", support=[CULTURE])
    world.wait(days=31)
    commands.do_scheduled_work(world.ws)
    assert support_of(world) == {f"{MINE}:2026-03": (CULTURE,), f"{MINE}:2026-04": (CULTURE,)}


def test_a_supporting_unit_of_a_part_reports_on_it(world: World) -> None:
    distribute(world, due="2026-06-30", support=[CULTURE])
    commands.add_person(world.ws, "vy", "Lý Vy", None, CULTURE, world.order(), roles=["officer"])
    world.take("lan", "start", MINE)
    world.take("vy", "report_progress", MINE, percent="40")
    assert commands.load_item(world.ws, MINE).item.progress == 40


def test_dividing_anew_gives_other_supporting_units_to_open_parts_and_leaves_finished_ones(
    world: World,
) -> None:
    distribute(world, due="2026-06-30", support=[CULTURE])
    world.take("nam", "excuse", THEIRS, reason="Không phải làm.")
    world.take("lan", "start", MINE)
    distribute(world, due="2026-06-30", support=[])
    assert support_of(world) == {MINE: (), THEIRS: (CULTURE,)}
    mine = commands.load_item(world.ws, MINE)
    assert (mine.item.state, mine.item.taken_by) == ("in_progress", "lan")
    assert mine.events[-1].type == "item.support_changed/1"
    assert mine.events[-1].data == {"support": [], "previous": [CULTURE], "reason": None}


def test_dividing_anew_with_the_same_supporting_units_touches_no_part(world: World) -> None:
    distribute(world, due="2026-06-30", support=[CULTURE])
    before = commands.load_item(world.ws, MINE).item.version
    distribute(world, [*BOTH, CULTURE], due="2026-06-30", support=[CULTURE])
    assert commands.load_item(world.ws, MINE).item.version == before
    assert support_of(world)[f"{TASK}:{CULTURE}"] == ()
