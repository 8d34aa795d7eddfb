"""What every vault does, wherever it keeps the contents: in a folder or in a database."""

import os
from datetime import UTC, datetime
from hashlib import sha256
from typing import Protocol

import pytest

from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.eventlog.vault import BLOCK_SIZE, SALT_LENGTH, Vault

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
REASON = "Thiếu chữ ký của thủ trưởng".encode()
NO_DIGESTS = ["", "..", "../../etc/passwd", "0" * 63, "0" * 65, "G" * 64, "0" * 64 + "\n", "A" * 64]


class Keeping(Protocol):
    """A vault, and what somebody could do who has its files or its tables in hand."""

    vault: Vault

    def age(self, digest: str, hours: float) -> None:
        """Let a content have been stored some hours before NOW."""

    def damage(self, digest: str, salted: bytes) -> None:
        """Put other bytes in the place of a content."""


class VaultContract:
    """The tests; a class for each home gives the fixture `keeping`."""

    @pytest.fixture
    def vault(self, keeping: Keeping) -> Vault:
        return keeping.vault

    @pytest.mark.parametrize("content", [b"", REASON, b"\x00\xff" * 50_000])
    def test_a_content_reads_back(self, vault: Vault, content: bytes) -> None:
        reference = vault.store(content, "application/pdf")
        assert (reference.size, reference.media_type) == (len(content), "application/pdf")
        assert vault.load(reference.digest) == content

    def test_the_digest_is_that_of_salt_and_content(self, vault: Vault) -> None:
        digest = vault.store(REASON, "text/plain").digest
        salt = vault.load_salt(digest)
        assert len(salt) == SALT_LENGTH
        assert digest == sha256(salt + REASON).hexdigest()
        assert vault.find_salted(digest) == salt + REASON

    def test_the_same_words_twice_cannot_be_told_from_their_digests(self, vault: Vault) -> None:
        assert vault.store(REASON, "text/plain").digest != vault.store(REASON, "text/plain").digest

    def test_a_content_with_its_salt_is_taken_over_from_another_vault(self, vault: Vault) -> None:
        salted = b"\x07" * SALT_LENGTH + REASON
        assert [vault.store_salted(salted) for _ in range(2)] == [sha256(salted).hexdigest()] * 2
        assert vault.load(sha256(salted).hexdigest()) == REASON

    def test_the_vault_has_what_it_keeps_until_it_is_erased(self, vault: Vault) -> None:
        digest = vault.store(b"minutes", "text/plain").digest
        assert vault.has(digest)
        vault.erase(digest)
        assert not vault.has(digest)

    def test_a_content_that_is_gone_is_said_to_be(self, vault: Vault) -> None:
        reference = vault.store(REASON, "text/plain")
        assert vault.erase(reference.digest) and not vault.erase(reference.digest)
        assert vault.find_salted(reference.digest) is None
        with pytest.raises(NotFound, match="đã bị xóa hoặc thiếu"):
            vault.load(reference.digest)

    def test_a_changed_content_is_not_given_out(self, vault: Vault, keeping: Keeping) -> None:
        digest = vault.store(REASON, "text/plain").digest
        keeping.damage(digest, b"\x07" * SALT_LENGTH + b"other words")
        for read in (vault.load, vault.load_salt):
            with pytest.raises(LogBroken, match="đã bị thay đổi"):
                read(digest)

    @pytest.mark.parametrize("digest", NO_DIGESTS)
    def test_only_a_digest_names_a_content(self, vault: Vault, digest: str) -> None:
        for act in (vault.load, vault.erase, vault.has, vault.find_salted):
            with pytest.raises(BadInput):
                act(digest)
        with pytest.raises(BadInput):
            vault.check_contents([digest], ())

    def test_orphans_are_swept_after_a_day_and_nothing_else(self, vault: Vault, keeping: Keeping) -> None:
        old, fresh, used = (vault.store(REASON, "text/plain").digest for _ in range(3))
        keeping.age(old, 24.1)
        keeping.age(fresh, 23.9)
        keeping.age(used, 999)
        assert vault.sweep_orphans(lambda digest: digest == used, NOW) == 1
        inventory = vault.check_contents([old, fresh, used], ())
        assert (inventory.missing, inventory.present) == ((old,), 2)

    def test_what_another_sweep_takes_first_is_left_to_it(self, vault: Vault, keeping: Keeping) -> None:
        orphan = vault.store(REASON, "text/plain").digest
        keeping.age(orphan, 24.1)

        def take_meanwhile(digest: str) -> bool:
            vault.erase(digest)
            return False

        assert vault.sweep_orphans(take_meanwhile, NOW) == 0
        assert not vault.erase(orphan)

    def test_a_check_tells_what_is_whole_missing_damaged_erased_and_back_again(
        self, vault: Vault, keeping: Keeping
    ) -> None:
        whole, gone, changed, erased, back = (vault.store(REASON, "text/plain").digest for _ in range(5))
        for digest in (gone, erased):
            vault.erase(digest)
        keeping.damage(changed, b"x")
        inventory = vault.check_contents([whole, gone, changed, erased, back], {erased, back})
        assert (inventory.present, inventory.erased) == (1, 1)
        assert (inventory.missing, inventory.damaged, inventory.revived) == ((gone,), (changed,), (back,))

    def test_contents_of_all_sizes_are_hashed_whole(self, vault: Vault) -> None:
        sizes = (0, 1, 700_000, 700_000, BLOCK_SIZE, 2 * BLOCK_SIZE + 1)
        digests = [vault.store(os.urandom(size), "application/pdf").digest for size in sizes]
        assert vault.check_contents(digests, ()).present == len(sizes)
