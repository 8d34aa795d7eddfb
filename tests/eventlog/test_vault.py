"""The vault in a folder: what every vault does, and what is so only of files."""

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from eventlog.vault_contract import NOW, REASON, VaultContract

from cchc_flow.eventlog.folder_vault import FolderVault


class KeptInFiles:
    """A vault in a folder, and whoever may write there."""

    def __init__(self, folder: Path) -> None:
        self.vault = FolderVault(folder)

    def age(self, digest: str, hours: float) -> None:
        then = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(self.vault.path(digest), (then, then))

    def damage(self, digest: str, salted: bytes) -> None:
        self.vault.path(digest).write_bytes(salted)


class TestFolderVault(VaultContract):
    @pytest.fixture
    def keeping(self, tmp_path: Path) -> KeptInFiles:
        return KeptInFiles(tmp_path / "ea-thu" / "vault")


@pytest.fixture
def vault(tmp_path: Path) -> FolderVault:
    return FolderVault(tmp_path / "ea-thu" / "vault")


def test_a_file_holds_salt_and_content(tmp_path: Path) -> None:
    vault = FolderVault(tmp_path / "v", lambda count: b"\x07" * count)
    reference = vault.store(REASON, "text/plain")
    assert reference.digest == sha256(b"\x07" * 32 + REASON).hexdigest()
    assert vault.path(reference.digest).read_bytes() == b"\x07" * 32 + REASON


def test_what_an_interrupted_write_left_is_swept(vault: FolderVault) -> None:
    reference = vault.store(REASON, "text/plain")
    half = vault.folder / reference.digest[:2] / "new-abc"
    half.write_bytes(b"half")
    os.utime(half, (0, 0))
    assert vault.sweep_orphans(lambda digest: True, NOW) == 0
    assert vault.sweep_orphans(lambda digest: digest == reference.digest, NOW) == 1


def test_a_failed_write_leaves_nothing(vault: FolderVault, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        vault.store(REASON, "text/plain")
    assert [path for path in vault.folder.rglob("*") if path.is_file()] == []


def test_what_is_no_file_is_missing_and_is_not_waited_for(vault: FolderVault) -> None:
    pipe, folder = (vault.store(REASON, "text/plain").digest for _ in range(2))
    for digest, make in ((pipe, os.mkfifo), (folder, os.mkdir)):
        vault.erase(digest)
        make(vault.path(digest))
    assert set(vault.check_contents([pipe, folder], ()).missing) == {pipe, folder}
