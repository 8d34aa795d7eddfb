"""The command that prints a year's calendar: days off, the commune's own days, and due days of reports."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click
from sqlite_utils import Database

from cchc_flow.cli.context import Context, pass_context
from cchc_flow.projections import plans, settings
from cchc_flow.workflow.calendar import (
    calendar_days,
    day_words,
    is_working_day,
    local_day,
    own_days,
)
from cchc_flow.workflow.events import Deadline
from cchc_flow.workflow.plan_deadlines import differences, single_dues
from cchc_flow.workflow.report_warnings import report_warnings
from cchc_flow.workflow.reporting import ReportDue, ReportSchedule, report_schedules
from cchc_flow.workflow.settings.values import FIRST_SETTINGS, Settings

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@click.command()
@click.option("--year", type=click.IntRange(2000, 2100), help="Năm; bỏ trống: năm nay.")
@click.option("--json", "wants_json", is_flag=True, help="In một đối tượng JSON.")
@pass_context
def calendar(context: Context, year: int | None, wants_json: bool) -> None:
    """In ngày nghỉ và các ngày đến hạn báo cáo của một năm, theo thiết lập của không gian làm việc."""
    year = year or local_day(context.now()).year
    ws = context.open_if_exists()
    rules = settings.effective_settings(ws.read()) if ws else FIRST_SETTINGS
    stated = _stated_deadlines(ws.read(), year) if ws else []
    if wants_json:
        data = _calendar_data(rules, year) | _stated_data(stated, rules)
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    click.echo(f"Theo thiết lập của «{ws.name}»." if ws else "Chưa có không gian làm việc: theo mặc định.")
    for line in (*_calendar_lines(rules, year), *_stated_lines(stated, rules)):
        click.echo(line)


def _stated_deadlines(db: Database, year: int) -> list[Deadline]:
    """Return what the plan of a year states of its reports; nothing without a plan."""
    plan = plans.plan_of_year(db, year)
    return plans.deadlines(db, plan.id) if plan else []


def _calendar_data(rules: Settings, year: int) -> dict[str, Any]:
    """Return the calendar of a year as JSON data, with days in ISO form."""
    report_streams, days = report_schedules(rules, year), calendar_days(year, rules)
    return {
        "holidays": {day.day.isoformat(): day.name for day in days if not day.working},
        "worked": {day.day.isoformat(): day.name for day in days if day.working},
        "sources": {day.day.isoformat(): day.source for day in days},
        "expected": [day.day.isoformat() for day in days if day.is_expected],
        "reports": {
            stream.who: {due.period: due.due.isoformat() for due in stream.dues} for stream in report_streams
        },
        "changes": [
            {"day": day.day.isoformat(), "working": day.working, "name": day.name}
            for day in own_days(year, rules)
        ],
        "rolls": rules.deadlines.roll,
        "deadlines": {
            stream.who: {due.period: due.deadline.isoformat() for due in stream.dues}
            for stream in report_streams
        },
        "windows": {
            due.period: {"from": due.first.isoformat(), "to": due.last.isoformat()}
            for stream in report_streams
            for due in stream.dues
        },
        "too_early": {
            stream.who: [due.period for due in stream.dues if due.is_too_early] for stream in report_streams
        },
        "warnings": report_warnings(report_streams, rules, year),
    }


def _calendar_lines(rules: Settings, year: int) -> Iterator[str]:
    """Yield the lines of a year's calendar as the terminal shows it."""
    yield f"Ngày nghỉ, ngày làm bù năm {year}:"
    for each in calendar_days(year, rules):
        work = "làm việc: " if each.working else ""
        remarks = filter(None, ["dự kiến" if each.is_expected else "", each.instead])
        yield f"  {day_words(each.day)}  {work}{each.name}{''.join(f'  ({remark})' for remark in remarks)}"
    if changes := own_days(year, rules):
        yield "Ngày xã khai báo khác với lịch chung:"
        yield from (
            f"  {day_words(day.day)}  {'làm việc' if day.working else 'nghỉ'}: {day.name}" for day in changes
        )
    if rules.deadlines.roll:
        yield "Hạn rơi vào ngày nghỉ chuyển sang ngày làm việc tiếp theo (→)."
    report_streams = report_schedules(rules, year)
    for stream in report_streams:
        yield from _stream_lines(stream, rules)
    yield from (f"Lưu ý: {sentence}" for sentence in report_warnings(report_streams, rules, year))


def _stream_lines(stream: ReportSchedule, rules: Settings) -> Iterator[str]:
    """Yield a heading and a line for each due day of one series of reports."""
    yield f"{stream.who}:"
    for due in stream.dues:
        yield f"  {due.period:<8} {day_words(due.due)}{_remark(due, rules)}"


def _remark(due: ReportDue, rules: Settings) -> str:
    """Return remarks on a due day: that it is a day off, where it moves to, that figures are estimates."""
    is_day_off = not is_working_day(due.due, rules.working_days())
    words = [f"{_weekday(due.due)}, ngày nghỉ"] if is_day_off else []
    if due.deadline != due.due:
        words.append(f"→ {day_words(due.deadline)} ({_weekday(due.deadline)})")
    if due.is_too_early:
        words.append(f"kỳ số liệu đến {day_words(due.last)}: số liệu ước thực hiện")
    return "".join(f"  {remark}" for remark in words)


def _weekday(day: date) -> str:
    """Return the Vietnamese name of a weekday."""
    return WEEKDAYS[day.weekday()]


def _stated_data(stated: Sequence[Deadline], rules: Settings) -> dict[str, Any]:
    """Return what the plan asks for once, and where its report days differ from the setting."""
    dues = single_dues(stated, exclusive=rules.deadlines.before_is_exclusive)
    return {
        "once": [
            {"day": due.due.isoformat(), "who": due.who, "to": due.to, "text": due.text} for due in dues
        ],
        "differences": [difference.words() for difference in differences(stated, rules)],
    }


def _stated_lines(stated: Sequence[Deadline], rules: Settings) -> Iterator[str]:
    """Yield the same as the terminal shows it."""
    if dues := single_dues(stated, exclusive=rules.deadlines.before_is_exclusive):
        yield "Theo kế hoạch, một lần:"
        yield from (
            f"  {day_words(due.due)}  {' gửi '.join(filter(None, (due.who, due.to)))}" for due in dues
        )
    yield from (f"Khác với kế hoạch: {difference.words()}" for difference in differences(stated, rules))


COMMANDS = (calendar,)
