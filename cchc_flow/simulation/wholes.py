"""The actions on tasks that are done in parts: by several units, or again in every period."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from cchc_flow.simulation import lives, plan
from cchc_flow.simulation.acting import Action
from cchc_flow.simulation.cast import COORDINATORS
from cchc_flow.simulation.diary import Diary, RestPeriod
from cchc_flow.simulation.lives import LAST_DAY, Assignment
from cchc_flow.simulation.threads import YEAR, Units, opening_moment
from cchc_flow.workflow import parts
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.distribution import Distribution
from cchc_flow.workflow.periods import STEPS


class WholeTask(msgspec.Struct, frozen=True):
    """How a task is distributed; `units` maps the names of all units to their ids."""

    seed: str
    units: Units
    cadence: str
    due: date | None
    due_day: int | None

    def distribution(self, names: tuple[str, ...], on: date) -> Distribution:
        """Return the task's distribution to some units, by name, from a day on."""
        due = self.due.isoformat() if self.due else None
        ids = tuple(self.units[name] for name in names)
        return Distribution(ids, self.cadence, on.isoformat(), due, self.due_day)


def distributed_task(seed: str, diary: Diary, ref: str, units: Units) -> list[Action]:
    """Return the actions on a task that is done in parts, and on each part."""
    shared = plan.DISTRIBUTED[ref]
    whole = _whole_task(seed, diary, shared, units)
    diary.wait(1, 12)
    begin = _distribute(diary, whole, shared.units)
    rounds = [(begin, shared.units)]
    suspension = lives.suspend(diary, Assignment("", None)) if ref == plan.RESTING_WHOLE else None
    if ref == plan.EXTENDED_WHOLE:
        diary.advance_to(plan.EXTENDED_ON)
        rounds += [(_distribute(diary, whole, (*shared.units, plan.ADDED_UNIT)), (plan.ADDED_UNIT,))]
    actions = [
        action
        for moment, names in rounds
        for action in _part_actions(diary.item, whole, names, moment, suspension)
    ]
    if ref == plan.CANCELLED_WHOLE:
        diary.advance_to(plan.CANCELLED_ON)
        lives.cancel(diary)
        actions = [action for action in actions if action.moment < diary.actions[-1].moment]
    return [*diary.actions, *actions]


def _whole_task(seed: str, diary: Diary, shared: plan.SharedTask, units: Units) -> WholeTask:
    if shared.cadence in STEPS:
        return WholeTask(seed, units, shared.cadence, None, diary.choose((None, 20, 25)))
    return WholeTask(
        seed, units, shared.cadence, date(YEAR, 4, 1) + timedelta(days=diary.random_number(0, 200)), None
    )


def _distribute(diary: Diary, whole: WholeTask, names: tuple[str, ...]) -> datetime:
    """Add the step that distributes the task to units; return its moment."""
    data = msgspec.structs.asdict(whole.distribution(names, diary.today)) | {"since": ""}
    diary.add_step(diary.choose(COORDINATORS), "distribute", **data)
    return diary.now


def _part_actions(
    item: str, whole: WholeTask, names: tuple[str, ...], moment: datetime, suspension: RestPeriod | None
) -> Iterator[Action]:
    """Yield the actions on the parts of some units, from the distribution or the part's period on."""
    for name in names:
        for part in parts.begun_parts(whole.distribution((name,), local_day(moment)), LAST_DAY, LAST_DAY):
            begin = max(moment, opening_moment(part.period.begin)) if part.period else moment
            diary = Diary(whole.seed, part.id_in(item), begin)
            diary.suspension = suspension
            delay = suspension[1] - suspension[0] if suspension else timedelta()
            lives.carry_out_part(diary, Assignment(name, part.due + delay if part.due else None))
            yield from diary.actions
