"""Lĩnh vực new_area"""

from cchc_flow.hookspecs import (
    Area,
    Facts,
    Item,
    JsonObject,
    Measure,
    Panel,
    Rule,
    Transition,
    Violation,
    Workflow,
    hookimpl,
)

from .registers import ENTRY
from .rules import AREA, RULES, answered, evidence_missing


@hookimpl
def areas() -> list[Area]:
    """Return the area: a heading of a plan that says so is its own."""
    return [Area(AREA, "Lĩnh vực new_area", "NA", "#334155", says=("linh vuc new_area",))]


@hookimpl
def rules() -> list[Rule]:
    """Return the rules in plain words."""
    return RULES


@hookimpl
def workflows() -> list[Workflow]:
    """Return the register."""
    return [ENTRY]


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Look only at tasks of this area: the work of others is not its business."""
    is_ours = item.kind == "task" and facts.area_of(item) == AREA
    return evidence_missing(step.name, data) if is_ours else []


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return how many entries are answered."""
    return [answered(facts.items(ENTRY.kind))]


@hookimpl
def panel(facts: Facts) -> Panel:
    """Show the entries that wait."""
    waiting = [one for one in facts.items(ENTRY.kind) if one.state == ENTRY.initial]
    return Panel("Đang chờ trả lời", "panel.html", {"waiting": waiting})
