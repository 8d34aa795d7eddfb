"""What an event was caused by, and what it caused; and the items that are related by that."""

from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent

ITEM = "item-"
SCHEMA = """
CREATE TABLE causes (
    id TEXT PRIMARY KEY, item TEXT, cause TEXT, position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX causes_by_item ON causes (item, cause);
CREATE INDEX causes_by_cause ON causes (cause, item) WHERE cause IS NOT NULL;
"""
_RELATED_ITEMS = """
SELECT effect.item FROM causes AS own JOIN causes AS effect ON effect.cause = own.id WHERE own.item = :item
UNION
SELECT cause.item FROM causes AS own JOIN causes AS cause ON cause.id = own.cause WHERE own.item = :item
"""


def related_items(db: Database, item: str) -> set[str]:
    """Return the ids of the items whose events caused an event of this item, or were caused by one."""
    return {row["item"] for row in db.query(_RELATED_ITEMS, {"item": item}) if row["item"]} - {item}


def cause_of(db: Database, cause: str | None) -> int | None:
    """Return the position of the event that an event names as its cause; None when it names none."""
    row = db.execute("SELECT position FROM causes WHERE id = ?", [cause]).fetchone()
    return row[0] if row else None


def effects_of(db: Database, event_id: str, *, upto: int, limit: int) -> list[int]:
    """Return the positions of the events that an event caused, the oldest first."""
    sql = "SELECT position FROM causes WHERE cause = ? AND position <= ? ORDER BY position LIMIT ?"
    return [position for (position,) in db.execute(sql, [event_id, upto, limit]).fetchall()]


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the row of an event; one of no item has none."""
    item = event.stream.removeprefix(ITEM) if event.stream.startswith(ITEM) else None
    db.execute("INSERT INTO causes VALUES (?, ?, ?, ?)", [event.id, item, event.causation_id, event.position])
