"""What the rules of plugins would say of a step, told before somebody decides on it."""

from cchc_flow.commands.loading import Loaded
from cchc_flow.commands.unit_of_work import UnitOfWork
from cchc_flow.errors import MissingData
from cchc_flow.plugin_host.rule_checks import OVERRIDE, RuleBroken, RuleNotAsked, Warned, check_rules
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.fields import NUMBER_KINDS, clean
from cchc_flow.workflow.form_values import current_values

STAND_INS = dict.fromkeys(("text", "line"), "…") | dict.fromkeys(NUMBER_KINDS, "1")
"""What stands for required words and numbers that are still to be typed."""


def foresee_rules(uow: UnitOfWork, loaded: Loaded, step: Transition) -> Warned | RuleBroken | None:
    """Return what the rules would say if the step were taken with the values that its form begins with.

    None when they would let it pass, when too little of the form is known yet, or when they cannot be asked:
    all of that is said when the step is taken.
    """
    item = loaded.item
    try:
        fields = tuple(field for field in uow.gather_fields(loaded, step) if field != OVERRIDE)
        data = clean((*step.fields, *fields), _likely_values(loaded, step, fields), uow.context(item.plan))
        check_rules(uow.fact_source(), item, step, data, None)
    except (Warned, RuleBroken) as said:
        return said
    except (MissingData, RuleNotAsked):
        return None
    return None


def _likely_values(loaded: Loaded, step: Transition, plugin_fields: tuple[Field, ...]) -> JsonObject:
    """Return the values that a step's form begins with, and stand-ins where something is required."""
    typed = {
        field.name: STAND_INS[field.kind]
        for field in (*step.fields, *plugin_fields)
        if field.required and field.kind in STAND_INS
    }
    begun = current_values(step, loaded.item)
    return typed | {name: value for name, value in begun.items() if value is not None}
