"""Secrets, contents and reads are copied between the homes, and hold there as before."""

from pathlib import Path

import pytest
from support.postgres import TestDatabase
from support.world import World

from cchc_flow.errors import BadInput, LogBroken
from cchc_flow.eventlog.folder_vault import FolderVault
from cchc_flow.eventlog.moving_stores import copy_contents, copy_reads, copy_secrets
from cchc_flow.eventlog.postgres.pool import find_database
from cchc_flow.eventlog.postgres.reads import PostgresReads
from cchc_flow.eventlog.postgres.secrets import PostgresSecrets
from cchc_flow.eventlog.postgres.vault import PostgresVault
from cchc_flow.eventlog.reads.home import FolderReads
from cchc_flow.eventlog.reads.store import ReadLog
from cchc_flow.eventlog.secret_store import FolderSecrets


def test_contents_move_with_their_salts(tmp_path: Path, postgres: TestDatabase) -> None:
    old, new = FolderVault(tmp_path / "vault"), PostgresVault(find_database(postgres.url), "xa-mau")
    digests = [old.store(content, "text/plain").digest for content in (b"", b"minutes", b"x" * 100_000)]
    gone = old.store(b"gone", "text/plain").digest
    old.erase(gone)
    for _ in range(2):
        assert copy_contents(old, new, [*digests, gone]) == (gone,)
    assert [new.find_salted(digest) for digest in digests] == [old.find_salted(digest) for digest in digests]
    back = FolderVault(tmp_path / "back")
    assert copy_contents(new, back, digests) == ()
    assert back.check_contents(digests, ()).present == 3


def test_a_content_that_was_changed_is_not_copied(tmp_path: Path, postgres: TestDatabase) -> None:
    old, new = FolderVault(tmp_path / "vault"), PostgresVault(find_database(postgres.url), "xa-mau")
    digest = old.store(b"minutes", "text/plain").digest
    old.path(digest).write_bytes(b"other")
    with pytest.raises(LogBroken):
        copy_contents(old, new, [digest])
    assert not new.has(digest)


def test_secrets_move_and_another_one_is_not_replaced(tmp_path: Path, postgres: TestDatabase) -> None:
    old, new = FolderSecrets(tmp_path / "p"), PostgresSecrets(find_database(postgres.url), "xa-mau", tmp_path)
    old.read_or_create("command.key", lambda: b"c"), old.read_or_create("keys/a.pem", lambda: b"k")
    assert [copy_secrets(old, new) for _ in range(2)] == [2, 2]
    assert (new.read("command.key"), new.read("keys/a.pem")) == (b"c", b"k")
    other = FolderSecrets(tmp_path / "q")
    other.read_or_create("command.key", lambda: b"another")
    with pytest.raises(BadInput, match=r"command\.key» khác"):
        copy_secrets(other, new)


def test_who_read_what_moves_and_goes_on_in_the_same_chain(world: World, postgres: TestDatabase) -> None:
    for number in range(20):
        world.ws.reads.record("lan", "opened", f"item-{number}", "web")
    world.ws.reads.close_month("2026-03")
    world.wait(days=40)
    for number in range(20):
        world.ws.reads.record("lan", "opened", f"item-{number}", "web")
    old, new = FolderReads(world.ws.folder), PostgresReads(find_database(postgres.url), "xa-mau")
    assert [copy_reads(old, new) for _ in range(2)] == [2, 2]
    moved = ReadLog(new, world.ws.private, world.ws.log, world.ws.now)
    assert list(moved.entries()) == list(world.ws.reads.entries())
    assert moved.close_month("2026-03") == world.ws.reads.close_month("2026-03")
    assert moved.record("binh", "opened", "item-1", "web")
    with pytest.raises(BadInput, match="đã có sổ lượt xem tháng 2026-04 khác"):
        copy_reads(old, new)
    assert copy_reads(new, old) == 2  # the old home gets what was recorded in the new one
    world.ws.reads.record("binh", "opened", "item-3", "web")
    assert copy_reads(old, new) == 2
    assert list(moved.entries()) == list(world.ws.reads.entries())
    back = FolderReads(world.ws.folder / "back")
    copy_reads(new, back)
    returned = ReadLog(back, world.ws.private, world.ws.log, world.ws.now)
    assert list(returned.entries()) == list(moved.entries())
    assert returned.record("binh", "opened", "item-2", "web")
    assert returned.close_month("2026-04").size == 23
    returned.close()
