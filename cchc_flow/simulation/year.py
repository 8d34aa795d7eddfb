"""The simulated year: how the commune is set up, and the script of all actions after that."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from cchc_flow import commands
from cchc_flow.commands import Adoption, NewTask, Order, channels
from cchc_flow.commands.directory import add_first_administrator
from cchc_flow.demo import DOCX
from cchc_flow.hookspecs import Area
from cchc_flow.plan_import import read_plan_bytes
from cchc_flow.plan_import.adoption import adoption
from cchc_flow.plugin_host import contributions
from cchc_flow.samples import SAMPLE_PLAN
from cchc_flow.simulation import changes, own_reports, plan, samples, targets, threads
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
    issued: int = 0,
    progress: Progress | None = None,
    say: Say | None = None,
) -> None:
    """Simulate the year, to the end of a day, in an empty workspace that runs by `clock`.

    The enabled plugins' samples fill their registers; what a rule refuses is left out and reported to `say`.
    So many of the commune's last reports are `issued`, each of which takes some seconds.
    An interrupted simulation can be run again, since every order keeps its command id.
    """
    clock.moment = BEGIN
    units = _add_people_and_units(ws)
    clock.moment = ADOPTED
    adopted = read_sample_plan(contributions.areas(ws.plugins))
    commands.adopt_plan(ws, adopted, _order(COORDINATOR, "year-plan"))
    registers = samples.SampleRegisters(ws, say)
    actions = _merge(
        script(seed, adopted.tasks, units, until),
        [
            *registers.actions(seed, ADOPTED, end_of_day(until)),
            *_target_actions(units, until),
            *_report_actions(until, issued),
        ],
    )
    for number, (action, order_id) in enumerate(actions):
        clock.moment = action.moment
        registers.perform(action, _order(action.actor, order_id))
        if progress:
            progress(number + 1, len(actions))


def script(seed: str, tasks: Sequence[NewTask], units: Mapping[str, str], until: date) -> list[Action]:
    """Return the actions from the adoption of the plan to the end of a day, in order.

    `units` maps the names of units to their ids. With an earlier end the actions before it stay the same.
    """
    actions = [
        *_scheduled_openings(),
        *changes.scheduled_changes(units),
        *threads.report_actions(seed, units, ADOPTED),
    ]
    for task in tasks:
        actions += _task_actions(seed, task, units)
    return [action for action in sorted(actions, key=_moment) if action.moment < end_of_day(until)]


def _merge(actions: Sequence[Action], of_samples: Iterable[NumberedAction]) -> list[NumberedAction]:
    """Return the script and the actions of the samples in order of time, each with its command id."""
    numbered = [(action, f"year-{number}") for number, action in enumerate(actions)]
    return sorted([*numbered, *of_samples], key=lambda numbered: numbered[0].moment)


def _task_actions(seed: str, task: NewTask, units: Mapping[str, str]) -> list[Action]:
    """Return the actions on a task of the plan and its parts."""
    diary = Diary(seed, f"{threads.PLAN}-{task.ref}", ADOPTED)
    if task.ref in plan.NEVER_ASSIGNED:
        return []
    if task.ref in plan.DISTRIBUTED:
        return distributed_task(seed, diary, task.ref, units)
    return single_task(diary, task, units)


def _target_actions(units: Mapping[str, str], until: date) -> Iterator[NumberedAction]:
    """Yield what is done about the targets before the end of a day, each with its command id."""
    for number, action in enumerate(targets.target_actions(units)):
        if action.moment < end_of_day(until):
            yield action, f"year-target-{number}"


def _report_actions(until: date, issued: int) -> Iterator[NumberedAction]:
    """Yield what is done about the commune's last reports, each with its command id."""
    for action in own_reports.own_report_actions(until, issued):
        yield action, f"year-report-{action.kind}-{action.subject}-{action.moment:%d-%H%M}"


def _order(actor: str, command_id: str) -> Order:
    return Order(actor, command_id, channel=channels.DEMO)


def _moment(action: Action) -> datetime:
    return action.moment


def _add_people_and_units(ws: Workspace) -> dict[str, str]:
    """Add the administrator, the units and the people; return the ids of the units by name."""
    admin = next(person for person in PEOPLE if person.login == ADMIN)
    add_first_administrator(ws, admin.login, admin.name, admin.roles)
    units = {
        name: commands.add_unit(ws, name, (), _order(ADMIN, f"year-unit-{number}"))
        for number, name in enumerate(UNITS)
    }
    for action in changes.arrivals(units, date.min, BEGIN):
        if action.subject != ADMIN:
            perform(ws, action, _order(ADMIN, f"year-person-{action.subject}"))
    return units


def read_sample_plan(areas: Sequence[Area]) -> Adoption:
    """Return the sample plan, ready to be adopted; `areas` are those that its headings may name."""
    content = SAMPLE_PLAN.read_bytes()
    proposal = read_plan_bytes(SAMPLE_PLAN.name, content, areas)
    return adoption(proposal, Upload(SAMPLE_PLAN.name, content, DOCX))


def _scheduled_openings() -> Iterator[Action]:
    """Yield the actions that open scheduled work: after the adoption, and at the start of each month."""
    yield Action(ADOPTED + timedelta(minutes=5), "system:clock", "calendar", "")
    for month in range(2, 13):
        begin = datetime.combine(date(2026, month, 1), CALENDAR_AT, ZONE)
        yield Action(begin, "system:clock", "calendar", "")
