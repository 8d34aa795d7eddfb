"""Cải cách chế độ công vụ"""

from cchc_flow.hookspecs import (
    Area,
    Badge,
    Facts,
    Figure,
    Item,
    JsonObject,
    Measure,
    Opening,
    Panel,
    Period,
    Rule,
    Section,
    Transition,
    Violation,
    Workflow,
    hookimpl,
)

from .figures import FIGURES, RULES
from .registers import DISCIPLINE, EVALUATION, ROTATION, TRAINING
from .rules import following, violations
from .telling import counted, marks, table, told


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="civil_service",
            title="Cải cách chế độ công vụ",
            label="CV",
            colour="#0f766e",
            says=("cong vu", "doi ngu", "can bo, cong chuc", "cbcc", "cbccvc"),
            duties=("chat luong doi ngu", "chat luong cua doi ngu", "che do cong vu", "dao duc cong vu"),
        )
    ]


@hookimpl
def figures() -> list[Figure]:
    """Return the days, years and thresholds that the rules rest on."""
    return list(FIGURES)


@hookimpl
def rules() -> list[Rule]:
    """Return the rules in plain words."""
    return list(RULES)


@hookimpl
def workflows() -> list[Workflow]:
    """Return the registers: training, rotation, evaluation, discipline."""
    return [TRAINING, ROTATION, EVALUATION, DISCIPLINE]


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what is not as the rules want it."""
    return violations(item, step.name, data, facts)


@hookimpl
def react(event: str, item: Item, facts: Facts) -> list[Opening]:
    """Return the next rotation, when one was decided."""
    return following(event, item, facts)


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the readings of the targets on officials."""
    return counted(facts)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return what has to be done by when, and what is late."""
    return marks(item, facts)


@hookimpl
def report_section(period: Period, facts: Facts) -> Section:
    """Return what the area says in the report of a period."""
    return told(period, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return the tables of what waits."""
    return table(facts)
