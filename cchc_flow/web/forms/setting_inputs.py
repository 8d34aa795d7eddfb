"""The form of a setting: what its inputs hold, and what was typed into them."""

from collections.abc import Iterator
from typing import Any

import msgspec
from werkzeug.datastructures import MultiDict

from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.settings.forms import Field, Form, Table, to_form_row
from cchc_flow.workflow.settings.values import Value

SPARE_LINES = 3
"""So many blank lines stand below a table."""
MULTIPLE_KINDS = ("roles", "units")
DROP_SUFFIX = "drop"

Inputs = dict[str, Any]
Typed = MultiDict[str, str]


class TableLine(msgspec.Struct, frozen=True):
    """One line of a table: its fields, each under the name of its input; a `spare` one holds nothing yet."""

    number: int
    fields: tuple[Field, ...]
    drop: str
    spare: bool


def inputs_of_value(form: Form, value: Value) -> Inputs:
    """Return what the inputs hold before anybody typed, by name."""
    plain: JsonObject = msgspec.to_builtins(value)
    held = {one.name: _input_value(one, plain[one.name]) for one in form.fields}
    if table := form.table:
        for number, line in enumerate(plain[table.name]):
            given = to_form_row(table, line)
            held |= {
                _input_name(table, number, one): _input_value(one, given[one.name]) for one in table.fields
            }
    return held


def typed_inputs(form: Form, sent: Typed) -> Inputs:
    """Return what was typed, by the name of its input."""
    held = {one.name: _typed_value(one, one.name, sent) for one in form.fields}
    if table := form.table:
        for number in range(_line_count(table, sent)):
            for one in table.fields:
                name = _input_name(table, number, one)
                held[name] = _typed_value(one, name, sent)
            held[f"{table.name}-{number}-{DROP_SUFFIX}"] = sent.get(
                f"{table.name}-{number}-{DROP_SUFFIX}", ""
            )
    return held


def values_to_check(form: Form, held: Inputs) -> JsonObject:
    """Return what `setting_values.read` takes; in the place of a line that is blank or dropped, None."""
    values = {one.name: held[one.name] for one in form.fields}
    if table := form.table:
        values[table.name] = [_line_values(table, number, held) for number in range(_line_count(table, held))]
    return values


def table_lines(form: Form, held: Inputs) -> Iterator[TableLine]:
    """Yield the lines of the form's table, and some spare ones."""
    if table := form.table:
        count = max(_line_count(table, held), _filled_line_count(table, held) + SPARE_LINES)
        for number in range(count):
            fields = tuple(
                msgspec.structs.replace(one, name=_input_name(table, number, one)) for one in table.fields
            )
            drop = f"{table.name}-{number}-{DROP_SUFFIX}"
            yield TableLine(number, fields, drop, spare=number >= _filled_line_count(table, held))


def _line_values(table: Table, number: int, held: Inputs) -> JsonObject | None:
    line = {one.name: held[_input_name(table, number, one)] for one in table.fields}
    is_blank = not any(line[one.name] for one in table.fields if one.kind != "yes")
    return None if is_blank or held.get(f"{table.name}-{number}-{DROP_SUFFIX}") else line


def _filled_line_count(table: Table, held: Inputs) -> int:
    """Return how many lines there are up to the last that is not blank."""
    filled = [
        number
        for number in range(_line_count(table, held))
        if any(held[_input_name(table, number, one)] for one in table.fields if one.kind != "yes")
    ]
    return max(filled) + 1 if filled else 0


def _line_count(table: Table, held: Inputs | Typed) -> int:
    """Return how many lines the inputs have; a form that was made up cannot have many more than allowed."""
    names = (
        f"{table.name}-{number}-{table.fields[0].name}" for number in range(table.most + SPARE_LINES + 1)
    )
    return next(
        (number for number, name in enumerate(names) if name not in held), table.most + SPARE_LINES + 1
    )


def _input_name(table: Table, number: int, field: Field) -> str:
    return f"{table.name}-{number}-{field.name}"


def _input_value(field: Field, value: Any) -> Any:
    match field.kind:
        case "yes":
            return "yes" if value else "no"
        case "roles" | "units":
            return list(value)
        case _:
            return str(value)


def _typed_value(field: Field, name: str, sent: Typed) -> Any:
    return sent.getlist(name) if field.kind in MULTIPLE_KINDS else sent.get(name, "").strip()
