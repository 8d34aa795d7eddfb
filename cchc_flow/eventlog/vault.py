"""The bytes of what people typed or uploaded, beside the log and never in it, so that they can be erased.

A file is `salt (32 bytes) ‖ content`, named by the hex SHA-256 of itself: without the salt, which dies with
the file, nobody can test a guess at an erased content against the digest that the log keeps for ever.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec

from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.files import sync_folder, write_whole
from cchc_flow.workflow.events import Content

SALT = 32
DIGEST = re.compile(r"[0-9a-f]{64}")
ORPHANS_KEPT = timedelta(hours=24)  # a content is stored before its event is: it may still be on its way
BLOCK = 1 << 20


class Inventory(msgspec.Struct, frozen=True):
    """How the contents that a log refers to were found; `damaged` are the digests of changed files."""

    present: int
    missing: int
    damaged: tuple[str, ...]


class Vault:
    """The vault in a folder, usually `data/<workspace>/vault`."""

    def __init__(self, folder: Path, random: Callable[[int], bytes] = os.urandom) -> None:
        self.folder = folder
        self._random = random

    def put(self, content: bytes, media_type: str) -> Content:
        """Store a content so that it survives a power cut, and return the reference for an event."""
        salted = self._random(SALT) + content
        digest = sha256(salted).hexdigest()
        path = self._path(digest)
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_folder(self.folder.parent)
            sync_folder(self.folder)
        write_whole(path, salted)
        return Content(digest, len(content), media_type)

    def read(self, digest: str) -> bytes:
        """Return a content; raise NotFound when it was erased, LogBroken when the file was changed."""
        try:
            salted = self._path(digest).read_bytes()
        except FileNotFoundError:
            raise NotFound("Nội dung này đã bị xóa hoặc thiếu trong kho.") from None
        if sha256(salted).hexdigest() != digest:
            raise LogBroken(
                f"Nội dung {digest[:12]}… trong kho đã bị thay đổi.", "Hãy khôi phục kho từ bản sao lưu."
            )
        return salted[SALT:]

    def has(self, digest: str) -> bool:
        """Tell whether a content is here, without reading it."""
        return self._path(digest).is_file()

    def erase(self, digest: str) -> bool:
        """Remove a content and its salt; return False when it was not there."""
        path = self._path(digest)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync_folder(path.parent)
        return True

    def sweep_orphans(self, is_referenced: Callable[[str], bool], now: datetime) -> int:
        """Remove what no event refers to a day after it was stored, and return how many files went."""
        before = (now - ORPHANS_KEPT).timestamp()
        gone = 0
        for path in self._files():
            with suppress(FileNotFoundError):  # another sweep, or the writer of a draft, was quicker
                if path.stat().st_mtime < before and not is_referenced(path.name):
                    path.unlink()
                    gone += 1
        return gone

    def check_contents(self, digests: Iterable[str]) -> Inventory:
        """Return how many of the contents are here whole, how many are not, and which were changed."""
        present, missing, damaged = 0, 0, []
        for digest in digests:
            path = self._path(digest)
            if not path.is_file():
                missing += 1
            elif _digest_of(path) == digest:
                present += 1
            else:
                damaged.append(digest)
        return Inventory(present, missing, tuple(damaged))

    def _path(self, digest: str) -> Path:
        if not DIGEST.fullmatch(digest):
            raise BadInput("Mã nội dung không hợp lệ.")
        return self.folder / digest[:2] / digest

    def _files(self) -> Iterator[Path]:
        """Yield every file in the vault, those of interrupted writes as well."""
        return (path for path in self.folder.glob("??/*") if path.is_file())


def _digest_of(path: Path) -> str:
    hashed = sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            hashed.update(block)
    return hashed.hexdigest()
