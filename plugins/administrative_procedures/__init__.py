"""Cải cách thủ tục hành chính"""

from cchc_flow.hookspecs import (
    Area,
    Badge,
    Facts,
    Figure,
    Given,
    Hit,
    Item,
    JsonObject,
    Measure,
    Opening,
    Panel,
    Period,
    Question,
    Report,
    Rule,
    Taking,
    Transition,
    Violation,
    Workflow,
    hookimpl,
)
from cchc_flow.plugin_kit import with_answers

from . import presentation, reactions
from . import questions as inspection
from .answers import ANSWERS
from .figures import FIGURES
from .measures import all_measures
from .registers import REGISTERS
from .rules import RULES, violations
from .service_figures import SERVICE_FIGURES


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
    """Return the working days of each deadline, and the thresholds and weights of QĐ 766."""
    return FIGURES


@hookimpl
def rules() -> list[Rule]:
    """Return the rules in plain words."""
    return RULES


@hookimpl
def workflows() -> list[Workflow]:
    """Return the five registers."""
    return [*REGISTERS, SERVICE_FIGURES]


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return the rules that a step breaks."""
    return violations(item, step, data, facts)


@hookimpl
def react(event: str, item: Item, facts: Facts) -> list[Opening | Taking]:
    """Return the apologies to open or drop, the new days of dossiers, and the clocks to set."""
    return reactions.commands_after(event, item, facts)


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the measures of targets 6, 7, 8, 9, 19 and 22, and the marks of QĐ 766."""
    return with_answers(all_measures(facts), ANSWERS)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return the deadlines that are running."""
    return presentation.badges(item, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return the open feedback and apologies, and the table of QĐ 766."""
    return presentation.panel(facts)


@hookimpl
def report_section(period: Period, facts: Facts) -> Report:
    """Return the area's section in the report of a period."""
    return presentation.report_section(period, facts)


@hookimpl
def questions() -> list[Question]:
    """Return what an inspector asks of the answers to feedback."""
    return [inspection.LATE_ANSWERS]


@hookimpl
def answer(question: str, given: Given, facts: Facts) -> list[Hit]:
    """Return the feedback that was answered after the days of the law, or is not answered yet."""
    return inspection.late_answers(given, facts)
