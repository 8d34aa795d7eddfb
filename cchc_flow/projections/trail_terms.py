"""The terms by which events are found: for each the set of its positions, as bits.

A term is a value of a facet: the person b.tran, the type item.closed. The positions of the log are divided
into blocks of 65,536; a row has one bit for each position of a block (bit 0 is its first one), so that sets
are cut and counted by whole numbers: a million events need 16 rows for the most frequent term, and a term
that a block does not have needs none there.
"""

from collections.abc import Callable, Iterator
from functools import cache, reduce
from operator import and_, or_

from sqlite_utils import Database

from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.memory import ReadModels

SIZE = 65_536
"""How many positions a block has."""
SCHEMA = """
CREATE TABLE trail_terms (
    facet TEXT NOT NULL, block INTEGER NOT NULL, value TEXT NOT NULL, events INTEGER NOT NULL,
    bits BLOB NOT NULL, UNIQUE (facet, block, value)
) STRICT;
"""
Positions = Callable[[int], int]
"""A set of positions: takes the number of a block, and returns its bits as an integer."""


def add_term(db: Database, facet: str, value: str, position: int) -> None:
    """Note that an event has a term; `finish` writes it with all others of its batch."""
    block, offset = divmod(position, SIZE)
    batch_terms(db).setdefault((facet, block, value), set()).add(offset)


def batch_terms(db: Database) -> dict[tuple[str, int, str], set[int]]:
    """Return the terms of the batch that is being folded."""
    terms: dict[tuple[str, int, str], set[int]] = db.gathered if isinstance(db, ReadModels) else {}
    return terms


def fold(db: Database, event: RecordedEvent) -> None:
    """Do nothing: the trail adds the terms of an event."""


def finish(db: Database) -> None:
    """Write the terms that were added since the batch began."""
    for (facet, block, value), offsets in batch_terms(db).items():
        old = db.execute(_SELECT, [facet, block, value]).fetchone()
        bits = int.from_bytes(old[0], "little") if old else 0
        bits |= _bits_of(offsets)
        words = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
        db.execute(_UPSERT, [facet, block, value, bits.bit_count(), words])


_SELECT = "SELECT bits FROM trail_terms WHERE facet = ? AND block = ? AND value = ?"
_UPSERT = """
INSERT INTO trail_terms VALUES (?, ?, ?, ?, ?)
ON CONFLICT (facet, block, value) DO UPDATE SET events = excluded.events, bits = excluded.bits
"""


def values_of(db: Database, facet: str) -> list[str]:
    """Return the values of a facet that any event has, sorted."""
    rows = db.execute("SELECT DISTINCT value FROM trail_terms WHERE facet = ? ORDER BY value", [facet])
    return [value for (value,) in rows.fetchall()]


def having(db: Database, facet: str, value: str) -> Positions:
    """Return the positions of the events that have a term."""

    @cache
    def bits(block: int) -> int:
        row = db.execute(_SELECT, [facet, block, value]).fetchone()
        return int.from_bytes(row[0], "little") if row else 0

    return bits


def having_between(db: Database, facet: str, first: str, last: str) -> Positions:
    """Return the positions of the events with a value of a facet between two, these included."""
    sql = "SELECT bits FROM trail_terms WHERE facet = ? AND block = ? AND value BETWEEN ? AND ?"

    @cache
    def bits(block: int) -> int:
        rows = db.execute(sql, [facet, block, first, last]).fetchall()
        return reduce(or_, (int.from_bytes(row[0], "little") for row in rows), 0)

    return bits


def those_of(positions: "Iterator[int] | list[int]") -> Positions:
    """Return a set of positions that are given one by one."""
    offsets: dict[int, set[int]] = {}
    for position in positions:
        block, offset = divmod(position, SIZE)
        offsets.setdefault(block, set()).add(offset)
    blocks = {block: _bits_of(found) for block, found in offsets.items()}
    return lambda block: blocks.get(block, 0)


def between(first: int, last: int) -> Positions:
    """Return all positions from the first to the last, both included."""

    def bits(block: int) -> int:
        begin, end = max(first - block * SIZE, 0), min(last - block * SIZE + 1, SIZE)
        return (1 << end) - (1 << begin) if begin < end else 0

    return bits


def all_of(*sets: Positions) -> Positions:
    """Return the positions that are in every set; none is asked about a block that one before left empty."""

    @cache
    def bits(block: int) -> int:
        found = sets[0](block)
        for others in sets[1:]:
            if not found:
                return 0
            found = and_(found, others(block))
        return found

    return bits


def any_of(*sets: Positions) -> Positions:
    """Return the positions that are in one of the sets."""
    return cache(lambda block: reduce(or_, (each(block) for each in sets), 0))


def without(positions: Positions, others: Positions) -> Positions:
    """Return the positions of a set that are not in another."""
    return cache(lambda block: found & ~others(block) if (found := positions(block)) else 0)


def newest_first(positions: Positions, last: int) -> Iterator[int]:
    """Yield the positions of a set from the last down."""
    for block in range(last // SIZE, -1, -1):
        bits = positions(block) & ((1 << min(last - block * SIZE + 1, SIZE)) - 1)
        words = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
        for index in range(len(words) - 1, -1, -1):
            if byte := words[index]:
                base = block * SIZE + index * 8
                yield from (base + bit for bit in range(7, -1, -1) if byte >> bit & 1)


def oldest_first(positions: Positions, last: int) -> Iterator[int]:
    """Yield the positions of a set up to the last."""
    for block in range(last // SIZE + 1):
        bits = positions(block) & ((1 << min(last - block * SIZE + 1, SIZE)) - 1)
        for index, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
            if byte:
                base = block * SIZE + index * 8
                yield from (base + bit for bit in range(8) if byte >> bit & 1)


def _bits_of(offsets: set[int]) -> int:
    words = bytearray(max(offsets) // 8 + 1)
    for offset in offsets:
        words[offset >> 3] |= 1 << (offset & 7)
    return int.from_bytes(words, "little")
