"""Cải cách tổ chức bộ máy hành chính"""

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
from .registers import SERVICE_UNIT, STAFFING
from .rules import RULES, violations


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="organisation",
            title="Cải cách tổ chức bộ máy hành chính",
            label="BM",
            colour="#6d28d9",
            says=("to chuc bo may", "bo may hanh chinh", "bo may nha nuoc", "bo may"),
            duties=(
                "cai cach to chuc bo may",
                "cai cach bo may",
                "sap xep to chuc bo may",
                "sap xep bo may",
                "nhiem vu to chuc bo may",
                "ve to chuc bo may",
            ),
        )
    ]


@hookimpl
def figures() -> list[Figure]:
    """Return where the bands of self-financing begin."""
    return list(FIGURES)


@hookimpl
def rules() -> list[Rule]:
    """Return the rules in plain words."""
    return list(RULES)


@hookimpl
def workflows() -> list[Workflow]:
    """Return the registers: service units, numbers of staff."""
    return [SERVICE_UNIT, STAFFING]


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return the rules that a step breaks."""
    return violations(item, step.name, data, facts)


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the measures of units and staff."""
    return with_answers(all_measures(facts), ANSWERS)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return what is missing from an entry, or does not fit."""
    return presentation.badges(item, facts)


@hookimpl
def report_section(period: Period, facts: Facts) -> Report:
    """Return the area's section in the report of a period."""
    return presentation.report_section(period, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return the tables of units and staff."""
    return presentation.panel(facts)
