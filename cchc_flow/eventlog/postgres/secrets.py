"""Secrets of a workspace in the database, sealed: what one node creates, all nodes have at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cchc_flow.eventlog.postgres.failures import again_if_lost
from cchc_flow.eventlog.postgres.node_key import (
    FILE,
    KEEP,
    forget_node_key,
    is_opened,
    load_node_key,
    seal,
    unseal,
)
from cchc_flow.eventlog.postgres.pool import Database

SELECT = "SELECT sealed FROM cchc_log.secrets WHERE workspace = %s AND name = %s"
SELECT_NAMES = "SELECT name FROM cchc_log.secrets WHERE workspace = %s ORDER BY name"


class PostgresSecrets:
    """The secrets of one workspace, or of the whole installation with the name '' (see `SecretStore`).

    `data` is the data folder of this node, in which the key lies that opens them.
    """

    def __init__(self, database: Database, workspace: str, data: Path) -> None:
        self._database, self._workspace, self._data = database, workspace, data

    def names(self) -> list[str]:
        """Return the names of the secrets that there are, sorted."""
        return [name for (name,) in self._fetch(SELECT_NAMES, self._workspace) if name != FILE]

    def read(self, name: str) -> bytes | None:
        """Return a secret, None when there is none; raise BadInput when this node has another key."""
        rows = self._fetch(SELECT, self._workspace, name)
        return self._open(name, bytes(rows[0][0])) if rows else None

    def read_or_create(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a secret, created if missing; of all nodes only one creates it."""
        found = self.read(name)
        if found is not None:
            return found
        secret = make()
        kept = self._keep(name, secret)
        if kept is None:  # the key of the nodes was changed: perhaps this machine has the new one already
            forget_node_key(self._data, self._database)
            kept = self._keep(name, secret)
        return self._open(name, kept)

    def place(self, name: str) -> str:
        """Return in words where a secret is."""
        where = f" của «{self._workspace}»" if self._workspace else ""
        return f"«{name}»{where} trong cơ sở dữ liệu {self._database.name}"

    def _keep(self, name: str, secret: bytes) -> bytes | None:
        """Store a secret unless there is one; return that one, None when the key of the nodes is another."""
        node = load_node_key(self._data, self._database)
        sealed = seal(node.key, self._workspace, name, secret)
        kept: bytes | None = self._fetch(KEEP, self._workspace, name, sealed, node.sample)[0][0]
        return kept

    def _open(self, name: str, sealed: bytes | None) -> bytes:
        """Return a secret; where this process knows an older key than this machine has, with the newer."""
        node = load_node_key(self._data, self._database)
        if not is_opened(node.key, self._workspace, name, sealed or b""):
            forget_node_key(self._data, self._database)
            node = load_node_key(self._data, self._database)
        return unseal(node.key, self._workspace, name, sealed or b"")

    def _fetch(self, sql: str, *values: object) -> list[Any]:
        """Return all rows of a statement, which may be executed twice."""

        def fetch() -> list[Any]:
            with self._database.connection() as session:
                return session.execute(sql.encode(), values).fetchall()

        return again_if_lost(fetch)
