"""What is known of the workspace that a backup replaces; it may be broken, which is why it is replaced."""

from pathlib import Path

import msgspec

from cchc_flow.commands.erasure import Erasure
from cchc_flow.conversion import convert
from cchc_flow.errors import CchcError, NotFound
from cchc_flow.eventlog.codec import decode_event
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.erasures import PREFIX
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.head import load_head
from cchc_flow.eventlog.log_end import FILE, EndMemory
from cchc_flow.eventlog.port import LogEnd
from cchc_flow.eventlog.verification.snapshot import open_snapshot
from cchc_flow.workflow.events import ContentErased
from cchc_flow.workflow.upcast import upcast_event

SELECT_ERASURES = "SELECT position, body FROM events WHERE stream >= ? AND stream < ? ORDER BY position"
REASON_LOST = "Đã xóa trong nhật ký mà bản sao lưu này thay; lời nêu lý do không còn."
BOUNDS = PREFIX, PREFIX[:-1] + chr(ord(PREFIX[-1]) + 1)


class Replaced(msgspec.Struct, frozen=True, kw_only=True):
    """The log that was there: its origin, its end (also if only remembered), and what it has erased."""

    origin: str | None = None
    end: LogEnd | None = None
    erasures: tuple[Erasure, ...] = ()
    is_unreadable: bool = False


def read_replaced(data: Path, name: str) -> Replaced:
    """Return what is known of a workspace; nothing when there is none."""
    remembered = EndMemory(data / "private" / name / FILE).read()
    try:
        with open_snapshot(data / name) as (connection, _):
            head = load_head(connection)
            events = [decode_event(*row) for row in connection.execute(SELECT_ERASURES, BOUNDS)]
            erasures = [convert(upcast_event(e.type, e.data)[1], ContentErased) for e in events]
    except NotFound:
        return Replaced(end=remembered, is_unreadable=remembered is not None)
    except (CchcError, sqlite3.Error, msgspec.DecodeError):
        return Replaced(end=remembered, is_unreadable=True)
    end = LogEnd(head.size, head.root, head.recordedtime)
    return Replaced(
        origin=head.origin,
        end=max((end, remembered), key=lambda known: known.size if known else 0),
        erasures=tuple(_erasure(FolderVault(data / name / "vault"), event) for event in erasures),
    )


def _erasure(vault: FolderVault, event: ContentErased) -> Erasure:
    """Return an erasure with its reason in words; a vault that has lost these does not stop it."""
    try:
        reason = vault.load(event.reason.digest).decode()
    except (CchcError, OSError, UnicodeDecodeError):
        reason = REASON_LOST
    return Erasure(event.digest, event.decision, event.legal_basis, reason)
