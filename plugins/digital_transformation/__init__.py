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
    Rule,
    Section,
    Transition,
    Violation,
    Workflow,
    hookimpl,
)

from .figures import FIGURES, RULES
from .registers import REGISTERS
from .rules import violations
from .telling import counted, marks, table, told


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
    return violations(item, step.name, data, facts)


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the readings of the targets on documents, services and users, and of the plan."""
    return counted(facts)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return what is signed, rolled out or late."""
    return marks(item, facts)


@hookimpl
def report_section(period: Period, facts: Facts) -> Section:
    """Return what the area says in the report of a period."""
    return told(period, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return the tables of reports and certificates."""
    return table(facts)
