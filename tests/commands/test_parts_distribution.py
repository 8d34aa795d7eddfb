"""Work that is divided among units and periods: which parts open, and when."""

import pytest
from support import dividing
from support.dividing import BOTH, MINE, THEIRS, distribute, finish, parts, whole
from support.world import RESULT, TASK, World

from cchc_flow import commands as handling
from cchc_flow.errors import IllegalMove, MissingData, NotAllowed, NotFound
from cchc_flow.projections.cards import items

world = dividing.world


def test_a_task_for_many_units_opens_one_part_for_each_in_the_same_commit(world: World) -> None:
    distribute(world, due="2026-06-30")
    assert whole(world).state == "distributed"
    assert parts(world) == {":phong-kinh-te": "assigned", ":tram-y-te": "assigned"}
    leads = {part.lead: part.due for part in items.parts_of(world.ws.read(), TASK)}
    assert leads == {"phong-kinh-te": "2026-06-30", "tram-y-te": "2026-06-30"}
    commands = {event.command_id for event in world.ws.log.read_events(world.ws.log.size() - 5)}
    assert len(commands) == 1


def test_a_cadence_opens_one_part_per_period_as_it_comes(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly", due_day="10")
    assert parts(world) == {":phong-kinh-te:2026-03": "assigned"}
    world.wait(days=29)
    assert handling.do_scheduled_work(world.ws).parts == 0
    world.wait(days=1)
    assert handling.do_scheduled_work(world.ws).parts == 1
    assert handling.do_scheduled_work(world.ws).parts == 0
    assert parts(world) == {":phong-kinh-te:2026-03": "assigned", ":phong-kinh-te:2026-04": "assigned"}
    assert items.item(world.ws.read(), f"{MINE}:2026-04").due == "2026-04-10"


def test_work_that_begins_earlier_has_the_parts_of_the_periods_since(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly", since="2026-01-15")
    assert set(parts(world)) == {f":phong-kinh-te:2026-0{month}" for month in (1, 2, 3)}


def test_both_together_make_a_matrix(world: World) -> None:
    distribute(world, cadence="quarterly")
    world.wait(days=40)
    handling.do_scheduled_work(world.ws)
    assert set(parts(world)) == {f":{unit}:2026-Q{quarter}" for unit in BOTH for quarter in (1, 2)}


def test_one_period_that_waits_for_review_never_blocks_the_next(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly")
    world.take("lan", "start", f"{MINE}:2026-03")
    world.take("lan", "submit", f"{MINE}:2026-03", **RESULT)
    world.wait(days=35)
    handling.do_scheduled_work(world.ws)
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
        ([], {}, "Hãy chọn các đơn vị thực hiện"),
        (["phong-kinh-te"], {}, "Một đơn vị, làm một lần"),
        (["phong-la"], {"cadence": "monthly"}, "đơn vị này không có trong danh bạ"),
        (BOTH, {"due": "2026-03-01"}, "Hạn: ngày 01/03/2026 đã qua."),
        (BOTH, {"due": "2027-01-01"}, r"Hạn: không được sau ngày kế hoạch kết thúc \(31/12/2026\)."),
        (BOTH, {"cadence": "daily"}, "Định kỳ: phải chọn một trong"),
        (BOTH, {"cadence": "monthly", "due_day": "32"}, "Ngày đến hạn trong kỳ: phải từ 1 đến 31."),
        (
            BOTH,
            {"cadence": "monthly", "since": "2027-01-01"},
            "Bắt đầu từ: không được sau ngày",
        ),
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
    assert handling.do_scheduled_work(world.ws).parts == 1


def due_days(world: World) -> dict[str, str | None]:
    """Return the due days of the parts by what their ids add to the task's."""
    return {part.id.removeprefix(TASK): part.due for part in items.parts_of(world.ws.read(), TASK)}


def test_a_part_that_opens_after_its_periods_day_has_five_working_days(world: World) -> None:
    world.wait(days=23)  # Wednesday, 25 March
    distribute(world, ["phong-kinh-te"], cadence="monthly", due_day="20", since="2026-02-01")
    assert due_days(world) == {":phong-kinh-te:2026-02": "2026-04-01", ":phong-kinh-te:2026-03": "2026-04-01"}


def test_the_days_for_late_work_are_working_days_and_end_with_the_plan(world: World) -> None:
    world.wait(days=56)  # Monday, 27 April, a holiday as 30 April and 1 May are: counted from Tuesday on
    distribute(world, ["phong-kinh-te"], cadence="monthly", due_day="20")
    assert due_days(world) == {":phong-kinh-te:2026-04": "2026-05-07"}
    world.wait(days=246)  # Tuesday, 29 December
    handling.do_scheduled_work(world.ws)
    assert due_days(world)[":phong-kinh-te:2026-12"] == "2026-12-31"


def test_a_unit_that_joins_owes_the_running_period_and_none_that_was_over(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly", due_day="10")
    world.wait(days=50)  # Tuesday, 21 April
    handling.do_scheduled_work(world.ws)
    distribute(world, cadence="monthly", due_day="10", since="2026-03-02")
    assert due_days(world) == {
        ":phong-kinh-te:2026-03": "2026-03-10",
        ":phong-kinh-te:2026-04": "2026-04-29",
        ":tram-y-te:2026-04": "2026-04-29",
    }


def test_a_unit_that_joins_work_whose_day_is_over_has_five_working_days_too(world: World) -> None:
    distribute(world, due="2026-03-20")
    world.wait(days=21)  # Monday, 23 March
    distribute(world, [*BOTH, "phong-van-hoa-xa-hoi"], due="2026-03-20")
    assert due_days(world)[":phong-van-hoa-xa-hoi"] == "2026-03-30"


def test_a_whole_that_is_resumed_owes_no_period_that_ended_while_it_rested(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly", due_day="10")
    world.take("nam", "suspend", reason="Chờ tỉnh.", decision="12/QĐ-UBND")
    world.wait(days=105)  # Monday, 15 June
    handling.do_scheduled_work(world.ws)
    world.take("nam", "resume")
    handling.do_scheduled_work(world.ws)
    rested = {":phong-kinh-te:2026-03": "2026-06-23", ":phong-kinh-te:2026-06": "2026-06-22"}
    assert due_days(world) == rested
    world.wait(days=16)
    handling.do_scheduled_work(world.ws)
    assert due_days(world) == rested | {":phong-kinh-te:2026-07": "2026-07-10"}


def test_a_unit_that_was_closed_and_is_back_owes_no_period_that_was_over(world: World) -> None:
    distribute(world, cadence="monthly", due_day="28")
    handling.change_unit(world.ws, "tram-y-te", "Trạm Y tế", [], False, world.order())
    world.wait(days=70)  # 11 May
    handling.do_scheduled_work(world.ws)
    handling.change_unit(world.ws, "tram-y-te", "Trạm Y tế", [], True, world.order())
    handling.do_scheduled_work(world.ws)
    theirs = {name: due for name, due in due_days(world).items() if name.startswith(":tram-y-te")}
    assert theirs == {":tram-y-te:2026-03": "2026-03-28", ":tram-y-te:2026-05": "2026-05-28"}


def test_the_weight_of_work_goes_on_to_its_parts_also_those_of_later_periods(world: World) -> None:
    world.take("hoa", "assign", lead="phong-kinh-te", due="2026-06-30")
    world.take("hoa", "weigh", weight="2,5")
    distribute(world, ["phong-kinh-te"], cadence="monthly", due_day="10")
    world.take("hoa", "weigh", f"{MINE}:2026-03", weight="0,5")
    world.wait(days=30)
    handling.do_scheduled_work(world.ws)
    weights = {part.period: part.weight for part in items.parts_of(world.ws.read(), TASK)}
    assert weights == {"2026-03": "0.5", "2026-04": "2.5"}
