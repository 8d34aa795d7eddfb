"""Commands that list something: items, areas, the catalogue of events."""

import json

import click
from sqlite_utils.utils import sqlite3

from cchc_flow import commands, workspace
from cchc_flow.audit.words import plugin_origin
from cchc_flow.cli.context import Context, pass_context, say
from cchc_flow.errors import CchcError
from cchc_flow.eventlog.catalogue import catalogue_as_markdown
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.contributions import values_of
from cchc_flow.projections import directory, rules, settings, workflows
from cchc_flow.projections.cards import queries
from cchc_flow.projections.cards.queries import Card, full_badge
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workspace import Workspace


@click.command()
@click.option("--json", "wants_json", is_flag=True, help="In một mảng JSON.")
@pass_context
def items(context: Context, wants_json: bool) -> None:
    """Liệt kê mọi công việc với trạng thái, đơn vị chủ trì và hạn; với --as, những việc người đó được xem."""
    ws = context.open()
    db = ws.read()
    cards = queries.readable_cards(db, queries.all_cards(db), context.reader(ws))
    if wants_json:
        rows = [{name: getattr(card, name) for name in Card.__struct_fields__} for card in cards]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    names, today = directory.names(db), local_day(context.now())
    soon = settings.effective_settings(db).deadlines.soon
    titles = workflows.state_titles(db)
    for card in cards:
        state, due = titles[card.kind, card.state], full_badge(card, today, soon).words
        where = f"{card.ref or card.id:<12} {state:<15} {due:<18}"
        click.echo(f"{where} {names.get(card.lead or '', 'chưa giao đơn vị')} | {card.title}")


@click.command()
@pass_context
def areas(context: Context) -> None:
    """Liệt kê các lĩnh vực: tên, bản, nguồn, đang bật hay tắt; điều gì không dùng được thì nói rõ."""
    plugins, spaces = context.plugins, _workspaces(context)
    recorded = rules.loaded_plugins(spaces[0].read()) if len(spaces) == 1 else {}
    for about in plugins.about.values():
        areas = values_of(about.name, contributions.collect(plugins).areas)
        labels = ", ".join(area.label for area in areas) or "–"
        words = [f"bản {about.version}", plugin_origin(about.origin)]
        if about.name in recorded:
            words.append("đang bật" if recorded[about.name].enabled else "đang tắt")
        click.echo(f"{labels:<5} {about.title}  ({about.name}; {', '.join(words)})")
    for fault in contributions.faults(plugins):
        say(fault.words)
    for ws in spaces:
        for fault in commands.workspace_faults(ws):
            say(f"Không gian «{ws.name}»: {fault.words}")


def _workspaces(context: Context) -> list[Workspace]:
    """Return the workspace that is meant; if that is not clear, all that can be opened."""
    names = workspace.names(context.data)
    if context.workspace_option() or len(names) == 1:
        return [_open_workspace(context, context.existing_workspace_name())]
    found = []
    for name in names:
        try:
            found.append(_open_workspace(context, name))
        except (CchcError, OSError, sqlite3.DatabaseError) as error:
            say(f"Không gian «{name}»: không mở được ({error})")
    return found


def _open_workspace(context: Context, name: str) -> Workspace:
    return workspace.open_workspace(context.data, name, context.now, context.plugins)


@click.command()
def events() -> None:
    """In danh mục mọi loại sự kiện đã phát hành."""
    click.echo(catalogue_as_markdown())


COMMANDS = (items, areas, events)
