"""The year as a whole: who founds the commune, who gives out which task when, what changes on the way."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from cchc_flow import commands
from cchc_flow.commands import Adoption, NewTask, Order
from cchc_flow.commands.directory import add_first_administrator
from cchc_flow.demo import DOCX
from cchc_flow.hookspecs import Area
from cchc_flow.plan_import import read_plan_bytes
from cchc_flow.plan_import.adoption import adoption
from cchc_flow.plugin_host import contributions
from cchc_flow.samples import SAMPLE_PLAN
from cchc_flow.simulation import changes, plan, samples, threads
from cchc_flow.simulation.acting import Action, SimulatedClock, perform
from cchc_flow.simulation.cast import ADMIN, COORDINATOR, PEOPLE, UNITS
from cchc_flow.simulation.diary import Diary
from cchc_flow.simulation.lives import LAST_DAY
from cchc_flow.simulation.samples import NumberedAction
from cchc_flow.simulation.threads import single_task
from cchc_flow.simulation.wholes import distributed_task
from cchc_flow.workflow.calendar import ZONE, end_of_day
from cchc_flow.workflow.commands import Upload
from cchc_flow.workspace import Workspace

TITLE = "xã Krông Bình (một năm mô phỏng)"
SEED = "krong-binh"
BEGIN = datetime.combine(date(2026, 1, 5), time(8), ZONE)
ADOPTED = datetime.combine(date(2026, 1, 8), time(9, 30), ZONE)
CALENDAR_AT = time(0, 5)

Progress = Callable[[int, int], None]
Say = Callable[[str], None]


def simulate(
    ws: Workspace,
    clock: SimulatedClock,
    *,
    seed: str = SEED,
    until: date = LAST_DAY,
    progress: Progress | None = None,
    say: Say | None = None,
) -> None:
    """Let the year happen in an empty workspace that runs by `clock`, to the end of a day.

    Registers are kept as the samples of the plugins in force tell; what their rules refuse is left out, and
    said. A year that was cut short is taken up again: every order keeps its id.
    """
    clock.moment = BEGIN
    units = _add_people_and_units(ws)
    clock.moment = ADOPTED
    adopted = _plan(contributions.areas(ws.plugins))
    commands.adopt_plan(ws, adopted, Order(COORDINATOR, "year-plan"))
    kept = samples.SampleRegisters(ws, say)
    acts = _together(script(seed, adopted.tasks, units, until), kept.acts(seed, ADOPTED, end_of_day(until)))
    for number, (act, order_id) in enumerate(acts):
        clock.moment = act.moment
        kept.act_out(act, Order(act.actor, order_id))
        if progress:
            progress(number + 1, len(acts))


def script(seed: str, tasks: Sequence[NewTask], units: Mapping[str, str], until: date) -> list[Action]:
    """Return what happens from the adoption of the plan to the end of a day, in order.

    `units` gives the ids of the units by name. An earlier end only leaves out what comes later.
    """
    acts = [*_calendar(), *changes.scheduled_changes(units), *threads.report_actions(seed, units, ADOPTED)]
    for task in tasks:
        acts += _task(seed, task, units)
    return [act for act in sorted(acts, key=_moment) if act.moment < end_of_day(until)]


def _together(acts: Sequence[Action], of_samples: Iterable[NumberedAction]) -> list[NumberedAction]:
    """Return the acts of the year and those of the samples in order, each with the id of its order."""
    numbered = [(act, f"year-{number}") for number, act in enumerate(acts)]
    return sorted([*numbered, *of_samples], key=lambda one: one[0].moment)


def _task(seed: str, task: NewTask, units: Mapping[str, str]) -> list[Action]:
    """Return what befalls a task of the plan, and its parts."""
    diary = Diary(seed, f"{threads.PLAN}-{task.ref}", ADOPTED)
    if task.ref in plan.NEVER_ASSIGNED:
        return []
    if task.ref in plan.DISTRIBUTED:
        return distributed_task(seed, diary, task.ref, units)
    return single_task(diary, task, units)


def _moment(act: Action) -> datetime:
    return act.moment


def _add_people_and_units(ws: Workspace) -> dict[str, str]:
    """Add the administrator, the units and the people; return the ids of the units by name."""
    admin = next(one for one in PEOPLE if one.login == ADMIN)
    add_first_administrator(ws, admin.login, admin.name, admin.roles)
    units = {
        name: commands.add_unit(ws, name, (), Order(ADMIN, f"year-unit-{number}"))
        for number, name in enumerate(UNITS)
    }
    for act in changes.arrivals(units, date.min, BEGIN):
        if act.of != ADMIN:
            perform(ws, act, Order(ADMIN, f"year-person-{act.of}"))
    return units


def _plan(areas: Sequence[Area]) -> Adoption:
    content = SAMPLE_PLAN.read_bytes()
    proposal = read_plan_bytes(SAMPLE_PLAN.name, content, areas)
    return adoption(proposal, Upload(SAMPLE_PLAN.name, content, DOCX))


def _calendar() -> Iterator[Action]:
    """Yield the work of the clock: once the plan is there, and as each month begins."""
    yield Action(ADOPTED + timedelta(minutes=5), "system:clock", "calendar", "")
    for month in range(2, 13):
        begin = datetime.combine(date(2026, month, 1), CALENDAR_AT, ZONE)
        yield Action(begin, "system:clock", "calendar", "")
