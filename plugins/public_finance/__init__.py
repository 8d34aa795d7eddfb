"""Cải cách tài chính công"""

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
from cchc_flow.plugin_kit import all_violations, with_answers

from .answers import ANSWERS
from .figures import FIGURES, RULES
from .measures import yearly_measures
from .presentation import finance_panel, finance_section, item_badges
from .registers import REGISTERS
from .rules import CHECKS


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="public_finance",
            title="Cải cách tài chính công",
            label="TCC",
            colour="#a16207",
            says=("tai chinh cong", "tai chinh"),
            duties=("cai cach tai chinh", "cai cach ve tai chinh"),
        )
    ]


@hookimpl
def figures() -> list[Figure]:
    """Return the aims of the plan, and for how many days after a year its money may be paid."""
    return list(FIGURES)


@hookimpl
def rules() -> list[Rule]:
    """Return the rules in plain words."""
    return list(RULES)


@hookimpl
def workflows() -> list[Workflow]:
    """Return the registers: projects, revenue, recommendations."""
    return list(REGISTERS)


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what is not as the rules want it."""
    return all_violations(CHECKS.get((item.kind, step.name), ()), item, data, facts)


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the measures of disbursement, revenue and recommendations."""
    return with_answers(yearly_measures(facts), ANSWERS)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return what is paid, collected or left to do."""
    return item_badges(item, facts)


@hookimpl
def report_section(period: Period, facts: Facts) -> Report:
    """Return what the area says in the report of a period."""
    return finance_section(period, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return the tables of projects and recommendations."""
    return finance_panel(facts)
