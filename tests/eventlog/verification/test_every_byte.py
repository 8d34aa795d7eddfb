"""In a small log no column of any row of any table can have another byte unseen."""

from collections.abc import Iterator

import pytest
from eventlog.conftest import SampleLog
from eventlog.forging import open_without_triggers

from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.verification.verify import verify_log

KEYS = {
    "events": ("position",),
    "nodes": ("level", "idx"),
    "commits": ("command_id",),
    "contents": ("position", "digest"),
}


@pytest.fixture
def home() -> str:
    """What these tests do, they do to a file."""
    return "sqlite"


@pytest.mark.parametrize("table", KEYS)
def test_one_byte_of_any_column_of_any_row_is_found(sample: SampleLog, table: str) -> None:
    with open_without_triggers(sample.folder) as connection:
        places = list(places_of(connection, table))
    assert len(places) > 1
    whole, unseen = (sample.folder / "events.db").read_bytes(), []
    for number, (sql, value, keys) in enumerate(places):
        with open_without_triggers(sample.folder) as connection:
            connection.execute("PRAGMA ignore_check_constraints = ON")
            connection.execute(sql, (with_another_byte(value, number), *keys))
        if verify_log(sample.folder, all_checkpoints=True).ok:
            unseen.append((sql, keys, value))
        (sample.folder / "events.db").write_bytes(whole)
    assert unseen == []
    assert verify_log(sample.folder, all_checkpoints=True).ok


def places_of(
    connection: sqlite3.Connection, table: str
) -> Iterator[tuple[str, str | int | bytes, tuple[object, ...]]]:
    """Yield the statement that writes a column of a row, the value there, and the key of the row."""
    rows = connection.execute(f"SELECT * FROM {table}")  # noqa: S608  # fixed words
    columns = [column for column, *_ in rows.description]
    where = " AND ".join(f"{key} = ?" for key in KEYS[table])
    for row in rows.fetchall():
        told = dict(zip(columns, row, strict=True))
        for column, value in told.items():
            if value is not None:
                sql = f"UPDATE {table} SET {column} = ? WHERE {where}"  # noqa: S608  # fixed words
                yield sql, value, tuple(told[key] for key in KEYS[table])


def with_another_byte(value: str | int | bytes, number: int) -> str | int | bytes:
    """Return a value with one byte changed, each time at another place; of a number, one that is free."""
    if isinstance(value, int):
        return value + 1_000
    raw = bytearray(value.encode() if isinstance(value, str) else value)
    at = number * 31 % len(raw)
    raw[at] = ord("b") if raw[at] == ord("a") else ord("a")
    return raw.decode(errors="replace") if isinstance(value, str) else bytes(raw)
