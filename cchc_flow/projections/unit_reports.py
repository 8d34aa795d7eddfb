"""What the units told in their periodic reports: rows that are each true from one position to another."""

from collections.abc import Sequence

import msgspec
from sqlite_utils import Database

from cchc_flow.conversion import decode
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.as_of import OPEN
from cchc_flow.projections.cards import items
from cchc_flow.workflow.events import NAMES, Content, ItemReported, ItemSubmitted

SCHEMA = f"""
CREATE TABLE unit_reports (
    item TEXT NOT NULL, from_position INTEGER NOT NULL, to_position INTEGER NOT NULL DEFAULT {OPEN},
    content BLOB, summary BLOB, PRIMARY KEY (item, from_position)
) WITHOUT ROWID, STRICT;
"""
VERSIONED = {"unit_reports": "from_position"}
REPORT_KIND = "report"
ITEM = "item-"
_QUERY = """
SELECT cards.item, cards.plan, cards.unit, cards.lead, cards.period, cards.due, cards.state, cards.done,
    unit_reports.from_position AS position, content, summary
FROM cards LEFT JOIN unit_reports ON unit_reports.item = cards.item
    AND unit_reports.to_position = :open
WHERE cards.kind = 'report' AND cards.to_position = :open
"""


class UnitReport(msgspec.Struct, frozen=True, kw_only=True):
    """One unit's report on a period; `lead` is the unit that does it, if it was handed over.

    `content` is what was last told, in which texts are references to the vault, at the `position` of its
    event; `summary` are the words that were handed in with it. Both are None while nothing was told; what is
    not accepted may be a draft.
    """

    item: str
    plan: str
    unit: str
    lead: str | None
    period: str
    due: str | None
    state: str
    is_accepted: bool
    position: int | None
    content: ItemReported | None
    summary: Content | None


def unit_reports(db: Database, plan: str, period: str) -> list[UnitReport]:
    """Return the units' reports on a period, by unit."""
    return _reports(db, "AND cards.plan = :plan AND cards.period = :period", plan=plan, period=period)


def reports_of_unit(db: Database, plan: str, unit: str) -> list[UnitReport]:
    """Return a unit's reports on all periods of a plan, as far as they were opened."""
    return _reports(db, "AND cards.plan = :plan AND cards.unit = :unit", plan=plan, unit=unit)


def _reports(db: Database, condition: str, **values: str) -> list[UnitReport]:
    rows = db.query(
        f"{_QUERY}{condition} ORDER BY cards.unit, cards.period",
        {**values, "open": OPEN},
    )
    return [
        UnitReport(
            content=decode(row.pop("content"), ItemReported) if row["content"] else None,
            summary=decode(row.pop("summary"), Content) if row["summary"] else None,
            is_accepted=row.pop("done") is not None,
            **{name: value for name, value in row.items() if name not in ("content", "summary")},
        )
        for row in rows
    ]


def fold(db: Database, event: RecordedEvent) -> None:
    """Put what a unit told in the place of what it told before; other events are ignored."""
    if event.type == NAMES[ItemReported]:
        _begin_row(db, event, (msgspec.json.encode(event.data), None))
    elif event.type == NAMES[ItemSubmitted]:
        item = items.find_item(db, event.stream.removeprefix(ITEM))
        if item is not None and item.kind == REPORT_KIND:
            _add_summary(db, event)


def _add_summary(db: Database, event: RecordedEvent) -> None:
    """Note the words that were handed in; what was told just before is handed in with them."""
    item, summary = event.stream.removeprefix(ITEM), msgspec.json.encode(event.data["result"])
    told = db.execute(
        "UPDATE unit_reports SET summary = ? WHERE item = ? AND from_position = ?",
        [summary, item, event.position - 1],
    )
    if not told.rowcount:
        _begin_row(db, event, (None, summary))


def _begin_row(db: Database, event: RecordedEvent, told: Sequence[bytes | None]) -> None:
    item = event.stream.removeprefix(ITEM)
    db.execute(
        "UPDATE unit_reports SET to_position = ? WHERE item = ? AND to_position = ?",
        [event.position, item, OPEN],
    )
    db.execute(
        "INSERT INTO unit_reports (item, from_position, content, summary) VALUES (?, ?, ?, ?)",
        [item, event.position, *told],
    )
