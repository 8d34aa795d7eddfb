"""The vault in PostgreSQL: what every vault does, and what the database itself sees to."""

import secrets
from collections.abc import Iterator

import psycopg
import pytest
from eventlog.vault_contract import NOW, REASON, VaultContract
from support.postgres import Cluster, TestDatabase

from cchc_flow.errors import LogBroken
from cchc_flow.eventlog.postgres import vault as postgres_vault
from cchc_flow.eventlog.postgres.pool import close_pools, find_database
from cchc_flow.eventlog.postgres.vault import PostgresVault


@pytest.fixture(scope="module")
def tables(postgres_cluster: Cluster) -> Iterator[TestDatabase]:
    """One database for these tests: each takes a workspace of its own."""
    database = postgres_cluster.create()
    database.query("ALTER TABLE cchc_log.vault DROP CONSTRAINT vault_digest")  # as its owner can
    yield database
    close_pools()
    database.drop()


class KeptInTable:
    """A vault in a database, and the owner of that."""

    def __init__(self, database: TestDatabase) -> None:
        self.database, self.workspace = database, f"xa-{secrets.token_hex(6)}"
        self.vault = PostgresVault(find_database(database.url), self.workspace)

    def age(self, digest: str, hours: float) -> None:
        self._update(f"stored_at = '{NOW.isoformat()}'::timestamptz - interval '{hours} hours'", digest)

    def damage(self, digest: str, salted: bytes) -> None:
        self._update(rf"salted = '\x{salted.hex()}'", digest)

    def _update(self, assignment: str, digest: str) -> None:
        where = rf"workspace = '{self.workspace}' AND digest = '\x{digest}'"
        self.database.query(f"UPDATE cchc_log.vault SET {assignment} WHERE {where}")  # ours


@pytest.fixture
def keeping(tables: TestDatabase) -> KeptInTable:
    return KeptInTable(tables)


class TestPostgresVault(VaultContract):
    pass


def test_a_vault_has_no_content_of_another_workspace(keeping: KeptInTable) -> None:
    digest = keeping.vault.store(REASON, "text/plain").digest
    other = PostgresVault(find_database(keeping.database.url), "xa-khac")
    assert not other.has(digest) and not other.erase(digest) and keeping.vault.has(digest)


def test_the_database_takes_no_content_under_another_digest(postgres: TestDatabase) -> None:
    with (
        psycopg.connect(postgres.owner_url) as connection,
        pytest.raises(psycopg.errors.CheckViolation),
    ):
        connection.execute("INSERT INTO cchc_log.vault VALUES ('xa', sha256('a'), 'b')")


def test_what_an_event_refers_to_is_deleted_only_after_its_erasure(keeping: KeptInTable) -> None:
    digest, query = keeping.vault.store(REASON, "text/plain").digest, keeping.database.query
    query(f"INSERT INTO cchc_log.contents VALUES ('{keeping.workspace}', 1, '{digest}')")
    keeping.age(digest, 48)
    assert keeping.vault.sweep_orphans(lambda _: False, NOW) == 0
    with pytest.raises(LogBroken, match="chưa có sự kiện xóa"):
        keeping.vault.erase(digest)
    query(
        "INSERT INTO cchc_log.events VALUES"  # ours
        f" ('{keeping.workspace}', 2, 'content-{digest}', 1, 'content.erased/1', '', '', sha256(''), '')"
    )
    assert keeping.vault.erase(digest)


@pytest.mark.parametrize("act", ["INSERT INTO cchc_log.vault VALUES ('xa', sha256(''), '')",
                                 "DELETE FROM cchc_log.vault", "UPDATE cchc_log.vault SET salted = ''",
                                 "TRUNCATE cchc_log.vault"])  # fmt: skip
def test_a_node_writes_the_table_only_by_its_functions(tables: TestDatabase, act: str) -> None:
    with psycopg.connect(tables.url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(act.encode())


def test_large_contents_are_checked_block_by_block(
    keeping: KeptInTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_vault, "GROUP_BYTES", 3000)
    monkeypatch.setattr(postgres_vault, "BLOCK_SIZE", 1000)
    monkeypatch.setattr(postgres_vault, "BATCH", 3)
    sizes = (0, 900, 2967, 2968, 2969, 5000, 10, 10)
    digests = [keeping.vault.store(secrets.token_bytes(size), "text/plain").digest for size in sizes]
    keeping.damage(digests[5], b"x" * 4321)
    inventory = keeping.vault.check_contents(digests, ())
    assert (inventory.present, inventory.damaged) == (7, (digests[5],))


def test_a_connection_that_had_been_lost_is_replaced_and_nothing_is_lost(postgres: TestDatabase) -> None:
    vault = PostgresVault(find_database(postgres.url), "xa-mau")
    digests = [vault.store(REASON, "text/plain").digest]
    for _ in range(2):
        postgres.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'node'")
        digests.append(vault.store(REASON, "text/plain").digest)
        postgres.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'node'")
        assert vault.check_contents(digests, ()).present == len(digests)
