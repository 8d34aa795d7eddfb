"""Running items follow the built-in definitions of a newer program, once, and stay where they are."""

from pathlib import Path

from msgspec.structs import replace
from support.misbehaving import REGISTER
from support.plugging import plugged
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.commands.workflow_upgrade import upgrade_running_items
from cchc_flow.commands.workspace_setup import publish, publish_what_came
from cchc_flow.hookspecs import Workflow, hookimpl
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


class NewerRegister:
    """Sổ có bản mới"""

    version = REGISTER.version

    @hookimpl
    def workflows(self) -> list[Workflow]:
        return [replace(REGISTER, version=self.version)]


def test_an_entry_of_a_register_follows_its_newer_definition_when_the_workspace_is_opened_next(
    tmp_path: Path,
) -> None:
    world = World(tmp_path / "data", plugins=plugged(question=NewerRegister())).settle()
    told = {"title": "Câu hỏi", "lead": "phong-kinh-te", "number": "1"}
    entry = commands.open_entry(world.ws, REGISTER.kind, told, world.order("hoa")).item
    newer = NewerRegister()
    newer.version = REGISTER.version + 1
    world.ws.plugins = plugged(question=newer)
    publish_what_came(world.ws)
    after = commands.load_item(world.ws, entry.id)
    assert (after.item.workflow, after.item.state, after.item.moved_at) == (
        REGISTER.version + 1,
        entry.state,
        entry.moved_at,
    )
    assert after.events[-1].actor == "system:upgrade"
