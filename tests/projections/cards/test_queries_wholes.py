"""A whole on the board: its days are those of its most urgent open part, now and as of any day."""

from datetime import date

import pytest
from support import dividing
from support.dividing import MINE, THEIRS, distribute, finish
from support.figures import cards_behind
from support.world import RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.workflow.calendar import local_day

world = dividing.world
LANES = ["planned", "assigned", "in_progress", "submitted", "approved", "closed"]
SOON = 7


def shown_items(world: World, due: str, at: int | None = None, today: date | None = None) -> list[str]:
    """Return what the filter of due days finds on the board of the commune, in the order of the board."""
    filters, day = Filters(plan="2026", due=due), today or local_day(world.time)
    columns = queries.columns(world.ws.read(), LANES, filters, day, at=at)
    return [card.id for column in columns for card in column.cards]


def badge(world: World) -> str:
    """Return how the due day of the whole reads today."""
    return queries.due_badge(queries.card(world.ws.read(), TASK), local_day(world.time), SOON).words


def monthly(world: World, *, days: int) -> None:
    """Divide the task by months, each due on its 10th, and let so many days pass, each with its round."""
    distribute(world, cadence="monthly", due_day="10", since="2026-03-01")
    for _ in range(days):
        world.wait(days=1)
        commands.do_scheduled_work(world.ws)


def test_a_whole_wears_the_badge_of_its_most_urgent_open_part(world: World) -> None:
    monthly(world, days=40)  # 11/4
    assert badge(world) == "Quá hạn 32 ngày"
    finish(world, f"{MINE}:2026-03", "lan")
    assert badge(world) == "Quá hạn 32 ngày"
    finish(world, f"{THEIRS}:2026-03", "mai")
    assert badge(world) == "Quá hạn 1 ngày"


def test_each_filter_of_due_days_finds_the_whole_on_its_day(world: World) -> None:
    monthly(world, days=0)
    days = {"in_time": date(2026, 3, 2), "soon": date(2026, 3, 10), "late": date(2026, 3, 11)}
    for due, day in days.items():
        assert [filter_ for filter_ in (*days, "none") if TASK in shown_items(world, filter_, today=day)] == [
            due
        ]


def test_a_whole_stands_where_its_most_urgent_part_would(world: World) -> None:
    monthly(world, days=0)
    column = queries.column(world.ws.read(), "in_progress", Filters(), local_day(world.time))
    assert [(card.id, card.due) for card in column.cards] == [(TASK, "2026-03-10")]


def test_a_past_day_shows_the_whole_as_it_was_then(world: World) -> None:
    monthly(world, days=15)
    then, day = world.ws.log.size(), local_day(world.time)
    for part, officer in ((MINE, "lan"), (THEIRS, "mai")):
        finish(world, f"{part}:2026-03", officer)
    assert TASK in shown_items(world, "late", at=then, today=day)
    assert TASK not in shown_items(world, "late")


def test_a_whole_whose_open_parts_are_all_done_has_nothing_due(world: World) -> None:
    distribute(world, due="2026-03-10")
    for part, officer in ((MINE, "lan"), (THEIRS, "mai")):
        world.take(officer, "start", part)
        world.take(officer, "submit", part, **RESULT)
        world.take("hoa", "approve", part, quality="met")
    world.wait(days=30)
    assert badge(world) == "Không đặt hạn"
    assert shown_items(world, "late") == ["2026-III.2.10"]


def test_a_part_that_rests_makes_its_whole_late_only_if_it_was_late_before(world: World) -> None:
    distribute(world, due="2026-03-10")
    world.take("hoa", "suspend", MINE, decision="1/QĐ", reason="Chờ cấp trên.")
    world.wait(days=10)  # 12/3
    assert badge(world) == "Quá hạn 2 ngày"
    finish(world, THEIRS, "mai")
    assert badge(world) == "Hạn 10/03/2026"


def test_a_later_due_day_of_the_part_is_that_of_the_whole(world: World) -> None:
    distribute(world, due="2026-03-10")
    finish(world, THEIRS, "mai")
    world.take("binh", "ask_extension", MINE, due="2026-04-10", reason="Thiếu số liệu.")
    world.take("hoa", "grant_extension", MINE, due="2026-04-10")
    assert queries.card(world.ws.read(), TASK).deadline == "2026-04-10"


def test_when_due_days_begin_to_roll_the_wholes_do_too(world: World) -> None:
    distribute(world, due="2026-03-08")  # a Sunday
    commands.change_setting(world.ws, "deadlines", {"roll": True}, "Quy chế làm việc", world.order("hoa"))
    assert queries.card(world.ws.read(), TASK).deadline == "2026-03-09"


@pytest.mark.parametrize("days", [0, 8, 9, 40, 100])
def test_the_board_finds_a_late_whole_exactly_when_a_part_of_it_is_counted_as_late(
    world: World, days: int
) -> None:
    monthly(world, days=days)
    late = cards_behind(world.ws.read(), "open_late", Filters(plan="2026"), local_day(world.time))
    assert (TASK in shown_items(world, "late")) is any(card.parent == TASK for card in late)


def test_a_rebuild_makes_the_same_rows_of_wholes(world: World) -> None:
    monthly(world, days=40)
    finish(world, f"{MINE}:2026-03", "lan")
    commands.change_setting(world.ws, "deadlines", {"roll": True}, "Quy chế làm việc", world.order("hoa"))
    assert world.ws.differences() == []
