"""The editions of the log's schema, and in what a database differs from the edition that its log names.

An edition is a list of SQL statements that never changes once it is released. It is known by its digest: hex
SHA-256 of the canonical JSON of [type, name, tbl_name, sql] of every row that the statements leave in
`sqlite_master`, sorted. A change of the tables is a new edition, put in force by an event `log.migrated/1`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache
from hashlib import sha256

import msgspec

from cchc_flow.conversion import decode
from cchc_flow.eventlog import schema
from cchc_flow.eventlog.codec import canonical_json, decode_envelope
from cchc_flow.eventlog.connection import Connection
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.workflow.events import NAMES, LogMigrated

Key = tuple[str, str]
"""Type and name of a row of `sqlite_master`."""
Objects = dict[Key, tuple[str, str | None]]
"""The rows of `sqlite_master`: table and SQL statement (None for an index of a key) by type and name."""

FIRST = "a9b32c00be9bd673590d44c0fd58c1145218024a126444feb3c8d0299ab12cdc"
"""The edition in force in a log that was never migrated."""
EDITIONS: dict[str, Callable[[], list[str]]] = {FIRST: schema.schema_statements}
"""The statements of each edition by its digest; a second one brings a frozen copy of those of the first."""

SELECT_OBJECTS = (  # as bytes: a forger may leave what is no UTF-8
    "SELECT typeof(type) || typeof(name) || typeof(tbl_name) || typeof(coalesce(sql, '')),"
    " CAST(type AS BLOB), CAST(name AS BLOB), CAST(tbl_name AS BLOB), CAST(sql AS BLOB)"
    " FROM main.sqlite_master ORDER BY type, name"
)
SELECT_MIGRATIONS = (
    "SELECT body FROM main.events WHERE type = ? AND stream ="
    " (SELECT stream FROM main.events WHERE position = 1) ORDER BY version"
)
SELECT_COLUMNS = "SELECT name FROM pragma_table_xinfo(?)"
HEADER = {"user_version": 0, "application_id": 0, "encoding": "UTF-8"}
"""What the header of the file says, beside the schema; in UTF-16 the texts would sort in another order."""
KINDS = {"table": "bảng", "index": "chỉ mục", "view": "khung nhìn (view)", "trigger": "trigger"}


def edition_digest(statements: Iterable[str]) -> str:
    """Return the digest of the schema that some statements make in an empty database."""
    with closing(_create_database(statements)) as database:
        return schema_digest(database)


def schema_digest(connection: Connection) -> str:
    """Return the digest of the schema that a database has."""
    rows = [[*key, *row] for key, row in _read_objects(connection).items()]
    return sha256(canonical_json(rows)).hexdigest()


def differences(connection: sqlite3.Connection) -> list[str]:
    """Return in Vietnamese what of a log's schema is missing, changed or extra; nothing when all is right.

    Raise sqlite3.Error when the database cannot be read.
    """
    stored = _read_objects(connection)
    edition, faults = _find_edition(connection) if ("table", "events") in stored else (FIRST, [])
    if edition not in EDITIONS:
        return [*faults, f"nhật ký nêu cấu trúc bảng {edition[:12]}… mà chương trình này không biết"]
    return [*faults, *_compare_objects(connection, stored, edition), *_compare_header(connection)]


def edition(connection: sqlite3.Connection) -> str:
    """Return the edition that a log names, whether it is right or not."""
    return _find_edition(connection)[0]


def _find_edition(connection: sqlite3.Connection) -> tuple[str, list[str]]:
    """Return the edition that the log names, and what is wrong with the events that name it."""
    edition = FIRST
    faults: list[str] = []
    for (body,) in connection.execute(SELECT_MIGRATIONS, (NAMES[LogMigrated],)):
        try:
            migration = decode(decode_envelope(body).data, LogMigrated)
        except (msgspec.DecodeError, TypeError):
            return edition, [*faults, "sự kiện đổi cấu trúc bảng không đọc được"]
        if migration.from_ != edition:
            faults.append(f"sự kiện đổi cấu trúc bảng không nối tiếp cấu trúc {edition[:12]}…")
        edition = migration.to
    return edition, faults


def _compare_objects(connection: sqlite3.Connection, stored: Objects, edition: str) -> Iterator[str]:
    """Yield what is missing, changed or extra, without what only follows from a missing or extra table."""
    expected = _edition_objects(edition)
    missing, extra = expected.keys() - stored.keys(), stored.keys() - expected.keys()
    for key in sorted(missing):
        if not _is_told_by_its_table(key, expected, missing):
            yield f"thiếu {_words(key)}"
    for key in sorted(expected.keys() & stored.keys()):
        if stored[key] != expected[key]:
            yield f"{_words(key)} đã bị sửa{_column_words(connection, key, edition)}"
    for key in sorted(extra):
        if not _is_told_by_its_table(key, stored, extra):
            yield f"thừa {_words(key)}"


def _is_told_by_its_table(key: Key, objects: Objects, told: set[Key]) -> bool:
    """Tell whether an object belongs to a table that is told of itself."""
    return key[0] != "table" and ("table", objects[key][0]) in told


def _column_words(connection: sqlite3.Connection, key: Key, edition: str) -> str:
    """Return which columns of a changed table are extra or missing, empty when it has the same."""
    if key[0] != "table":
        return ""
    with closing(_create_database(EDITIONS[edition]())) as database:
        expected = {name for (name,) in database.execute(SELECT_COLUMNS, key[1:])}
    stored = {name for (name,) in connection.execute(SELECT_COLUMNS, key[1:])}
    extra = [f"thừa cột {name}" for name in sorted(stored - expected)]
    missing = [f"thiếu cột {name}" for name in sorted(expected - stored)]
    return f" ({', '.join(extra + missing)})" if extra or missing else ""


def _compare_header(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield what the header of the file says otherwise than that of a log."""
    for name, expected in HEADER.items():
        (value,) = connection.execute(f"PRAGMA main.{name}").fetchone()
        if value != expected:
            yield f"{name} ở đầu tệp phải là {expected} mà là {value}"


def _words(key: Key) -> str:
    """Return an object in words: «trigger events_no_update»."""
    kind, name = key
    return f"{KINDS.get(kind, kind)} {name}"


@cache
def _edition_objects(edition: str) -> Objects:
    """Return the objects that an edition consists of."""
    with closing(_create_database(EDITIONS[edition]())) as database:
        return _read_objects(database)


def _read_objects(connection: Connection) -> Objects:
    """Return the objects of a database's schema; a second row of one name, made by a forger, is extra."""
    objects: Objects = {}
    (encoding,) = connection.execute("PRAGMA main.encoding").fetchone()
    for types, *row in connection.execute(SELECT_OBJECTS):
        kind, name, table, sql = (value and value.decode(encoding, "backslashreplace") for value in row)
        if types != "text" * len(row):
            name = f"{name} (không phải chữ)"
        objects[kind, f"{name} (lặp)" if (kind, name) in objects else name] = (table, sql)
    return objects


def _create_database(statements: Iterable[str]) -> sqlite3.Connection:
    """Return a database in memory on which some statements were executed."""
    database = sqlite3.connect(":memory:")
    for statement in statements:
        database.execute(statement)
    return database
