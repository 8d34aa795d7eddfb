"""The diary of one item: it picks moments in office hours and random choices, and collects actions."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from cchc_flow.simulation.acting import Action
from cchc_flow.workflow.calendar import ZONE, local_day, next_working_day

T = TypeVar("T")
RestPeriod = tuple[date, date]
"""The first and the last day of a suspension."""
MORNING, EVENING = 7 * 60 + 30, 16 * 60 + 30
"""The minutes of the day between which people work."""


class Diary:
    """The actions on one item in order of time; the same seed gives the same choices and moments."""

    def __init__(self, seed: str, item: str, begin: datetime) -> None:
        self._random = random.Random(seed + item)  # noqa: S311  # nosec B311  # a simulation, no secret
        self.seed, self.item = seed, item
        self.now = begin
        self.actions: list[Action] = []
        self.suspension: RestPeriod | None = None

    @property
    def today(self) -> date:
        """The local day of `now`."""
        return local_day(self.now)

    def happens(self, probability: float) -> bool:
        """Tell, at random, whether something of this probability (0 to 1) happens."""
        return self._random.random() < probability

    def choose(self, options: Sequence[T]) -> T:
        """Return one of some options, at random."""
        return self._random.choice(options)

    def choose_some(self, options: Sequence[T], number: int) -> list[T]:
        """Return `number` different options, at random."""
        return self._random.sample(list(options), number)

    def random_number(self, low: int, high: int) -> int:
        """Return a random whole number from `low` to `high`."""
        return self._random.randint(low, high)

    def wait(self, low: int, high: int) -> None:
        """Move on by `low` to `high` days, then to a working day; by 0 days only the time moves on."""
        self.advance_to(self.today + timedelta(days=self.random_number(low, high)))

    def advance_to(self, day: date) -> None:
        """Move on to office hours of a day; closed days and those of the suspension are skipped."""
        open_day = next_working_day(max(day, self.today))
        if self.suspension and self.suspension[0] <= open_day <= self.suspension[1]:
            open_day = next_working_day(self.suspension[1] + timedelta(days=1))
        hour = time(*divmod(self._random.randint(MORNING, EVENING), 60), self._random.randint(0, 59))
        later = self.now + timedelta(minutes=self._random.randint(5, 40))
        self.now = max(datetime.combine(open_day, hour, ZONE).astimezone(UTC), later)

    def add_step(self, actor: str, name: str, **data: Any) -> None:
        """Add a step that an actor takes on the item now."""
        kind = "report" if "report" in data else "step"
        self.actions.append(Action(self.now, actor, kind, self.item, name, data))
        self.now += timedelta(minutes=self.random_number(2, 9))

    def add_mistake(self, actor: str, name: str, **data: Any) -> None:
        """Add a step that an actor takes by mistake and undoes a minute later."""
        self.add_step(actor, name, **data)
        self.actions.append(Action(self.actions[-1].moment + timedelta(minutes=1), actor, "undo", self.item))
