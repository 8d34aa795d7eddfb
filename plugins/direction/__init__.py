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
    Report,
    Rule,
    Transition,
    Violation,
    Workflow,
    hookimpl,
)
from cchc_flow.plugin_kit import ADVANCED, with_answers

from .answers import ANSWERS
from .figures import FIGURES
from .measures import counted_year, year_measures
from .presentation import direction_panel, direction_section, entry_badges
from .registers import REGISTERS
from .rules import RULES, petitions_to_open, step_violations


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="direction",
            title="Chỉ đạo, điều hành",
            label="CĐ",
            colour="#86198f",
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
    return list(FIGURES)


@hookimpl
def rules() -> list[Rule]:
    """Return the rules of the registers in plain words."""
    return list(RULES)


@hookimpl
def workflows() -> list[Workflow]:
    """Return the registers of initiatives, dialogues and petitions, inspections, figures and readings."""
    return list(REGISTERS)


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what the rules say to a step of a register, or to the end of a task."""
    return step_violations(item, step, data, facts)


@hookimpl
def react(event: str, item: Item, facts: Facts) -> list[Opening]:
    """Return the petitions that a dialogue raised."""
    return petitions_to_open(item, facts) if event == ADVANCED else []


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return what targets 1, 2, 3, 13 and 14 have come to."""
    return with_answers(year_measures(facts, counted_year(facts)), ANSWERS)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the marks of a register's entry."""
    return entry_badges(item, facts)


@hookimpl
def report_section(period: Period, facts: Facts) -> Report:
    """Return what was done within the period, and the measures of its year."""
    return direction_section(period, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return each unit's share in the year, and the petitions that wait."""
    return direction_panel(facts)
