"""In what the read models in one file differ from those that were made anew from the log."""

from collections.abc import Iterator, Mapping

import msgspec
from sqlite_utils import Database

MOST_NAMED = 20
"""How many rows of one table are named; the others are counted."""
SELECT_OBJECTS = "SELECT type, name, sql FROM main.sqlite_master ORDER BY type, name"

Row = tuple[object, ...]
Values = Mapping[str, object]


class RowDifference(msgspec.Struct, frozen=True):
    """A row that is not what the log makes of it, with the values of its `key`.

    `stored` and `fresh` are the row as it is shown and as the log says, by column; None where there is none.
    """

    table: str
    key: Values
    stored: Values | None
    fresh: Values | None


class Differences(msgspec.Struct, frozen=True):
    """What differs: tables and other objects by name, rows, and of each table how many more rows there are.

    `damage` is what SQLite finds damaged, "" for nothing: a page may read from an index that no longer agrees
    with its table.
    """

    objects: tuple[str, ...] = ()
    rows: tuple[RowDifference, ...] = ()
    more: Mapping[str, int] = {}
    damage: str = ""

    def words(self) -> list[str]:
        """Return a line for each: "cards: item=2026-III.1.2, from_position=9", "table planted"."""
        tables = dict.fromkeys(row.table for row in self.rows)
        return [*self.objects, *(line for table in tables for line in self._lines(table)), *self._damage()]

    def _lines(self, table: str) -> Iterator[str]:
        keys = [row.key for row in self.rows if row.table == table]
        yield from (f"{table}: {', '.join(f'{name}={value}' for name, value in key.items())}" for key in keys)
        if table in self.more:
            yield f"{table}: và {self.more[table]} dòng khác"

    def _damage(self) -> list[str]:
        return [f"tệp hỏng ({self.damage})"] if self.damage else []


def find_differences(stored: Database, fresh: Database) -> Differences:
    """Return in what a file of read models differs from one that was made anew, in flat memory."""
    expected, found = _schema(fresh), _schema(stored)
    changed = [name for name in sorted({*expected, *found}) if expected.get(name) != found.get(name)]
    tables = [name for kind, name in expected if kind == "table" and (kind, name) not in changed]
    rows: list[RowDifference] = []
    more: dict[str, int] = {}
    for table in tables:
        for number, difference in enumerate(_different_rows(stored, fresh, table), 1):
            if number <= MOST_NAMED:
                rows.append(difference)
            else:
                more[table] = number - MOST_NAMED
    return Differences(tuple(f"{kind} {name}" for kind, name in changed), tuple(rows), more, _damage(stored))


def _different_rows(stored: Database, fresh: Database, table: str) -> Iterator[RowDifference]:
    """Yield each row of a table that the two do not have alike, in the order of its key."""
    columns, key = _columns(fresh, table)
    places = [columns.index(name) for name in key]
    for before, now in _merge(_rows(stored, table, key), _rows(fresh, table, key), places):
        if before != now:
            row = before or now or ()
            yield RowDifference(
                table,
                {name: row[place] for name, place in zip(key, places, strict=True)},
                dict(zip(columns, before, strict=True)) if before else None,
                dict(zip(columns, now, strict=True)) if now else None,
            )


def _merge(
    left: Iterator[Row], right: Iterator[Row], places: list[int]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield the rows of two sorted tables in pairs with the same key, alone where one has no such row."""
    before, now = next(left, None), next(right, None)
    while before is not None or now is not None:
        order = _compare(before, now, places)
        yield (before if order <= 0 else None), (now if order >= 0 else None)
        if order <= 0:
            before = next(left, None)
        if order >= 0:
            now = next(right, None)


def _compare(before: Row | None, now: Row | None, places: list[int]) -> int:
    """Return -1 when the first row comes first in SQLite's order, 1 when the second does, else 0."""
    if before is None or now is None:
        return 1 if before is None else -1
    mine, other = (tuple(_sort_key(row[place]) for place in places) for row in (before, now))
    return (mine > other) - (mine < other)


def _sort_key(value: object) -> tuple[int, object]:
    """Return where SQLite sorts a value: nothing, numbers, texts (by their bytes), bytes."""
    match value:
        case None:
            return 0, 0
        case int() | float():
            return 1, value
        case str():
            return 2, value.encode("utf-8", "surrogatepass")
        case _:
            return 3, value


def _columns(database: Database, table: str) -> tuple[list[str], list[str]]:
    """Return the names of all columns of a table, and those of its primary key (all where it has none)."""
    rows = database.execute("SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", [table]).fetchall()
    names = [name for name, _ in rows]
    keys = sorted((place, name) for name, place in rows if place)
    return names, [name for _, name in keys] or names


def _damage(database: Database) -> str:
    """Return what SQLite finds damaged, "" for nothing."""
    (result,) = database.execute("PRAGMA main.integrity_check(1)").fetchone()
    return "" if result == "ok" else str(result)


def _schema(database: Database) -> dict[tuple[str, str], str | None]:
    """Return the SQL of each object in a database by its type and name."""
    return {(kind, name): sql for kind, name, sql in database.execute(SELECT_OBJECTS).fetchall()}


def _rows(database: Database, table: str, key: list[str]) -> Iterator[Row]:
    """Yield all rows of a table in the order of its key."""
    order = ", ".join(f"[{name}]" for name in key)
    yield from database.execute(f"SELECT * FROM main.[{table}] ORDER BY {order}")  # noqa: S608  # tables and columns of our own schema
