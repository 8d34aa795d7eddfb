"""Of what two moments are compared: everything, a plan, an area, a unit, or one item with its parts."""

import msgspec

from cchc_flow.audit.comparison.courses import Course
from cchc_flow.workflow.item import Item


class Scope(msgspec.Struct, frozen=True):
    """What is compared; None and "" stand for everything.

    `area` is the code of an area in its plan, `kinds` are the registers that belong to that area; `items` are
    the ids of one item and its parts.
    """

    plan: str | None = None
    area: str | None = None
    kinds: frozenset[str] = frozenset()
    unit: str | None = None
    items: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is compared."""
        return self == Scope()

    def covers(self, course: Course) -> bool:
        """Tell whether an item lies in the scope, or lay in it at first: so what left a unit is seen too."""
        return self._has(course.after) or (course.before is not None and self._has(course.before))

    def _has(self, item: Item) -> bool:
        return (
            self.plan in (None, item.plan)
            and (self.area in (None, item.area) or item.kind in self.kinds)
            and self.unit in (None, item.lead, item.unit)
            and (not self.items or item.id in self.items)
        )
