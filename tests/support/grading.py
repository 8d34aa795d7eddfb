"""Two tasks of Phòng Kinh tế, done or not, and the grades that result."""

from datetime import date
from fractions import Fraction

from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow.commands.settings import change_setting
from cchc_flow.reporting.grading import Grade, grades
from cchc_flow.reporting.products import products
from cchc_flow.workflow.calendar import end_of_day, local_day
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.settings.values import Grading

RULES = Grading()
OTHER = "2026-III.2.10"  # due on 4/3


def use_former_formula(world: World) -> None:
    """Grade by the formula that a log has until it adopts that of the decree."""
    change_setting(world.ws, "grading", {}, "Cách tính trước đây", world.order("hoa"))


def grades_of(
    world: World, period: str = "2026-H1", by: str = "unit", day: date | None = None
) -> dict[str | None, Grade]:
    """Return the grades of a period by unit or person, as known on a day or now."""
    at = world.ws.log.position_before(end_of_day(day)) if day else None
    graded, rules = products(world.ws, parse(period), day or local_day(world.time), at)
    return {grade.who: grade for grade in grades(graded, by, rules)}


def economy_grade(world: World, period: str = "2026-H1") -> Grade:
    """Return the grade of Phòng Kinh tế."""
    return grades_of(world, period)["phong-kinh-te"]


def scores(grade: Grade) -> tuple[Fraction, ...]:
    """Return the three scores of a grade, and their total."""
    return (grade.quantity, grade.quality, grade.progress, grade.total)


def begin(world: World, item: str = TASK, due: str = "2026-03-20") -> None:
    """Assign a task to Phòng Kinh tế, which starts it."""
    world.take("hoa", "assign", item, **ASSIGN | {"due": due, "officer": "lan"})
    world.take("lan", "start", item)


def finish(world: World, item: str = TASK) -> None:
    """Submit the result of a task and approve it."""
    world.take("lan", "submit", item, **RESULT)
    world.take("hoa", "approve", item, quality="met")
