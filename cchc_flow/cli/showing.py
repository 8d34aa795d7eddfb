"""Commands that show something: items, the areas, the catalogue of events."""

import json

import click

from cchc_flow import plugins
from cchc_flow.cli.context import Context, pass_context
from cchc_flow.eventlog.catalogue import as_text
from cchc_flow.projections import board, directory, settings, workflows
from cchc_flow.projections.board import Card, badge_of
from cchc_flow.workflow.calendar import local_day


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
def areas() -> None:
    """Liệt kê các lĩnh vực cải cách mà chương trình biết."""
    for area in plugins.areas(plugins.manager()):
        click.echo(f"{area.label:<5} {area.title}  ({area.key})")


@click.command()
def events() -> None:
    """In danh mục mọi loại sự kiện đã phát hành."""
    click.echo(as_text())


COMMANDS = (items, areas, events)
