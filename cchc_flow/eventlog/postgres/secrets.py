"""Secrets of a workspace in the database, sealed: what one node creates, all nodes have at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cchc_flow.eventlog.postgres.failures import again_if_lost
from cchc_flow.eventlog.postgres.node_key import FILE, KEEP, load_node_key, seal, unseal
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
        return self._open(name, rows) if rows else None

    def read_or_create(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a secret, created if missing; of all nodes only one creates it."""
        found = self.read(name)
        if found is not None:
            return found
        sealed = seal(self._key(), self._workspace, name, make())
        return self._open(name, self._fetch(KEEP, self._workspace, name, sealed))

    def place(self, name: str) -> str:
        """Return in words where a secret is."""
        where = f" của «{self._workspace}»" if self._workspace else ""
        return f"«{name}»{where} trong cơ sở dữ liệu {self._database.name}"

    def _open(self, name: str, rows: list[Any]) -> bytes:
        return unseal(self._key(), self._workspace, name, bytes(rows[0][0]))

    def _key(self) -> bytes:
        return load_node_key(self._data, self._database)

    def _fetch(self, sql: str, *values: object) -> list[Any]:
        """Return all rows of a statement, which may be executed twice."""

        def fetch() -> list[Any]:
            with self._database.connection() as session:
                return session.execute(sql.encode(), values).fetchall()

        return again_if_lost(fetch)
