"""Parses the value of a setting from a form or a program, or says what is wrong with each input.

A form gives strings and lists of strings, a program what is stored (numbers, true and false): both are parsed
alike. What the log holds is read by `values.with_setting`, which refuses nothing.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import msgspec

from cchc_flow.conversion import convert
from cchc_flow.errors import MissingData
from cchc_flow.workflow.calendar import parse_day
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.settings.form_parts import ROLES, Field, Form, Table
from cchc_flow.workflow.settings.forms import FORMS, to_form_row
from cchc_flow.workflow.settings.values import FIRST_SETTINGS, Calendar, Grading, Reminders, Value
from cchc_flow.workflow.shares import format_number, in_percent
from cchc_flow.workflow.typed_text import TooLong, UnfitText, clean_line

NAME_LIMIT = 200
MOST_LINES = 30
YEARS = (2000, 2100)


class _Invalid(Exception):
    """A value that a field cannot take; its text says, in Vietnamese, what it must be."""


def parse_setting(name: str, raw: JsonObject, units: Collection[str]) -> Value:
    """Return the value of a setting; raise MissingData with a sentence for each wrong input, by its name.

    A field that `raw` lacks gets what a new workspace begins with. `units` are the ids of the active units.
    Inputs in the rows of a table are named like `days-0-name`; a row that is None was left blank.
    """
    form = FORMS[name]
    parser = _Parser(units)
    data = parser.parse_fields(form.fields, raw)
    if form.table and form.table.name in raw:
        data[form.table.name] = parser.parse_rows(form.table, raw[form.table.name])
    parser.errors |= _unknown_keys(form, raw)
    if parser.errors:
        raise MissingData(parser.errors)
    first: Value = getattr(FIRST_SETTINGS, name)
    value = convert(msgspec.to_builtins(first) | data, type(first))
    if errors := _contradictions(value):
        raise MissingData(errors)
    return _sort_rows(value)


class _Parser:
    """Parses fields and rows, and gathers in `errors` a sentence for each wrong input."""

    def __init__(self, units: Collection[str]) -> None:
        self.units = units
        self.errors: dict[str, str] = {}

    def parse_fields(
        self, fields: tuple[Field, ...], raw: JsonObject, prefix: str = "", place: str = ""
    ) -> JsonObject:
        """Return the values of the fields that `raw` has; errors are named with `prefix`, say `place`."""
        values: JsonObject = {}
        for field in fields:
            if field.name in raw:
                try:
                    values[field.name] = _READERS[field.kind](field, raw[field.name], self.units)
                except _Invalid as error:
                    self.errors[prefix + field.name] = f"{place}{field.title}: {error}."
        return values

    def parse_rows(self, table: Table, raw: Any) -> list[JsonObject]:
        """Return the rows of a table that are not blank; a second row with the same key is an error."""
        rows = _as_list(raw)
        if len(rows) - rows.count(None) > table.most:
            self.errors["form"] = f"Bảng có nhiều nhất {table.most} dòng."
            return []
        by_key: dict[Any, tuple[int, JsonObject]] = {}
        for number, row in enumerate(rows, 1):
            if row is None:
                continue
            values = self._parse_row(table, number, row)
            first, _ = by_key.setdefault(values.get(table.key), (number, values))
            if first != number and values:
                title = next(field.title for field in table.fields if field.name == table.key)
                name = f"{table.name}-{number - 1}-{table.fields[0].name}"
                self.errors[name] = f"Dòng {number}, {title}: đã có ở dòng {first}."
        return [values for _, values in by_key.values()]

    def _parse_row(self, table: Table, number: int, row: Any) -> JsonObject:
        """Return a row as it is stored, empty if something in it is wrong; `number` counts from 1."""
        blank = dict.fromkeys((field.name for field in table.fields), "")
        raw = blank | to_form_row(table, row if isinstance(row, dict) else {})
        count = len(self.errors)
        values = self.parse_fields(table.fields, raw, f"{table.name}-{number - 1}-", f"Dòng {number}, ")
        return _to_stored_row(table, values) if len(self.errors) == count else {}


def _unknown_keys(form: Form, raw: JsonObject) -> dict[str, str]:
    """Return a sentence for each key that the form does not have."""
    names = {field.name for field in form.fields} | ({form.table.name} if form.table else set())
    return {key: f"Thiết lập này không có mục «{key[:40]}»." for key in raw if key not in names}


def _to_stored_row(table: Table, values: JsonObject) -> JsonObject:
    """Return a row of the form as it is stored: the opposite of `forms.to_form_row`."""
    if table.name != "stages":
        return values
    return {"days": values["days"] if values["before"] else -values["days"], "to": values["to"]}


def _read_number(field: Field, raw: Any, units: Collection[str]) -> int:
    lowest, highest = field.bounds
    words = str(raw).strip() if isinstance(raw, int | str) and not isinstance(raw, bool) else ""
    if not words.isascii() or not words.isdigit() or not lowest <= int(words[:9]) <= highest:
        raise _Invalid(f"phải là số nguyên từ {format_number(lowest)} đến {format_number(highest)}")
    return int(words)


def _read_yes(field: Field, raw: Any, units: Collection[str]) -> bool:
    if raw not in (True, False, "yes", "no"):
        raise _Invalid(f"phải chọn «{field.says[0]}» hoặc «{field.says[1]}»")
    return raw in (True, "yes")


def _read_roles(field: Field, raw: Any, units: Collection[str]) -> tuple[str, ...]:
    roles = _as_list(raw)
    if any(role not in list(ROLES) for role in roles):  # a list: `role` may be unhashable
        raise _Invalid("phải chọn trong " + ", ".join(ROLES.values()))
    if not roles and not field.may_be_empty:
        raise _Invalid("chưa chọn ai")
    return tuple(role for role in ROLES if role in roles)


def _read_units(field: Field, raw: Any, units: Collection[str]) -> tuple[str, ...]:
    chosen = _as_list(raw)
    if unknown := [unit for unit in chosen if unit not in units]:
        raise _Invalid(f"«{str(unknown[0])[:40]}» không có trong danh bạ")
    return tuple(sorted(set(chosen)))


def _read_day(field: Field, raw: Any, units: Collection[str]) -> date:
    try:
        day = raw if isinstance(raw, date) else parse_day(str(raw).strip())
    except ValueError:
        raise _Invalid("phải là một ngày, như 25/01/2026") from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise _Invalid(f"phải trong các năm {YEARS[0]} đến {YEARS[1]}")
    return day


def _read_words(field: Field, raw: Any, units: Collection[str]) -> str:
    try:
        words = clean_line(str(raw), NAME_LIMIT)
    except TooLong:
        words = ""
        if field.may_be_empty:
            raise _Invalid(f"nhiều nhất {NAME_LIMIT} ký tự") from None
    except UnfitText as error:
        raise _Invalid(str(error)) from None
    if not words and not field.may_be_empty:
        raise _Invalid(f"cần từ 1 đến {NAME_LIMIT} ký tự")
    return words


def _read_lines(field: Field, raw: Any, units: Collection[str]) -> tuple[str, ...]:
    typed = raw.splitlines() if isinstance(raw, str) else [str(line) for line in _as_list(raw)]
    if len(typed) > MOST_LINES:
        raise _Invalid(f"nhiều nhất {MOST_LINES} dòng")
    try:
        lines = tuple(filter(None, (clean_line(line, NAME_LIMIT) for line in typed)))
    except TooLong:
        raise _Invalid(f"mỗi dòng nhiều nhất {NAME_LIMIT} ký tự") from None
    except UnfitText as error:
        raise _Invalid(str(error)) from None
    if not lines and not field.may_be_empty:
        raise _Invalid("cần ít nhất một dòng")
    return lines


_READERS: dict[str, Callable[[Field, Any, Collection[str]], Any]] = {
    "number": _read_number,
    "yes": _read_yes,
    "roles": _read_roles,
    "units": _read_units,
    "day": _read_day,
    "words": _read_words,
    "lines": _read_lines,
}


def _as_list(raw: Any) -> list[Any]:
    """Return the values of an input that takes several: forms send nothing, one value, or a list."""
    if isinstance(raw, list | tuple):
        return list(raw)
    return [raw] if raw else []


def _contradictions(value: Value) -> dict[str, str]:
    """Return where parts of a value contradict each other: a sentence by the name of an input."""
    match value:
        case Grading():
            return _grading_contradictions(value)
        case Reminders(every=every, then=then) if every and not then:
            return {"then": "Khi đó nhắc: chưa chọn ai; nếu không nhắc nữa, hãy ghi 0 ngày ở ô trên."}
        case _:
            return {}


def _grading_contradictions(value: Grading) -> dict[str, str]:
    """Return where shares do not make a whole, or grades are not in order."""
    errors: dict[str, str] = {}
    total = value.quantity + value.quality + value.progress
    if value.by_decree and not total:
        errors["quantity"] = "Ba tỷ trọng: ít nhất một tỷ trọng phải lớn hơn 0."
    if not value.by_decree and total != 100:
        errors["quantity"] = (
            f"Ba tỷ trọng: cộng lại phải bằng {in_percent(100)}; hiện là {in_percent(total)}."
        )
    if value.good >= value.excellent:
        errors["good"] = f"Hoàn thành tốt từ: phải thấp hơn mức xuất sắc ({value.excellent} điểm)."
    if value.done >= value.good:
        errors["done"] = f"Hoàn thành từ: phải thấp hơn mức hoàn thành tốt ({value.good} điểm)."
    return errors


def _sort_rows(value: Value) -> Value:
    """Return the value with its rows sorted, so that the same rows in another order are the same value."""
    match value:
        case Calendar(days=days):
            return Calendar(tuple(sorted(days, key=lambda day: day.day)))
        case Reminders(stages=stages):
            ordered = sorted(stages, key=lambda stage: -stage.days)
            return msgspec.structs.replace(value, stages=tuple(ordered))
        case _:
            return value
