"""The threads of the story that run side by side: a task given to many units, or again in every period."""

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
from cchc_flow.workflow.item import Distribution
from cchc_flow.workflow.periods import STEPS


class WholeTask(msgspec.Struct, frozen=True):
    """How a task is given out: `units` are the ids of all units by name."""

    seed: str
    units: Units
    cadence: str
    due: date | None
    due_day: int | None

    def given(self, names: tuple[str, ...], on: date) -> Distribution:
        """Return what giving it to some units on a day makes of the task."""
        due = self.due.isoformat() if self.due else None
        ids = tuple(self.units[name] for name in names)
        return Distribution(ids, self.cadence, on.isoformat(), due, self.due_day)


def distributed_task(seed: str, diary: Diary, ref: str, units: Units) -> list[Action]:
    """Return what befalls a task that is done in parts, and each of these."""
    given = plan.DISTRIBUTED[ref]
    whole = _whole(seed, diary, given, units)
    diary.wait(1, 12)
    begin = _distribute(diary, whole, given.units)
    told = [(begin, given.units)]
    rest = lives.suspend(diary, Assignment("", None)) if ref == plan.RESTING_WHOLE else None
    if ref == plan.EXTENDED_WHOLE:
        diary.reach(plan.EXTENDED_ON)
        told += [(_distribute(diary, whole, (*given.units, plan.ADDED_UNIT)), (plan.ADDED_UNIT,))]
    acts = [act for moment, names in told for act in _parts(diary.item, whole, names, moment, rest)]
    if ref == plan.CANCELLED_WHOLE:
        diary.reach(plan.CANCELLED_ON)
        lives.cancel(diary)
        acts = [act for act in acts if act.moment < diary.acts[-1].moment]
    return [*diary.acts, *acts]


def _whole(seed: str, diary: Diary, given: plan.SharedTask, units: Units) -> WholeTask:
    if given.cadence in STEPS:
        return WholeTask(seed, units, given.cadence, None, diary.one_of((None, 20, 25)))
    return WholeTask(
        seed, units, given.cadence, date(YEAR, 4, 1) + timedelta(days=diary.between(0, 200)), None
    )


def _distribute(diary: Diary, whole: WholeTask, names: tuple[str, ...]) -> datetime:
    """Write that the task is given out; return when."""
    data = msgspec.structs.asdict(whole.given(names, diary.today)) | {"since": ""}
    diary.step(diary.one_of(COORDINATORS), "distribute", **data)
    return diary.now


def _parts(
    item: str, whole: WholeTask, names: tuple[str, ...], moment: datetime, rest: RestPeriod | None
) -> Iterator[Action]:
    """Yield what befalls the parts of some units; a life begins with the whole, or with its period."""
    for name in names:
        for part in parts.wanted(whole.given((name,), local_day(moment)), LAST_DAY, LAST_DAY):
            begin = max(moment, opening_moment(part.period.begin)) if part.period else moment
            diary = Diary(whole.seed, part.id_in(item), begin)
            diary.rest = rest
            late = rest[1] - rest[0] if rest else timedelta()
            lives.carry_out_part(diary, Assignment(name, part.due + late if part.due else None))
            yield from diary.acts
