"""The reports of a year: when each is due, and whether all its figures are there by then. Pure."""

from datetime import date

import msgspec

from cchc_flow.workflow.calendar import deadline, reporting_days, reporting_window
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.settings.values import Settings


class ReportDue(msgspec.Struct, frozen=True):
    """One report: its due day, the last day in time, and the `first` and `last` day of its figures."""

    period: str
    due: date
    deadline: date
    first: date
    last: date

    @property
    def is_too_early(self) -> bool:
        """Whether it is due before the last day of its figures has passed, so that some must be estimated."""
        return self.deadline <= self.last


class ReportSchedule(msgspec.Struct, frozen=True):
    """The reports that somebody owes in a year, in the order of their days; `who` names both ends."""

    who: str
    dues: tuple[ReportDue, ...]


def report_schedules(settings: Settings, year: int) -> tuple[ReportSchedule, ReportSchedule]:
    """Return what the units owe the commune in a year, and what the commune owes the province."""
    rules = settings.reporting
    return (
        _schedule(
            "Đơn vị báo cáo Phòng Văn hóa - Xã hội", settings, year, rules.monthly_day, rules.period_day
        ),
        _schedule(
            "UBND xã báo cáo Sở Nội vụ", settings, year, rules.commune_monthly_day, rules.commune_period_day
        ),
    )


def _schedule(who: str, settings: Settings, year: int, monthly_day: int, period_day: int) -> ReportSchedule:
    rules = settings.reporting
    days = reporting_days(year, monthly_day, period_day, rules.all_months, nine_months=rules.nine_months)
    return ReportSchedule(who, tuple(_report_due(period, day, settings) for period, day in days))


def _report_due(period: str, day: date, settings: Settings) -> ReportDue:
    first, last = reporting_window(parse(period), settings.reporting.window_from)
    return ReportDue(period, day, deadline(day, settings), first, last)
