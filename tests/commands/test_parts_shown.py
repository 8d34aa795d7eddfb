"""The board shows the parts that each may look at; they are counted, and not their whole."""

from datetime import date

from support import dividing
from support.dividing import MINE, THEIRS, distribute, finish
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.projections.cards import counts, queries
from cchc_flow.projections.cards.filters import Filters

world = dividing.world


def shown(world: World, **filters: str) -> set[str]:
    lanes = ["planned", "assigned", "in_progress", "submitted", "approved", "closed"]
    today = world.time.date()
    found = queries.columns(world.ws.read(), lanes, Filters(**filters), today)
    return {card.id for column in found for card in column.cards if card.id.startswith(TASK)}


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
    commands.do_scheduled_work(world.ws)
    assert shown(world) == {f"{MINE}:2026-04"}


def test_a_part_that_is_late_stays_on_the_board_beside_the_current_one(world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly")
    world.wait(days=31)
    commands.do_scheduled_work(world.ws)
    assert shown(world) == {f"{MINE}:2026-03", f"{MINE}:2026-04"}
    finish(world, f"{MINE}:2026-03", "lan")
    assert shown(world) == {f"{MINE}:2026-04"}


def test_the_card_of_a_whole_tells_how_many_parts_are_finished(world: World) -> None:
    distribute(world, due="2026-06-30")
    finish(world, MINE, "lan")
    assert queries.card(world.ws.read(), TASK).progress == 50


def test_a_finished_whole_reads_as_done_on_the_day_of_its_last_part(world: World) -> None:
    distribute(world, due="2026-06-30")
    finish(world, MINE, "lan")
    world.wait(days=10)
    finish(world, THEIRS, "mai")
    card = queries.card(world.ws.read(), TASK)
    assert (card.lane, card.done) == ("closed", "2026-03-12")
    assert queries.due_badge(card, date(2027, 1, 1), 3).words == "Xong đúng hạn"


def test_what_was_given_up_has_no_due_day_to_miss(world: World) -> None:
    world.take("nam", "cancel", reason="Trùng việc.", decision="3/QĐ-UBND")
    card = queries.card(world.ws.read(), TASK)
    assert queries.due_badge(card, date(2027, 1, 1), 3).words == ""


def test_parts_are_counted_in_their_period_and_the_whole_is_not(world: World) -> None:
    distribute(world, cadence="monthly")
    finish(world, f"{MINE}:2026-03", "lan")
    world.wait(days=31)
    commands.do_scheduled_work(world.ws)
    today, db = date(2026, 4, 2), world.ws.read()
    march = counts.counts(db, Filters(period="2026-03"), today)
    assert (march.total, march.done_in_time, march.open_late) == (2, 1, 1)
    assert counts.counts(db, Filters(period="2026-04"), today).open_in_time == 2
    assert counts.counts(db, Filters(), today).total == 4 + 2  # and the two other tasks of the plan
