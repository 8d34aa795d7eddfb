"""Finds the days that a text sets: the day to finish a task, and deadlines for reports, once or recurring."""

import calendar
import re
from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from cchc_flow.plan_import.extraction.wording import SENTENCE_END
from cchc_flow.plan_import.proposal import Area, Deadline, Statement, Task

DATE = r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d{2})"
SPELLED = r"(\d{1,2}) tháng (\d{1,2}) năm ((?:19|20)\d{2})"
HOUR = r"trước \d{1,2} ?(?:giờ|g|h)(?: ?\d{2}(?: phút)?)?"
BY = (
    rf"(trước hoặc trong|{HOUR}|trước"
    r"|chậm nhất(?: là| vào)?|muộn nhất(?: là| vào)?|đến hết|hết|đến|xong|hạn cuối(?: là)?)"
    r"(?: vào)?(?: ngày)?"
)
ONCE = tuple(re.compile(rf"\b{BY} {form}", re.IGNORECASE) for form in (DATE, SPELLED))
MONTHLY = re.compile(r"\bngày (\d{1,2})(?: của)? (?:hàng|hằng|mỗi|các) tháng", re.IGNORECASE)
PERIODIC = re.compile(
    r"\bngày (\d{1,2})(?: của)?"
    r"(?: các| mỗi| hằng| hàng| tháng cuối(?: của)?| tháng cuối(?: mỗi)?){0,3} (?:quý|kỳ|6 tháng)",
    re.IGNORECASE,
)
QUARTER = re.compile(
    r"\b(trong|trước|hết|cuối|hoàn thành|xong)( hết| cuối)? quý (IV|I{1,3}|[1-4])"
    r"[/ ](?:năm )?((?:19|20)\d{2})",
    re.IGNORECASE,
)
MONTH = re.compile(
    r"\b(?:trong|hết|cuối|hoàn thành|xong)(?: hết| cuối| trong)? tháng (\d{1,2})"
    r"[/ ](?:năm )?((?:19|20)\d{2})",
    re.IGNORECASE,
)
QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
TO = re.compile(
    r"(?:gửi về|qua|gửi|về|báo cáo|tham mưu|cho) ((?:UBND|Ủy ban|Phòng|Sở|Văn phòng|Trung tâm|Chủ tịch)"
    r"[^,;.()]{0,60}?)(?=\s*(?:[,;.()]|$|chậm nhất|trước|để|kết quả|định kỳ|ban hành|triển khai|về))"
)
SENT_TO = re.compile(r"(?:gửi về|qua|gửi|cho) $")


class NamedDay(msgspec.Struct, frozen=True):
    """The day that a text names for its work, as an ISO date; `is_before` if the words are «trước ngày»."""

    iso: str
    is_before: bool = False


def find_day(text: str) -> NamedDay | None:
    """Return the day that a text sets for its work: a date, or the last day of a quarter or month.

    None if it sets none; the date of a decree or decision does not count.
    """
    if (dated := find_dated_day(text)) is not None:
        return dated
    day = None
    if match := QUARTER.search(text):
        is_before = match[1].lower() == "trước" and not match[2]
        day = end_of_quarter(match[4], match[3], is_before=is_before)
    elif match := MONTH.search(text):
        day = end_of_month(match[2], int(match[1]))
    return NamedDay(day) if day else None


def find_due_day(text: str) -> str | None:
    """Return the day that a text sets for its work as an ISO date, or None."""
    day = find_day(text)
    return day.iso if day else None


def apply_exclusive_before(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """Return the areas, where each task with the words «trước ngày» is due on the day before."""
    return tuple(
        replace(area, tasks=tuple(_exclude_named_day(task) for task in area.tasks)) for area in areas
    )


def _exclude_named_day(task: Task) -> Task:
    """Return the task and its subtasks, due one day earlier where the text says «trước ngày»."""
    due = task.due
    if task.before:
        due = (date.fromisoformat(task.before) - timedelta(days=1)).isoformat()
    return replace(task, due=due, children=tuple(_exclude_named_day(child) for child in task.children))


def find_deadlines(who: str, assignment: Statement) -> list[Deadline]:
    """Return the deadlines that an assignment sets for the unit `who`, each with its sentence."""
    deadlines = []
    for sentence in split_sentences(assignment.text):
        monthly, periodic = MONTHLY.search(sentence), PERIODIC.search(sentence)
        if monthly or periodic:
            days = (day_of_month(monthly), day_of_month(periodic))
            deadlines.append(recurring_deadline(who, assignment, sentence, days))
        elif (day := find_dated_day(sentence)) is not None:
            recipient = find_recipient(sentence)
            deadlines.append(Deadline("once", who, recipient, day.iso, None, None, sentence, assignment.ref))
    return deadlines


def recurring_deadline(
    who: str, assignment: Statement, sentence: str, days: tuple[int | None, int | None]
) -> Deadline:
    """Return a recurring deadline; `days` are its day of each month and its day after each period."""
    return Deadline(
        kind="recurring",
        who=who,
        to=find_recipient(sentence),
        date=None,
        monthly_day=days[0],
        period_day=days[1],
        text=sentence,
        ref=assignment.ref,
    )


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text; a semicolon ends none, because a deadline may follow it."""
    edges = [match.end() for match in SENTENCE_END.finditer(text) if match[0] == "."]
    starts = [0, *edges]
    return [
        part
        for start, end in zip(starts, [*edges, len(text)], strict=True)
        if (part := text[start:end].strip())
    ]


def find_dated_day(text: str) -> NamedDay | None:
    """Return the day that a text sets by a full date, or None; an impossible date (31/02) counts as none."""
    match = next((match for pattern in ONCE if (match := pattern.search(text))), None)
    day = iso_day(match[4], match[3], match[2]) if match else None
    return NamedDay(day, match[1].lower() == "trước") if match and day else None


def find_recipient(sentence: str) -> str | None:
    """Return who receives a report: the office it is sent to ("gửi về …"), else the one reported to."""
    recipients = list(TO.finditer(sentence))
    sent_to = [match for match in recipients if SENT_TO.search(sentence[: match.start(1)])]
    candidates = sent_to or recipients
    return candidates[0][1].strip() if candidates else None


def day_of_month(match: re.Match[str] | None) -> int | None:
    """Return the day of the month that was matched; None for no match, or a day above 31."""
    day = int(match[1]) if match else 0
    return day if 1 <= day <= 31 else None


def iso_day(year: str, month: str, day: str) -> str | None:
    """Return a date as an ISO day, or None if there is no such day."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def end_of_quarter(year: str, number: str, *, is_before: bool) -> str | None:
    """Return the last day of a quarter; for «trước quý» (`is_before`) the day before the quarter begins."""
    last_month = 3 * (QUARTERS.get(number.lower()) or int(number))
    return day_before_month(year, last_month - 2) if is_before else end_of_month(year, last_month)


def day_before_month(year: str, month: int) -> str | None:
    """Return the day before a month begins; None for a month outside 1 to 12."""
    return (date(int(year), month, 1) - timedelta(days=1)).isoformat() if 1 <= month <= 12 else None


def end_of_month(year: str, month: int) -> str | None:
    """Return the last day of a month as an ISO day; None for a month outside 1 to 12."""
    if not 1 <= month <= 12:
        return None
    return date(int(year), month, calendar.monthrange(int(year), month)[1]).isoformat()
