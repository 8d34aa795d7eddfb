"""What a plan says of the days of its reports, and where the setting says something else. Pure.

A plan states the same day in many places: for everybody, and again for single units. All of them count.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from cchc_flow.workflow.events import Deadline
from cchc_flow.workflow.settings.values import Reporting, Settings

OWN = re.compile(
    r"(?:Phòng|Văn phòng|UBND (?:xã|phường|đặc khu)|Ủy ban nhân dân (?:xã|phường))\b", re.IGNORECASE
)
UPWARD = re.compile(r"Sở Nội vụ\b", re.IGNORECASE)
"""Who receives the reports of the units, and that of the commune: others are reported to on other matters."""
TITLES = {
    "monthly_day": "Đơn vị báo cáo tháng",
    "period_day": "Đơn vị báo cáo quý, 6 tháng, năm",
    "commune_monthly_day": "Xã báo cáo tháng",
    "commune_period_day": "Xã báo cáo quý, 6 tháng, năm",
}
"""The days of the setting «reporting» that a plan may state, in words."""


class Difference(msgspec.Struct, frozen=True):
    """A day of the setting for which the plan has another one: with several `stated` it contradicts itself.

    `texts` are its sentences, in the order of the document.
    """

    field: str
    present: int
    stated: tuple[int, ...]
    texts: tuple[str, ...]

    @property
    def is_clear(self) -> bool:
        """Whether the plan states one day only, so that it can be taken over."""
        return len(self.stated) == 1

    def words(self) -> str:
        """Return what differs as a sentence."""
        title, present = TITLES[self.field], f"thiết lập đang là ngày {self.present}"
        if self.is_clear:
            return f"{title}: kế hoạch ghi ngày {self.stated[0]}, {present}."
        days = ", ".join(map(str, self.stated))
        return f"{title}: kế hoạch ghi nhiều ngày khác nhau ({days}), {present}."


class SingleDue(msgspec.Struct, frozen=True):
    """Something that the plan asks for once, by the end of `due`: from whom, to whom, in its own words."""

    due: date
    who: str | None
    to: str | None
    text: str


def differences(deadlines: Sequence[Deadline], settings: Settings) -> tuple[Difference, ...]:
    """Return where a plan's statements of report days differ from the setting; none where it states none."""
    exclusive = settings.deadlines.before_is_exclusive
    found = []
    for field in TITLES:
        present = getattr(settings.reporting, field)
        stated = [
            (day, deadline.text) for deadline in deadlines if (day := _stated_day(deadline, field, exclusive))
        ]
        days = tuple(sorted({day for day, _ in stated}))
        if days and days != (present,):
            found.append(Difference(field, present, days, tuple(dict.fromkeys(text for _, text in stated))))
    return tuple(found)


def with_stated_days(deadlines: Sequence[Deadline], settings: Settings) -> Reporting:
    """Return the setting with the days that the plan states; where it contradicts itself, its day stays."""
    clear = {each.field: each.stated[0] for each in differences(deadlines, settings) if each.is_clear}
    return replace(settings.reporting, **clear)


def single_dues(deadlines: Iterable[Deadline], *, exclusive: bool) -> tuple[SingleDue, ...]:
    """Return what a plan asks for once, the earliest first; `exclusive` as for the due days of tasks."""
    dues = (
        SingleDue(
            _last_day(deadline, date.fromisoformat(deadline.date), exclusive),
            deadline.who,
            deadline.to,
            deadline.text,
        )
        for deadline in deadlines
        if deadline.date
    )
    return tuple(sorted(dues, key=lambda due: due.due))


def _stated_day(deadline: Deadline, field: str, exclusive: bool) -> int | None:
    """Return the day that a statement has for a field of the setting, None if it is about another."""
    recipient = UPWARD if field.startswith("commune_") else OWN
    if not recipient.match(deadline.to or ""):
        return None
    day = deadline.monthly_day if field.endswith("monthly_day") else deadline.period_day
    is_before = exclusive and re.search(rf"\btrước ngày 0?{day}\b", deadline.text, re.IGNORECASE)
    return day - 1 if day and day > 1 and is_before else day


def _last_day(deadline: Deadline, day: date, exclusive: bool) -> date:
    """Return the last day in time of a statement with a date: the day before, if its words exclude it."""
    named = rf"\btrước(?: ngày)? 0?{day.day}(?:\s?[/.-]\s?| tháng )0?{day.month}\b"
    is_before = exclusive and re.search(named, deadline.text, re.IGNORECASE)
    return day - timedelta(days=1) if is_before else day
