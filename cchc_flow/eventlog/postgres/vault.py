"""The vault of one workspace in a table of the database: contents are there before the event that names them.

A content is stored in a commit of its own, so it is as durable as the database makes its commits. The
database takes none whose digest is wrong, and deletes none that an event refers to and none has erased.
"""

import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import islice
from typing import Any

import psycopg

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.postgres.failures import again_if_lost
from cchc_flow.eventlog.postgres.pool import Database
from cchc_flow.eventlog.vault import (
    BLOCK_SIZE,
    ORPHAN_AGE,
    SALT_LENGTH,
    Inventory,
    check_salted,
    require_digest,
    take_inventory,
)
from cchc_flow.workflow.events import Content

BATCH = 500
GROUP_BYTES = 4 * BLOCK_SIZE
"""How much is read by one query: so a check takes the same memory whatever the vault holds."""
STILL_REFERENCED = "CF001"
"""The code under which the database refuses to delete what no event has erased."""
STORE = "SELECT cchc_log.store_content(%s, %s)"
DELETE = "SELECT cchc_log.delete_content(%s, %s, %s)"
SELECT = "SELECT salted FROM cchc_log.vault WHERE workspace = %s AND digest = %s"
SELECT_ONE = "SELECT 1 FROM cchc_log.vault WHERE workspace = %s AND digest = %s"
SELECT_SIZES = "SELECT digest, length(salted) FROM cchc_log.vault WHERE workspace = %s AND digest = ANY(%s)"
SELECT_MANY = "SELECT digest, salted FROM cchc_log.vault WHERE workspace = %s AND digest = ANY(%s)"
SELECT_BLOCK = (
    "SELECT substring(salted FROM %s FOR %s) FROM cchc_log.vault WHERE workspace = %s AND digest = %s"
)
SELECT_OLD = (
    "SELECT digest FROM cchc_log.vault WHERE workspace = %s AND digest > %s AND stored_at < %s"
    " ORDER BY digest LIMIT %s"
)


class PostgresVault:
    """The vault of one workspace (see `vault.Vault`)."""

    def __init__(
        self, database: Database, workspace: str, random: Callable[[int], bytes] = os.urandom
    ) -> None:
        self._database, self._workspace, self._random = database, workspace, random

    def store(self, content: bytes, media_type: str) -> Content:
        """Store a content in a commit of its own and return the reference to put into an event."""
        return Content(self.store_salted(self._random(SALT_LENGTH) + content), len(content), media_type)

    def store_salted(self, salted: bytes) -> str:
        """Store a content with its salt in a commit of its own and return its digest."""
        digest = sha256(salted)
        if self._fetch(STORE, self._workspace, salted) != [(digest.digest(),)]:
            raise LogBroken(
                "Cơ sở dữ liệu không lưu đúng nội dung vừa gửi.", "Hãy chạy «cchc-flow verify» để kiểm tra."
            )
        return digest.hexdigest()

    def load(self, digest: str) -> bytes:
        """Return a content; raise NotFound when it is erased or missing, LogBroken when it was changed."""
        return check_salted(digest, self.find_salted(digest))[SALT_LENGTH:]

    def load_salt(self, digest: str) -> bytes:
        """Return the salt of a content, which with the content gives the digest; raise as `load` does."""
        return check_salted(digest, self.find_salted(digest))[:SALT_LENGTH]

    def find_salted(self, digest: str) -> bytes | None:
        """Return salt and content as they are stored, unchecked; None when they are erased or missing."""
        rows = self._fetch(SELECT, *self._key(digest))
        return bytes(rows[0][0]) if rows else None

    def has(self, digest: str) -> bool:
        """Tell whether the vault has a content, without checking its bytes."""
        return bool(self._fetch(SELECT_ONE, *self._key(digest)))

    def erase(self, digest: str) -> bool:
        """Delete a content and its salt; return False when it was not there.

        Raise LogBroken for one that an event refers to and none has erased: no command asks for that.
        """
        return self._delete(self._key(digest), None)

    def sweep_orphans(self, is_referenced: Callable[[str], bool], now: datetime) -> int:
        """Delete what is older than a day and no event refers to; return how many were deleted."""
        before, deleted, last = now - ORPHAN_AGE, 0, b""
        while True:
            rows = self._fetch(SELECT_OLD, self._workspace, last, before, BATCH)
            for (last,) in rows:
                if not is_referenced(last.hex()):
                    deleted += self._delete((self._workspace, last), before)
            if len(rows) < BATCH:
                return deleted

    def check_contents(self, digests: Iterable[str], erased: Container[str]) -> Inventory:
        """Hash each content here, not in the database, and return the inventory."""
        return take_inventory(self._hashes(digests), erased)

    def _key(self, digest: str) -> tuple[str, bytes]:
        return self._workspace, bytes.fromhex(require_digest(digest))

    def _delete(self, key: tuple[str, bytes], before: datetime | None) -> bool:
        try:
            return bool(self._fetch(DELETE, *key, before)[0][0])
        except psycopg.Error as error:
            if error.sqlstate != STILL_REFERENCED:
                raise
            raise LogBroken(
                f"Nội dung {key[1].hex()[:12]}… được nhật ký nêu mà chưa có sự kiện xóa nên không xóa được.",
                "Hãy xóa bằng «cchc-flow content erase», có căn cứ.",
            ) from error

    def _hashes(self, digests: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """Yield each digest with the hash of what is stored under it now, None when nothing is."""
        rest = iter(digests)
        while batch := [bytes.fromhex(require_digest(digest)) for digest in islice(rest, BATCH)]:
            hashes = dict(self._hash_batch(batch))
            yield from ((digest.hex(), hashes.get(digest)) for digest in batch)

    def _hash_batch(self, batch: Sequence[bytes]) -> Iterator[tuple[bytes, str]]:
        """Yield digest and hash of the contents that there are, a few megabytes at a time."""
        group, room = list[bytes](), GROUP_BYTES
        for digest, size in self._fetch(SELECT_SIZES, self._workspace, list(batch)):
            if size > GROUP_BYTES:
                yield digest, self._hash_blocks(digest, size)
                continue
            if size > room:
                yield from self._hash_group(group)
                group, room = [], GROUP_BYTES
            group.append(digest)
            room -= size
        yield from self._hash_group(group)

    def _hash_group(self, group: Sequence[bytes]) -> Iterator[tuple[bytes, str]]:
        for digest, salted in self._fetch(SELECT_MANY, self._workspace, list(group)):
            yield digest, sha256(salted).hexdigest()

    def _hash_blocks(self, digest: bytes, size: int) -> str:
        """Return the hash of a large content, read block by block."""
        hashed = sha256()
        for begin in range(1, size + 1, BLOCK_SIZE):
            for (block,) in self._fetch(SELECT_BLOCK, begin, BLOCK_SIZE, self._workspace, digest):
                hashed.update(block)
        return hashed.hexdigest()

    def _fetch(self, sql: str, *values: object) -> list[Any]:
        """Return all rows of a statement, which may be executed twice."""

        def fetch() -> list[Any]:
            with self._database.connection() as session:
                return session.execute(sql.encode(), values, binary=True).fetchall()

        return again_if_lost(fetch)
