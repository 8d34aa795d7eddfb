"""The calendar of a month: what is due on each day, the reports, and the days off or worked instead."""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec
from flask import Blueprint, g, render_template, request, url_for
from sqlite_utils import Database

from cchc_flow.errors import BadInput
from cchc_flow.projections import plans, settings
from cchc_flow.projections.cards.days import DueDay, items_by_day
from cchc_flow.web.board import cards
from cchc_flow.web.board.cards import CardContext, CardView
from cchc_flow.web.board.count_labels import kind_noun
from cchc_flow.web.board.query import ALL_PLANS, BoardQuery, parse_board_query, scope_parameters
from cchc_flow.web.board.views import filter_choices
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import due_words, is_working_day, local_day, own_days
from cchc_flow.workflow.plan_deadlines import single_dues
from cchc_flow.workflow.reporting import report_schedules
from cchc_flow.workflow.settings.values import Settings
from cchc_flow.workflow.state_calendar import is_expected, state_days

bp = Blueprint("month", __name__)
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
NO_ITEMS = DueDay(0, ())


class ReportLine(msgspec.Struct, frozen=True):
    """A report that is due: whose, of which period, with the due day in words; `way` is its page."""

    words: str
    way: str


class DayCell(msgspec.Struct, frozen=True):
    """One day of the calendar: whether it is off and why, the reports that are due, and the first items."""

    day: date
    is_off: bool
    notes: tuple[str, ...]
    reports: tuple[ReportLine, ...]
    cards: tuple[CardView, ...]
    total: int


@bp.get("/<workspace>/calendar")
def show() -> str:
    """Show the month that the URL asks for, else the present one, with the items that match its filters."""
    parameters = request.args if request.args.get("plan") else {**request.args, "plan": ALL_PLANS}
    query = parse_board_query(parameters, g.person, g.ws)
    first = _parse_month(request.args.get("month", ""), query.today)
    return render_template(
        "month/show.html",
        query=query,
        first=first,
        weekdays=WEEKDAYS,
        weeks=_weeks(g.db, query, first),
        before=_month_name(first - timedelta(days=1)),
        after=_month_name(first + timedelta(days=31)),
        noun=kind_noun(query.filters.kind),
        scope=scope_parameters(parameters),
        url_args=request.args,
        present=local_day(g.ws.now()),
        **filter_choices(g.db, query),
    )


def _parse_month(words: str, today: date) -> date:
    """Return the first day of a month such as 2026-12, of today's month for ""; raise BadInput for others."""
    if not words:
        return today.replace(day=1)
    if not (month := MONTH.fullmatch(words)):
        raise BadInput(f"«{words[:20]}» không phải là một tháng.", "Hãy viết năm và tháng như 2026-12.")
    return date(int(month[1]), int(month[2]), 1)


def _month_name(day: date) -> str:
    """Return the month of a day as it stands in an address, "" for one that an address cannot name."""
    words = f"{day:%Y-%m}"
    return words if MONTH.fullmatch(words) else ""


def _weeks(db: Database, query: BoardQuery, first: date) -> list[list[DayCell]]:
    """Return the weeks of a month, from Monday to Sunday, whole at both ends."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    begin, end = weeks[0][0], weeks[-1][-1]
    rules = settings.effective_settings(db, query.at)
    items = items_by_day(db, query.filters, query.today, begin, end, at=query.at)
    context = cards.load_card_context(db, g.ws.plugins, query.today, query.at)
    notes = {year: _notes(rules, year) for year in {begin.year, end.year}}
    reports = _reports(db, rules, {begin.year, end.year})
    return [
        [
            _cell(day, rules, notes[day.year], reports.get(day, ()), items.get(day, NO_ITEMS), context)
            for day in week
        ]
        for week in weeks
    ]


def _cell(
    day: date,
    rules: Settings,
    notes: Mapping[date, str],
    reports: tuple[ReportLine, ...],
    items: DueDay,
    context: CardContext,
) -> DayCell:
    """Return one day as it is shown."""
    return DayCell(
        day=day,
        is_off=not is_working_day(day, rules.working_days()),
        notes=(notes[day],) if day in notes else (),
        reports=reports,
        cards=tuple(cards.card_view(card, context) for card in items.cards),
        total=items.total,
    )


def _notes(rules: Settings, year: int) -> dict[date, str]:
    """Return what is said of the irregular days of a year: the commune's word stands before the state's."""
    own = {each.day: each for each in own_days(year, rules)}
    irregular: dict[date, Any] = {**state_days(year), **own}
    return {
        day: f"{'Làm việc' if each.working else 'Nghỉ'}: {each.name.removeprefix('Nghỉ ')}"
        + (" (dự kiến)" if day not in own and is_expected(day) else "")
        for day, each in irregular.items()
    }


def _reports(db: Database, rules: Settings, years: set[int]) -> dict[date, tuple[ReportLine, ...]]:
    """Return the reports of some years by the last day on which they are in time, and what plans ask once."""
    found: dict[date, tuple[ReportLine, ...]] = {}
    for year in years:
        own, upward = report_schedules(rules, year)
        plan = plans.plan_of_year(db, year)
        of_the_year = url_for("reports.show", plan=plan.id if plan else None)
        for who, schedule in (("Đơn vị nộp báo cáo", own), ("Xã nộp báo cáo lên trên", upward)):
            for report in schedule.dues:
                words = f"{who} {periods.parse(report.period).words()}"
                if report.due != report.deadline:
                    words = f"{words}, hạn {due_words(report.due, report.deadline)}"
                way = _list_of(report.period) if schedule is own else of_the_year
                line = ReportLine(words, way)
                found[report.deadline] = (*found.get(report.deadline, ()), line)
    for day, line in _single_days(db, rules):
        found[day] = (*found.get(day, ()), line)
    return found


def _list_of(period: str) -> str:
    """Return the address of the units' reports on a period."""
    return url_for("listing.index", kind="report", period=period, plan=ALL_PLANS, figure="all")


def _single_days(db: Database, rules: Settings) -> Iterator[tuple[date, ReportLine]]:
    """Yield what the plans ask for once, with the last day on which it is in time."""
    for plan in plans.plans(db):
        way = url_for("plans.show", plan=plan.id, _anchor="deadlines-title")
        exclusive = rules.deadlines.before_is_exclusive
        for due in single_dues(plans.deadlines(db, plan.id), exclusive=exclusive):
            to = f" gửi {due.to}" if due.to else ""
            yield due.due, ReportLine(f"{due.who or 'Đơn vị'}{to}, một lần theo kế hoạch", way)


show.section = "board"  # type: ignore[attr-defined]
