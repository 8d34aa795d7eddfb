"""The settings of a workspace: what the law or the commune decides, each with its default and its source.

Every change is an event, so that a past day is judged by the settings of that day. What the machine needs to
run (addresses, mail servers) is not among them; see `cchc_flow.settings`.
"""

from datetime import date
from typing import Any, Literal, get_args

import msgspec

from cchc_flow.conversion import convert
from cchc_flow.workflow.events import JsonObject

Role = Literal["officer", "unit_head", "coordinator", "leader"]


class Value(msgspec.Struct, frozen=True):
    """Base of the values of all settings; `forms` says what each may be."""


class Day(Value, frozen=True):
    """A day that differs from the public calendar: a swapped day, a local holiday, an ordered day of work."""

    day: date
    working: bool
    name: str


class Calendar(Value, frozen=True):
    """The days that differ from the public calendar of Việt Nam."""

    days: tuple[Day, ...] = ()


class Deadlines(Value, frozen=True):
    """How due days are understood.

    With `roll` a due day on which offices are closed means the next working day. With `before_is_exclusive`
    «trước ngày 25/01» means the 24th at the latest. From `soon` days before it, work is «Sắp đến hạn».
    """

    roll: bool = False
    before_is_exclusive: bool = True
    soon: int = 3


class Reminder(Value, frozen=True):
    """Whom to remind `days` days before the due day, or after it when negative."""

    days: int
    to: tuple[Role, ...]


class Reminders(Value, frozen=True):
    """The stages, and whom to remind every `every` days after the last one (0: nobody)."""

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
    """How work is graded: the formula, its shares, what a failed check or a delay costs, the grades.

    With `by_decree` results count up to 70 points (Nghị định 335/2025/NĐ-CP), and the three shares are parts
    of any size; `leading` is the part of each of the three criteria that only leaders have. Without it, as in
    every log that is older than the decree's formula, results counted up to 100 points, the shares are
    percentages, and work that was not done kept its points for progress. `loss` is in percent of a product's
    points. Of a unit's tasks less than `unit_failed` percent done is failure, and at most `unit_late` percent
    may be late.
    """

    quantity: int = 40
    quality: int = 30
    progress: int = 30
    loss: int = 25
    excellent: int = 90
    good: int = 70
    done: int = 50
    by_decree: bool = False
    leading: int = 1
    unit_failed: int = 70
    unit_late: int = 20


class Reporting(Value, frozen=True):
    """On which day of the month units report, and the commune itself (`commune_…`).

    Without `units` all active ones report. `all_months` asks for a monthly report in the last month of a
    quarter as well. `window_from` is the day of the month before a period on which its figures begin.

    With `nine_months`, as in every log that does not say otherwise, the report of September covers nine
    months; a new workspace begins with the third quarter (see `FIRST_SETTINGS`).
    """

    monthly_day: int = 15
    period_day: int = 10
    commune_monthly_day: int = 25
    commune_period_day: int = 20
    all_months: bool = False
    window_from: int = 15
    units: tuple[str, ...] = ()
    nine_months: bool = True


class Review(Value, frozen=True):
    """Who may finish approved work besides leaders."""

    coordinator_closes: bool = False


class Documents(Value, frozen=True):
    """How the commune numbers its documents, and what stands on each.

    With `by_clerk` the numbers are those of a clerk's own series, and are typed. Otherwise the system counts;
    in `first_year` from `first_number` on, as paper had the numbers before it. Without `signer` the leader of
    the directory signs.
    """

    by_clerk: bool = False
    first_number: int = 1
    first_year: int = 2026
    report_symbol: str = "BC-UBND"
    letter_symbol: str = "UBND-VHXH"
    superior: str = ""
    addressees: tuple[str, ...] = ("Sở Nội vụ",)
    recipients: tuple[str, ...] = (
        "Như trên",
        "Thường trực Đảng ủy, Thường trực HĐND",
        "Chủ tịch, các Phó Chủ tịch UBND",
        "Lưu: VT, VHXH",
    )
    signer_lines: tuple[str, ...] = ()
    signer: str = ""


class Witness(Value, frozen=True):
    """One witness: its key as «name+id+key», and where it is asked; without an address, by files."""

    key: str
    address: str = ""


class Witnesses(Value, frozen=True):
    """Who cosigns the log's checkpoints: how many of them have to, and how many days that may be ago."""

    witnesses: tuple[Witness, ...] = ()
    needed: int = 1
    days: int = 7


class Reads(Value, frozen=True):
    """For how many months after its end the record of a month is kept that tells who read what."""

    keep_months: int = 24


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings in force at one moment, each under its name."""

    calendar: Calendar = Calendar()
    deadlines: Deadlines = Deadlines()
    reminders: Reminders = Reminders()
    grading: Grading = Grading()
    reporting: Reporting = Reporting()
    review: Review = Review()
    documents: Documents = Documents()
    witnesses: Witnesses = Witnesses()
    reads: Reads = Reads()

    def working_days(self) -> dict[date, bool]:
        """Return the days of `calendar` and whether offices work on them: the `changes` of is_working_day."""
        return {day.day: day.working for day in self.calendar.days}


FIRST_SETTINGS = Settings(reporting=Reporting(nine_months=False))
"""What a new workspace begins with, where that differs from what an older log means by saying nothing: the
ministry's periods are quý I, 6 tháng, quý III and the year. (The formula of grading is not among it: each
workspace, new or old, comes to that of the decree when it is opened, see `commands.grading_formula`.)"""


class About(msgspec.Struct, frozen=True):
    """The words for a setting: its title, what it decides, and the source of its default."""

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
        "Do xã quyết định; chưa đối chiếu với văn bản nào",
    ),
    "reminders": About(
        "Nhắc việc và báo cấp trên",
        "Nhắc ai, trước và sau hạn bao nhiêu ngày.",
        "Do xã quyết định: 7, 3, 1 ngày trước hạn; quá hạn nhắc hằng ngày rồi hằng tuần",
    ),
    "grading": About(
        "Chấm điểm",
        "Cách tính điểm kết quả; tỷ trọng số lượng, chất lượng, tiến độ; mức trừ; mức xếp loại.",
        "Nghị định 335/2025/NĐ-CP; tỷ trọng do xã quyết định",
    ),
    "reporting": About(
        "Ngày báo cáo",
        "Ngày nộp báo cáo tháng và báo cáo kỳ, kỳ số liệu, các đơn vị phải báo cáo.",
        "Ngày nộp: kế hoạch CCHC của xã; kỳ: Bộ Nội vụ; số liệu: Nghị định 09/2019/NĐ-CP, Điều 12",
    ),
    "documents": About(
        "Số và thể thức văn bản",
        "Ai cấp số; ký hiệu, nơi gửi, nơi nhận và người ký của báo cáo.",
        "Nghị định 30/2020/NĐ-CP, Điều 15 và Phụ lục I; ký hiệu, nơi nhận do xã quyết định",
    ),
    "witnesses": About(
        "Bên chứng kiến",
        "Ai giữ và ký xác nhận dấu niêm phong của nhật ký; cần mấy bên, mới đến đâu.",
        "Do xã quyết định; giao thức chứng kiến C2SP tlog-witness",
    ),
    "reads": About(
        "Sổ lượt xem",
        "Giữ bao lâu sổ ghi ai đã xem, đã tải những gì.",
        "Do xã quyết định; chưa đối chiếu với văn bản nào",
    ),
    "review": About("Hoàn thành công việc", "Ai được xác nhận hoàn thành.", "Quy chế làm việc của UBND xã"),
}


def with_setting(settings: Settings, name: str, value: JsonObject) -> Settings:
    """Return the settings with the stored value of one of them; an unknown name changes nothing.

    Nothing is refused: another release may have stored the value, so what this one can read counts.
    """
    if name not in Settings.__struct_fields__:
        return settings
    return msgspec.structs.replace(
        settings, **{name: _convert_leniently(type(getattr(settings, name)), value)}
    )


def _convert_leniently(cls: type[Value], value: JsonObject) -> Value:
    """Return the value as a struct, with defaults for whatever has the wrong type."""
    try:
        return convert(value, cls)
    except msgspec.ValidationError:
        return cls(**_valid_fields(cls, value))


def _valid_fields(cls: type[Value], value: JsonObject) -> JsonObject:
    """Return the fields of the value that have the right type; of lists, their entries that do."""
    valid: JsonObject = {}
    for field in msgspec.structs.fields(cls):
        raw, kind = value.get(field.name), field.type
        if isinstance(raw, list) and get_args(kind):
            entries = [_convert_or_none(entry, get_args(kind)[0]) for entry in raw]
            valid[field.name] = tuple(entry for entry in entries if entry is not None)
        elif (converted := _convert_or_none(raw, kind)) is not None:
            valid[field.name] = converted
    return valid


def _convert_or_none(value: Any, kind: Any) -> Any:
    """Return the value as an object of a type, None if it is not one."""
    try:
        return convert(value, kind)
    except msgspec.ValidationError:
        return None
