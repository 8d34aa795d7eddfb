"""The traps in the report days of a year, each as a sentence. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from cchc_flow.workflow.calendar import is_working_day, undecided_sentence
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.reporting import ReportDue, ReportSchedule
from cchc_flow.workflow.settings.values import Settings

WINDOW_BY_DECREE = 15
"""The day on which the figures of a period begin (Nghị định 09/2019/NĐ-CP, Điều 12)."""
DAYS_TO_MERGE = 3
"""Fewer working days than these between the units' day and the commune's are too few to merge reports in."""


def report_warnings(
    schedules: tuple[ReportSchedule, ReportSchedule], settings: Settings, year: int
) -> list[str]:
    """Return a sentence for each trap in the report days of a year; `schedules` as `report_schedules`."""
    sentences = [undecided_sentence(year), _window_words(settings)]
    for schedule in schedules:
        sentences += _schedule_warnings(schedule, settings)
    return [*filter(None, [*sentences, _merging_words(schedules, settings)])]


def _schedule_warnings(schedule: ReportSchedule, settings: Settings) -> Iterator[str]:
    """Yield what is to be minded about one series of reports."""

    def is_off(due: ReportDue) -> bool:
        return not is_working_day(due.due, settings.working_days())

    def leaves_no_working_day(due: ReportDue) -> bool:
        return not due.is_too_early and not _working_days(due.last, due.deadline, settings)

    sorts: tuple[tuple[Callable[[ReportDue], bool], str], ...] = (
        (
            lambda due: due.is_too_early,
            "hạn đến trước khi hết kỳ số liệu ({}); số liệu là ước thực hiện.",
        ),
        (
            leaves_no_working_day,
            "từ khi hết kỳ số liệu đến hạn không có ngày làm việc nào ({}); Nghị định 09/2019/NĐ-CP để ít"
            " nhất một ngày.",
        ),
        (
            lambda due: due.deadline != due.due,
            "hạn rơi vào ngày nghỉ, chuyển sang ngày làm việc tiếp theo ({}).",
        ),
        (
            lambda due: due.deadline == due.due and is_off(due),
            "hạn rơi vào ngày nghỉ ({}) và theo thiết lập không chuyển; cần nộp trước ngày nghỉ.",
        ),
    )
    for is_meant, words in sorts:
        if meant := [due for due in schedule.dues if is_meant(due)]:
            yield f"{schedule.who}: {words.format(_names(meant))}"


def _window_words(settings: Settings) -> str:
    """Return the sentence that the figures begin on a day of the commune's own; "" if they do as decreed."""
    begin = settings.reporting.window_from
    if begin == WINDOW_BY_DECREE:
        return ""
    return (
        f"Kỳ số liệu tính từ ngày {begin} theo thiết lập của xã, không phải ngày {WINDOW_BY_DECREE} như Nghị"
        " định 09/2019/NĐ-CP, Điều 12: khi đối chiếu với số liệu của tỉnh cần nói rõ."
    )


def _merging_words(schedules: tuple[ReportSchedule, ReportSchedule], settings: Settings) -> str:
    """Return the sentence that some periods leave too few working days to merge the units' reports."""
    own, upward = schedules
    deadlines = {due.period: due.deadline for due in own.dues}
    short = [
        due
        for due in upward.dues
        if due.period in deadlines
        and _working_days(deadlines[due.period], due.deadline, settings) < DAYS_TO_MERGE
    ]
    if not short:
        return ""
    return (
        f"Từ hạn của đơn vị đến hạn của xã còn ít hơn {DAYS_TO_MERGE} ngày làm việc ({_names(short)}):"
        " không đủ để tổng hợp và trình ký."
    )


def _working_days(after: date, until: date, settings: Settings) -> int:
    """Return how many working days come after a day, up to another and with it."""
    changes = settings.working_days()
    days = (after + timedelta(days=ahead) for ahead in range(1, (until - after).days + 1))
    return sum(is_working_day(day, changes) for day in days)


def _names(dues: Sequence[ReportDue]) -> str:
    return ", ".join(parse(due.period).words() for due in dues)
