"""The days of one thread of the story: moments in office hours, chances and choices, what was done when."""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from cchc_flow.simulation.acting import Action
from cchc_flow.workflow.calendar import ZONE, local_day, next_working_day

T = TypeVar("T")
RestPeriod = tuple[date, date]
"""From when until when something rests."""
MORNING, EVENING = 7 * 60 + 30, 16 * 60 + 30
"""The minutes of the day between which people act."""


class Diary:
    """What befalls one item: every entry comes after the one before, and the same seed tells the same."""

    def __init__(self, seed: str, item: str, begin: datetime) -> None:
        self._random = random.Random(seed + item)  # noqa: S311  # nosec B311  # a story, and no secret
        self.item = item
        self.now = begin
        self.acts: list[Action] = []
        self.rest: RestPeriod | None = None

    @property
    def today(self) -> date:
        """The local day that the diary has come to."""
        return local_day(self.now)

    def happens(self, share: float) -> bool:
        """Tell whether something happens that does so in this share of all cases."""
        return self._random.random() < share

    def one_of(self, some: Sequence[T]) -> T:
        """Return one of several."""
        return self._random.choice(some)

    def some_of(self, some: Sequence[T], number: int) -> list[T]:
        """Return so many of several."""
        return self._random.sample(list(some), number)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high."""
        return self._random.randint(low, high)

    def wait(self, low: int, high: int) -> None:
        """Let some days pass, to the next working one; none, and the hour only moves on."""
        self.reach(self.today + timedelta(days=self.between(low, high)))

    def reach(self, day: date) -> None:
        """Go on to a day, if it is still to come; offices that are closed and work that rests move it on."""
        opened = next_working_day(max(day, self.today))
        if self.rest and self.rest[0] <= opened <= self.rest[1]:
            opened = next_working_day(self.rest[1] + timedelta(days=1))
        hour = time(*divmod(self._random.randint(MORNING, EVENING), 60), self._random.randint(0, 59))
        later = self.now + timedelta(minutes=self._random.randint(5, 40))
        self.now = max(datetime.combine(opened, hour, ZONE).astimezone(UTC), later)

    def step(self, actor: str, name: str, **data: Any) -> None:
        """Note that somebody takes a step on the item."""
        self.acts.append(Action(self.now, actor, "step", self.item, name, data))
        self.now += timedelta(minutes=self.between(2, 9))

    def slip(self, actor: str, name: str, **data: Any) -> None:
        """Note a step that somebody takes by mistake, and takes back at once."""
        self.step(actor, name, **data)
        self.acts.append(Action(self.acts[-1].moment + timedelta(minutes=1), actor, "undo", self.item))
