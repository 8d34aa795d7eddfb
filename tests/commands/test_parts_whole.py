"""A whole follows its parts to the end, and its open parts follow it."""

import threading
from pathlib import Path

import pytest
from support import dividing
from support.dividing import MINE, THEIRS, distribute, finish, parts, whole
from support.plugging import plugged
from support.world import RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.errors import IllegalMove, NotAllowed
from cchc_flow.hookspecs import Transition, Violation, hookimpl
from cchc_flow.plugin_host.rule_checks import Warned
from cchc_flow.projections.cards import items

world = dividing.world


class Careful:
    """Thận trọng"""

    @hookimpl
    def check(self, step: Transition) -> list[Violation]:
        return [Violation("rest", "Đang gần hạn.", blocks=False)] if step.name == "suspend" else []


def test_a_whole_is_finished_with_its_last_part(world: World) -> None:
    distribute(world, due="2026-06-30")
    finish(world, MINE, "lan")
    assert whole(world).state == "distributed"
    finish(world, THEIRS, "mai")
    assert whole(world).state == "closed"


def test_an_excused_part_counts_as_finished(world: World) -> None:
    distribute(world, due="2026-06-30")
    finish(world, MINE, "lan")
    world.take("nam", "excuse", THEIRS, reason="Trạm không có thủ tục nào.")
    assert (whole(world).state, parts(world)[":tram-y-te"]) == ("closed", "excused")


def test_a_recurring_whole_waits_for_the_periods_to_come(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="half_yearly")
    finish(world, f"{MINE}:2026-H1", "lan")
    assert whole(world).state == "distributed"
    world.wait(days=140)
    commands.do_scheduled_work(world.ws)
    finish(world, f"{MINE}:2026-H2", "lan")
    assert whole(world).state == "closed"


def test_a_part_that_is_reopened_or_undone_takes_its_whole_along(world: World) -> None:
    distribute(world, due="2026-06-30")
    finish(world, MINE, "lan")
    finish(world, THEIRS, "mai")
    commands.undo_step(world.ws, THEIRS, world.order("nam"))
    assert (whole(world).state, parts(world)[":tram-y-te"]) == ("distributed", "approved")
    world.take("nam", "close", THEIRS)
    world.take("nam", "reopen", MINE, reason="Thiếu phụ lục.")
    assert whole(world).state == "distributed"


def test_nobody_finishes_a_whole_by_hand(world: World) -> None:
    distribute(world, due="2026-06-30")
    for step in ("finish_parts", "reopen_parts"):
        with pytest.raises((NotAllowed, IllegalMove)):
            world.take("nam", step)


def test_two_last_parts_that_are_finished_at_once_finish_their_whole(world: World) -> None:
    distribute(world, due="2026-06-30")
    for part, officer in ((MINE, "lan"), (THEIRS, "mai")):
        world.take(officer, "start", part)
        world.take(officer, "submit", part, **RESULT)
        world.take("hoa", "approve", part, quality="met")
    start = threading.Barrier(2)

    def close(part: str) -> None:
        start.wait()
        world.take("nam", "close", part)

    threads = [threading.Thread(target=close, args=(part,)) for part in (MINE, THEIRS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert whole(world).state == "closed"


def test_what_befalls_the_whole_befalls_its_open_parts(world: World) -> None:
    distribute(world, due="2026-06-30")
    finish(world, MINE, "lan")
    world.take("nam", "suspend", reason="Chờ tỉnh.", decision="12/QĐ-UBND")
    assert parts(world) == {":phong-kinh-te": "closed", ":tram-y-te": "suspended"}
    world.wait(days=5)
    world.take("nam", "resume")
    assert items.item(world.ws.read(), THEIRS).due == "2026-07-05"
    world.take("nam", "cancel", reason="Không làm nữa.", decision="13/QĐ-UBND")
    assert parts(world) == {":phong-kinh-te": "closed", ":tram-y-te": "cancelled"}


def test_a_whole_that_is_suspended_over_a_warning_takes_its_parts_along_once(tmp_path: Path) -> None:
    world = World(tmp_path / "data", plugins=plugged(careful=Careful())).settle()
    distribute(world, due="2026-06-30")
    suspension = {"reason": "Chờ tỉnh.", "decision": "12/QĐ-UBND"}
    with pytest.raises(Warned):
        world.take("nam", "suspend", **suspension)
    size = world.ws.log.size()
    world.take("nam", "suspend", override="Tỉnh đã có văn bản.", **suspension)
    assert [(event.stream, event.type) for event in world.ws.log.read_events(size)] == [
        (f"item-{TASK}", "item.overruled/1"),
        (f"item-{TASK}", "item.suspended/1"),
        (f"item-{MINE}", "item.suspended/1"),
        (f"item-{THEIRS}", "item.suspended/1"),
    ]


def test_a_whole_whose_year_is_over_is_finished_by_the_calendar(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="quarterly", since="2026-03-02")
    for quarter in (1, 2, 3):
        finish(world, f"{MINE}:2026-Q{quarter}", "lan")
        world.wait(days=92)
        commands.do_scheduled_work(world.ws)
    finish(world, f"{MINE}:2026-Q4", "lan")
    assert whole(world).state == "closed"
