"""The inputs of a setting's form: their first values, what was typed, and the lines of its table."""

from collections.abc import Iterator
from typing import Any

import msgspec
from werkzeug.datastructures import MultiDict

from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.settings.form_parts import Field, Form, Table
from cchc_flow.workflow.settings.forms import to_form_row
from cchc_flow.workflow.settings.values import Value

SPARE_LINES = 3
"""The number of empty lines below a table."""
MULTIPLE_KINDS = ("roles", "units")
DROP_SUFFIX = "drop"

Inputs = dict[str, Any]
FormData = MultiDict[str, str]


class TableLine(msgspec.Struct, frozen=True):
    """One line of a form's table; each field has the name of its input, a `spare` line is still empty.

    `drop` is the name of the checkbox that removes the line.
    """

    number: int
    fields: tuple[Field, ...]
    drop: str
    spare: bool


def inputs_of_value(form: Form, value: Value) -> Inputs:
    """Return the inputs' values for a setting as it is, by their names."""
    values: JsonObject = msgspec.to_builtins(value)
    inputs = {field.name: _input_value(field, values[field.name]) for field in form.fields}
    if table := form.table:
        for number, line in enumerate(values[table.name]):
            row = to_form_row(table, line)
            inputs |= {
                _input_name(table, number, field): _input_value(field, row[field.name])
                for field in table.fields
            }
    return inputs


def typed_inputs(form: Form, form_data: FormData) -> Inputs:
    """Return the inputs' values as they were typed, by their names."""
    inputs = {field.name: _typed_value(field, field.name, form_data) for field in form.fields}
    if table := form.table:
        for number in range(_line_count(table, form_data)):
            for field in table.fields:
                name = _input_name(table, number, field)
                inputs[name] = _typed_value(field, name, form_data)
            inputs[f"{table.name}-{number}-{DROP_SUFFIX}"] = form_data.get(
                f"{table.name}-{number}-{DROP_SUFFIX}", ""
            )
    return inputs


def values_to_check(form: Form, inputs: Inputs) -> JsonObject:
    """Return the setting's value as it was typed, still unchecked; None for each blank or dropped line."""
    values = {field.name: inputs[field.name] for field in form.fields}
    if table := form.table:
        values[table.name] = [
            _line_values(table, number, inputs) for number in range(_line_count(table, inputs))
        ]
    return values


def table_lines(form: Form, inputs: Inputs) -> Iterator[TableLine]:
    """Yield the lines of the form's table with at least 3 spare ones; nothing for a form without a table."""
    if table := form.table:
        count = max(_line_count(table, inputs), _filled_line_count(table, inputs) + SPARE_LINES)
        for number in range(count):
            fields = tuple(
                msgspec.structs.replace(field, name=_input_name(table, number, field))
                for field in table.fields
            )
            drop = f"{table.name}-{number}-{DROP_SUFFIX}"
            yield TableLine(number, fields, drop, spare=number >= _filled_line_count(table, inputs))


def _line_values(table: Table, number: int, inputs: Inputs) -> JsonObject | None:
    """Return the values of one line; None if it is blank or to be removed."""
    line = {field.name: inputs[_input_name(table, number, field)] for field in table.fields}
    is_blank = not any(line[field.name] for field in table.fields if field.kind != "yes")
    return None if is_blank or inputs.get(f"{table.name}-{number}-{DROP_SUFFIX}") else line


def _filled_line_count(table: Table, inputs: Inputs) -> int:
    """Return the number of lines up to the last that is not blank."""
    filled_numbers = [
        number
        for number in range(_line_count(table, inputs))
        if any(inputs[_input_name(table, number, field)] for field in table.fields if field.kind != "yes")
    ]
    return max(filled_numbers) + 1 if filled_numbers else 0


def _line_count(table: Table, inputs: Inputs | FormData) -> int:
    """Return the number of lines among the inputs, capped a little above what the table allows."""
    names = (
        f"{table.name}-{number}-{table.fields[0].name}" for number in range(table.most + SPARE_LINES + 1)
    )
    return next(
        (number for number, name in enumerate(names) if name not in inputs), table.most + SPARE_LINES + 1
    )


def _input_name(table: Table, number: int, field: Field) -> str:
    """Return the name of the input of a field in one line of the table."""
    return f"{table.name}-{number}-{field.name}"


def _input_value(field: Field, value: Any) -> Any:
    """Return a stored value in the form in which an input holds it."""
    match field.kind:
        case "yes":
            return "yes" if value else "no"
        case "roles" | "units":
            return list(value)
        case "lines":
            return "\n".join(value)
        case _:
            return str(value)


def _typed_value(field: Field, name: str, form_data: FormData) -> Any:
    """Return what was typed into an input: a list for roles and units, else a string."""
    return form_data.getlist(name) if field.kind in MULTIPLE_KINDS else form_data.get(name, "").strip()
