"""Cải cách thể chế"""

from cchc_flow.hookspecs import (
    Area,
    Badge,
    Facts,
    Figure,
    Item,
    JsonObject,
    Measure,
    Panel,
    Period,
    Rule,
    Section,
    Transition,
    Violation,
    Workflow,
    hookimpl,
)

from .counting import shares
from .documents import FIGURES
from .registers import REGISTERS
from .rules import RULES, violations
from .telling import marks, section, waiting_list


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="institutional_reform",
            title="Cải cách thể chế",
            label="TC",
            colour="#9a3412",
            says=("the che",),
            duties=("cai cach the che",),
        )
    ]


@hookimpl
def figures() -> list[Figure]:
    """Return the days for publication and for taking effect."""
    return FIGURES


@hookimpl
def rules() -> list[Rule]:
    """Return the rules in plain words."""
    return RULES


@hookimpl
def workflows() -> list[Workflow]:
    """Return the registers of legal documents and of following enforcement."""
    return REGISTERS


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what is wrong with a step on an entry of the area, or on a task that produces documents."""
    return violations(item, step, data, facts)


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the shares behind targets 4 and 5 of a plan."""
    return shares(facts)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return what is pressing about an item."""
    return list(marks(item, facts))


@hookimpl
def report_section(period: Period, facts: Facts) -> Section:
    """Return what the area says of a period."""
    return section(period, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return where the documents of the year stand, and what waits."""
    return waiting_list(facts)
