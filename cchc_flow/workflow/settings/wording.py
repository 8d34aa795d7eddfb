"""Describes settings in Vietnamese, for the people of the commune."""

from collections.abc import Mapping
from typing import Any

from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.settings.form_parts import ROLES, Field
from cchc_flow.workflow.settings.forms import FORMS
from cchc_flow.workflow.settings.values import Calendar, Day, Reminder, Reminders, Value, Witness, Witnesses
from cchc_flow.workflow.shares import format_quantity

NOBODY = "không ai"
UNSAID = "để trống"


def describe_setting(name: str, value: Value, units: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the value of a setting as pairs of a title and words; `units` gives the names of units by id."""
    fields = [
        (field.title, _field_words(field, getattr(value, field.name), units)) for field in FORMS[name].fields
    ]
    return [*_row_words(value), *fields]


def _field_words(field: Field, value: Any, units: Mapping[str, str]) -> str:
    """Return the value of one field in words."""
    match field.kind:
        case "yes":
            return field.says[0] if value else field.says[1]
        case "roles":
            return role_words(value)
        case "units":
            return "; ".join(units.get(unit, unit) for unit in value) or "mọi đơn vị đang hoạt động"
        case "lines":
            return "; ".join(value) or UNSAID
        case "words":
            return value or UNSAID
        case _:
            return field.format.format(value) if field.format else format_quantity(value, field.unit)


def role_words(roles: tuple[str, ...]) -> str:
    """Return roles in words: công chức phụ trách, lãnh đạo UBND; «không ai» for none."""
    return ", ".join(ROLES.get(role, role) for role in roles) or NOBODY


def _row_words(value: Value) -> list[tuple[str, str]]:
    match value:
        case Calendar(days=days):
            return [_day_words(day) for day in days] or [("Ngày khác với lịch chung", "không có")]
        case Reminders(stages=stages):
            return [_stage_words(stage) for stage in stages] or [("Mốc nhắc", "không có")]
        case Witnesses(witnesses=witnesses):
            return [_witness_words(witness) for witness in witnesses] or [("Bên chứng kiến", "không có")]
        case _:
            return []


def _witness_words(witness: Witness) -> tuple[str, str]:
    return witness.key.split("+")[0], witness.address or "mang tệp đến"


def _day_words(day: Day) -> tuple[str, str]:
    return day_words(day.day), f"{'làm việc (làm bù)' if day.working else 'nghỉ'}: {day.name}"


def _stage_words(stage: Reminder) -> tuple[str, str]:
    if stage.days == 0:
        return "Đúng ngày hạn", role_words(stage.to)
    return f"{abs(stage.days)} ngày {'trước' if stage.days > 0 else 'sau'} hạn", role_words(stage.to)
