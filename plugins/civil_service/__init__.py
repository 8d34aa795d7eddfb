"""Cải cách chế độ công vụ"""

from cchc_flow.hookspecs import (
    Area,
    Assessment,
    Badge,
    Facts,
    Figure,
    Item,
    JsonObject,
    Measure,
    Opening,
    Panel,
    Period,
    Prompt,
    Report,
    Rule,
    Taking,
    Transition,
    Violation,
    Workflow,
    hookimpl,
)
from cchc_flow.plugin_kit import with_answers

from . import presentation
from .answers import ANSWERS
from .assessments import assessments_of
from .discipline_register import DISCIPLINE
from .evaluation_registers import EVALUATION, UNIT_EVALUATION
from .evaluation_rules import deadline_of_entry
from .figures import FIGURES
from .measures import all_measures
from .prompts import prompts_of
from .registers import TRAINING
from .rotation_register import ROTATION
from .rotation_rules import next_rotation
from .rules import RULES, violations


@hookimpl
def areas() -> list[Area]:
    """Return the one area of this plugin."""
    return [
        Area(
            key="civil_service",
            title="Cải cách chế độ công vụ",
            label="CV",
            colour="#0f766e",
            says=("cong vu", "doi ngu", "can bo, cong chuc", "cbcc", "cbccvc"),
            duties=("chat luong doi ngu", "chat luong cua doi ngu", "che do cong vu", "dao duc cong vu"),
        )
    ]


@hookimpl
def figures() -> list[Figure]:
    """Return the days, years and thresholds that the rules rest on."""
    return list(FIGURES)


@hookimpl
def rules() -> list[Rule]:
    """Return the rules in plain words."""
    return list(RULES)


@hookimpl
def workflows() -> list[Workflow]:
    """Return the registers: training, rotation, evaluation of people and of units, discipline."""
    return [TRAINING, ROTATION, EVALUATION, UNIT_EVALUATION, DISCIPLINE]


@hookimpl
def check(item: Item, step: Transition, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return the rules that a step breaks."""
    return violations(item, step.name, data, facts)


@hookimpl
def react(event: str, item: Item, facts: Facts) -> list[Opening | Taking]:
    """Return the next rotation to open, once somebody has taken a new post, or the due day of a grade."""
    return [*next_rotation(event, item, facts), *deadline_of_entry(event, item, facts)]


@hookimpl
def assessments(period: Period, facts: Facts) -> list[Assessment]:
    """Return the general points of people for a period, and the cases that fail them."""
    return assessments_of(period, facts)


@hookimpl
def measures(facts: Facts) -> list[Measure]:
    """Return the measures of training, rotation, evaluation and discipline."""
    return with_answers(all_measures(facts), ANSWERS)


@hookimpl
def badges(item: Item, facts: Facts) -> list[Badge]:
    """Return what has to be done by when, and what is late."""
    return presentation.badges(item, facts)


@hookimpl
def report_section(period: Period, facts: Facts) -> Report:
    """Return the area's section in the report of a period."""
    return presentation.report_section(period, facts)


@hookimpl
def panel(facts: Facts) -> Panel:
    """Return the courses and rotations that are open, and how many evaluations and cases wait."""
    return presentation.panel(facts)


@hookimpl
def prompts(facts: Facts) -> list[Prompt]:
    """Return how many people and units have no entry yet for the grade of the year."""
    return prompts_of(facts)
