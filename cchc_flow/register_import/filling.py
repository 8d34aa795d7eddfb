"""Fills a register from a table: an entry for each row."""

from collections import Counter
from collections.abc import Callable

import msgspec
from sqlite_utils import Database

from cchc_flow import commands
from cchc_flow.commands import Order, Row, channels
from cchc_flow.commands.own_plan import own_plan_of_row, twin_in_plan
from cchc_flow.commands.registers import entry_fields, load_register
from cchc_flow.plugin_host.rule_checks import OVERRIDE
from cchc_flow.projections import directory, plans, reading
from cchc_flow.projections.cards import items
from cchc_flow.projections.reading import Reader, may_read
from cchc_flow.register_import.rows import match_key, parse_rows
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.definition import Field
from cchc_flow.workspace import Workspace


def fill_register(
    ws: Workspace,
    kind: str,
    name: str,
    content: bytes,
    order: Order,
    tell: Callable[[str], None] = lambda note: None,
) -> int:
    """Open an entry of a register for each row of a table, and return how many: all of them or none.

    `tell` is called with a sentence for each thing in the file that was left out, or read in one of two ways.
    Raise BadInput for a file that cannot be read, and WrongRows, a sentence for each row, for wrong data.
    """
    db = ws.read()
    reader = None if order.is_system else reading.reader_of(db, order.actor)
    units = [unit for unit in directory.units(db) if unit.active]
    fields = table_columns(ws, kind)
    ids = {field.name: _ids_by_title(db, field, reader) for field in fields}
    read = parse_rows(name, content, fields, units, ids, tell)
    rows = [_with_own_tasks(ws, kind, row) for row in read]
    by_table = msgspec.structs.replace(order, channel=channels.by_table(order.channel))
    commands.open_entries(ws, kind, rows, by_table)
    return len(rows)


def _with_own_tasks(ws: Workspace, kind: str, row: Row) -> Row:
    """Return a row whose tasks are those of its own year's plan, of several plans with the same number."""
    db = ws.read()
    workflow = load_register(db, kind)
    names = [field.name for field in workflow.asks if field.kind == "task" and row.data.get(field.name)]
    if row.fault or not names or len(plans.plans(db)) < 2:
        return row
    plan = own_plan_of_row(db, workflow.asks, row.data, local_day(ws.now()))
    own = {name: twin_in_plan(db, row.data[name], plan) for name in names}
    return msgspec.structs.replace(row, data=row.data | own)


def table_columns(ws: Workspace, kind: str) -> list[Field]:
    """Return the fields that a register's table may have as columns; raise NotFound for no such register."""
    db = ws.read()
    fields = entry_fields(ws, load_register(db, kind))
    return [*(field for field in fields if field.kind not in ("text", "files")), OVERRIDE]


def _ids_by_title(db: Database, field: Field, reader: Reader | None) -> dict[str, str]:
    """Return the ids that a field may refer to, by match key: of a task's number, a title, a person's name.

    A title that two entries or two people share is left out, and an entry that the reader may not read. Empty
    for fields that refer to nothing.
    """
    match field.kind:
        case "task":
            titles = [(task.ref or task.title, task.id) for task in items.top_level_tasks(db)]
        case "entry":
            entries = (entry for kind, _ in field.choices for entry in items.unfinished_items(db, kind))
            titles = [(entry.title, entry.id) for entry in entries if may_read(db, reader, entry)]
        case "person" | "colleague":
            titles = [(person.name, person.id) for person in directory.people(db) if person.active]
        case _:
            return {}
    uses = Counter(match_key(title) for title, _ in titles)
    takes_newest = field.kind == "task"  # of two plans with the same number the newer is meant
    return {match_key(title): id_ for title, id_ in titles if takes_newest or uses[match_key(title)] == 1}
