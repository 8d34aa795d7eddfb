"""The vault in a folder: one file for each content, `ab/abcd…`, usually in `data/<workspace>/vault`."""

import os
import stat
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cchc_flow.eventlog.vault import (
    BLOCK_SIZE,
    ORPHAN_AGE,
    SALT_LENGTH,
    Inventory,
    check_salted,
    require_digest,
    take_inventory,
)
from cchc_flow.files import make_folder, sync_folder, write_atomically
from cchc_flow.workflow.events import Content


class FolderVault:
    """The vault in a folder (see `vault.Vault`); a folder that several machines share will do, too."""

    def __init__(self, folder: Path, random: Callable[[int], bytes] = os.urandom) -> None:
        self.folder = folder
        self._random = random

    def store(self, content: bytes, media_type: str) -> Content:
        """Store a content durably (fsync) and return the reference to put into an event."""
        return Content(self.store_salted(self._random(SALT_LENGTH) + content), len(content), media_type)

    def store_salted(self, salted: bytes) -> str:
        """Store a content with its salt durably (fsync) and return its digest."""
        digest = sha256(salted).hexdigest()
        path = self.path(digest)
        if not path.parent.is_dir():
            make_folder(path.parent)
            sync_folder(self.folder.parent)
            sync_folder(self.folder)
        write_atomically(path, salted)
        return digest

    def load(self, digest: str) -> bytes:
        """Return a content; raise NotFound when it is erased or missing, LogBroken when it was changed."""
        return check_salted(digest, self.find_salted(digest))[SALT_LENGTH:]

    def load_salt(self, digest: str) -> bytes:
        """Return the salt of a content, which with the content gives the digest; raise as `load` does."""
        return check_salted(digest, self.find_salted(digest))[:SALT_LENGTH]

    def find_salted(self, digest: str) -> bytes | None:
        """Return salt and content as they are stored, unchecked; None when they are erased or missing."""
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError:
            return None

    def has(self, digest: str) -> bool:
        """Tell whether the vault has a content, without checking its bytes."""
        return self.path(digest).is_file()

    def erase(self, digest: str) -> bool:
        """Delete a content and its salt; return False when it was not there."""
        path = self.path(digest)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync_folder(path.parent)
        return True

    def sweep_orphans(self, is_referenced: Callable[[str], bool], now: datetime) -> int:
        """Delete files older than a day that no event refers to; return how many were deleted."""
        oldest_kept = (now - ORPHAN_AGE).timestamp()
        deleted = 0
        for path in self._files():
            with suppress(FileNotFoundError):  # another sweep, or the writer of a draft, deleted it first
                if path.stat().st_mtime < oldest_kept and not is_referenced(path.name):
                    path.unlink()
                    deleted += 1
        return deleted

    def check_contents(self, digests: Iterable[str], erased: Container[str]) -> Inventory:
        """Hash each content and return the inventory; `erased` are the digests of those that were erased."""
        return take_inventory(((digest, _file_digest(self._address(digest))) for digest in digests), erased)

    def path(self, digest: str) -> Path:
        """Return where a content is stored; raise BadInput for what is no digest."""
        return Path(self._address(digest))

    def _address(self, digest: str) -> str:
        return f"{self.folder}/{require_digest(digest)[:2]}/{digest}"

    def _files(self) -> Iterator[Path]:
        """Return every file in the vault, also those left by interrupted writes."""
        return (path for path in self.folder.glob("??/*") if path.is_file())


def _file_digest(path: str) -> str | None:
    """Return the hex SHA-256 of a file of any size, None when there is none.

    There are thousands of small ones: no more is asked of the system than it takes. What is no file is not
    waited for.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return None
        digest, length = sha256(), min(status.st_size + 1, BLOCK_SIZE)
        while block := os.read(descriptor, length):
            digest.update(block)
        return digest.hexdigest()
    finally:
        os.close(descriptor)
