"""Commands that show something: items, the calendar, the areas, the catalogue of events."""

import json
from datetime import date

import click

from cchc_flow import plugins
from cchc_flow.cli.context import Context, pass_context
from cchc_flow.eventlog.catalogue import as_text
from cchc_flow.projections import board, directory, settings, workflows
from cchc_flow.projections.board import Card, badge_of
from cchc_flow.workflow.calendar import day_words, local_day, public_holidays, reporting_days

UNITS_REPORT = (15, 10)
COMMUNE_REPORTS = (25, 20)
"""Day of the month, day of a period's last month (DOMAIN §3)."""


@click.command()
@click.option("--json", "wants_json", is_flag=True, help="In một mảng JSON.")
@pass_context
def items(context: Context, wants_json: bool) -> None:
    """Liệt kê mọi công việc với trạng thái, đơn vị chủ trì và hạn."""
    ws = context.open()
    db = ws.read()
    cards = board.all_cards(db)
    if wants_json:
        rows = [{name: getattr(card, name) for name in Card.__struct_fields__} for card in cards]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    names, today = directory.names(db), local_day(context.now())
    soon = settings.in_force(db).deadlines.soon
    titles = workflows.titles(db)
    for card in cards:
        state, due = titles[card.kind, card.state], badge_of(card, today, soon).words
        where = f"{card.ref or card.id:<12} {state:<15} {due:<18}"
        click.echo(f"{where} {names.get(card.lead or '', 'chưa giao đơn vị')} | {card.title}")


@click.command()
@click.option("--year", type=click.IntRange(2000, 2100), help="Năm; bỏ trống: năm nay.")
@click.option("--json", "wants_json", is_flag=True, help="In một đối tượng JSON.")
@pass_context
def calendar(context: Context, year: int | None, wants_json: bool) -> None:
    """In ngày nghỉ và các ngày đến hạn báo cáo của một năm."""
    year = year or local_day(context.now()).year
    holidays = {day.isoformat(): name for day, name in sorted(public_holidays(year).items())}
    streams = {
        "Đơn vị báo cáo Phòng Văn hóa - Xã hội": reporting_days(year, *UNITS_REPORT),
        "UBND xã báo cáo Sở Nội vụ": reporting_days(year, *COMMUNE_REPORTS),
    }
    if wants_json:
        reports = {who: {period: day.isoformat() for period, day in days} for who, days in streams.items()}
        click.echo(json.dumps({"holidays": holidays, "reports": reports}, ensure_ascii=False, indent=1))
        return
    click.echo(f"Ngày nghỉ năm {year}:")
    for holiday, name in holidays.items():
        click.echo(f"  {day_words(date.fromisoformat(holiday))}  {name}")
    for who, days in streams.items():
        click.echo(f"{who}:")
        for period, day in days:
            click.echo(f"  {period:<8} {day_words(day)}")


@click.command()
def areas() -> None:
    """Liệt kê các lĩnh vực cải cách mà chương trình biết."""
    for area in plugins.areas(plugins.manager()):
        click.echo(f"{area.label:<5} {area.title}  ({area.key})")


@click.command()
def events() -> None:
    """In danh mục mọi loại sự kiện đã phát hành."""
    click.echo(as_text())


COMMANDS = (items, calendar, areas, events)
