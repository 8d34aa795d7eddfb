"""Items that are related because a reaction to an event of one made an event of the other."""

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
    """Return the ids of the items whose events caused an event of this item, or were caused by one."""
    return {row["item"] for row in db.query(_RELATED_ITEMS, {"item": item})} - {item}


def fold(db: Database, event: RecordedEvent) -> None:
    """Add a row for an item's event; events of other streams are ignored."""
    if event.stream.startswith(ITEM):
        values = [event.id, event.stream.removeprefix(ITEM), event.causation_id]
        db.execute("INSERT INTO causes VALUES (?, ?, ?)", values)
