"""The days that a text sets: to report once, each month and each period; or to finish a task."""

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
    """The ISO day that a text names for its work; `is_before` when the words are «trước ngày»."""

    day: str
    is_before: bool = False


def find_day(text: str) -> NamedDay | None:
    """The day that a text names for its work, or None; days of decrees and decisions do not count."""
    if (once := find_dated_day(text)) is not None:
        return once
    day = None
    if found := QUARTER.search(text):
        is_before = found[1].lower() == "trước" and not found[2]
        day = end_of_quarter(found[4], found[3], is_before=is_before)
    elif found := MONTH.search(text):
        day = end_of_month(found[2], int(found[1]))
    return NamedDay(day) if day else None


def find_due_day(text: str) -> str | None:
    """The ISO day that a text names for its work, or None."""
    named = find_day(text)
    return named.day if named else None


def apply_exclusive_before(areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """The areas with tasks due on the day before, where the words are «trước ngày»."""
    return tuple(
        replace(area, tasks=tuple(_exclude_named_day(task) for task in area.tasks)) for area in areas
    )


def _exclude_named_day(task: Task) -> Task:
    due = task.due
    if task.before:
        due = (date.fromisoformat(task.before) - timedelta(days=1)).isoformat()
    return replace(task, due=due, children=tuple(_exclude_named_day(child) for child in task.children))


def find_deadlines(who: str, assignment: Statement) -> list[Deadline]:
    """The deadlines that an assignment states, each with its sentence."""
    found = []
    for sentence in split_sentences(assignment.text):
        monthly, periodic = MONTHLY.search(sentence), PERIODIC.search(sentence)
        if monthly or periodic:
            days = (day_of_month(monthly), day_of_month(periodic))
            found.append(recurring_deadline(who, assignment, sentence, days))
        elif (once := find_dated_day(sentence)) is not None:
            found.append(
                Deadline(
                    "once", who, find_recipient(sentence), once.day, None, None, sentence, assignment.ref
                )
            )
    return found


def recurring_deadline(
    who: str, assignment: Statement, sentence: str, days: tuple[int | None, int | None]
) -> Deadline:
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
    """The sentences of a text; a semicolon does not end one, for a deadline may follow it."""
    edges = [found.end() for found in SENTENCE_END.finditer(text) if found[0] == "."]
    starts = [0, *edges]
    return [
        part
        for start, end in zip(starts, [*edges, len(text)], strict=True)
        if (part := text[start:end].strip())
    ]


def find_dated_day(text: str) -> NamedDay | None:
    """The day that a text names by its date, and in which words; None also for a day that no month has."""
    found = next((match for form in ONCE if (match := form.search(text))), None)
    day = iso_day(found[4], found[3], found[2]) if found else None
    return NamedDay(day, found[1].lower() == "trước") if found and day else None


def find_recipient(sentence: str) -> str | None:
    """Who receives it: the office it is sent to ("gửi về …", "qua …"), else whom it is reported to."""
    found = list(TO.finditer(sentence))
    sent = [match for match in found if SENT_TO.search(sentence[: match.start(1)])]
    chosen = sent or found
    return chosen[0][1].strip() if chosen else None


def day_of_month(found: re.Match[str] | None) -> int | None:
    day = int(found[1]) if found else 0
    return day if 1 <= day <= 31 else None


def iso_day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def end_of_quarter(year: str, number: str, *, is_before: bool) -> str | None:
    """The last day of a quarter, or of the one before it where the words are «trước quý»."""
    last = 3 * (QUARTERS.get(number.lower()) or int(number))
    return day_before_month(year, last - 2) if is_before else end_of_month(year, last)


def day_before_month(year: str, month: int) -> str | None:
    """The day before a month begins; None for a month that there is not."""
    return (date(int(year), month, 1) - timedelta(days=1)).isoformat() if 1 <= month <= 12 else None


def end_of_month(year: str, month: int) -> str | None:
    if not 1 <= month <= 12:
        return None
    return date(int(year), month, calendar.monthrange(int(year), month)[1]).isoformat()
