"""The streams of a stored log: the events of some of them, and what many events are about."""

from collections.abc import Collection, Iterator, Sequence

from cchc_flow.eventlog import codec
from cchc_flow.eventlog.port import Heading, RecordedEvent
from cchc_flow.eventlog.stored_proofs import StoredProofs
from cchc_flow.eventlog.stream_rows import heading_rows, rows_by_name, rows_by_prefix


class StoredStreams(StoredProofs):
    """Events by stream, from the tables of one log. `port.EventLog` has the interface."""

    def headings(self, after: int, upto: int) -> Iterator[Heading]:
        """Yield what the events from `after` + 1 to `upto` are about, in order; no body is read."""
        rows = heading_rows(self._connections.current(), max(after, 0), upto)
        return (Heading(*row) for row in rows)

    def read_streams(
        self, prefixes: Sequence[str], after: int = 0, upto: int | None = None
    ) -> Iterator[RecordedEvent]:
        """Yield the events of streams whose names begin with one of the prefixes, as `read_events` does.

        Few events are looked through one by one; among many, the index of streams finds them.
        """
        after, last = max(after, 0), upto if upto is not None else self.size()
        rows = rows_by_prefix(self._connections.current(), prefixes, after, last)
        return (codec.decode_event(*row) for row in rows)

    def stream(self, name: str) -> list[RecordedEvent]:
        """Return the events of one stream in order; an empty list when there is none."""
        sql = "SELECT position, body FROM events WHERE stream = ? AND position >= 1 ORDER BY version"
        return [
            codec.decode_event(*row)
            for row in self._connections.current().execute(sql, (codec.normalize_text(name),))
        ]

    def streams(self, names: Collection[str], upto: int) -> Iterator[RecordedEvent]:
        """Yield the events of some streams up to a position, one stream after the other."""
        rows = rows_by_name(self._connections.current(), [*map(codec.normalize_text, names)], upto)
        return (codec.decode_event(*row) for row in rows)

    def version(self, stream: str, upto: int) -> int:
        """Return how many events a stream has up to a position; 0 when it has none."""
        sql = (
            "SELECT version FROM events WHERE stream = ? AND position BETWEEN 1 AND ?"
            " ORDER BY version DESC LIMIT 1"
        )
        row = self._connections.current().execute(sql, (codec.normalize_text(stream), upto)).fetchone()
        return int(row[0]) if row else 0
