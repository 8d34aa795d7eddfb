"""Lĩnh vực new_area"""

from cchc_flow.hookspecs import (
    Area,
    Facts,
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

from .registers import ENTRY
from .rules import AREA, RULES, answered_share, check_evidence, report_of


@hookimpl
def areas() -> list[Area]:
    """Return the area; a plan's heading with one of the words in `says` belongs to it."""
    return [Area(AREA, "Lĩnh vực new_area", "NA", "#334155", says=("linh vuc new_area",))]


@hookimpl
def rules() -> list[Rule]:
    """Return the rules in plain words."""
    return RULES


@hookimpl
def workflows() -> list[Workflow]:
    """Return the one register of the area."""
    return [ENTRY]


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return the rules that a step breaks, on a task of this area; tasks of other areas are left alone."""
    is_ours = item.kind == "task" and facts.area_of(item) == AREA
    return check_evidence(step.name, data) if is_ours else []


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the share of entries that are answered."""
    return [answered_share(facts.items(ENTRY.kind))]


@hookimpl
def report_section(period: Period, facts: Facts) -> Report:
    """Return what the report of a period says of the area."""
    return report_of(period, facts.window(period), facts.items(ENTRY.kind))


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return the list of entries that wait for an answer."""
    waiting = [entry for entry in facts.items(ENTRY.kind) if entry.state == ENTRY.initial]
    return Panel("Đang chờ trả lời", "panel.html", {"waiting": waiting})
