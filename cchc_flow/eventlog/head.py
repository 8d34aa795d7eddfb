"""The head of a log, from which the next append continues: loaded from the tables, compared with its seal."""

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog import codec, editions, merkle
from cchc_flow.eventlog.batch import Head
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.ids import milliseconds_of
from cchc_flow.eventlog.note import VerifierKey
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.workflow.events import NAMES, LogClockConfirmed, LogKeyRotated, LogOpened
from cchc_flow.workflow.shares import format_number

WHAT_NOW = "Không ghi thêm được nữa. Hãy chạy «cchc-flow verify» để biết chỗ hỏng, rồi khôi phục bản sao lưu."


def check_ends(connection: sqlite3.Connection) -> Head | None:
    """Return the head of a log that begins at position 1 and ends with the seal over all its events.

    Raise LogBroken for any other log, or one whose schema is not that of its edition. One without tables or
    events has no head yet; what lies between the ends, verification compares.
    """
    if not _has_tables(connection):
        return None
    if differences := editions.differences(connection):
        raise LogBroken(f"Cấu trúc bảng của nhật ký đã bị thay đổi: {'; '.join(differences)}.", WHAT_NOW)
    first = connection.execute("SELECT min(position) FROM events").fetchone()[0]
    if first is None:
        return None
    if first != 1:
        raise LogBroken(f"Nhật ký phải bắt đầu từ vị trí 1 nhưng có sự kiện ở vị trí {first}.", WHAT_NOW)
    head = load_head(connection)
    seal = connection.execute("SELECT seal FROM events WHERE position = ?", (head.size,)).fetchone()[0]
    if not VerifierKey.parse(head.key).has_signed(parse_checkpoint(seal)[1]):
        raise LogBroken("Chữ ký của dấu niêm phong mới nhất không đúng.", WHAT_NOW)
    return head


def load_head(connection: Connection) -> Head:
    """Return the head of the log from its tables; raise LogBroken when its newest seal is of another log."""
    sql = "SELECT position, body, recordedtime, seal FROM events ORDER BY position DESC LIMIT 1"
    last = connection.execute(sql).fetchone()
    if last is None:
        raise LogBroken("Nhật ký chưa có sự kiện mở đầu.", "Hãy tạo lại không gian làm việc.")
    size, body, recordedtime, seal = last
    opening = opening_event(connection)
    subtrees = tuple(find_node(connection, level, index) for level, index in merkle.complete_subtrees(size))
    head = Head(
        size=size,
        made=milliseconds_of(codec.decode_event(size, body).id),
        recordedtime=recordedtime,
        demo=opening.data["demo"],
        subtrees=subtrees,
        root=merkle.root_over_subtrees(subtrees),
        workspace=opening.data["workspace"],
        origin=opening.data["key"].split("+")[0],
        key=_key_in_force(connection, opening.stream, size),
    )
    sealed = Checkpoint(head.origin, size, head.root, recordedtime)
    if _parse_seal(seal) != sealed:
        raise LogBroken(
            f"Dấu niêm phong mới nhất không khớp với {format_number(size)} sự kiện của nhật ký.", WHAT_NOW
        )
    return head


def first_head(workspace: str, key: VerifierKey, *, demo: bool) -> Head:
    """Return the head of a log that has no events yet, whose first key this is."""
    return Head(
        size=0,
        made=0,
        recordedtime="",
        demo=demo,
        subtrees=(),
        root=merkle.EMPTY_ROOT,
        workspace=workspace,
        origin=key.name,
        key=str(key),
    )


def find_confirmation(connection: Connection, workspace: str) -> int | None:
    """Return when the clock was last confirmed, in milliseconds by that clock; None when it never was."""
    sql = (
        "SELECT position, body FROM events WHERE stream = ? AND position >= 1 AND type = ?"
        " ORDER BY version DESC LIMIT 1"
    )
    row = connection.execute(sql, (f"log-{workspace}", NAMES[LogClockConfirmed])).fetchone()
    return milliseconds_of(codec.decode_event(*row).id) if row else None


def read_size(connection: Connection) -> int:
    """Return the number of events in the log, which is its newest position."""
    return connection.execute("SELECT max(position) FROM events").fetchone()[0] or 0


def read_key_in_force(connection: Connection, size: int) -> str:
    """Return the verifier key that was in force when the log had `size` events; raise LogBroken."""
    return _key_in_force(connection, opening_event(connection).stream, size)


def find_node(connection: Connection, level: int, index: int) -> bytes:
    """Return the hash of a tree node, computed from its leaves where the level is not stored.

    Raise LogBroken for a node, or a leaf below it, that is missing.
    """
    if level < merkle.LOWEST_STORED_LEVEL:
        sql = "SELECT leaf FROM events WHERE position > ? AND position <= ? ORDER BY position"
        rows = connection.execute(sql, (index << level, (index + 1) << level)).fetchall()
        if len(rows) == 1 << level:
            return merkle.subtree_root([row[0] for row in rows])
    else:
        sql = "SELECT hash FROM nodes WHERE level = ? AND idx = ?"
        row = connection.execute(sql, (level, index)).fetchone()
        if row:
            return bytes(row[0])
    raise LogBroken(f"Nhật ký thiếu nút cây ({level}, {index}).", WHAT_NOW)


def _has_tables(connection: sqlite3.Connection) -> bool:
    """Tell whether the table of events is there; it is not while the log is being created."""
    sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'events'"
    return connection.execute(sql).fetchone() is not None


def opening_event(connection: Connection) -> RecordedEvent:
    """Return the first event of a log; raise LogBroken when it is not there."""
    row = connection.execute("SELECT body FROM events WHERE position = 1").fetchone()
    if row is None:
        raise LogBroken("Nhật ký thiếu sự kiện mở đầu.", WHAT_NOW)
    return codec.decode_event(1, row[0])


def _key_in_force(connection: Connection, stream: str, size: int) -> str:
    """Return the verifier key named by the newest event about keys of the log's own stream up to a size."""
    sql = (
        "SELECT position, body FROM events WHERE stream = ? AND position BETWEEN 1 AND ? AND type IN (?, ?)"
        " ORDER BY version DESC LIMIT 1"
    )
    row = connection.execute(sql, (stream, size, NAMES[LogOpened], NAMES[LogKeyRotated])).fetchone()
    if row is None:
        raise LogBroken("Nhật ký thiếu sự kiện nêu khóa niêm phong.", WHAT_NOW)
    return str(codec.decode_event(*row).data["key"])


def _parse_seal(seal: object) -> Checkpoint | None:
    """Return a stored seal as a checkpoint, None when it is none."""
    try:
        return parse_checkpoint(seal)[0] if isinstance(seal, str) else None
    except BadInput:
        return None
