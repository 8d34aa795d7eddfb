"""Any past day is judged by the settings of that day, whatever was changed since."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from support.figures import cards_behind
from support.world import TASK as ITEM
from support.world import World

from cchc_flow import commands
from cchc_flow.errors import Refusal
from cchc_flow.eventlog.port import EventLog, RecordedEvent
from cchc_flow.projections import settings as rules
from cchc_flow.projections.cards import counts, queries
from cchc_flow.projections.cards.filters import Filters
from cchc_flow.projections.runner import Models
from cchc_flow.workflow.calendar import STANDINGS, badge, day_of, deadline, standing
from cchc_flow.workflow.events import Event
from cchc_flow.workflow.item import Item, done_on, fold
from cchc_flow.workflow.settings.values import Settings, with_setting
from cchc_flow.workflow.task import TASK

GROUNDS = "Quy chế làm việc"
SUNDAY = "2026-03-08"


def change(world: World, name: str, **value: Any) -> None:
    commands.change_setting(world.ws, name, value, GROUNDS, world.order("hoa"))


def roll(world: World, on: bool) -> None:
    change(world, "deadlines", roll=on)


def figures(world: World, today: str, at: int | None = None) -> dict[str, int]:
    """Return the official counts of the item that has an officer: the one that this test moves."""
    figures = counts.counts(world.ws.read(), Filters(unit="phong-kinh-te"), date.fromisoformat(today), at=at)
    return {name: getattr(figures, name) for name in STANDINGS if getattr(figures, name)}


def column(world: World, due: str, today: str, at: int | None = None) -> int:
    filters = Filters(unit="phong-kinh-te", due=due)
    states = [state.name for state in TASK.columns()]
    columns = queries.columns(world.ws.read(), states, filters, date.fromisoformat(today), at=at)
    return sum(column.total for column in columns)


@pytest.fixture
def due_on_sunday(world: World) -> World:
    """The task is under way, and due on a Sunday; days do not roll."""
    world.take("hoa", "assign", lead="phong-kinh-te", due=SUNDAY)
    world.take("lan", "start")
    return world


def test_rolling_that_is_switched_on_later_leaves_the_days_before_as_they_were(due_on_sunday: World) -> None:
    world = due_on_sunday
    world.wait(days=7)  # Monday the 9th
    monday = world.ws.log.size()
    assert figures(world, "2026-03-09") == {"open_late": 1}
    roll(world, True)
    assert figures(world, "2026-03-09") == {"open_in_time": 1}
    assert figures(world, "2026-03-09", monday) == {"open_late": 1}
    assert (column(world, "late", "2026-03-09", monday), column(world, "late", "2026-03-09")) == (1, 0)
    assert figures(world, "2026-03-10") == {"open_late": 1}


def test_work_that_was_done_is_judged_by_the_day_on_which_it_was_done(due_on_sunday: World) -> None:
    world = due_on_sunday
    roll(world, True)
    world.wait(days=7)
    world.take("lan", "submit", result="Xong.")
    world.wait(days=1)
    roll(world, False)
    assert figures(world, "2026-03-10") == {"open_late": 1}
    world.take("hoa", "approve", quality="met")
    assert figures(world, "2026-03-10") == {"done_in_time": 1}
    world.take("nam", "close")
    change(world, "calendar", days=[{"day": "2026-03-06", "working": False, "name": "Nghỉ"}])
    assert figures(world, "2026-03-10") == {"done_in_time": 1}


def test_a_setting_that_changes_on_the_day_itself_judges_what_was_done_before_it(
    due_on_sunday: World,
) -> None:
    world = due_on_sunday
    world.wait(days=7)
    world.take("lan", "submit", result="Xong.")
    world.take("hoa", "approve", quality="met")
    world.take("nam", "close")
    assert figures(world, "2026-03-09") == {"done_late": 1}
    roll(world, True)
    assert figures(world, "2026-03-09") == {"done_in_time": 1}


def test_work_that_rests_is_judged_by_the_rules_in_force_on_the_day_from_which_it_rests(
    due_on_sunday: World,
) -> None:
    world = due_on_sunday
    world.wait(days=7)
    world.take("hoa", "suspend", reason="Chờ hướng dẫn.")
    world.wait(days=5)
    resting = world.ws.log.size()
    assert figures(world, "2026-03-14") == {"open_late": 1}
    roll(world, True)
    assert figures(world, "2026-03-14") == {"open_in_time": 1}
    assert figures(world, "2026-03-14", resting) == {"open_late": 1}
    card = queries.card(world.ws.read(), ITEM)
    assert queries.due_badge(card, date(2026, 3, 14), 3).kind == "soon"
    assert column(world, "soon", "2026-03-14") == 0  # it is in no column while it rests


def test_how_many_days_are_soon_is_the_setting_of_that_day(due_on_sunday: World) -> None:
    world = due_on_sunday
    before = world.ws.log.size()
    change(world, "deadlines", soon=6)
    assert column(world, "soon", "2026-03-02") == 1
    assert column(world, "soon", "2026-03-02", before) == 0
    assert column(world, "in_time", "2026-03-02", before) == 1


def test_a_day_that_the_commune_closes_moves_the_deadline_from_then_on(due_on_sunday: World) -> None:
    world = due_on_sunday
    roll(world, True)
    before = world.ws.log.size()
    change(world, "calendar", days=[{"day": "2026-03-09", "working": False, "name": "Nghỉ bão"}])
    assert queries.card(world.ws.read(), ITEM).deadline == "2026-03-10"
    assert figures(world, "2026-03-10") == {"open_in_time": 1}
    assert figures(world, "2026-03-10", before) == {"open_late": 1}


def test_a_whole_and_its_parts_roll_together(world: World) -> None:
    units = ["phong-kinh-te", "tram-y-te"]
    world.take("hoa", "distribute", ITEM, units=units, cadence="", due=SUNDAY)
    parts = [f"{ITEM}:{unit}" for unit in units]
    roll(world, True)
    shown = [queries.card(world.ws.read(), item) for item in (ITEM, *parts)]
    assert [(card.due, card.deadline, card.whole) for card in shown] == [
        (SUNDAY, "2026-03-09", 1),
        (SUNDAY, "2026-03-09", 0),
        (SUNDAY, "2026-03-09", 0),
    ]


# Whatever happens: as of a position, the read models say what they would if the log ended there, and what
# the items and settings say that are folded by themselves.

DUE = st.sampled_from(["2026-03-07", SUNDAY, "2026-03-09", "2026-03-15", "2026-04-30", ""])
STEPS = st.tuples(
    st.sampled_from(["hoa", "nam", "lan", "binh"]),
    st.sampled_from([step.name for step in TASK.transitions if step.name != "finish_parts"]),
    DUE,
)
CLOSED = st.dictionaries(
    st.sampled_from(["2026-03-07", SUNDAY, "2026-03-09", "2026-03-10", "2026-03-16"]), st.booleans()
)
OTHER_DAYS = CLOSED.map(
    lambda days: {"days": [{"day": day, "working": open_, "name": "Khác"} for day, open_ in days.items()]}
)
ROLL = [("deadlines", {"roll": on, "soon": soon}) for on in (True, False) for soon in (3, 6)]
CHANGES = st.one_of(st.sampled_from(ROLL), st.tuples(st.just("calendar"), OTHER_DAYS))
USUAL = [
    ("hoa", "assign", SUNDAY),
    ("lan", "start", ""),
    ("lan", "submit", ""),
    ("hoa", "approve", ""),
    ("nam", "close", ""),
]
OFTEN = [*ROLL, 1, 1, 7, 7]
ACTS = st.lists(st.one_of(st.sampled_from(OFTEN), CHANGES, STEPS, st.just("undo")), max_size=3)
ON, _, OFF, _ = ROLL
DONE_ON_MONDAY = ([], [ON], [7], [1, OFF], [1, ON, 1, OFF], [ON])
CHANGED_ON_THE_DAY = ([], [], [7], [], [ON], [1, OFF])
RESTED = ([], [7, ("hoa", "suspend", ""), ON, 3], [("hoa", "resume", "")], [OFF], [1, ON], [])
SCRIPTS = st.tuples(*[ACTS for _ in range(len(USUAL) + 1)])


class Cut:
    """A log that ends at a position."""

    def __init__(self, log: EventLog, end: int) -> None:
        self._log, self._end = log, end

    def size(self) -> int:
        return self._end

    newest = size

    def read_events(self, after: int, upto: int) -> Iterator[RecordedEvent]:
        return iter(self._log.read_events(after, min(upto, self._end)))

    def root(self, size: int) -> bytes:
        return self._log.root(size)

    def read_streams(self, prefixes: Sequence[str], after: int, upto: int) -> Iterator[RecordedEvent]:
        return self._log.read_streams(prefixes, after, min(upto, self._end))


@settings(max_examples=25)
@given(SCRIPTS)
@example(DONE_ON_MONDAY)
@example(CHANGED_ON_THE_DAY)
@example(RESTED)
def test_as_of_any_position_the_results_are_those_of_a_log_that_ends_there(
    tmp_path_factory: pytest.TempPathFactory, script: tuple[list[Any], ...]
) -> None:
    world = World(tmp_path_factory.mktemp("as-of") / "data").settle()
    begin = world.ws.log.size()
    for usual, acts in zip_longest(USUAL, script):
        for act in [*acts, usual]:
            perform(world, act)
    end = world.ws.log.size()
    for at in range(begin, end + 1):
        today = day_of(world.ws.log.event(at).recordedtime)
        shown = results(world.ws.read(), today, at)
        assert four(shown["counts"]) == folded_counts(world, today, at)
        assert shown["badges"] == folded_badges(world, today, at)
        if at in (end, (begin + end) // 2):
            models = Models(tmp_path_factory.mktemp("cut"), cast("EventLog", Cut(world.ws.log, at)))
            assert results(models.read(), today, None) == shown
            models.close()
    assert world.ws.differences() == []
    world.ws.close()


def perform(world: World, act: Any) -> None:
    try:
        match act:
            case None:
                pass
            case int():
                world.wait(days=act)
            case "undo":
                commands.undo_step(world.ws, ITEM, world.order("hoa"))
            case (name, dict() as value):
                change(world, name, **value)
            case (actor, step, due):
                world.take(actor, step, **typed(due))
    except Refusal:
        pass


def typed(due: str) -> dict[str, Any]:
    words = {"reason": "Lý do", "text": "Ý kiến", "decision": "12/QĐ-UBND", "defects": "0", "quality": "met"}
    units = {"lead": "phong-kinh-te", "units": ["phong-kinh-te", "tram-y-te"], "cadence": ""}
    return words | units | {"due": due, "result": "Xong."}


def results(db: Database, today: date, at: int | None) -> dict[str, Any]:
    """Return all that pages and reports show of due days."""
    states = [state.name for state in TASK.columns()]
    dues: Sequence[str | None] = (None, "late", "soon", "in_time", "none", "done")
    soon = rules.effective_settings(db, at).deadlines.soon
    behind = cards_behind(db, "total", Filters(), today, at=at)
    shown = {
        (due, unit): queries.columns(db, states, Filters(due=due, unit=unit), today, at=at)
        for due in dues
        for unit in (None, "phong-kinh-te")
    }
    return {
        "settings": rules.effective_settings(db, at),
        "columns": shown,
        "counts": counts.counts(db, Filters(), today, at=at),
        "by unit": counts.counts_by(db, "lead", Filters(), today, at=at),
        "badges": {card.id: queries.due_badge(card, today, soon) for card in behind},
    }


def four(figures: counts.Counts) -> dict[str, int]:
    """Return the figures that rest on due days."""
    return {name: getattr(figures, name) for name in (*STANDINGS, "given_up")}


def folded_counts(world: World, today: date, at: int) -> dict[str, int]:
    figures = dict.fromkeys([*STANDINGS, "given_up"], 0)
    for item, last, done, clock in folded(world, today, at):
        given_up = item.state in ("cancelled", "excused")
        figures["given_up" if given_up else standing(last, done, clock)] += 1
    return figures


def folded_badges(world: World, today: date, at: int) -> dict[str, Any]:
    soon = settings_at(world, at).deadlines.soon
    return {
        item.id: badge(last, done, clock, soon)
        for item, last, done, clock in folded(world, today, at)
        if item.state not in ("cancelled", "excused")
    }


Judged = tuple[Item, date | None, date | None, date]


def folded(world: World, today: date, at: int) -> Iterator[Judged]:
    """Yield what somebody does, its last day in time, the day it was done, and that of its clock."""
    events = list(world.ws.log.read_events(0, at))
    for stream in dict.fromkeys(event.stream for event in events if event.type.startswith("item.")):
        own = [event for event in events if event.stream == stream]
        item = fold(stream.removeprefix("item-"), cast("list[Event]", own))
        assert item is not None
        if item.distribution:
            continue
        done = done_on(item)
        judged_at = at if done is None else last_of_day(events, done)
        due = deadline(date.fromisoformat(item.due), settings_at(world, judged_at)) if item.due else None
        clock = date.fromisoformat(item.rests_since) if item.rests_since else today
        yield item, due, done, clock


def last_of_day(events: Sequence[RecordedEvent], day: date) -> int:
    return max(event.position for event in events if day_of(event.recordedtime) <= day)


def settings_at(world: World, at: int) -> Settings:
    effective = Settings()
    for event in world.ws.log.read_events(0, at):
        if event.type == "settings.changed/1":
            effective = with_setting(effective, event.data["setting"], event.data["value"])
    return effective
