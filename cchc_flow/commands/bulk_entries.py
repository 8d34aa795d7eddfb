"""Many entries of a register at once, from a table: all of them, or none and a sentence per wrong row."""

from collections.abc import Sequence

import msgspec

from cchc_flow.commands.registers import Writer, decide_entry, require_writer
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import BadInput, Refusal
from cchc_flow.eventlog.port import Receipt
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.item import Item
from cchc_flow.workspace import Workspace

ROWS_SHOWN = 20


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row of a table: the number of its line there, and its raw data as a form would give them.

    `fault` has the sentences of what in it could not be read; such a row is refused.
    """

    line: int
    data: JsonObject
    fault: str = ""


class WrongRows(BadInput):
    """Rows of a table that cannot be entries, so none was written; `rows` has a sentence for each."""

    def __init__(self, rows: Sequence[str]) -> None:
        left = len(rows) - ROWS_SHOWN
        self.rows = (*rows[:ROWS_SHOWN], *([f"Còn {left} dòng khác chưa đúng."] if left > 0 else []))
        super().__init__("Chưa ghi dòng nào. " + " ".join(self.rows), "Hãy sửa tệp rồi gửi lại.")


def open_entries(ws: Workspace, kind: str, rows: Sequence[Row], order: Order) -> Receipt | None:
    """Open an item of a register for each row, in one commit; raise WrongRows, and then nothing is stored."""

    def decide_commit(uow: UnitOfWork) -> Commit:
        writer = require_writer(uow, kind)
        return Commit(_opening_changes(uow, writer, rows), writer.role, writer.unit)

    return write(ws, order, ["fill", kind, rows], decide_commit)


def _opening_changes(uow: UnitOfWork, writer: Writer, rows: Sequence[Row]) -> list[NewEvents]:
    """Return the changes that open the entries; the rules see with each one those of the rows before it."""
    changes: list[NewEvents] = []
    entries: list[Item] = []
    wrong: list[str] = []
    for row in rows:
        if row.fault:
            wrong.append(f"Dòng {row.line}: {row.fault}")
            continue
        try:
            change, entry = decide_entry(uow, writer, uow.ws.new_id(), row.data, entries)
        except Refusal as error:
            wrong.append(f"Dòng {row.line}: {error}")
        else:
            changes.append(change)
            entries.append(entry)
    if wrong:
        raise WrongRows(wrong)
    return changes
