"""What people typed or uploaded, stored in files beside the log so that it can be erased.

A file is `salt (32 bytes) ‖ content`, named by its own hex SHA-256. The salt is erased with the file, so
nobody can test a guess at an erased content against the digest that stays in the log.
"""

import os
import re
import stat
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec

from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.files import make_folder, sync_folder, write_atomically
from cchc_flow.workflow.events import Content

SALT_LENGTH = 32
DIGEST = re.compile(r"[0-9a-f]{64}")
ORPHAN_AGE = timedelta(hours=24)  # a content is stored before its event, which may still be coming
BLOCK_SIZE = 1 << 20


class Inventory(msgspec.Struct, frozen=True):
    """How many contents are intact, and how many are gone because they were erased.

    The others are given by their digests: `missing` were never erased, `damaged` have changed, and `revived`
    are there though they were erased.
    """

    present: int
    erased: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    revived: tuple[str, ...]


class Vault:
    """The vault in a folder, usually `data/<workspace>/vault`."""

    def __init__(self, folder: Path, random: Callable[[int], bytes] = os.urandom) -> None:
        self.folder = folder
        self._random = random

    def store(self, content: bytes, media_type: str) -> Content:
        """Store a content durably (fsync) and return the reference to put into an event."""
        salted = self._random(SALT_LENGTH) + content
        digest = sha256(salted).hexdigest()
        path = self.path(digest)
        if not path.parent.is_dir():
            make_folder(path.parent)
            sync_folder(self.folder.parent)
            sync_folder(self.folder)
        write_atomically(path, salted)
        return Content(digest, len(content), media_type)

    def load(self, digest: str) -> bytes:
        """Return a content; raise NotFound when it is erased or missing, LogBroken when it was changed."""
        return self._load_salted(digest)[SALT_LENGTH:]

    def load_salt(self, digest: str) -> bytes:
        """Return the salt of a content, which with the content gives the digest; raise as `load` does."""
        return self._load_salted(digest)[:SALT_LENGTH]

    def _load_salted(self, digest: str) -> bytes:
        try:
            salted = self.path(digest).read_bytes()
        except FileNotFoundError:
            raise NotFound("Nội dung này đã bị xóa hoặc thiếu trong kho.") from None
        if sha256(salted).hexdigest() != digest:
            raise LogBroken(
                f"Nội dung {digest[:12]}… trong kho đã bị thay đổi.", "Hãy khôi phục kho từ bản sao lưu."
            )
        return salted

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
        groups: dict[str, list[str]] = {state: [] for state in Inventory.__struct_fields__}
        for digest in digests:
            groups[self._content_state(digest, digest in erased)].append(digest)
        return Inventory(
            present=len(groups["present"]),
            erased=len(groups["erased"]),
            missing=tuple(groups["missing"]),
            damaged=tuple(groups["damaged"]),
            revived=tuple(groups["revived"]),
        )

    def _content_state(self, digest: str, is_erased: bool) -> str:
        """Return in which field of the inventory a content counts."""
        found = _file_digest(self._address(digest))
        if found is None:
            return "erased" if is_erased else "missing"
        if is_erased:
            return "revived"
        return "present" if found == digest else "damaged"

    def path(self, digest: str) -> Path:
        """Return where a content is stored; raise BadInput for what is no digest."""
        return Path(self._address(digest))

    def _address(self, digest: str) -> str:
        if not DIGEST.fullmatch(digest):
            raise BadInput("Mã nội dung không hợp lệ.")
        return f"{self.folder}/{digest[:2]}/{digest}"

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
