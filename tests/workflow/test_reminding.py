"""When people are reminded of a due day, and who."""

from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.story import (
    CONTEXT,
    COORDINATOR,
    LEADER,
    OFFICER,
    Story,
    approved_task,
    assigned_task,
    started_task,
    submitted_task,
)

from cchc_flow.workflow.commands import DecisionContext
from cchc_flow.workflow.reminding import Stage, due_reminder, reached_stage, recipients, reminder_recipients
from cchc_flow.workflow.settings.values import Deadlines, Reminder, Reminders, Role, Settings
from cchc_flow.workflow.task import TASK

DUE = date(2026, 6, 30)
BOTH: tuple[Role, ...] = ("officer", "unit_head")
ROLES = st.lists(st.sampled_from(["officer", "unit_head", "coordinator", "leader"]), max_size=3).map(tuple)
TABLES = st.builds(
    Reminders,
    stages=st.lists(st.builds(Reminder, st.integers(-40, 40), ROLES), max_size=8).map(tuple),
    every=st.integers(0, 30),
    then=ROLES,
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def on(day: date, **changed: object) -> DecisionContext:
    return msgspec.structs.replace(CONTEXT, today=day, **changed)


def name_after(days: int) -> str | None:
    stage = reached_stage(Reminders(), DUE, DUE + timedelta(days=days))
    return stage.name if stage else None


def left_at(name: str) -> int:
    """Return the days before the due day at which a stage begins: negative after it."""
    side, days = name.split("-")
    return int(days) if side == "before" else -int(days)


def course(reminders: Reminders, due: date) -> list[Stage]:
    """Return the stages that a due day goes through in the eyes of one who looks each day."""
    days = (due + timedelta(days=number) for number in range(-60, 150))
    return [stage for day in days if (stage := reached_stage(reminders, due, day))]


def test_the_week_before_and_the_days_after_are_named_as_the_table_says():
    names = [name_after(days) for days in (-8, -7, -4, -3, -2, -1, 0, 1, 2, 3, 9, 10, 16, 17)]
    expected = ["before-7", "before-7", "before-3", "before-3", "before-1", "before-1"]
    expected += ["late-1", "late-2", "late-3", "late-3", "late-10", "late-10", "late-17"]
    assert names == [None, *expected]


@given(reminders=TABLES, due=DAYS)
def test_through_the_year_no_stage_comes_back_and_their_order_never_turns(reminders: Reminders, due: date):
    names = [stage.name for stage in course(reminders, due)]
    changes = [name for name, before in zip(names, [None, *names], strict=False) if name != before]
    assert len(changes) == len(set(changes))
    assert [left_at(name) for name in changes] == sorted((left_at(name) for name in changes), reverse=True)


@given(reminders=TABLES, due=DAYS, days=st.integers(-60, 150))
def test_a_stage_is_never_told_before_its_day(reminders: Reminders, due: date, days: int):
    stage = reached_stage(reminders, due, due + timedelta(days=days))
    assert stage is None or left_at(stage.name) >= -days


@given(reminders=TABLES, due=DAYS, days=st.integers(-60, 150))
def test_a_machine_that_was_off_finds_the_stage_of_one_that_ran(reminders: Reminders, due: date, days: int):
    today = due + timedelta(days=days)
    seen = [row.days for row in reminders.stages if (row.days < 0) == (days > 0) and row.days >= -days]
    stage = reached_stage(reminders, due, today)
    assert (stage is None) <= (not seen)
    assert stage is None or left_at(stage.name) <= min(seen, default=left_at(stage.name))


@given(reminders=TABLES, due=DAYS, later=st.integers(1, 100))
def test_a_later_due_day_goes_through_the_same_course_anew(reminders: Reminders, due: date, later: int):
    assert course(reminders, due) == course(reminders, due + timedelta(days=later))


def test_what_two_lines_of_the_table_say_of_one_day_both_counts():
    table = Reminders(stages=(Reminder(3, ("officer",)), Reminder(3, ("leader", "officer"))))
    assert reached_stage(table, DUE, DUE - timedelta(days=2)) == Stage("before-3", ("officer", "leader"))


def test_without_a_rhythm_the_last_stage_is_the_last():
    table = Reminders(every=0)
    assert {stage.name for stage in course(table, DUE) if stage.name > "late-3"} == set()


def test_the_clock_reminds_of_the_due_day_at_its_stage():
    reminder = due_reminder(TASK, assigned_task().it, on(DUE - timedelta(days=3)))
    assert reminder and (reminder.stage, reminder.due, reminder.people, reminder.text) == (
        "before-3",
        "2026-06-30",
        ("binh",),  # nobody is in charge: the head of the unit
        None,
    )


def test_a_due_day_that_rolls_is_not_late_before_the_day_it_rolls_to():
    saturday = msgspec.structs.replace(assigned_task().it, due="2026-06-27")
    rolls = Settings(deadlines=Deadlines(roll=True))
    monday = on(date(2026, 6, 29), settings=rolls)
    reminder = due_reminder(TASK, saturday, monday)
    assert reminder and (reminder.stage, reminder.due) == ("before-1", "2026-06-27")


@pytest.mark.parametrize(
    "story",
    [
        approved_task,
        lambda: approved_task().take(LEADER, "close"),
        lambda: started_task().take(LEADER, "suspend", reason="Chờ hướng dẫn."),
        lambda: started_task().take(LEADER, "cancel", reason="Trùng.", decision="15/QĐ-UBND"),
        lambda: Story(due=None),
        lambda: Story().take(
            COORDINATOR, "distribute", units=["kinh-te", "tram-y-te"], cadence="once", due="2026-06-30"
        ),
    ],
    ids=["approved", "closed", "resting", "cancelled", "without a due day", "a whole"],
)
def test_what_is_done_rests_or_is_done_in_parts_is_left_alone(story):
    assert due_reminder(TASK, story().it, on(DUE + timedelta(days=1))) is None


def test_a_stage_that_the_table_addresses_to_nobody_is_silent():
    table = Settings(reminders=Reminders(stages=(Reminder(7, ()),)))
    assert due_reminder(TASK, assigned_task().it, on(DUE, settings=table)) is None


def test_what_is_late_climbs_from_the_officer_to_the_head_to_the_leader():
    item = msgspec.structs.replace(assigned_task().it, officer="lan")
    climbed = [due_reminder(TASK, item, on(DUE + timedelta(days=days))) for days in (-3, 1, 3, 10)]
    assert [reminder.people for reminder in climbed if reminder] == [
        ("lan",),
        ("binh", "lan"),
        ("binh", "lan", "nam"),
        ("binh", "lan", "nam"),
    ]


def test_work_that_nobody_has_been_given_is_told_to_the_coordinator():
    assert reminder_recipients(Story().it, BOTH, CONTEXT) == ("hoa",)


def test_a_result_that_waits_for_review_no_longer_chases_the_unit():
    assert reminder_recipients(submitted_task().it, BOTH, CONTEXT) == ("hoa",)
    assert reminder_recipients(submitted_task().it, (*BOTH, "leader"), CONTEXT) == ("hoa", "nam")


def test_an_officer_who_left_is_stood_in_for_by_the_head():
    item = msgspec.structs.replace(assigned_task().it, officer="lan")
    people = {person: unit for person, unit in CONTEXT.people.items() if person != "lan"}
    roles = {person: held for person, held in CONTEXT.roles.items() if person != "lan"}
    assert reminder_recipients(item, ("officer",), on(DUE, people=people, roles=roles)) == ("binh",)


def test_in_a_unit_without_a_head_the_officer_alone_is_told():
    roles = CONTEXT.roles | {"binh": frozenset({"officer"})}
    item = msgspec.structs.replace(assigned_task().it, officer="lan")
    assert recipients(item, BOTH, on(DUE, roles=roles)) == ("lan",)
    assert recipients(assigned_task().it, BOTH, on(DUE, roles=roles)) == ("binh", "lan")


def test_for_a_unit_without_users_the_coordinator_is_told_even_when_leaders_are():
    item = msgspec.structs.replace(assigned_task().it, lead="to-dan-pho")
    assert recipients(item, BOTH, CONTEXT) == ()
    assert reminder_recipients(item, BOTH, CONTEXT) == ("hoa",)
    assert reminder_recipients(item, (*BOTH, "leader"), CONTEXT) == ("hoa", "nam")


@pytest.mark.parametrize(("left", "reached"), [(LEADER, ("nam",)), (None, ("quan",))])
def test_without_a_coordinator_others_hear_of_it_before_nobody_does(left, reached):
    remaining = {"quan"} | ({left.id} if left else set())
    roles = {person: held for person, held in CONTEXT.roles.items() if person in remaining}
    assert reminder_recipients(Story().it, ("officer",), on(DUE, roles=roles)) == reached
    assert (
        reminder_recipients(Story().it, ("officer",), on(DUE, roles={OFFICER.id: frozenset({"officer"})}))
        == ()
    )
