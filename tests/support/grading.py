"""Two tasks of Phòng Kinh tế that are done or not, and the grades that this brings."""

from datetime import date
from fractions import Fraction

from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow.reporting.grading import Grade, grades, products
from cchc_flow.workflow.calendar import end_of_day, local_day
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.settings.values import Grading

RULES = Grading()
OTHER = "2026-III.2.10"  # due on 4/3


def of(
    world: World, period: str = "2026-H1", by: str = "unit", day: date | None = None
) -> dict[str | None, Grade]:
    """Return the grades by who has them; known on a day, or now."""
    at = world.ws.log.position_before(end_of_day(day)) if day else None
    found, rules = products(world.ws, parse(period), day or local_day(world.time), at)
    return {one.who: one for one in grades(found, by, rules)}


def only(world: World, period: str = "2026-H1") -> Grade:
    """Return the grade of Phòng Kinh tế."""
    return of(world, period)["phong-kinh-te"]


def scores(one: Grade) -> tuple[Fraction, ...]:
    """Return the three scores of a grade, and their total."""
    return (one.quantity, one.quality, one.progress, one.total)


def begin(world: World, item: str = TASK, due: str = "2026-03-20") -> None:
    """Give a task to Phòng Kinh tế, which starts it."""
    world.take("hoa", "assign", item, **ASSIGN | {"due": due, "officer": "lan"})
    world.take("lan", "start", item)


def finish(world: World, item: str = TASK) -> None:
    """Hand in the result of a task and approve it."""
    world.take("lan", "submit", item, **RESULT)
    world.take("hoa", "approve", item, quality="met")
