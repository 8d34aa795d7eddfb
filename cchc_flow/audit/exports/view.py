"""What is taken out: the events that match a search, in order, as one reader may read them."""

from collections.abc import Callable, Generator, Iterator
from functools import lru_cache
from itertools import islice

import msgspec

from cchc_flow.audit import trail as history
from cchc_flow.audit.event_search import EventQuery
from cchc_flow.errors import BadInput, Refusal
from cchc_flow.eventlog.codec import decode_event
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.merkle import leaf_hash
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections.reading import Reader
from cchc_flow.workflow.calendar import parse_day
from cchc_flow.workspace import Workspace

PAGE = 500
STREAMS_REMEMBERED = 4_096
WORDS = "q"
"""The parameter of an address that has the words which are searched for."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One event to write: its stored bytes and their leaf hash (RFC 6962).

    Of one that is `withheld`, because its item may not be read, there are neither bytes nor event. An event
    whose bytes cannot be read has none either; the leaf hash is that of what is stored.
    """

    position: int
    leaf: bytes
    recordedtime: str
    body: bytes | None = None
    event: RecordedEvent | None = None
    withheld: bool = False


class EventView:
    """The events that match a search, up to the newest one of when the view was made.

    `reader` is who takes them out, None for the machine, which reads everything. `filters` are those of the
    search as an address names them, without the `words` that are searched for: what is recorded of the
    export. `hides` tells whether a stream is that of an item that the reader may not read. Raise BadInput for
    a query that cannot be meant, Refusal while the words of the newest events cannot be found yet.
    """

    def __init__(self, ws: Workspace, query: EventQuery, reader: Reader | None) -> None:
        if not query.is_usable:
            raise BadInput(" ".join(query.errors.values()) or _ask_for_one(query))
        self.ws, self.reader = ws, reader
        self.filters, self.words = _canonical_filters(query), query.given.get(WORDS, "")
        self.found = history.find_events(ws, query.search, reader)
        if self.found.indexed is not None:
            raise Refusal(
                f"Chỉ mục tìm theo từ mới lập đến sự kiện số {self.found.indexed}, nên tệp sẽ thiếu.",
                "Hãy xuất lại sau ít phút.",
            )
        self.upto = self.found.upto
        self.db = ws.read()
        self.hides: Callable[[str], bool] = lru_cache(STREAMS_REMEMBERED)(
            lambda stream: reader is not None and history.is_hidden(self.db, stream, reader)
        )

    def records(self) -> Generator[Record]:
        """Yield the events in the order of their positions."""
        return self.records_at(self.found.oldest_first())

    def records_by_stream(self) -> Generator[Record]:
        """Yield the events one stream after the other, each in order; those that are withheld come last.

        So nobody can tell which of these belong together.
        """
        order = sqlite3.connect("", isolation_level=None)  # a temporary file: the memory may be too small
        try:
            order.execute(
                "CREATE TABLE places (stream TEXT, position INTEGER, PRIMARY KEY (stream, position))"
            )
            order.execute("BEGIN")
            for record in self.records():
                stream = record.event.stream if record.event else None
                order.execute("INSERT INTO places VALUES (?, ?)", (stream, record.position))
            places = order.execute("SELECT position FROM places ORDER BY stream IS NULL, stream, position")
            yield from self.records_at(place for (place,) in places)
        finally:
            order.close()

    def records_at(self, positions: Iterator[int]) -> Generator[Record]:
        """Yield the events at some positions in their order, whether they match the search or not."""
        while page := list(islice(positions, PAGE)):
            yield from (self._record(place, body) for place, body in self._bodies(page))

    def _bodies(self, positions: list[int]) -> Iterator[tuple[int, bytes]]:
        """Yield positions with their stored bytes; those that follow each other are read in one go."""
        if positions == list(range(positions[0], positions[0] + len(positions))):
            yield from self.ws.log.read_bodies(positions[0] - 1, positions[-1])
        else:
            yield from ((place, self.ws.log.body(place)) for place in positions)

    def _record(self, place: int, body: bytes) -> Record:
        leaf = leaf_hash(body)
        try:
            event = decode_event(place, body)
        except msgspec.MsgspecError:
            return Record(position=place, leaf=leaf, recordedtime=self._time_in_trail(place))
        if self.hides(event.stream):
            return Record(position=place, leaf=leaf, recordedtime=event.recordedtime, withheld=True)
        return Record(position=place, leaf=leaf, recordedtime=event.recordedtime, body=body, event=event)

    def _time_in_trail(self, place: int) -> str:
        """Return when an event was recorded as the index of the history has it."""
        row = self.ws.read_history().execute("SELECT recordedtime FROM trail WHERE position = ?", [place])
        return str(row.fetchone()[0])


def _ask_for_one(query: EventQuery) -> str:
    ids = ", ".join(card.id for card in query.candidates)
    return f"Có {len(query.candidates)} công việc mang mục «{query.given['item']}»: {ids}. Hãy gọi theo mã."


def _canonical_filters(query: EventQuery) -> dict[str, str]:
    """Return the filters of a usable search in one form: days in ISO form, the item by its id."""
    filters = {name: value for name, value in query.given.items() if name != WORDS}
    days = {name: parse_day(filters[name]).isoformat() for name in ("from", "to", "day") if name in filters}
    item = {"item": query.candidates[0].id} if query.candidates else {}
    return filters | days | item
