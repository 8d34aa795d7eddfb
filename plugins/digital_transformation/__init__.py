"""Chuyển đổi số"""

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
from .measures import all_measures
from .presentation import digital_panel, digital_section, item_badges
from .registers import REGISTERS
from .rules import CHECKS


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="digital_transformation",
            title="Chuyển đổi số",
            label="CĐS",
            colour="#0369a1",
            says=(
                "chuyen doi so",
                "chinh quyen so",
                "chinh quyen dien tu",
                "chinh phu dien tu",
                "hien dai hoa",
            ),
            duties=(
                "nhiem vu chuyen doi so",
                "cong tac chuyen doi so",
                "trien khai chuyen doi so",
                "thuc hien chuyen doi so",
                "chu tri chuyen doi so",
                "tham muu chuyen doi so",
                "linh vuc chuyen doi so",
                "ve chuyen doi so",
            ),
        )
    ]


@hookimpl
def figures() -> list[Figure]:
    """Return the aims that the measures are held against."""
    return list(FIGURES)


@hookimpl
def rules() -> list[Rule]:
    """Return the rules in plain words."""
    return list(RULES)


@hookimpl
def workflows() -> list[Workflow]:
    """Return the registers: monthly figures, the digital plan, accounts, reports."""
    return list(REGISTERS)


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what is not as the rules want it."""
    return all_violations(CHECKS.get((item.kind, step.name), ()), item, data, facts)


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the readings of the targets on documents, services and users, and of the plan."""
    return with_answers(all_measures(facts), ANSWERS)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return what is signed, rolled out or late."""
    return item_badges(item, facts)


@hookimpl
def report_section(period: Period, facts: Facts) -> Report:
    """Return what the area says in the report of a period."""
    return digital_section(period, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return the tables of reports and certificates."""
    return digital_panel(facts)
