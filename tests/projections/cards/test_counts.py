"""The official counts: where work stands on a day, who is counted, and which items are behind a figure."""

from datetime import date, timedelta

import pytest
from support.figures import cards_behind
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow.commands.scheduled_openings import open_scheduled_work
from cchc_flow.commands.settings import change_setting
from cchc_flow.projections.cards import counts
from cchc_flow.projections.cards.counts import FIGURES, Counts
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.workflow.calendar import end_of_day, local_day

PLAN = Filters(plan="2026")


def figures(world: World, day: date | None = None, scope: Filters = PLAN) -> Counts:
    """Return the counts as of a day; of now when none is given."""
    ws, today = world.ws, local_day(world.time)
    at = ws.log.position_before(end_of_day(day)) if day else None
    return counts.counts(ws.read(), scope, day or today, at=at)


def ids(world: World, figure: str, scope: Filters = PLAN) -> list[str]:
    return [card.id for card in cards_behind(world.ws.read(), figure, scope, local_day(world.time))]


def test_what_waits_for_approval_is_not_done(world: World) -> None:
    world.submitted()
    assert figures(world).done == 0
    world.take("hoa", "approve", quality="met")
    assert figures(world).done_in_time == 1


def test_work_is_done_on_the_day_of_the_submission_that_was_later_approved(world: World) -> None:
    world.wait(days=120)  # 30/6, the last day
    world.submitted()
    world.wait(days=10)
    world.take("hoa", "approve", quality="met")
    assert (figures(world).done_in_time, figures(world).done_late) == (1, 0)


def test_a_later_approval_does_not_change_what_a_past_day_said(world: World) -> None:
    world.submitted()
    submission = local_day(world.time)
    world.wait(days=2)
    world.take("hoa", "approve", quality="met")
    before = submission + timedelta(days=1)
    assert [figures(world, day).done for day in (submission, before, before + timedelta(days=1))] == [0, 0, 1]


def test_work_that_rests_does_not_come_to_be_late(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("hoa", "suspend", decision="1/QĐ", reason="Chờ cấp trên.")
    world.wait(days=300)
    assert (figures(world).open_in_time, figures(world).open_late) == (2, 1)
    world.take("hoa", "resume")
    assert figures(world).open_late == 1


def test_work_that_was_late_before_it_rested_stays_late(world: World) -> None:
    world.wait(days=150)
    world.take("hoa", "suspend", decision="1/QĐ", reason="Chờ cấp trên.")
    world.wait(days=30)
    assert TASK in ids(world, "open_late")


def test_a_result_given_back_is_done_but_not_up_to_requirement_until_it_is_accepted(world: World) -> None:
    world.submitted()
    assert figures(world).unmet == 0
    world.take("hoa", "return", reason="Thiếu.", defects="1")
    assert (figures(world).unmet, ids(world, "unmet")) == (1, [TASK])
    world.take("lan", "submit", **RESULT)
    assert figures(world).unmet == 1
    world.take("hoa", "approve", quality="met")
    assert figures(world).unmet == 0


def test_what_was_cancelled_is_in_no_figure_but_its_own(world: World) -> None:
    world.take("hoa", "cancel", decision="1/QĐ", reason="Không còn phù hợp.")
    assert (figures(world).total, figures(world).given_up, ids(world, "given_up")) == (2, 1, [TASK])


def test_each_unit_and_period_of_a_whole_counts_by_itself_and_the_whole_does_not(world: World) -> None:
    units = ["phong-kinh-te", "tram-y-te"]
    world.take("hoa", "distribute", units=units, cadence="monthly", due_day="20")
    assert figures(world).total == 4
    assert figures(world).regular == 3  # two parts, and a task without a due day
    world.wait(days=31)
    open_scheduled_work(world.ws)
    assert figures(world).total == 6
    assert figures(world, scope=Filters(plan="2026", period="2026-04")).total == 2
    assert figures(world, scope=Filters(plan="2026", unit="tram-y-te")).total == 2
    world.take("hoa", "excuse", f"{TASK}:tram-y-te:2026-03", reason="Đơn vị mới thành lập.")
    assert (figures(world).total, figures(world).given_up) == (5, 1)


def test_a_due_day_that_rolls_does_so_for_open_work_and_leaves_done_work_as_it_was_judged(
    world: World,
) -> None:
    sunday = date(2026, 3, 8)
    for item in (TASK, "2026-III.1.1"):
        world.take("hoa", "assign", item, **ASSIGN | {"due": sunday.isoformat()})
        world.take("lan", "start", item)
    world.wait(days=7)  # Monday
    world.take("lan", "submit", TASK, **RESULT)
    world.wait(minutes=1)
    world.take("hoa", "approve", TASK, quality="met")
    assert (figures(world).done_late, ids(world, "open_late")) == (1, ["2026-III.2.10", "2026-III.1.1"])
    world.wait(days=1)
    closed = {"days": [{"day": "2026-03-09", "working": False, "name": "Nghỉ bão"}]}
    change_setting(world.ws, "calendar", closed, "Công điện", world.order("hoa"))
    change_setting(world.ws, "deadlines", {"roll": True}, "Quy chế", world.order("hoa"))
    assert (figures(world).done_late, ids(world, "open_late")) == (1, ["2026-III.2.10"])
    world.wait(minutes=1)
    world.take("nam", "close", TASK)
    assert figures(world).done_late == 1


def test_the_parts_of_a_scope_add_up_to_it(world: World) -> None:
    world.submitted()
    db, today = world.ws.read(), local_day(world.time)
    for column in ("lead", "area", "officer", "period"):
        parts = counts.counts_by(db, column, PLAN, today).values()
        assert sum(part.total for part in parts) == figures(world).total == 3


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_has_a_list(world: World, figure: str) -> None:
    assert len(ids(world, figure)) == getattr(figures(world), figure)
