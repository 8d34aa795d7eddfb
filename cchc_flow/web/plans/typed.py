"""What was typed into the form of a plan, bound to the document and not to numbers that may move.

A task's inputs are named on the page by its reference («title-III.2.5»), and kept by its place in the file:
when a corrected line moves the references, what was typed stays with its task.
"""

from collections import Counter
from collections.abc import Mapping

from cchc_flow.plan_import.corrections import fingerprint_of
from cchc_flow.plan_import.proposal import Proposal
from cchc_flow.web.plans.form import Form, TaskInput, clean_input, typed_inputs, work_items

FIELDS = TaskInput.__struct_fields__
AT = "at-"
"""The name of the hidden field that says where the task of a reference stands in the file."""
Values = Mapping[str, str]
"""What was typed, by «field@place»."""
Inputs = Mapping[str, TaskInput]
"""The inputs of all tasks, by their references."""


def task_places(proposal: Proposal) -> dict[str, str]:
    """Return the place of each task by its reference, as a name of its own.

    A task that no line is known for is named by its text. Several tasks of one line are counted.
    """
    lines = {passage.ref: passage.place for passage in reversed(proposal.passages)}
    seen: Counter[str] = Counter()
    places = {}
    for _, task in work_items(proposal):
        name = str(lines[task.ref]) if task.ref in lines else fingerprint_of(task.text)
        places[task.ref] = f"{name}.{seen[name]}" if seen[name] else name
        seen[name] += 1
    return places


def sent_values(form: Form, places: Mapping[str, str]) -> dict[str, str]:
    """Return what a form holds, by places: those that the form says itself, else those of the references."""
    values = {}
    for name, words in form.items():
        field, _, ref = name.partition("-")
        place = form.get(f"{AT}{ref}") or places.get(ref)
        if field in FIELDS and place:
            values[f"{field}@{place}"] = clean_input(field, words)
    return values


def typed_values(sent: Values, places: Mapping[str, str], suggested: Inputs) -> dict[str, str]:
    """Return what somebody changed: a value that is the suggestion goes with the suggestion."""
    as_read = values_of(suggested, places)
    return {name: words for name, words in sent.items() if as_read.get(name) != words}


def values_of(inputs: Inputs, places: Mapping[str, str]) -> dict[str, str]:
    """Return the inputs of tasks by their places."""
    return {
        f"{field}@{places[ref]}": getattr(task_input, field)
        for ref, task_input in inputs.items()
        for field in FIELDS
    }


def inputs_with(values: Values, places: Mapping[str, str], suggested: Inputs) -> dict[str, TaskInput]:
    """Return the inputs of all tasks: what was typed, else what is suggested."""
    return {
        ref: TaskInput(
            *(values.get(f"{field}@{places[ref]}", getattr(task_input, field)) for field in FIELDS)
        )
        for ref, task_input in suggested.items()
    }


def sent_inputs(proposal: Proposal, form: Form, suggested: Inputs) -> tuple[dict[str, TaskInput], bool]:
    """Return the inputs that a form brings, and whether it was made for just these tasks.

    A form that names no places is taken by the references alone. A field that a form lacks is empty.
    """
    places = task_places(proposal)
    at = {name.removeprefix(AT): words for name, words in form.items() if name.startswith(AT)}
    if not at:
        return typed_inputs(proposal, form), True
    missing = {f"{field}@{place}": "" for place in at.values() for field in FIELDS}
    return inputs_with({**missing, **sent_values(form, places)}, places, suggested), at == places
