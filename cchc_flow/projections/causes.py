"""Which items have to do with each other because an event of one led, by a rule, to an event of another."""

from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent

ITEM = "item-"
SCHEMA = """
CREATE TABLE causes (id TEXT PRIMARY KEY, item TEXT NOT NULL, cause TEXT) STRICT, WITHOUT ROWID;
CREATE INDEX causes_by_item ON causes (item, cause);
CREATE INDEX causes_by_cause ON causes (cause, item) WHERE cause IS NOT NULL;
"""
_RELATED_ITEMS = """
SELECT effect.item FROM causes AS own JOIN causes AS effect ON effect.cause = own.id WHERE own.item = :item
UNION
SELECT cause.item FROM causes AS own JOIN causes AS cause ON cause.id = own.cause WHERE own.item = :item
"""


def related_items(db: Database, item: str) -> set[str]:
    """Return the items whose events this one's led to, and those whose events led to this one's."""
    return {row["item"] for row in db.query(_RELATED_ITEMS, {"item": item})} - {item}


def fold(db: Database, event: RecordedEvent) -> None:
    """Add the row of one more event of an item."""
    if event.stream.startswith(ITEM):
        values = [event.id, event.stream.removeprefix(ITEM), event.causation_id]
        db.execute("INSERT INTO causes VALUES (?, ?, ?)", values)
