"""Running items follow the built-in definitions of a newer program, once, and stay where they are."""

from msgspec.structs import replace
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.commands.workflow_upgrade import upgrade_running_items
from cchc_flow.commands.workspace_setup import publish
from cchc_flow.workflow import task
from cchc_flow.workflow.commands import TakeStep

NEWER = replace(task.TASK, version=task.TASK.version + 1)
MANY = {"units": ["phong-kinh-te", "tram-y-te"], "due": "2026-06-30"}


def versions(world: World, *ids: str) -> list[int]:
    return [commands.load_item(world.ws, item).item.workflow for item in ids]


def test_every_running_item_follows_by_one_event_of_the_machine_and_parts_do_too(world: World) -> None:
    world.take("hoa", "distribute", **MANY)
    publish(world.ws, NEWER)
    before = commands.load_item(world.ws, TASK).item
    assert upgrade_running_items(world.ws, NEWER) == 5
    parts = [TASK, f"{TASK}:phong-kinh-te", f"{TASK}:tram-y-te", "2026-III.1.1", "2026-III.2.10"]
    assert versions(world, *parts) == [NEWER.version] * 5
    after = commands.load_item(world.ws, TASK).item
    assert (after.state_version, after.moved_by, after.moved_at) == (
        before.state_version,
        "hoa",
        before.moved_at,
    )


def test_a_second_time_nothing_is_done(world: World) -> None:
    publish(world.ws, NEWER)
    upgrade_running_items(world.ws, NEWER)
    size = world.ws.log.size()
    assert (upgrade_running_items(world.ws, NEWER), world.ws.log.size()) == (0, size)


def test_what_is_finished_stays_and_what_is_opened_again_follows_at_the_next_opening(world: World) -> None:
    world.submitted()
    world.take("nam", "approve", quality="good")
    world.take("nam", "close")
    publish(world.ws, NEWER)
    assert (upgrade_running_items(world.ws, NEWER), versions(world, TASK)) == (2, [task.TASK.version])
    world.take("nam", "reopen", reason="Chưa đủ.")
    assert (upgrade_running_items(world.ws, NEWER), versions(world, TASK)) == (1, [NEWER.version])


def test_an_item_that_somebody_moved_back_stays_there(world: World) -> None:
    publish(world.ws, NEWER)
    upgrade_running_items(world.ws, NEWER)
    commands.migrate(world.ws, "task", task.TASK.version, [TASK], world.order("hoa"))
    assert upgrade_running_items(world.ws, NEWER) == 0
    assert versions(world, TASK, "2026-III.1.1") == [task.TASK.version, NEWER.version]


def test_a_page_that_was_open_over_the_upgrade_can_be_sent(world: World) -> None:
    seen = commands.load_item(world.ws, TASK).item.state_version
    publish(world.ws, NEWER)
    upgrade_running_items(world.ws, NEWER)
    step = TakeStep("assign", ASSIGN, seen)
    assert commands.take_step(world.ws, TASK, step, world.order("hoa")).item.state == "assigned"
