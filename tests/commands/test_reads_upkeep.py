"""Each month's file of reads is closed when the month is over, and deleted when its time is over."""

import pytest
from support.world import World

from cchc_flow import commands
from cchc_flow.audit import naming, reads
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.commands.reads_upkeep import ReadsUpkeep, keep_up_reads, months_between
from cchc_flow.errors import LogBroken, MissingData
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.reads.reading import remembered_ends
from cchc_flow.workflow.calendar import local_day


def read_something(world: World, thing: str = "item-1") -> None:
    assert reads.record_read(world.ws, "lan", reads.OPENED, thing)


def types(world: World, month: str = "2026-03") -> list[str]:
    return [event.type for event in world.ws.log.stream(f"reads-{month}")]


def told(world: World, month: str = "2026-03") -> list[str]:
    names = naming.all_names(world.ws, world.ws.read())
    return [event_sentence(event, names) for event in world.ws.log.stream(f"reads-{month}")]


def test_a_month_is_closed_once_it_is_over_and_its_root_is_in_the_log(world):
    read_something(world)
    assert keep_up_reads(world.ws) == ReadsUpkeep()
    world.wait(days=30)
    assert keep_up_reads(world.ws) == ReadsUpkeep(closed=("2026-03",))
    assert keep_up_reads(world.ws) == ReadsUpkeep()
    (event,) = world.ws.log.stream("reads-2026-03")
    assert event.data["size"] == 1 and event.channel == "clock"
    assert told(world) == [
        f"Hệ thống (theo lịch) đã khóa sổ lượt xem tháng 03/2026: 1 lượt, mã gốc {event.data['root'][:12]}…."
    ]


def test_months_are_closed_after_a_pause_and_those_without_reads_are_not(world):
    read_something(world)
    world.wait(days=75)
    read_something(world)
    world.wait(days=60)
    assert keep_up_reads(world.ws).closed == ("2026-03", "2026-05")


def test_what_is_remembered_of_an_open_month_is_forgotten_when_the_log_has_its_root(world):
    read_something(world)
    world.ws.reads.close()
    assert list(remembered_ends(world.ws.private)) == ["2026-03"]
    world.wait(days=30)
    keep_up_reads(world.ws)
    assert not remembered_ends(world.ws.private)


def test_a_file_is_deleted_after_the_months_of_the_setting_and_the_log_says_so(world):
    read_something(world)
    world.wait(days=30)
    keep_up_reads(world.ws)
    change = {"keep_months": 6}
    commands.change_setting(world.ws, "reads", change, "Quyết định 12/QĐ-UBND", world.order("hoa"))
    world.time = world.time.replace(month=9, day=30)
    assert keep_up_reads(world.ws) == ReadsUpkeep()
    world.time = world.time.replace(month=10, day=1)
    assert keep_up_reads(world.ws) == ReadsUpkeep(deleted=("2026-03",))
    assert types(world) == ["log.reads_closed/1", "log.reads_deleted/1"]
    assert world.ws.reads.months() == []
    assert "vì sổ chỉ giữ 6 tháng theo thiết lập" in told(world)[1]


def test_a_file_is_closed_before_it_is_deleted_however_long_the_program_stood_still(world):
    read_something(world)
    world.wait(days=3_000)
    assert keep_up_reads(world.ws) == ReadsUpkeep(closed=("2026-03",), deleted=("2026-03",))
    assert types(world) == ["log.reads_closed/1", "log.reads_deleted/1"]


def test_a_file_that_came_back_after_its_deletion_is_deleted_again(world):
    read_something(world)
    path = world.ws.folder / "reads" / "2026-03.db"
    world.wait(days=30)
    keep_up_reads(world.ws)
    kept = path.read_bytes()
    world.wait(days=3_000)
    keep_up_reads(world.ws)
    path.write_bytes(kept)
    assert keep_up_reads(world.ws).deleted == ("2026-03",)
    assert not path.exists() and len(types(world)) == 2


def test_a_damaged_file_stays_as_it_is_and_keeps_no_other_month_from_being_closed(world):
    read_something(world)
    world.wait(days=30)
    read_something(world)
    world.ws.reads.close()
    path = world.ws.folder / "reads" / "2026-03.db"
    path.write_bytes(b"x" * 9_000)
    world.wait(days=30)
    with pytest.raises((LogBroken, sqlite3.DatabaseError)):
        keep_up_reads(world.ws)
    assert types(world) == [] and types(world, "2026-04") == ["log.reads_closed/1"]
    assert path.read_bytes() == b"x" * 9_000


def test_a_shorter_time_than_half_a_year_is_refused(world):
    with pytest.raises(MissingData, match="từ 6 đến 240"):
        commands.change_setting(world.ws, "reads", {"keep_months": 1}, "không rõ", world.order("hoa"))


def test_months_are_counted_from_month_to_month(world):
    assert months_between("2025-12", local_day(world.time)) == 3
