"""The signs: one row for each event that may answer a question, with a rank by which the question asks.

A question takes the rows of some names whose rank is at least a bound, the highest first: so its first page
and its count cost the same however long the log is.
"""

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.as_of import OPEN
from cchc_flow.workflow.calendar import day_of

SCHEMA = f"""
CREATE TABLE signs (
    name TEXT NOT NULL, rank INTEGER NOT NULL, position INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT {OPEN}, day TEXT NOT NULL, unit TEXT, actor TEXT NOT NULL,
    time TEXT NOT NULL, items TEXT NOT NULL, behind TEXT NOT NULL, data TEXT NOT NULL
) STRICT;
CREATE INDEX signs_in_order ON signs (name, rank, position, ended, day, unit);
CREATE INDEX signs_by_position ON signs (position);
"""
Key = tuple[int, int]
"""The place of a sign among the answers to a question, the greatest first: its rank and its position."""


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """A row: the event at a `position`, on a local `day`, answers a question with this rank.

    `unit` is the unit that it is about, `items` are the ids of the items, `behind` the positions of the
    events that show it, `data` what exactly was found.
    """

    name: str
    rank: int
    position: int
    day: str
    unit: str | None
    actor: str
    time: str
    items: tuple[str, ...]
    behind: tuple[int, ...]
    data: dict[str, Any]

    @property
    def key(self) -> Key:
        """Its place among the answers to a question."""
        return self.rank, self.position


class Scope(msgspec.Struct, frozen=True):
    """Of when and of which unit the answers are; None stands for all."""

    since: date | None = None
    until: date | None = None
    unit: str | None = None


EVERYTHING = Scope()


class Source(msgspec.Struct, frozen=True):
    """Signs of a name whose rank is at least `bound`, within a scope."""

    name: str
    bound: int = 0
    scope: Scope = EVERYTHING


def sign_of(
    event: RecordedEvent,
    name: str,
    rank: int = 0,
    *,
    unit: str | None = None,
    items: Collection[str] = (),
    behind: Iterable[int | None] = (),
    **data: Any,
) -> Sign:
    """Return the sign that an event is; `behind` are other events, without those that are None."""
    positions = {event.position, *(position for position in behind if position)}
    return Sign(
        name=name,
        rank=rank,
        position=event.position,
        day=day_of(event.recordedtime).isoformat(),
        unit=unit,
        actor=event.actor,
        time=event.recordedtime,
        items=tuple(items),
        behind=tuple(sorted(positions)),
        data=data,
    )


def seconds_between(first: str, last: str) -> int:
    """Return the whole seconds from an instant of the log to another."""
    return int((datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds())


def add_sign(db: Database, sign: Sign) -> None:
    """Add a row."""
    db.execute(
        "INSERT INTO signs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            sign.name,
            sign.rank,
            sign.position,
            OPEN,
            sign.day,
            sign.unit,
            sign.actor,
            sign.time,
            *(json.dumps(value, ensure_ascii=False) for value in (sign.items, sign.behind, sign.data)),
        ],
    )


def end_signs(db: Database, position: int, names: Collection[str], at: int) -> None:
    """Let the signs that the event at a position is, of these names, hold no more from `at` on."""
    db.execute(
        f"UPDATE signs SET ended = ? WHERE position = ? AND ended = {OPEN}"  # noqa: S608  # fixed words
        " AND name IN (SELECT value FROM json_each(?))",
        [at, position, json.dumps(sorted(names))],
    )


def reopen_signs(db: Database, ended: int, positions: Collection[int]) -> None:
    """Let the signs at these positions that ended at `ended` hold again."""
    db.execute(
        f"UPDATE signs SET ended = {OPEN} WHERE ended = ?"  # noqa: S608  # fixed words
        " AND position IN (SELECT value FROM json_each(?))",
        [ended, json.dumps(sorted(positions))],
    )


def first_signs(
    db: Database, source: Source, *, upto: int, after: Key | None = None, limit: int
) -> list[Sign]:
    """Return the first signs of a source up to a position; `after` is the key of the last one shown."""
    where, values = _condition(source, upto, after)
    rows = db.query(
        f"SELECT * FROM signs WHERE {where} ORDER BY rank DESC, position DESC LIMIT {limit:d}",  # noqa: S608  # fixed words
        values,
    )
    return [_sign(row) for row in rows]


def count_signs(db: Database, source: Source, *, upto: int, most: int) -> int:
    """Return how many signs a source has up to a position, at most so many."""
    where, values = _condition(source, upto, None)
    sql = f"SELECT count(*) FROM (SELECT 1 FROM signs WHERE {where} LIMIT {most:d})"  # noqa: S608  # fixed words
    return int(db.execute(sql, values).fetchone()[0])


def _condition(source: Source, upto: int, after: Key | None) -> tuple[str, dict[str, Any]]:
    """Return the condition on rows, all of whose columns are in the index, and its values."""
    scope = source.scope
    conditions = ["name = :name AND rank >= :bound AND position <= :upto AND ended > :upto"]
    values: dict[str, Any] = {"name": source.name, "bound": source.bound, "upto": upto}
    if after:
        conditions.append("(rank, position) < (:rank, :position)")
        values |= {"rank": after[0], "position": after[1]}
    if scope.since:
        conditions.append("day >= :since")
        values["since"] = scope.since.isoformat()
    if scope.until:
        conditions.append("day <= :until")
        values["until"] = scope.until.isoformat()
    if scope.unit:
        conditions.append("unit = :unit")
        values["unit"] = scope.unit
    return " AND ".join(conditions), values


def _sign(row: dict[str, Any]) -> Sign:
    return Sign(
        **{name: row[name] for name in ("name", "rank", "position", "day", "unit", "actor", "time")},
        items=tuple(json.loads(row["items"])),
        behind=tuple(json.loads(row["behind"])),
        data=json.loads(row["data"]),
    )
