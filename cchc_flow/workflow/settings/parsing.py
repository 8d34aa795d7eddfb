"""The value of a setting from what was given for it: read, or refused with a sentence for each wrong input.

A form gives strings and lists of strings, a program what is stored (numbers, true and false): both are read
alike. What the log holds is read by `settings.changed`, which never refuses.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

import msgspec

from cchc_flow.errors import MissingData
from cchc_flow.workflow.calendar import parse_day
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.settings.forms import FORMS, ROLES, Field, Form, Table, to_form_line
from cchc_flow.workflow.settings.values import Calendar, Grading, Reminders, Settings, Value
from cchc_flow.workflow.shares import format_number, in_percent

NAME_LIMIT = 200
YEARS = (2000, 2100)


class _Wrong(Exception):
    """A value that a field cannot take; its text says what is wanted."""


def parse_setting(name: str, raw: JsonObject, units: Collection[str]) -> Value:
    """Return the value of a setting; raise MissingData with a sentence under the name of each wrong input.

    What is left out has its default. The inputs of a table's line are called `days-0-name`; a line that is
    None was left blank. `units` are those that are active.
    """
    form = FORMS[name]
    reading = _Reading(units)
    found = reading.fields(form.fields, raw)
    if form.table and form.table.name in raw:
        found[form.table.name] = reading.lines(form.table, raw[form.table.name])
    reading.wrong |= _unknown(form, raw)
    if reading.wrong:
        raise MissingData(reading.wrong)
    value: Value = msgspec.convert(found, type(getattr(Settings(), name)))
    if wrong := _clashes(value):
        raise MissingData(wrong)
    return _in_order(value)


class _Reading:
    """Reads field after field, and gathers what is wrong."""

    def __init__(self, units: Collection[str]) -> None:
        self.units = units
        self.wrong: dict[str, str] = {}

    def fields(
        self, fields: tuple[Field, ...], raw: JsonObject, prefix: str = "", place: str = ""
    ) -> JsonObject:
        """Return what the given fields hold; `prefix` begins the names of their inputs."""
        found: JsonObject = {}
        for field in fields:
            if field.name in raw:
                try:
                    found[field.name] = _READERS[field.kind](field, raw[field.name], self.units)
                except _Wrong as error:
                    self.wrong[prefix + field.name] = f"{place}{field.title}: {error}."
        return found

    def lines(self, table: Table, raw: Any) -> list[JsonObject]:
        """Return the lines of a table that are not blank; two under one key are one too many."""
        lines = _listed(raw)
        if len(lines) - lines.count(None) > table.most:
            self.wrong["form"] = f"Bảng có nhiều nhất {table.most} dòng."
            return []
        found: dict[Any, tuple[int, JsonObject]] = {}
        for number, line in enumerate(lines, 1):
            if line is None:
                continue
            values = self._line(table, number, line)
            first, _ = found.setdefault(values.get(table.key), (number, values))
            if first != number and values:
                title = next(one.title for one in table.fields if one.name == table.key)
                name = f"{table.name}-{number - 1}-{table.fields[0].name}"
                self.wrong[name] = f"Dòng {number}, {title}: đã có ở dòng {first}."
        return [values for _, values in found.values()]

    def _line(self, table: Table, number: int, line: Any) -> JsonObject:
        blank = dict.fromkeys((one.name for one in table.fields), "")
        given = blank | to_form_line(table, line if isinstance(line, dict) else {})
        count = len(self.wrong)
        values = self.fields(table.fields, given, f"{table.name}-{number - 1}-", f"Dòng {number}, ")
        return _closed(table, values) if len(self.wrong) == count else {}


def _unknown(form: Form, raw: JsonObject) -> dict[str, str]:
    known = {one.name for one in form.fields} | ({form.table.name} if form.table else set())
    return {key: f"Thiết lập này không có mục «{key[:40]}»." for key in raw if key not in known}


def _closed(table: Table, values: JsonObject) -> JsonObject:
    """Return a line as it is stored: the opposite of `setting_forms.opened`."""
    if table.name != "stages":
        return values
    return {"days": values["days"] if values["before"] else -values["days"], "to": values["to"]}


def _number(field: Field, raw: Any, units: Collection[str]) -> int:
    lowest, highest = field.bounds
    words = str(raw).strip() if isinstance(raw, int | str) and not isinstance(raw, bool) else ""
    if not words.isascii() or not words.isdigit() or not lowest <= int(words[:9]) <= highest:
        raise _Wrong(f"phải là số nguyên từ {format_number(lowest)} đến {format_number(highest)}")
    return int(words)


def _yes(field: Field, raw: Any, units: Collection[str]) -> bool:
    if raw not in (True, False, "yes", "no"):
        raise _Wrong(f"phải chọn «{field.says[0]}» hoặc «{field.says[1]}»")
    return raw in (True, "yes")


def _roles(field: Field, raw: Any, units: Collection[str]) -> tuple[str, ...]:
    chosen = _listed(raw)
    if any(role not in list(ROLES) for role in chosen):  # what was given need not be a word
        raise _Wrong("phải chọn trong " + ", ".join(ROLES.values()))
    if not chosen and not field.may_be_empty:
        raise _Wrong("chưa chọn ai")
    return tuple(role for role in ROLES if role in chosen)


def _units(field: Field, raw: Any, units: Collection[str]) -> tuple[str, ...]:
    chosen = _listed(raw)
    if unknown := [one for one in chosen if one not in units]:
        raise _Wrong(f"«{str(unknown[0])[:40]}» không có trong danh bạ")
    return tuple(sorted(set(chosen)))


def _day(field: Field, raw: Any, units: Collection[str]) -> date:
    try:
        day = raw if isinstance(raw, date) else parse_day(str(raw).strip())
    except ValueError:
        raise _Wrong("phải là một ngày, như 25/01/2026") from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise _Wrong(f"phải trong các năm {YEARS[0]} đến {YEARS[1]}")
    return day


def _words(field: Field, raw: Any, units: Collection[str]) -> str:
    words = " ".join(str(raw).split())
    if not 1 <= len(words) <= NAME_LIMIT:
        raise _Wrong(f"cần từ 1 đến {NAME_LIMIT} ký tự")
    return words


_READERS: dict[str, Callable[[Field, Any, Collection[str]], Any]] = {
    "number": _number,
    "yes": _yes,
    "roles": _roles,
    "units": _units,
    "day": _day,
    "words": _words,
}


def _listed(raw: Any) -> list[Any]:
    """Return what was given of something of which there may be many: none, one, or a list."""
    if isinstance(raw, list | tuple):
        return list(raw)
    return [raw] if raw else []


def _clashes(value: Value) -> dict[str, str]:
    """Return what fits no other part of the value, a sentence under the name of an input."""
    match value:
        case Grading():
            return _of_grades(value)
        case Reminders(every=every, then=then) if every and not then:
            return {"then": "Khi đó nhắc: chưa chọn ai; nếu không nhắc nữa, hãy ghi 0 ngày ở ô trên."}
        case _:
            return {}


def _of_grades(value: Grading) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if (total := value.quantity + value.quality + value.progress) != 100:
        wrong["quantity"] = f"Ba tỷ trọng: cộng lại phải bằng {in_percent(100)}; hiện là {in_percent(total)}."
    if value.good >= value.excellent:
        wrong["good"] = f"Hoàn thành tốt từ: phải thấp hơn mức xuất sắc ({value.excellent} điểm)."
    if value.done >= value.good:
        wrong["done"] = f"Hoàn thành từ: phải thấp hơn mức hoàn thành tốt ({value.good} điểm)."
    return wrong


def _in_order(value: Value) -> Value:
    """Return the value with its lines sorted: the same table in another order is the same value."""
    match value:
        case Calendar(days=days):
            return Calendar(tuple(sorted(days, key=lambda one: one.day)))
        case Reminders(stages=stages):
            ordered = sorted(stages, key=lambda one: -one.days)
            return msgspec.structs.replace(value, stages=tuple(ordered))
        case _:
            return value
