"""The actions on work of one unit: tasks that are done once, and the periodic reports."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from cchc_flow.commands import NewTask
from cchc_flow.simulation import lives, plan, words
from cchc_flow.simulation.acting import Action
from cchc_flow.simulation.cast import COORDINATORS, DEPARTMENTS, OFFICE, staff
from cchc_flow.simulation.diary import Diary
from cchc_flow.simulation.lives import Assignment
from cchc_flow.workflow.calendar import ZONE, reporting_days

PLAN, YEAR = "2026", 2026
OPENED_AT = time(0, 30)
"""By this time of the first day of a month its parts and reports are open."""

Units = Mapping[str, str]
"""The ids of units by name."""


def single_task(diary: Diary, task: NewTask, units: Units) -> list[Action]:
    """Return the actions on a task that one unit does once."""
    ref = task.ref
    due = None if ref in plan.WITHOUT_DUE else date(YEAR, 3, 20) + timedelta(days=diary.random_number(0, 260))
    work = Assignment(task.lead or OFFICE, due)
    diary.wait(1, 30)
    _assign(diary, work, units)
    if ref in plan.DECLINED:
        _decline(diary, work, units)
    _give_to_somebody(diary, work)
    _correct(diary, work)
    diary.wait(0, 3)
    diary.add_step(work.any_member(diary), "start")
    if other := plan.HANDED_OVER.get(ref):
        lives.hand_over(diary, work, other, units[other])
    if ref in plan.CANCELLED:
        diary.wait(30, 60)
        lives.cancel(diary)
        return diary.actions
    if ref in plan.RESTING:
        lives.suspend(diary, work)
    lives.carry_out(diary, work)
    return diary.actions


def report_actions(seed: str, units: Units, since: datetime) -> Iterator[Action]:
    """Yield the actions on the reports of all units in all periods."""
    for period, due in reporting_days(YEAR, 15, 10):
        begin = max(since + timedelta(hours=1), opening_moment(due.replace(day=1)))
        for name, unit in units.items():
            diary = Diary(seed, f"{PLAN}-report:{unit}:{period}", begin)
            lives.write_report(diary, name, due)
            yield from diary.actions


def opening_moment(day: date) -> datetime:
    """Return the moment of a day by which the work that begins on it is open."""
    return datetime.combine(day, OPENED_AT, ZONE)


def _assign(diary: Diary, work: Assignment, units: Units) -> None:
    """Add the step that assigns the work to its unit, with up to two supporting units."""
    others = [unit for name, unit in units.items() if name != work.unit]
    diary.add_step(
        diary.choose(COORDINATORS),
        "assign",
        lead=units[work.unit],
        support=diary.choose_some(others, diary.random_number(0, 2)),
        officer=work.any_officer(diary) if diary.happens(0.5) else None,
        due=work.due.isoformat() if work.due else None,
    )


def _give_to_somebody(diary: Diary, work: Assignment) -> None:
    """Add the acts by which the head gives some of the work to an officer, and takes a little of it back.

    They follow the assignment within the hour and draw no lots, so that the rest of the year is as it was.
    """
    officer = diary.actions[-1].data["officer"]
    others = [each for each in staff(work.unit, "officer", diary.today) if each != officer]
    if diary.today.day % 3 or not others:
        return
    head, before = work.head(diary), diary.now - timedelta(minutes=1)
    given = Action(before, head, "step", diary.item, "delegate", {"officer": others[0], "note": None})
    diary.actions.append(given)
    if diary.today.day % 9 == 0:
        back = Action(before + timedelta(seconds=30), head, "step", diary.item, "recall", {"note": None})
        diary.actions.append(back)


def _correct(diary: Diary, work: Assignment) -> None:
    """Add the acts by which the coordinator moves some days and back, and lets some supporting units off.

    They follow the assignment within the hour and draw no lots, so that the rest of the year is as it was.
    """
    assigned = next(act for act in reversed(diary.actions) if act.step == "assign")
    moment, actor = diary.now - timedelta(seconds=20), assigned.actor
    if work.due and diary.today.day % 5 == 0:
        for day in (work.due + timedelta(days=7), work.due):
            data = {"due": day.isoformat(), "reason": words.CORRECTED}
            diary.actions.append(Action(moment, actor, "step", diary.item, "set_due", data))
            moment += timedelta(seconds=5)
    if assigned.data["support"] and diary.today.day % 4 == 0:
        data = {"support": assigned.data["support"][1:], "reason": words.CORRECTED}
        diary.actions.append(Action(moment, actor, "step", diary.item, "change_support", data))


def _decline(diary: Diary, work: Assignment, units: Units) -> None:
    """Add the steps by which the unit declines the task and another unit gets it."""
    diary.wait(0, 2)
    diary.add_step(work.head(diary), "decline", reason=diary.choose(words.DECLINED))
    work.unit = next(unit for unit in DEPARTMENTS if unit != work.unit)
    diary.wait(0, 2)
    _assign(diary, work, units)
