"""Settings of a workspace: what the law or the commune decides, each with its default and its source.

Every change is an event, so any past day is judged by the settings of that day. What a machine needs to run
(addresses, mail servers) is no such setting.
"""

from datetime import date
from typing import Any, Literal, get_args

import msgspec

from cchc_flow.workflow.events import JsonObject

Role = Literal["officer", "unit_head", "coordinator", "leader"]


class Value(msgspec.Struct, frozen=True):
    """Base of the value of every setting; what it may be is said in `setting_fields`."""


class Day(Value, frozen=True):
    """A day that differs from the rule: a swap, a local holiday, an ordered day of work."""

    day: date
    working: bool
    name: str


class Calendar(Value, frozen=True):
    """The days that differ from the public holidays of Việt Nam."""

    days: tuple[Day, ...] = ()


class Deadlines(Value, frozen=True):
    """How due days are read.

    With `roll` a due day on which offices are closed means the next working day. With `before_is_exclusive`
    «trước ngày 25/01» means at the latest on the 24th. `soon` days before it, work is «Sắp đến hạn».
    """

    roll: bool = False
    before_is_exclusive: bool = True
    soon: int = 3


class Reminder(Value, frozen=True):
    """Whom to remind at one stage: `days` before the due day, or after it when negative."""

    days: int
    to: tuple[Role, ...]


class Reminders(Value, frozen=True):
    """The stages, and whom to remind each `every` days once the last stage is past (0: nobody any more)."""

    stages: tuple[Reminder, ...] = (
        Reminder(7, ("officer",)),
        Reminder(3, ("officer",)),
        Reminder(1, ("officer", "unit_head")),
        Reminder(-1, ("officer", "unit_head")),
        Reminder(-2, ("officer", "unit_head")),
        Reminder(-3, ("officer", "unit_head", "leader")),
    )
    every: int = 7
    then: tuple[Role, ...] = ("officer", "unit_head", "leader")


class Grading(Value, frozen=True):
    """Weights in percent, what a failed check or a delay takes of a product, and where grades begin."""

    quantity: int = 40
    quality: int = 30
    progress: int = 30
    loss: int = 25
    excellent: int = 90
    good: int = 70
    done: int = 50


class Reporting(Value, frozen=True):
    """When units report, by day of the month; `all_months` asks for monthly reports in a quarter's end too.

    Without `units` all active ones report. `window_from` is the day on which a period's figures begin, in the
    month before it. The commune itself reports on the `commune_` days.
    """

    monthly_day: int = 15
    period_day: int = 10
    commune_monthly_day: int = 25
    commune_period_day: int = 20
    all_months: bool = False
    window_from: int = 15
    units: tuple[str, ...] = ()


class Review(Value, frozen=True):
    """Who may finish approved work besides leaders."""

    coordinator_closes: bool = False


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings in force at one moment, each under its name."""

    calendar: Calendar = Calendar()
    deadlines: Deadlines = Deadlines()
    reminders: Reminders = Reminders()
    grading: Grading = Grading()
    reporting: Reporting = Reporting()
    review: Review = Review()

    def working_days(self) -> dict[date, bool]:
        """Return the days that differ from the rule, as `calendar.is_working_day` takes them."""
        return {one.day: one.working for one in self.calendar.days}


class About(msgspec.Struct, frozen=True):
    """What people are told of a setting: its title, what it decides, and what its default rests on."""

    title: str
    decides: str
    source: str


ABOUT: dict[str, About] = {
    "calendar": About(
        "Ngày nghỉ, ngày làm bù",
        "Những ngày khác với lịch nghỉ lễ, Tết chung của cả nước.",
        "Bộ luật Lao động 2019, Điều 112; lịch nghỉ hằng năm",
    ),
    "deadlines": About(
        "Cách tính hạn",
        "Hạn rơi vào ngày nghỉ, nghĩa của «trước ngày», số ngày coi là sắp đến hạn.",
        "Thông lệ của xã",
    ),
    "reminders": About(
        "Nhắc việc và báo cấp trên",
        "Nhắc ai, trước và sau hạn bao nhiêu ngày.",
        "Thông lệ: 7, 3, 1 ngày trước hạn; quá hạn nhắc hằng ngày rồi hằng tuần",
    ),
    "grading": About(
        "Chấm điểm",
        "Tỷ trọng số lượng, chất lượng, tiến độ; mức trừ; mức xếp loại.",
        "Nghị định 335/2025/NĐ-CP; tỷ trọng do xã quyết định",
    ),
    "reporting": About(
        "Ngày báo cáo",
        "Ngày nộp báo cáo tháng và báo cáo kỳ, kỳ số liệu, các đơn vị phải báo cáo.",
        "Kế hoạch CCHC của xã; Nghị định 09/2019/NĐ-CP, Điều 12",
    ),
    "review": About("Hoàn thành công việc", "Ai được xác nhận hoàn thành.", "Quy chế làm việc của UBND xã"),
}


def with_setting(settings: Settings, name: str, value: JsonObject) -> Settings:
    """Return the settings with another value for one of them; a name of a later release changes nothing.

    Reading never refuses: of a value that another release stored, what this one knows counts.
    """
    if name not in Settings.__struct_fields__:
        return settings
    return msgspec.structs.replace(settings, **{name: _read(type(getattr(settings, name)), value)})


def _read(cls: type[Value], value: JsonObject) -> Value:
    try:
        return msgspec.convert(value, cls)
    except msgspec.ValidationError:
        return cls(**_readable(cls, value))


def _readable(cls: type[Value], value: JsonObject) -> JsonObject:
    """Return the keys whose values this release can read, and of lists the entries; others have defaults."""
    found: JsonObject = {}
    for field in msgspec.structs.fields(cls):
        given, kind = value.get(field.name), field.type
        if isinstance(given, list) and get_args(kind):
            entries = [_converted(raw, get_args(kind)[0]) for raw in given]
            found[field.name] = tuple(one for one in entries if one is not None)
        elif (one := _converted(given, kind)) is not None:
            found[field.name] = one
    return found


def _converted(value: Any, kind: Any) -> Any:
    """Return the value, None when it is none of its kind."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return None
