"""JSON lines: on each line the exact bytes of an event as they are stored and hashed.

SHA-256 of 0x00 and such a line is the leaf hash of the event. In the place of one that is withheld stands an
object with its position and its leaf hash, so that the tree can be computed over the whole log all the same.
"""

from collections.abc import Iterable
from pathlib import Path

from cchc_flow.audit.exports.view import EventView, Record
from cchc_flow.eventlog.codec import canonical_json


def write_json_lines(view: EventView, records: Iterable[Record], path: Path) -> None:
    """Write the events in the order of their positions, a line each."""
    with path.open("wb") as file:
        for record in records:
            file.write(record.body if record.body is not None else _without_body(record))
            file.write(b"\n")


def _without_body(record: Record) -> bytes:
    return canonical_json({"leaf": record.leaf.hex(), "position": record.position})
