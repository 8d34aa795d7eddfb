"""A log that others write too: where the process listens, nobody is asked how far it has come."""

from cchc_flow.eventlog.keys import KeyStore
from cchc_flow.eventlog.log_end import EndMemory
from cchc_flow.eventlog.postgres.connection import PostgresConnections
from cchc_flow.eventlog.postgres.newest_positions import NewestPositions, newest_positions
from cchc_flow.eventlog.stored_log import Clock, StoredLog


class ListeningLog(StoredLog):
    """What a log in PostgreSQL says of its newest position."""

    is_shared = True

    def __init__(
        self, connections: PostgresConnections, keys: KeyStore, now: Clock, memory: EndMemory
    ) -> None:
        super().__init__(connections, keys, now, memory)
        self._server = connections

    def newest(self) -> int:
        """Return the newest position that this process knows of, without a round trip while it listens."""
        return self._positions().find(self._server.workspace) or self.size()

    def size(self) -> int:
        """Return the number of events, which is the newest position; 0 for an empty log."""
        self._note_size(0)  # what is told from here on is heard
        size = super().size()
        self._note_size(size)
        return size

    def close(self) -> None:
        """Write what the memory of the end has still to write, and listen to this log no more."""
        self._positions().forget(self._server.workspace)
        super().close()

    def _note_size(self, size: int) -> None:
        self._positions().note(self._server.workspace, size)

    def _positions(self) -> NewestPositions:
        return newest_positions(self._server.database)
