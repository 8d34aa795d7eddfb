"""In what the read models in one file differ from those that were made anew from the log."""

from collections import Counter
from collections.abc import Iterator

from sqlite_utils import Database

MOST_NAMED = 20
"""How many rows of one table are named; the others are counted."""
SELECT_OBJECTS = "SELECT type, name, sql FROM main.sqlite_master ORDER BY type, name"

Row = tuple[object, ...]
RowKey = tuple[tuple[str, object], ...]
"""The columns of a row's primary key with their values; of all columns where a table has none."""


def find_differences(stored: Database, fresh: Database) -> list[str]:
    """Return what differs: "cards: item=2026-III.1.2, from_position=9", or the name of a changed table."""
    expected, found = _schema(fresh), _schema(stored)
    changed = [name for name in sorted({*expected, *found}) if expected.get(name) != found.get(name)]
    tables = [name for kind, name in expected if kind == "table" and (kind, name) not in changed]
    return [
        *(f"{kind} {name}" for kind, name in changed),
        *(words for table in tables for words in _describe_rows(stored, fresh, table)),
        *_describe_damage(stored),
    ]


def _describe_rows(stored: Database, fresh: Database, table: str) -> Iterator[str]:
    """Yield each row of a table that only one of the databases has, by its key; after 20 their number."""
    before, now = (Counter(_rows(database, table)) for database in (stored, fresh))
    if before == now:
        return
    columns, key = _columns(fresh, table)
    rows = [*(before - now), *(now - before)]
    keys = sorted({tuple((name, row[columns.index(name)]) for name in key) for row in rows}, key=repr)
    yield from (f"{table}: {_key_words(row_key)}" for row_key in keys[:MOST_NAMED])
    if len(keys) > MOST_NAMED:
        yield f"{table}: và {len(keys) - MOST_NAMED} dòng khác"


def _key_words(key: RowKey) -> str:
    return ", ".join(f"{name}={value}" for name, value in key)


def _columns(database: Database, table: str) -> tuple[list[str], list[str]]:
    """Return the names of all columns of a table, and those of its primary key (all where it has none)."""
    rows = database.execute("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", [table]).fetchall()
    names = [name for name, _ in rows]
    return names, [name for name, place in rows if place] or names


def _describe_damage(database: Database) -> Iterator[str]:
    """Yield what SQLite finds damaged: a page may read from an index that no longer agrees with its table."""
    (result,) = database.execute("PRAGMA main.integrity_check(1)").fetchone()
    if result != "ok":
        yield f"tệp hỏng ({result})"


def _schema(database: Database) -> dict[tuple[str, str], str | None]:
    """Return the SQL of each object in a database by its type and name."""
    return {(kind, name): sql for kind, name, sql in database.execute(SELECT_OBJECTS).fetchall()}


def _rows(database: Database, table: str) -> list[Row]:
    """Return all rows of a table."""
    return database.execute(f"SELECT * FROM main.[{table}]").fetchall()  # noqa: S608  # a table of our own schema
