"""The board: columns, filters, search, and any past moment by the same query."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.world import ASSIGN, TASK, TASKS, World, adoption

from cchc_flow import commands
from cchc_flow.commands import NewTask
from cchc_flow.errors import NotFound
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.search import search_key

TODAY = date(2026, 3, 2)
STATES = ["planned", "assigned", "in_progress", "submitted", "approved", "closed"]


def shown(world: World, filters: Filters = Filters(), at: int | None = None) -> dict[str, list[str | None]]:  # noqa: B008  # frozen
    columns = queries.columns(world.ws.read(), STATES, filters, TODAY, at=at)
    return {column.state: [card.ref for card in column.cards] for column in columns if column.cards}


def test_cards_stand_by_due_day_and_then_by_the_number_of_their_reference(world: World) -> None:
    assert shown(world) == {"planned": ["III.2.10", "III.2.3.1", "III.1.1"]}


def test_a_reference_sorts_by_its_numbers_and_not_by_its_letters(new_world: World) -> None:
    refs = ["III.1.10", "III.1.9", "III.1.2"]
    tasks = tuple(NewTask(ref=ref, title=ref, text=ref, area="1") for ref in refs)
    commands.adopt_plan(new_world.ws, adoption(tasks=tasks), new_world.order())
    assert shown(new_world) == {"planned": ["III.1.2", "III.1.9", "III.1.10"]}


def test_a_column_counts_all_and_shows_a_window(new_world: World) -> None:
    tasks = tuple(NewTask(ref=f"III.1.{n}", title="Việc", text="Việc", area="1") for n in range(1, 131))
    commands.adopt_plan(new_world.ws, adoption(tasks=tasks), new_world.order())
    db, seen, after = new_world.ws.read(), [], None
    for size in (50, 50, 30):
        column = queries.column(db, "planned", Filters(), TODAY, after=after)
        assert (column.total, len(column.cards)) == (130, size)
        seen += [card.ref for card in column.cards]
        after = column.after
    assert after is None
    assert seen == [f"III.1.{n}" for n in range(1, 131)]


@pytest.mark.parametrize("after", ["", "x", "[]", '["a"]', "[1,2,3]", "null"])
def test_a_cursor_that_was_made_up_is_refused(world: World, after: str) -> None:
    with pytest.raises(NotFound):
        queries.column(world.ws.read(), "planned", Filters(), TODAY, after=after)


@pytest.mark.parametrize(
    ("filters", "refs"),
    [
        (Filters(area="1"), ["III.1.1"]),
        (Filters(area="9"), []),
        (Filters(due="soon"), ["III.2.10"]),
        (Filters(due="in_time"), ["III.2.3.1"]),
        (Filters(due="none"), ["III.1.1"]),
        (Filters(due="late"), []),
        (Filters(due="nonsense"), ["III.2.10", "III.2.3.1", "III.1.1"]),
        (Filters(words="dak lak"), ["III.2.3.1"]),
        (Filters(words="ĐẮK LẮK"), ["III.2.3.1"]),
        (Filters(words="thu tuc"), ["III.2.10", "III.2.3.1"]),
        (Filters(words="thủ RA"), ["III.2.3.1"]),
        (Filters(words="2.10"), ["III.2.10"]),
        (Filters(words="không có gì"), []),
        (Filters(words="%"), []),
    ],
)
def test_filters_and_words_narrow_the_board(world: World, filters: Filters, refs: list[str]) -> None:
    assert shown(world, filters).get("planned", []) == refs


def test_the_unit_filter_shows_what_the_unit_leads(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    assert shown(world, Filters(unit="phong-kinh-te")) == {"assigned": ["III.2.3.1"]}
    assert shown(world, Filters(unit="tram-y-te")) == {}


def test_a_person_s_work_is_found_by_the_filter_and_by_the_name_without_diacritics(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    assert shown(world, Filters(words="trần lan")) == shown(world, Filters(officer="lan")) == {}
    world.take("binh", "delegate", officer="lan")
    given = {"assigned": ["III.2.3.1"]}
    assert shown(world, Filters(officer="lan")) == given
    for words in ("tran thi lan", "LAN", "Trần Thị Lan", "lan ra soat"):
        assert shown(world, Filters(words=words)) == given, words
    for words in ("ran", "lan xyz", "binh"):
        assert shown(world, Filters(words=words)).get("assigned") is None, words
    world.take("binh", "recall")
    world.take("binh", "start")
    assert shown(world, Filters(officer="binh")) == {"in_progress": ["III.2.3.1"]}


def test_a_late_task_is_late_only_until_it_is_done(world: World) -> None:
    world.wait(days=200)
    world.submitted()
    today = date(2026, 9, 18)
    late = queries.column(world.ws.read(), "submitted", Filters(due="late"), today)
    assert [card.id for card in late.cards] == [TASK]
    world.take("hoa", "approve", quality="met")
    assert queries.column(world.ws.read(), "approved", Filters(due="late"), today).cards == ()
    done = queries.column(world.ws.read(), "approved", Filters(due="done"), today)
    assert [card.done for card in done.cards] == ["2026-09-18"]


def test_the_board_of_any_moment_is_what_the_board_was_then(world: World) -> None:
    boards = {world.ws.log.size(): shown(world)}
    for actor, step, data in (
        ("hoa", "assign", ASSIGN),
        ("lan", "start", {}),
        ("lan", "report_progress", {"percent": "30"}),
        ("lan", "submit", {"result": "Xong."}),
        ("hoa", "return", {"reason": "Thiếu.", "defects": "0"}),
    ):
        world.take(actor, step, **data)
        boards[world.ws.log.size()] = shown(world)
    commands.undo_step(world.ws, TASK, world.order("hoa"))
    boards[world.ws.log.size()] = shown(world)
    world.take("nam", "comment", text="Đã xem.")
    assert {at: shown(world, at=at) for at in boards} == boards


def test_before_the_plan_the_board_was_empty(world: World) -> None:
    assert shown(world, at=1) == {}


def test_a_comment_makes_no_new_row(world: World) -> None:
    rows = world.ws.read().execute("SELECT count(*) FROM cards").fetchone()
    world.take("nam", "comment", text="Đã xem.")
    assert world.ws.read().execute("SELECT count(*) FROM cards").fetchone() == rows


def test_a_card_that_is_not_there_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        queries.card(world.ws.read(), "2026-IX.1")


@given(st.text(alphabet="aáàảãạăắâấđĐeéêếiíoóôốơớuúưứyýAÁKL xz019"))
def test_folding_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(search_key(text)) == len(text)
    assert search_key(text).isascii()


def test_all_tasks_of_the_plan_are_cards(world: World) -> None:
    assert {card.ref for card in queries.all_cards(world.ws.read())} == {task.ref for task in TASKS}
