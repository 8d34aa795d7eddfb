"""Contents come back as they were put, or it is said why not."""

import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.eventlog.vault import BLOCK_SIZE, Vault

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
REASON = "Thiếu chữ ký của thủ trưởng".encode()


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "ea-thu" / "vault")


def age(vault: Vault, digest: str, hours: float) -> None:
    """Let a content have been stored some hours ago."""
    then = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(vault.folder / digest[:2] / digest, (then, then))


@pytest.mark.parametrize("content", [b"", REASON, os.urandom(100_000)])
def test_a_content_reads_back(vault: Vault, content: bytes) -> None:
    reference = vault.store(content, "application/pdf")
    assert (reference.size, reference.media_type) == (len(content), "application/pdf")
    assert vault.load(reference.digest) == content


def test_the_digest_is_that_of_salt_and_content(tmp_path: Path) -> None:
    reference = Vault(tmp_path / "v", lambda count: b"\x07" * count).store(REASON, "text/plain")
    assert reference.digest == sha256(b"\x07" * 32 + REASON).hexdigest()


def test_the_same_words_twice_cannot_be_told_from_their_digests(vault: Vault) -> None:
    assert vault.store(REASON, "text/plain").digest != vault.store(REASON, "text/plain").digest


def test_the_vault_has_what_it_keeps_until_it_is_erased(vault: Vault) -> None:
    digest = vault.store(b"minutes", "text/plain").digest
    assert vault.has(digest)
    vault.erase(digest)
    assert not vault.has(digest)


def test_a_content_that_is_gone_is_said_to_be(vault: Vault) -> None:
    reference = vault.store(REASON, "text/plain")
    assert vault.erase(reference.digest) and not vault.erase(reference.digest)
    with pytest.raises(NotFound, match="đã bị xóa hoặc thiếu"):
        vault.load(reference.digest)


def test_a_changed_content_is_not_given_out(vault: Vault) -> None:
    reference = vault.store(REASON, "text/plain")
    path = vault.folder / reference.digest[:2] / reference.digest
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(LogBroken):
        vault.load(reference.digest)


@pytest.mark.parametrize(
    "digest", ["", "..", "../../etc/passwd", "0" * 63, "0" * 65, "G" * 64, "0" * 64 + "\n", "A" * 64]
)
def test_only_a_digest_names_a_content(vault: Vault, digest: str) -> None:
    for act in (vault.load, vault.erase):
        with pytest.raises(BadInput):
            act(digest)


def test_orphans_are_swept_after_a_day_and_nothing_else(vault: Vault) -> None:
    old, fresh, used = (vault.store(REASON, "text/plain").digest for _ in range(3))
    age(vault, old, 24.1)
    age(vault, fresh, 23.9)
    age(vault, used, 999)
    assert vault.sweep_orphans(lambda digest: digest == used, NOW) == 1
    assert (
        vault.check_contents([old], ()).missing,
        vault.check_contents([fresh, used], ()).present,
    ) == ((old,), 2)


def test_what_another_sweep_takes_first_is_left_to_it(vault: Vault) -> None:
    orphan = vault.store(REASON, "text/plain").digest
    age(vault, orphan, 24.1)

    def taken_meanwhile(digest: str) -> bool:
        vault.erase(digest)
        return False

    assert vault.sweep_orphans(taken_meanwhile, NOW) == 0
    assert not vault.erase(orphan)


def test_what_an_interrupted_write_left_is_swept(vault: Vault) -> None:
    reference = vault.store(REASON, "text/plain")
    half = vault.folder / reference.digest[:2] / "new-abc"
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    assert vault.sweep_orphans(lambda digest: True, NOW) == 0
    assert vault.sweep_orphans(lambda digest: digest == reference.digest, NOW) == 1


def test_a_failed_write_leaves_nothing(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        vault.store(REASON, "text/plain")
    assert [path for path in vault.folder.rglob("*") if path.is_file()] == []


def test_a_check_tells_what_is_whole_missing_damaged_erased_and_back_again(vault: Vault) -> None:
    whole, gone, changed, erased, back = (vault.store(REASON, "text/plain").digest for _ in range(5))
    for digest in (gone, erased):
        vault.erase(digest)
    (vault.folder / changed[:2] / changed).write_bytes(b"x")
    inventory = vault.check_contents([whole, gone, changed, erased, back], {erased, back})
    assert (inventory.present, inventory.erased) == (1, 1)
    assert (inventory.missing, inventory.damaged, inventory.revived) == ((gone,), (changed,), (back,))


def test_what_is_no_file_is_missing_and_is_not_waited_for(vault: Vault) -> None:
    pipe, folder = (vault.store(REASON, "text/plain").digest for _ in range(2))
    for digest, make in ((pipe, os.mkfifo), (folder, os.mkdir)):
        vault.erase(digest)
        make(vault.path(digest))
    assert set(vault.check_contents([pipe, folder], ()).missing) == {pipe, folder}


def test_a_content_larger_than_one_block_is_hashed_whole(vault: Vault) -> None:
    large = vault.store(os.urandom(2 * BLOCK_SIZE + 1), "application/pdf").digest
    assert vault.check_contents([large], ()).present == 1
