"""The reports of a year: which are due when, and whether their figures are whole by then. Pure."""

from collections.abc import Sequence
from datetime import date

import msgspec

from cchc_flow.workflow.calendar import deadline, reporting_days, reporting_window
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.settings.values import Settings


class ReportDue(msgspec.Struct, frozen=True):
    """One report: the day it is due, the last day in time, and the days whose figures it gives."""

    period: str
    due: date
    deadline: date
    first: date
    last: date

    @property
    def is_too_early(self) -> bool:
        """Tell whether it is due before all its figures are there: those that are missing are estimates."""
        return self.deadline <= self.last


class ReportSchedule(msgspec.Struct, frozen=True):
    """The reports of a year that go one way, in the order of their days."""

    who: str
    dues: tuple[ReportDue, ...]


def report_schedules(settings: Settings, year: int) -> tuple[ReportSchedule, ReportSchedule]:
    """Return the reports of the units to the commune, and those of the commune to the province."""
    rules = settings.reporting
    return (
        _stream("Đơn vị báo cáo Phòng Văn hóa - Xã hội", settings, year, rules.monthly_day, rules.period_day),
        _stream(
            "UBND xã báo cáo Sở Nội vụ", settings, year, rules.commune_monthly_day, rules.commune_period_day
        ),
    )


def estimate_warnings(found: Sequence[ReportSchedule]) -> list[str]:
    """Return a sentence for each stream that has reports whose figures are not whole when they are due."""
    sentences = []
    for stream in found:
        early = [one for one in stream.dues if one.is_too_early]
        if early:
            names = ", ".join(parse(one.period).words() for one in early)
            sentences.append(
                f"{stream.who}: hạn đến trước khi hết kỳ số liệu ({names}); số liệu là ước thực hiện."
            )
    return sentences


def _stream(who: str, settings: Settings, year: int, monthly_day: int, period_day: int) -> ReportSchedule:
    rules = settings.reporting
    days = reporting_days(year, monthly_day, period_day, rules.all_months)
    return ReportSchedule(who, tuple(_due(period, day, settings) for period, day in days))


def _due(period: str, day: date, settings: Settings) -> ReportDue:
    first, last = reporting_window(parse(period), settings.reporting.window_from)
    return ReportDue(period, day, deadline(day, settings), first, last)
