"""What only a log in PostgreSQL can have wrong: its head row, seals beside the events, rows that are astray.

The events themselves were compared by then; what follows from them is computed here and compared.
"""

from collections.abc import Iterator

from cchc_flow.eventlog import codec, merkle
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.head import find_node, read_key_in_force, read_size
from cchc_flow.eventlog.ids import milliseconds_of
from cchc_flow.eventlog.verification.report import Problem

COLUMNS = "size", "made", "recordedtime", "subtrees", "root", "origin", "key", "demo", "title"
SELECT_HEAD = f"SELECT {', '.join(COLUMNS)} FROM heads"  # noqa: S608  # fixed words
SELECT_LAST = "SELECT body, recordedtime FROM events WHERE position = ?"
ASTRAY = """
    SELECT t.tableoid::regclass::text FROM cchc_log.{table} t WHERE t.workspace = ?
        AND NOT satisfies_hash_partition('cchc_log.{table}'::regclass, 16,
            substring(t.tableoid::regclass::text FROM '[0-9]+$')::integer, t.workspace) LIMIT 1
"""
PARTITIONED = "events", "seals", "nodes", "commits", "contents"
SEAL_BESIDE = (
    "SELECT min(s.position) FROM seals s WHERE NOT EXISTS (SELECT 1 FROM commits c WHERE c.last = s.position)"
)
ASK_ALL_PARTITIONS = (
    "SELECT set_config('enable_partition_pruning', 'off', true),"
    " set_config('constraint_exclusion', 'off', true)"
)
ASK_ONE = (
    "SELECT set_config('enable_partition_pruning', 'on', true),"
    " set_config('constraint_exclusion', 'partition', true)"
)


class TablesCheck:
    """The check of what stands beside the events of one workspace."""

    def __init__(self, connection: Connection, workspace: str) -> None:
        self._connection, self._workspace = connection, workspace

    def problem(self) -> Problem | None:
        """Return the first problem, None when there is none."""
        position = self._connection.execute(SEAL_BESIDE).fetchone()[0]
        if position is not None:
            return Problem(position, position, "có dấu niêm phong không thuộc lần ghi nào")
        words = next(self._head_faults(), None) or next(self._rows_astray(), None)
        return Problem(None, None, words) if words else None

    def _head_faults(self) -> Iterator[str]:
        """Yield in words in which columns the head row differs from the events."""
        stored = self._connection.execute(SELECT_HEAD).fetchall()
        if len(stored) != 1:
            yield "thiếu dòng đầu nhật ký (cchc_log.heads)"
            return
        for name, value, expected in zip(COLUMNS, stored[0], self._head(), strict=True):
            if value != expected:
                yield f"dòng đầu nhật ký (cchc_log.heads) không khớp các sự kiện ở cột {name}"

    def _head(self) -> tuple[object, ...]:
        """Return the head row as the events say it."""
        connection = self._connection
        size = read_size(connection)
        body, recordedtime = connection.execute(SELECT_LAST, (size,)).fetchone()
        opening = codec.decode_event(1, connection.execute(SELECT_LAST, (1,)).fetchone()[0]).data
        subtrees = [find_node(connection, level, index) for level, index in merkle.complete_subtrees(size)]
        return (
            size,
            milliseconds_of(codec.decode_event(size, body).id),
            recordedtime,
            subtrees,
            merkle.root_over_subtrees(subtrees),
            opening["key"].split("+")[0],
            read_key_in_force(connection, size),
            opening["demo"],
            opening["name"],
        )

    def _rows_astray(self) -> Iterator[str]:
        """Yield which partition has a row of the workspace that is looked for in another one."""
        self._connection.execute(ASK_ALL_PARTITIONS)
        for table in PARTITIONED:
            row = self._connection.execute(ASTRAY.format(table=table), (self._workspace,)).fetchone()
            if row:
                yield f"có dòng của không gian làm việc trong phân vùng không thuộc nó ({row[0]})"
        self._connection.execute(ASK_ONE)
