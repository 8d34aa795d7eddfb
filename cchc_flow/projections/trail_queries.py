"""Which events match a search of the trail, and how many of them each further filter would leave."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

from sqlite_utils import Database

from cchc_flow.projections import trail_terms
from cchc_flow.projections.trail import TrailSearch
from cchc_flow.projections.trail_terms import SIZE, Positions
from cchc_flow.workflow.shares import MOST_COUNTED

FEW = 200
"""So many events of a block are asked for their values one by one."""
COLUMNS = {"person": "actor", "unit": "unit", "role": "role", "kind": "kind", "area": "area"}
"""The facets whose value is a column of the event's row."""
MOST_OF_STREAM = 2_000
"""So many events of one item are looked at; hardly any has a hundred."""


def matching(db: Database, search: TrailSearch, *, upto: int) -> Positions:
    """Return the positions up to `upto` that match a search, whoever reads; its words are not looked at."""
    first, last = 1, upto
    if search.clock == "recorded":
        first, last = _recorded_range(db, search, upto)
    sets = [trail_terms.between(first, last), *_terms_of(db, search)]
    if search.clock == "happened" and (search.since or search.until):
        since = search.since.isoformat() if search.since else ""
        until = search.until.isoformat() if search.until else "9999"
        sets.append(trail_terms.having_between(db, "happened", since, until))
    if search.stream is not None:
        sets.append(trail_terms.those_of(positions_of_stream(db, search.stream)))
    return trail_terms.all_of(*sets)


def positions_of_stream(db: Database, stream: str) -> list[int]:
    """Return the positions of the events of a stream."""
    rows = db.execute("SELECT position FROM trail WHERE stream = ?", [stream]).fetchall()
    return [position for (position,) in rows]


def positions_of_chain(db: Database, correlation: str | None, *, upto: int, limit: int) -> list[int]:
    """Return the positions of the first events of a chain (with one correlation id), none for no chain."""
    sql = "SELECT position FROM trail WHERE correlation = ? AND position <= ? ORDER BY position LIMIT ?"
    return [position for (position,) in db.execute(sql, [correlation, upto, limit]).fetchall()]


def _terms_of(db: Database, search: TrailSearch) -> Iterator[Positions]:
    """Yield a set for each filter of a search that is a term."""
    for facet in ("person", "unit", "role", "channel", "kind", "area", "flag"):
        if (value := getattr(search, facet)) is not None:
            yield trail_terms.having(db, facet, value)
    if search.type is not None:
        yield trail_terms.having(db, "version" if "/" in search.type else "type", search.type)


def _recorded_range(db: Database, search: TrailSearch, upto: int) -> tuple[int, int]:
    """Return the first and the last position within the days of a search; the log is in their order."""
    first, last = 1, upto
    if search.since:
        sql = "SELECT position FROM trail WHERE day >= ? ORDER BY day, position LIMIT 1"
        row = db.execute(sql, [search.since.isoformat()]).fetchone()
        first = row[0] if row else upto + 1
    if search.until:
        sql = "SELECT position FROM trail WHERE day <= ? ORDER BY day DESC, position DESC LIMIT 1"
        row = db.execute(sql, [search.until.isoformat()]).fetchone()
        last = min(row[0], upto) if row else 0
    return first, last


def count(positions: Positions, *, upto: int) -> int:
    """Return how many positions a set has up to one; 1,001 for more than a thousand."""
    found = 0
    for block in range(upto // SIZE, -1, -1):
        found += positions(block).bit_count()
        if found > MOST_COUNTED:
            return MOST_COUNTED + 1
    return found


def count_values(db: Database, facet: str, positions: Positions, *, upto: int) -> Counter[str]:
    """Return how many events of a set have each value of a facet, 1,001 for more than a thousand.

    The bits of a value are read block by block from the newest on, until its count is known.
    """
    counts: Counter[str] = Counter()
    for block in range(upto // SIZE, -1, -1):
        if chosen := positions(block):
            is_whole = block < upto // SIZE and chosen.bit_count() == SIZE - (block == 0)
            if facet in COLUMNS and chosen.bit_count() <= FEW:
                counts.update(_values_of_few(db, facet, block, chosen))
                continue
            for value, found in _count_in_block(db, facet, block, chosen, counts, is_whole):
                counts[value] += found
    return Counter({value: min(found, MOST_COUNTED + 1) for value, found in counts.items()})


def _values_of_few(db: Database, facet: str, block: int, chosen: int) -> Iterator[str]:
    """Yield the value that each of a few events of a block has of a facet."""
    sql = f"SELECT {COLUMNS[facet]} FROM trail WHERE position = ?"  # noqa: S608  # fixed words
    last = (block + 1) * SIZE - 1
    for position in trail_terms.newest_first(lambda each: chosen if each == block else 0, last):
        (value,) = db.execute(sql, [position]).fetchone()
        if value is not None:
            yield value


def _count_in_block(
    db: Database, facet: str, block: int, chosen: int, counts: Counter[str], is_whole: bool
) -> Iterator[tuple[str, int]]:
    """Yield the values of a facet in a block that are not counted to the end, with how many are chosen."""
    rows = db.execute("SELECT value, events FROM trail_terms WHERE facet = ? AND block = ?", [facet, block])
    for value, events in rows.fetchall():
        if counts[value] > MOST_COUNTED:
            continue
        found = events if is_whole else (trail_terms.having(db, facet, value)(block) & chosen).bit_count()
        if found:
            yield value, found


def count_streams(db: Database, positions: Positions, *, upto: int, limit: int) -> list[tuple[str, int]]:
    """Return the streams of items with most events among the newest thousand of a set, and how many all have.

    Of each the newest two thousand events are looked at; the count is 1,001 for more than a thousand.
    """
    newest = list(islice(trail_terms.newest_first(positions, upto), MOST_COUNTED + 1))
    sql = "SELECT stream FROM trail WHERE position = ? AND kind IS NOT NULL"
    rows = (db.execute(sql, [position]).fetchone() for position in newest[:MOST_COUNTED])
    streams = Counter(row[0] for row in rows if row).most_common(limit)
    if len(newest) <= MOST_COUNTED:
        return streams
    contains = _look_up(positions)
    return [(stream, _count_within(db, stream, contains, upto)) for stream, _ in streams]


def _count_within(db: Database, stream: str, contains: Callable[[int], bool], upto: int) -> int:
    """Return how many of the newest two thousand events of a stream are in a set, 1,001 at most."""
    sql = "SELECT position FROM trail WHERE stream = ? AND position <= ? ORDER BY position DESC LIMIT ?"
    places = db.execute(sql, [stream, upto, MOST_OF_STREAM])
    return sum(1 for _ in islice(filter(contains, (place for (place,) in places)), MOST_COUNTED + 1))


def _look_up(positions: Positions) -> Callable[[int], bool]:
    """Return what tells whether a set has a position, for many positions one by one."""
    words = cache(lambda block: positions(block).to_bytes(SIZE // 8, "little"))

    def contains(position: int) -> bool:
        block, offset = divmod(position, SIZE)
        return bool(words(block)[offset >> 3] >> (offset & 7) & 1)

    return contains
