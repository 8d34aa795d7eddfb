"""The daily round through a commune: who is told of which due day, once."""

import os
import subprocess
import sys
from datetime import datetime
from typing import Any

import pytest
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.commands.due_reminders import CLOCK
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.notifications.reminders import run_reminders
from cchc_flow.projections import directory
from cchc_flow.workflow.calendar import local_day

ROUND = """
import sys
from datetime import datetime
from pathlib import Path
from cchc_flow.commands import open_workspace
from cchc_flow.notifications.reminders import run_reminders
ws = open_workspace(Path(sys.argv[1]), sys.argv[2], lambda: datetime.fromisoformat(sys.argv[3]))
sys.stdin.readline()
done = run_reminders(ws)
print(done.opened.parts, done.opened.reports, done.reminded)
"""
UNGIVEN = "2026-III.2.10"


def reminders(world: World, item: str = TASK) -> list[tuple[str | None, str | None, list[str]]]:
    """Return the stage, the due day and the people of each reminder of an item."""
    return [
        (event.data["stage"], event.data["due"], event.data["people"])
        for event in events(world, item)
        if event.type == "item.reminded/1"
    ]


def events(world: World, item: str = TASK) -> list[RecordedEvent]:
    return world.ws.log.stream(f"item-{item}")


def on(world: World, day: str) -> World:
    """Let it be half past six in the morning of a day."""
    world.time = datetime.fromisoformat(f"{day}T06:30:00+07:00")
    return world


def assign_task(world: World, **changed: Any) -> World:
    """Assign the task to Phòng Kinh tế, with Lan in charge, due on 30 June."""
    lead = {"lead": "phong-kinh-te", "officer": "lan", "due": "2026-06-30"}
    world.take("hoa", "assign", **(lead | changed))
    return world


def leave(world: World, login: str) -> None:
    person = directory.person(world.ws.read(), login)
    assert person
    commands.change_person(world.ws, login, person.name, person.title, person.unit, False, world.order())


def test_daily_rounds_around_a_due_day_tell_each_stage_once_and_climb(world: World) -> None:
    assign_task(world)
    for day in range(20, 31):
        run_reminders(on(world, f"2026-06-{day}").ws)
    for day in range(1, 20):
        run_reminders(on(world, f"2026-07-{day:02}").ws)
    assert [(stage, people) for stage, _, people in reminders(world)] == [
        ("before-7", ["lan"]),
        ("before-3", ["lan"]),
        ("before-1", ["binh", "lan"]),
        ("late-1", ["binh", "lan"]),
        ("late-2", ["binh", "lan"]),
        ("late-3", ["binh", "lan", "nam"]),
        ("late-10", ["binh", "lan", "nam"]),
        ("late-17", ["binh", "lan", "nam"]),
    ]


def test_a_second_round_on_the_same_day_adds_nothing(world: World) -> None:
    assign_task(world)
    first = run_reminders(on(world, "2026-06-27").ws)
    before = world.ws.log.size()
    assert first.reminded == len([event for event in world.ws.log.read_events() if event.actor == CLOCK])
    assert run_reminders(world.ws).reminded == 0
    assert world.ws.log.size() == before


def test_the_reminder_is_an_event_of_the_clock_that_moves_nothing(world: World) -> None:
    moved = assign_task(world) and commands.load_item(world.ws, TASK).item.state_version
    run_reminders(on(world, "2026-06-27").ws)
    event = events(world)[-1]
    assert (event.actor, event.role, event.unit, event.data["text"]) == (CLOCK, None, None, None)
    assert commands.load_item(world.ws, TASK).item.state_version == moved


def test_after_days_off_only_the_nearest_stage_is_told(world: World) -> None:
    assign_task(world)
    run_reminders(on(world, "2026-07-06").ws)
    assert [stage for stage, *_ in reminders(world)] == ["late-3"]


def test_an_extended_due_day_begins_anew(world: World) -> None:
    assign_task(world)
    run_reminders(on(world, "2026-06-29").ws)
    world.take("lan", "ask_extension", due="2026-07-20", reason="Chờ số liệu của tỉnh.")
    world.take("hoa", "grant_extension", due="2026-07-15")
    run_reminders(on(world, "2026-07-02").ws)
    run_reminders(on(world, "2026-07-08").ws)
    run_reminders(on(world, "2026-07-14").ws)
    assert [(stage, due) for stage, due, _ in reminders(world)] == [
        ("before-1", "2026-06-30"),
        ("before-7", "2026-07-15"),
        ("before-1", "2026-07-15"),
    ]


def test_an_item_that_rests_is_left_alone_until_it_goes_on(world: World) -> None:
    assign_task(world)
    on(world, "2026-06-20").take("nam", "suspend", reason="Chờ hướng dẫn của tỉnh.")
    run_reminders(on(world, "2026-07-05").ws)
    assert reminders(world) == []
    world.take("nam", "resume")  # the due day is fifteen days later now
    run_reminders(on(world, "2026-07-12").ws)
    assert [(stage, due) for stage, due, _ in reminders(world)] == [("before-3", "2026-07-15")]


def test_when_the_officer_left_the_head_is_told(world: World) -> None:
    assign_task(world)
    leave(world, "lan")
    run_reminders(on(world, "2026-06-27").ws)
    assert [people for *_, people in reminders(world)] == [["binh"]]


def test_for_a_unit_without_users_the_coordinator_is_told(world: World) -> None:
    assign_task(world, lead="tram-y-te", officer="")
    run_reminders(on(world, "2026-06-27").ws)
    assert [people for *_, people in reminders(world)] == [["hoa"]]


def test_work_not_given_to_anybody_is_told_to_the_coordinator(world: World) -> None:
    run_reminders(on(world, "2026-03-03").ws)
    assert reminders(world, UNGIVEN) == [("before-1", "2026-03-04", ["hoa"])]


def test_where_nobody_is_left_to_tell_the_round_says_so_and_tells_the_next_one_to_come(world: World) -> None:
    assign_task(world)
    for login in ("lan", "binh", "hoa", "nam"):
        leave(world, login)
    done = run_reminders(on(world, "2026-06-27").ws)
    assert (done.nobody > 0, reminders(world)) == (True, [])
    commands.add_person(world.ws, "moi", "Trần Mới", None, None, world.order())
    commands.grant_role(world.ws, "moi", "coordinator", world.order())
    run_reminders(world.ws)
    assert [people for *_, people in reminders(world)] == [["moi"]]


def test_the_reports_of_the_units_are_reminded_of_too(world: World) -> None:
    done = run_reminders(on(world, "2026-03-09").ws)
    assert done.opened.reports > 0
    report = "2026-report:phong-kinh-te:2026-Q1"
    assert reminders(world, report) == [("before-1", "2026-03-10", ["binh"])]
    world.take("binh", "submit", report, result="Đã báo cáo.")
    world.take("hoa", "accept", report)
    run_reminders(on(world, "2026-03-12").ws)
    assert len(reminders(world, report)) == 1


def test_each_part_of_a_whole_is_reminded_of_and_the_whole_is_not(world: World) -> None:
    units = ["phong-kinh-te", "tram-y-te"]
    world.take("hoa", "distribute", units=units, cadence="once", due="2026-06-30")
    run_reminders(on(world, "2026-06-27").ws)
    assert reminders(world) == []
    assert [people for *_, people in reminders(world, f"{TASK}:phong-kinh-te")] == [["binh"]]
    assert [people for *_, people in reminders(world, f"{TASK}:tram-y-te")] == [["hoa"]]


def test_a_table_of_the_commune_s_own_is_followed(world: World) -> None:
    table = {"stages": [{"days": 20, "to": ["leader"]}], "every": 0, "then": []}
    commands.change_setting(world.ws, "reminders", table, "Quy chế làm việc", world.order("hoa"))
    assign_task(world)
    run_reminders(on(world, "2026-06-10").ws)
    run_reminders(on(world, "2026-07-10").ws)
    assert [(stage, people) for stage, _, people in reminders(world)] == [("before-20", ["nam"])]


def test_a_lost_key_of_the_orders_reminds_nobody_twice(world: World) -> None:
    assign_task(world)
    run_reminders(on(world, "2026-06-27").ws)
    (world.ws.private / "command.key").unlink()
    again = commands.open_workspace(world.data, world.ws.name, world.ws.now)
    assert run_reminders(again).reminded == 0
    again.close()


@pytest.mark.parametrize("processes", [6])
def test_of_many_processes_that_make_the_round_at_once_each_thing_is_done_by_one(
    world: World, processes: int
) -> None:
    assign_task(world)
    on(world, "2026-06-27")
    arguments = [sys.executable, "-c", ROUND, str(world.data), world.ws.name, world.time.isoformat()]
    running = [
        subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)
        for _ in range(processes)
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    counts = [[int(count) for count in process.communicate(timeout=120)[0].split()] for process in running]
    assert [process.returncode for process in running] == [0] * processes
    reminders_made = [
        (event.stream, event.data["due"], event.data["stage"])
        for event in world.ws.log.read_events()
        if event.actor == CLOCK
    ]
    assert len(reminders_made) == len(set(reminders_made)) == sum(reminded for *_, reminded in counts)
    assert local_day(world.time).isoformat() == "2026-06-27"
