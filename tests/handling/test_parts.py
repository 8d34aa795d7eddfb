"""Work for many units and for every period: parts with lives of their own, and a whole that follows them."""

import threading
from datetime import date

import pytest
from support.world import RESULT, TASK, World

from cchc_flow import handling
from cchc_flow.errors import IllegalMove, MissingData, NotAllowed, NotFound
from cchc_flow.projections import board, counts, directory, items
from cchc_flow.projections.board import Filters
from cchc_flow.workflow.item import Item

MINE, THEIRS = f"{TASK}:phong-kinh-te", f"{TASK}:tram-y-te"
BOTH = ["phong-kinh-te", "tram-y-te"]


@pytest.fixture
def world(world: World) -> World:
    """The commune, with somebody at Trạm Y tế."""
    handling.add_person(world.ws, "mai", "Bùi Thị Mai", None, "tram-y-te", world.order())
    handling.grant_role(world.ws, "mai", "officer", world.order())
    return world


def distribute(world: World, units: list[str] = BOTH, **data: str) -> None:
    asked = {"cadence": "", "due": "", "due_day": "", "since": ""} | data
    world.take("hoa", "distribute", units=units, **asked)


def finish(world: World, part: str, officer: str) -> None:
    world.take(officer, "start", part)
    world.take(officer, "submit", part, **RESULT)
    world.take("hoa", "approve", part, quality="met")
    world.take("nam", "close", part)


def whole(world: World) -> Item:
    return items.item(world.ws.read(), TASK)


def parts(world: World) -> dict[str, str]:
    return {part.id.removeprefix(TASK): part.state for part in items.parts(world.ws.read(), TASK)}


def shown(world: World, **filters: str) -> set[str]:
    lanes = ["planned", "assigned", "in_progress", "submitted", "approved", "closed"]
    today = world.time.date()
    found = board.columns(world.ws.read(), lanes, Filters(**filters), today)
    return {card.id for column in found for card in column.cards if card.id.startswith(TASK)}


# Distribution


def test_a_task_for_many_units_opens_one_part_for_each_in_the_same_commit(world: World) -> None:
    distribute(world, due="2026-06-30")
    assert whole(world).state == "distributed"
    assert parts(world) == {":phong-kinh-te": "assigned", ":tram-y-te": "assigned"}
    leads = {part.lead: part.due for part in items.parts(world.ws.read(), TASK)}
    assert leads == {"phong-kinh-te": "2026-06-30", "tram-y-te": "2026-06-30"}
    commands = {event.command_id for event in world.ws.log.read(world.ws.log.size() - 5)}
    assert len(commands) == 1


def test_a_cadence_opens_one_part_per_period_as_it_comes(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly", due_day="10")
    assert parts(world) == {":phong-kinh-te:2026-03": "assigned"}
    world.wait(days=29)
    assert handling.keep_up(world.ws).parts == 0
    world.wait(days=1)
    assert handling.keep_up(world.ws).parts == 1
    assert handling.keep_up(world.ws).parts == 0
    assert parts(world) == {":phong-kinh-te:2026-03": "assigned", ":phong-kinh-te:2026-04": "assigned"}
    assert items.item(world.ws.read(), f"{MINE}:2026-04").due == "2026-04-10"


def test_work_that_begins_earlier_has_the_parts_of_the_periods_since(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly", since="2026-01-15")
    assert set(parts(world)) == {f":phong-kinh-te:2026-0{month}" for month in (1, 2, 3)}


def test_both_together_make_a_matrix(world: World) -> None:
    distribute(world, cadence="quarterly")
    world.wait(days=40)
    handling.keep_up(world.ws)
    assert set(parts(world)) == {f":{unit}:2026-Q{quarter}" for unit in BOTH for quarter in (1, 2)}


def test_one_period_that_waits_for_review_never_blocks_the_next(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly")
    world.take("lan", "start", f"{MINE}:2026-03")
    world.take("lan", "submit", f"{MINE}:2026-03", **RESULT)
    world.wait(days=35)
    handling.keep_up(world.ws)
    finish(world, f"{MINE}:2026-04", "lan")
    assert parts(world) == {":phong-kinh-te:2026-03": "submitted", ":phong-kinh-te:2026-04": "closed"}


def test_distributing_again_adds_the_units_that_are_new(world: World) -> None:
    distribute(world, due="2026-06-30")
    distribute(world, [*BOTH, "phong-van-hoa-xa-hoi"], due="2026-06-30")
    assert len(parts(world)) == 3


def test_distributing_again_as_before_changes_nothing(world: World) -> None:
    distribute(world, due="2026-06-30")
    size = world.ws.log.size()
    distribute(world, due="2026-06-30")
    assert world.ws.log.size() == size


@pytest.mark.parametrize(
    ("units", "data", "sentence"),
    [
        ([], {}, "Các đơn vị thực hiện: chưa có"),
        (["phong-kinh-te"], {}, "Một đơn vị, làm một lần"),
        (["phong-la"], {"cadence": "monthly"}, "đơn vị này không còn trong danh bạ"),
        (BOTH, {"due": "2026-03-01"}, "Hạn: ngày 01/03/2026 đã qua."),
        (BOTH, {"due": "2027-01-01"}, "Hạn: kế hoạch kết thúc ngày 31/12/2026."),
        (BOTH, {"cadence": "daily"}, "Định kỳ: phải chọn một trong"),
        (BOTH, {"cadence": "monthly", "due_day": "32"}, "Ngày đến hạn trong kỳ: phải từ 1 đến 31."),
        (BOTH, {"cadence": "monthly", "since": "2027-01-01"}, "Bắt đầu từ: kế hoạch kết thúc"),
    ],
)
def test_a_distribution_that_makes_no_sense_is_refused_and_nothing_is_appended(
    world: World, units: list[str], data: dict[str, str], sentence: str
) -> None:
    before = world.ws.log.size()
    with pytest.raises(MissingData, match=sentence):
        distribute(world, units, **data)
    assert world.ws.log.size() == before


def test_a_part_is_not_divided_again_and_only_a_part_is_excused(world: World) -> None:
    with pytest.raises(IllegalMove, match="Chỉ miễn được phần việc"):
        world.take("nam", "excuse", reason="Không phải làm.")
    distribute(world, due="2026-06-30")
    with pytest.raises(IllegalMove, match="không chia tiếp được"):
        world.take("hoa", "distribute", THEIRS, units=BOTH)


def test_a_distribution_cannot_be_undone(world: World) -> None:
    distribute(world, due="2026-06-30")
    with pytest.raises(IllegalMove, match="không hoàn tác được"):
        handling.undo_step(world.ws, TASK, world.order("hoa"))


def test_only_its_own_unit_takes_a_part_up(world: World) -> None:
    distribute(world, due="2026-06-30")
    with pytest.raises(NotAllowed):
        world.take("lan", "start", THEIRS)


def test_a_period_that_is_not_open_is_said_so(world: World) -> None:
    distribute(world, cadence="monthly")
    with pytest.raises(NotFound, match="Kỳ này của công việc chưa mở"):
        world.take("lan", "start", f"{MINE}:2026-04")


def test_a_unit_that_is_no_more_gets_no_new_part(world: World) -> None:
    distribute(world, cadence="monthly")
    handling.change_unit(world.ws, "tram-y-te", "Trạm Y tế", [], False, world.order())
    world.wait(days=31)
    assert handling.keep_up(world.ws).parts == 1


# The whole follows


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
    handling.keep_up(world.ws)
    finish(world, f"{MINE}:2026-H2", "lan")
    assert whole(world).state == "closed"


def test_a_part_that_is_reopened_or_undone_takes_its_whole_along(world: World) -> None:
    distribute(world, due="2026-06-30")
    finish(world, MINE, "lan")
    finish(world, THEIRS, "mai")
    handling.undo_step(world.ws, THEIRS, world.order("nam"))
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


def test_a_whole_whose_year_is_over_is_finished_by_the_calendar(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="quarterly", since="2026-03-02")
    for quarter in (1, 2, 3):
        finish(world, f"{MINE}:2026-Q{quarter}", "lan")
        world.wait(days=92)
        handling.keep_up(world.ws)
    finish(world, f"{MINE}:2026-Q4", "lan")
    assert whole(world).state == "closed"


# What is shown and counted


def test_the_commune_sees_the_whole_and_a_unit_its_own_part(world: World) -> None:
    distribute(world, due="2026-06-30")
    assert shown(world) == {TASK}
    assert shown(world, unit="tram-y-te") == {THEIRS}
    assert shown(world, unit="phong-van-hoa-xa-hoi") == set()


def test_recurring_work_of_one_unit_shows_its_current_part(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly")
    assert shown(world) == {f"{MINE}:2026-03"}
    finish(world, f"{MINE}:2026-03", "lan")
    world.wait(days=31)
    handling.keep_up(world.ws)
    assert shown(world) == {f"{MINE}:2026-04"}


def test_a_part_that_is_late_stays_on_the_board_beside_the_current_one(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly")
    world.wait(days=31)
    handling.keep_up(world.ws)
    assert shown(world) == {f"{MINE}:2026-03", f"{MINE}:2026-04"}
    finish(world, f"{MINE}:2026-03", "lan")
    assert shown(world) == {f"{MINE}:2026-04"}


def test_the_card_of_a_whole_tells_how_many_parts_are_finished(world: World) -> None:
    distribute(world, due="2026-06-30")
    finish(world, MINE, "lan")
    assert board.card(world.ws.read(), TASK).progress == 50


def test_a_finished_whole_reads_as_done_on_the_day_of_its_last_part(world: World) -> None:
    distribute(world, due="2026-06-30")
    finish(world, MINE, "lan")
    world.wait(days=10)
    finish(world, THEIRS, "mai")
    card = board.card(world.ws.read(), TASK)
    assert (card.lane, card.done) == ("closed", "2026-03-12")
    assert board.badge_of(card, date(2027, 1, 1), 3).words == "Xong đúng hạn"


def test_what_was_given_up_has_no_due_day_to_miss(world: World) -> None:
    world.take("nam", "cancel", reason="Trùng việc.", decision="3/QĐ-UBND")
    card = board.card(world.ws.read(), TASK)
    assert board.badge_of(card, date(2027, 1, 1), 3).words == ""


def test_parts_are_counted_in_their_period_and_the_whole_is_not(world: World) -> None:
    distribute(world, cadence="monthly")
    finish(world, f"{MINE}:2026-03", "lan")
    world.wait(days=31)
    handling.keep_up(world.ws)
    today, db = date(2026, 4, 2), world.ws.read()
    march = counts.counts(db, Filters(period="2026-03"), today)
    assert (march.total, march.done_in_time, march.open_late) == (2, 1, 1)
    assert counts.counts(db, Filters(period="2026-04"), today).open_in_time == 2
    assert counts.counts(db, Filters(), today).total == 4 + 2  # and the two other tasks of the plan


# Reports


def test_every_unit_has_a_report_for_each_period_that_the_calendar_opens(world: World) -> None:
    assert handling.keep_up(world.ws).reports == 3
    assert handling.keep_up(world.ws).reports == 0
    report = items.item(world.ws.read(), "2026-report:tram-y-te:2026-Q1")
    assert (report.kind, report.state, report.due, report.lead) == (
        "report",
        "due",
        "2026-03-10",
        "tram-y-te",
    )
    world.wait(days=31)
    assert handling.keep_up(world.ws).reports == 3


def test_a_report_is_submitted_returned_and_accepted(world: World) -> None:
    handling.keep_up(world.ws)
    report = "2026-report:phong-kinh-te:2026-Q1"
    world.take("lan", "submit", report, **RESULT)
    world.take("hoa", "return", report, reason="Thiếu số liệu.", defects="1")
    world.take("lan", "submit", report, **RESULT)
    world.take("hoa", "accept", report)
    assert items.item(world.ws.read(), report).state == "accepted"
    found = counts.counts(world.ws.read(), Filters(kind="report"), date(2026, 3, 20))
    assert (found.done_in_time, found.open_late) == (1, 2)


def test_only_the_units_that_the_settings_name_report_and_on_their_days(world: World) -> None:
    value = {"monthly_day": 12, "period_day": 8, "units": ["tram-y-te"]}
    handling.change_setting(world.ws, "reporting", value, "QĐ 7/QĐ-UBND", world.order("hoa"))
    assert handling.keep_up(world.ws).reports == 1
    assert items.item(world.ws.read(), "2026-report:tram-y-te:2026-Q1").due == "2026-03-08"


def test_a_unit_that_comes_later_owes_no_report_of_before(world: World) -> None:
    world.wait(days=70)
    unit = handling.add_unit(world.ws, "Trường Tiểu học", [], world.order())
    handling.keep_up(world.ws)
    db = world.ws.read()
    names = {unit.id: unit.name for unit in directory.units(db)}
    owed = {card.period for card in board.all_cards(db) if card.lead == unit and card.kind == "report"}
    assert names[unit] == "Trường Tiểu học" and owed == {"2026-05"}
