"""What a stored log proves: its roots, its checkpoints, and the proofs that lead to them."""

from collections.abc import Collection

from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.connection import Connections
from cchc_flow.eventlog.head import find_node, load_head, read_key_in_force, read_size
from cchc_flow.eventlog.port import Multiproof
from cchc_flow.workflow.shares import format_number


class StoredProofs:
    """Proofs from the tables of one log. `port.EventLog` has the interface."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def size(self) -> int:
        """Return the number of events, which is the newest position; 0 for an empty log."""
        return read_size(self._connections.current())

    def root(self, size: int) -> bytes:
        """Return the Merkle root (32 bytes) of the first `size` events; raise BadInput beyond the newest."""
        self._require_size(0, size)
        return merkle.tree_root(size, self.node)

    def inclusion_proof(self, position: int, size: int) -> list[bytes]:
        """Return the audit path (RFC 6962) of an event in the tree of `size` events, lowest hash first."""
        self._require_size(size, size)
        if not 1 <= position <= size:
            raise NotFound(
                f"Không có sự kiện ở vị trí {format_number(position)} trong {format_number(size)} sự kiện"
                " đầu."
            )
        return merkle.inclusion_proof(position - 1, size, self.node)

    def consistency_proof(self, old: int, new: int) -> list[bytes]:
        """Return the proof (RFC 6962) that the tree of `new` events extends that of the first `old`."""
        self._require_size(1, old)
        self._require_size(old, new)
        return merkle.consistency_proof(old, new, self.node)

    def multiproof(self, positions: Collection[int], size: int) -> Multiproof:
        """Return one proof for all these events in the tree of `size` events, whose leaves are in it."""
        self._require_size(size, size)
        if beyond := [position for position in positions if not 1 <= position <= size]:
            raise NotFound(
                f"Không có sự kiện ở vị trí {format_number(beyond[0])} trong {format_number(size)} sự kiện"
                " đầu."
            )
        indices = {position - 1 for position in positions}
        return Multiproof(
            size=size,
            root=self.root(size),
            leaves={index + 1: self.node(0, index) for index in sorted(indices)},
            nodes=merkle.multiproof(indices, size, self.node),
        )

    def checkpoint(self) -> str:
        """Return the newest checkpoint as a signed note; raise NotFound for an empty log."""
        sql = "SELECT seal FROM events ORDER BY position DESC LIMIT 1"
        row = self._connections.current().execute(sql).fetchone()
        if row is None:
            raise NotFound("Nhật ký chưa có sự kiện nào nên chưa có dấu niêm phong.")
        return str(row[0])

    def checkpoint_and_key(self) -> tuple[str, str]:
        """Return the newest checkpoint and the verifier key in force with it, read in one transaction."""
        with self._connections.read_transaction() as connection:
            return self.checkpoint(), load_head(connection).key

    def checkpoint_at(self, position: int) -> tuple[str, str]:
        """Return the first checkpoint that covers a position, and the verifier key then in force."""
        connection = self._connections.current()
        sql = (
            "SELECT position, seal FROM events WHERE position >= ? AND seal IS NOT NULL"
            " ORDER BY position LIMIT 1"
        )
        row = connection.execute(sql, (max(position, 1),)).fetchone()
        if row is None:
            raise NotFound(f"Chưa có dấu niêm phong nào đến sự kiện {position}.")
        return str(row[1]), read_key_in_force(connection, row[0])

    def checkpoint_before(self, position: int) -> str | None:
        """Return the newest checkpoint that covers nothing from a position on, None without one."""
        sql = "SELECT seal FROM events WHERE position < ? AND seal IS NOT NULL ORDER BY position DESC LIMIT 1"
        row = self._connections.current().execute(sql, (position,)).fetchone()
        return str(row[0]) if row else None

    def find_larger(self, size: int, after: int) -> int | None:
        """Return the position of the first event after a position whose body has more than `size` bytes."""
        sql = "SELECT min(position) FROM events WHERE position > ? AND length(body) > ?"
        [found] = self._connections.current().execute(sql, (after, size)).fetchone()
        return found if found is None else int(found)

    def node(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree; raise LogBroken for one that is not in the log."""
        return find_node(self._connections.current(), level, index)

    def _require_size(self, low: int, size: int) -> None:
        """Raise BadInput unless `size` is at least `low` and the log has that many events."""
        if not low <= size <= self.size():
            raise BadInput(f"Nhật ký có {self.size()} sự kiện; không có cỡ {size}.")
