"""Settings in the words of those who live by them."""

from collections.abc import Mapping
from typing import Any

from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.settings.forms import FORMS, ROLES, Field
from cchc_flow.workflow.settings.values import Calendar, Day, Reminder, Reminders, Value
from cchc_flow.workflow.shares import format_quantity

NOBODY = "không ai"


def describe_setting(name: str, value: Value, units: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the value of a setting as (what, how), a pair for each thing that it says; `units` are names."""
    fields = [(field.title, _said(field, getattr(value, field.name), units)) for field in FORMS[name].fields]
    return [*_lines(value), *fields]


def _said(field: Field, held: Any, units: Mapping[str, str]) -> str:
    match field.kind:
        case "yes":
            return field.says[0] if held else field.says[1]
        case "roles":
            return role_words(held)
        case "units":
            return "; ".join(units.get(one, one) for one in held) or "mọi đơn vị đang hoạt động"
        case _:
            return field.told.format(held) if field.told else format_quantity(held, field.unit)


def role_words(roles: tuple[str, ...]) -> str:
    """Return whom a stage reaches."""
    return ", ".join(ROLES.get(role, role) for role in roles) or NOBODY


def _lines(value: Value) -> list[tuple[str, str]]:
    match value:
        case Calendar(days=days):
            return [_day(one) for one in days] or [("Ngày khác với lịch chung", "không có")]
        case Reminders(stages=stages):
            return [_stage(one) for one in stages] or [("Mốc nhắc", "không có")]
        case _:
            return []


def _day(one: Day) -> tuple[str, str]:
    return day_words(one.day), f"{'làm việc (làm bù)' if one.working else 'nghỉ'}: {one.name}"


def _stage(one: Reminder) -> tuple[str, str]:
    if one.days == 0:
        return "Đúng ngày hạn", role_words(one.to)
    return f"{abs(one.days)} ngày {'trước' if one.days > 0 else 'sau'} hạn", role_words(one.to)
