"""Cải cách thủ tục hành chính"""

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
    Taking,
    Transition,
    Violation,
    Workflow,
    hookimpl,
)

from .figures import FIGURES
from .following import commands
from .measuring import measures as readings
from .rules import REGISTERS, RULES, violations
from .service import SERVICE_FIGURES
from .showing import badges as marks
from .showing import panel as own_panel
from .showing import report_section as section


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="administrative_procedures",
            title="Cải cách thủ tục hành chính",
            label="TTHC",
            colour="#1d4ed8",
            says=("thu tuc hanh chinh", "tthc"),
            duties=(
                "cai cach thu tuc hanh chinh",
                "cai cach tthc",
                "kiem soat thu tuc hanh chinh",
                "kiem soat tthc",
            ),
        )
    ]


@hookimpl
def figures() -> list[Figure]:
    """Return days, thresholds and weights."""
    return FIGURES


@hookimpl
def rules() -> list[Rule]:
    """Return the rules in words."""
    return RULES


@hookimpl
def workflows() -> list[Workflow]:
    """Return the five registers."""
    return [*REGISTERS, SERVICE_FIGURES]


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return what the rules have to say to a step."""
    return violations(item, step, data, facts)


@hookimpl
def react(event: str, item: Item, facts: Facts) -> list[Opening | Taking]:
    """Return the apologies to open and the clocks to set."""
    return commands(event, item, facts)


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the readings of targets 6, 7, 8, 9, 19 and 22, and the marks of QĐ 766."""
    return readings(facts)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the clocks that run."""
    return marks(item, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return what waits, and the table of QĐ 766."""
    return own_panel(facts)


@hookimpl
def report_section(period: Period, facts: Facts) -> Section:
    """Return the area's part of a report."""
    return section(period, facts)
