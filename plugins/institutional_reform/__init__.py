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
    Report,
    Rule,
    Transition,
    Violation,
    Workflow,
    hookimpl,
)
from cchc_flow.plugin_kit import with_answers

from . import presentation
from .answers import ANSWERS
from .figures import FIGURES
from .measures import all_measures
from .registers import REGISTERS
from .rules import RULES, violations


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="institutional_reform",
            title="Cải cách thể chế",
            label="TC",
            colour="#4d7c0f",
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
    """Return the registers of legal documents and of the monitoring of enforcement."""
    return REGISTERS


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return the rules that a step breaks, on an entry of the area or on a task that produces documents."""
    return violations(item, step, data, facts)


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the measures of targets 4 and 5 of a plan."""
    return with_answers(all_measures(facts), ANSWERS)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return what has to be done next about a document or a task, and what is late."""
    return list(presentation.badges(item, facts))


@hookimpl
def report_section(period: Period, facts: Facts) -> Report:
    """Return the area's section in the report of a period."""
    return presentation.report_section(period, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return this year's documents by state, and what has to be done next."""
    return presentation.panel(facts)
