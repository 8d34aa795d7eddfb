"""A CloudEvents batch (JSON event format 1.0, section 4): one array of events.

The stored body is a CloudEvents envelope already. Here its keys without a value are left out, and two
extensions are added: `sequence`, the position in sixteen digits, which sorts as a text; and `leafhash`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from cchc_flow.audit.exports.attributes import BROKEN, WITHHELD
from cchc_flow.audit.exports.view import EventView, Record
from cchc_flow.conversion import decode

DIGITS = 16
OF_THE_EXPORT = "cchc.export"
"""The family of what is no event of the log, and stands in the place of one."""


def write_cloudevents(view: EventView, records: Iterable[Record], path: Path) -> None:
    """Write the events in the order of their positions as a batch."""
    source = f"/{view.ws.name}"
    with path.open("wb") as file:
        separator = b"[\n"
        for record in records:
            file.write(separator + msgspec.json.encode(_cloudevent(record, source)))
            separator = b",\n"
        file.write(b"[]\n" if separator == b"[\n" else b"\n]\n")


def _cloudevent(record: Record, source: str) -> dict[str, Any]:
    """Return an event with its extensions; of one without a body only when it was recorded."""
    own = {"sequence": f"{record.position:0{DIGITS}d}", "leafhash": record.leaf.hex()}
    if record.body is not None:
        stored = decode(record.body, dict[str, Any])
        return {name: value for name, value in stored.items() if value is not None} | own
    name = WITHHELD if record.withheld else BROKEN
    return {
        "specversion": "1.0",
        "id": f"{name}-{record.position}",
        "source": source,
        "type": f"{OF_THE_EXPORT}.{name}/1",
        "time": record.recordedtime,
        "recordedtime": record.recordedtime,
        **own,
    }
