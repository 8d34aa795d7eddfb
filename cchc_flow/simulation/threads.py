"""The threads of the story that one unit spins alone: a task done once, and the reports of every unit."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta

from cchc_flow.commands import NewTask
from cchc_flow.simulation import lives, plan, words
from cchc_flow.simulation.acting import Action
from cchc_flow.simulation.cast import COORDINATORS, DEPARTMENTS, OFFICE
from cchc_flow.simulation.diary import Diary
from cchc_flow.simulation.lives import Assignment
from cchc_flow.workflow.calendar import ZONE, reporting_days

PLAN, YEAR = "2026", 2026
OPENED_AT = time(0, 30)
"""When the parts and reports of a month that begins are there."""

Units = Mapping[str, str]
"""The ids of the units by name."""


def single_task(diary: Diary, task: NewTask, units: Units) -> list[Action]:
    """Return what befalls a task that one unit does once."""
    ref = task.ref
    due = None if ref in plan.WITHOUT_DUE else date(YEAR, 3, 20) + timedelta(days=diary.between(0, 260))
    work = Assignment(task.lead or OFFICE, due)
    diary.wait(1, 30)
    _assign(diary, work, units)
    if ref in plan.DECLINED:
        _decline(diary, work, units)
    diary.wait(0, 3)
    diary.step(work.somebody(diary), "start")
    if other := plan.HANDED_OVER.get(ref):
        lives.hand_over(diary, work, other, units[other])
    if ref in plan.CANCELLED:
        diary.wait(30, 60)
        lives.cancel(diary)
        return diary.acts
    if ref in plan.RESTING:
        lives.suspend(diary, work)
    lives.carry_out(diary, work)
    return diary.acts


def report_actions(seed: str, units: Units, since: datetime) -> Iterator[Action]:
    """Yield what befalls the reports of all units."""
    for period, due in reporting_days(YEAR, 15, 10):
        begin = max(since + timedelta(hours=1), opening_moment(due.replace(day=1)))
        for name, unit in units.items():
            diary = Diary(seed, f"{PLAN}-report:{unit}:{period}", begin)
            lives.write_report(diary, name, due)
            yield from diary.acts


def opening_moment(day: date) -> datetime:
    """Return the moment of a day at which the clock has opened what begins on it."""
    return datetime.combine(day, OPENED_AT, ZONE)


def _assign(diary: Diary, work: Assignment, units: Units) -> None:
    """Write that the work is given to its unit, which up to two others support."""
    others = [unit for name, unit in units.items() if name != work.unit]
    diary.step(
        diary.one_of(COORDINATORS),
        "assign",
        lead=units[work.unit],
        support=diary.some_of(others, diary.between(0, 2)),
        officer=work.officer(diary) if diary.happens(0.5) else None,
        due=work.due.isoformat() if work.due else None,
    )


def _decline(diary: Diary, work: Assignment, units: Units) -> None:
    """Write that the unit gives the task back, and another one gets it."""
    diary.wait(0, 2)
    diary.step(work.head(diary), "decline", reason=diary.one_of(words.DECLINED))
    work.unit = next(unit for unit in DEPARTMENTS if unit != work.unit)
    diary.wait(0, 2)
    _assign(diary, work, units)
