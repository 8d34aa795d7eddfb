"""Which files were handed in with which items: where to look for the same one that was handed in twice.

That two are the same cannot be told from their digests, which are salted: their bytes have to be compared.
"""

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent

SCHEMA = """
CREATE TABLE handed_in (
    position INTEGER NOT NULL, place INTEGER NOT NULL, digest TEXT NOT NULL, item TEXT NOT NULL, unit TEXT,
    actor TEXT NOT NULL, time TEXT NOT NULL, PRIMARY KEY (position, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX handed_in_by_item ON handed_in (item, position);
"""


class HandedIn(msgspec.Struct, frozen=True):
    """A file in the vault that came with the event at a position, of the unit of who gave it."""

    position: int
    place: int
    digest: str
    item: str
    unit: str | None
    actor: str
    time: str


def files_after(db: Database, position: int, upto: int, limit: int) -> list[HandedIn]:
    """Return the first files that came after a position, up to another; all of an event, or none of it."""
    rows = db.query(
        "SELECT * FROM handed_in WHERE position > ? AND position <= ? ORDER BY position, place LIMIT ?",
        [position, upto, limit],
    )
    files = [HandedIn(**row) for row in rows]
    if len(files) < limit or files[0].position == files[-1].position:
        return files
    return [file for file in files if file.position < files[-1].position]


def digests_of(db: Database, item: str, upto: int) -> list[str]:
    """Return the digests of the files that came with an item up to a position."""
    rows = db.execute("SELECT DISTINCT digest FROM handed_in WHERE item = ? AND position <= ?", [item, upto])
    return [digest for (digest,) in rows]


def fold(db: Database, event: RecordedEvent) -> None:
    """Add a row for each file of evidence of an item's event."""
    evidence = event.data.get("evidence") if event.type.startswith("item.") else None
    for place, file in enumerate(evidence or ()):
        row = [event.position, place, file["content"]["digest"], event.stream.removeprefix("item-")]
        db.execute(
            "INSERT INTO handed_in VALUES (?, ?, ?, ?, ?, ?, ?)",
            [*row, event.unit, event.actor, event.recordedtime],
        )
