"""Chỉ đạo, điều hành"""

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

from . import counting, registers, telling
from . import figures as law
from . import rules as ruling


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="direction",
            title="Chỉ đạo, điều hành",
            label="CĐ",
            colour="#be123c",
            says=(
                "chi dao, dieu hanh",
                "chi dao dieu hanh",
                "chi dao va dieu hanh",
                "cong tac chi dao",
                "cong tac cai cach hanh chinh",
                "tuyen truyen",
            ),
            duties=("cchc", "cai cach hanh chinh"),
        )
    ]


@hookimpl
def figures() -> list[Figure]:
    """Return what the plan and the commune want, each with its source."""
    return list(law.FIGURES)


@hookimpl
def rules() -> list[Rule]:
    """Return the rules of the registers in plain words."""
    return list(ruling.RULES)


@hookimpl
def workflows() -> list[Workflow]:
    """Return the registers of initiatives, dialogues and petitions, inspections, figures and readings."""
    return list(registers.REGISTERS)


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what the rules say to a step of a register, or to the end of a task."""
    return ruling.violations(item, step, data, facts)


@hookimpl
def react(event: str, item: Item, facts: Facts) -> list[Opening]:
    """Return the petitions that a dialogue raised."""
    return ruling.petitions_to_open(item, facts) if event == "item.advanced/1" else []


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return what targets 1, 2, 3, 13 and 14 have come to."""
    return counting.measures_of(facts, counting.year_of(facts))


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the marks of a register's entry."""
    return telling.badges_of(item, facts)


@hookimpl
def report_section(period: Period, facts: Facts) -> Section:
    """Return what was done within the period, and the measures of its year."""
    return telling.section_of(period, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return each unit's share in the year, and the petitions that wait."""
    return telling.panel_of(facts)
