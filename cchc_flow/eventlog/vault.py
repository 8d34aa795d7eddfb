"""What people typed or uploaded, stored beside the log so that it can be erased.

What is stored is `salt (32 bytes) ‖ content`, named by its own hex SHA-256. The salt is erased with it, so
nobody can test a guess at an erased content against the digest that stays in the log. `FolderVault` has the
contents in files, `postgres.vault.PostgresVault` in a table.
"""

import re
from collections.abc import Callable, Container, Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Protocol

import msgspec

from cchc_flow.errors import BadInput, LogBroken, NotFound
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


class Vault(Protocol):
    """The contents of one workspace; many threads and processes may use it at once.

    A digest is 64 hex digits; every method raises BadInput for what is none.
    """

    def store(self, content: bytes, media_type: str) -> Content:
        """Store a content durably and return the reference to put into an event."""

    def store_salted(self, salted: bytes) -> str:
        """Store a content with the salt that it has, durably, and return its digest; again changes nothing.

        So a vault is filled from another one, or from a backup.
        """

    def load(self, digest: str) -> bytes:
        """Return a content; raise NotFound when it is erased or missing, LogBroken when it was changed."""

    def load_salt(self, digest: str) -> bytes:
        """Return the salt of a content, which with the content gives the digest; raise as `load` does."""

    def find_salted(self, digest: str) -> bytes | None:
        """Return salt and content as they are stored, unchecked; None when they are erased or missing."""

    def has(self, digest: str) -> bool:
        """Tell whether the vault has a content, without checking its bytes."""

    def erase(self, digest: str) -> bool:
        """Delete a content and its salt; return False when it was not there."""

    def sweep_orphans(self, is_referenced: Callable[[str], bool], now: datetime) -> int:
        """Delete what is older than a day and no event refers to; return how many were deleted."""

    def check_contents(self, digests: Iterable[str], erased: Container[str]) -> Inventory:
        """Hash each content and return the inventory; `erased` are the digests of those that were erased."""


def require_digest(digest: str) -> str:
    """Return a digest; raise BadInput for what is none."""
    if not DIGEST.fullmatch(digest):
        raise BadInput("Mã nội dung không hợp lệ.")
    return digest


def check_salted(digest: str, salted: bytes | None) -> bytes:
    """Return salt and content; raise NotFound when there are none, LogBroken when they were changed."""
    if salted is None:
        raise NotFound("Nội dung này đã bị xóa hoặc thiếu trong kho.")
    if sha256(salted).hexdigest() != digest:
        raise LogBroken(
            f"Nội dung {digest[:12]}… trong kho đã bị thay đổi.", "Hãy khôi phục kho từ bản sao lưu."
        )
    return salted


def take_inventory(found: Iterable[tuple[str, str | None]], erased: Container[str]) -> Inventory:
    """Return the inventory of pairs (digest, the hash that its stored bytes have now; None: not there)."""
    groups: dict[str, list[str]] = {state: [] for state in Inventory.__struct_fields__}
    for digest, stored in found:
        groups[_content_state(digest, stored, digest in erased)].append(digest)
    return Inventory(
        present=len(groups["present"]),
        erased=len(groups["erased"]),
        missing=tuple(groups["missing"]),
        damaged=tuple(groups["damaged"]),
        revived=tuple(groups["revived"]),
    )


def _content_state(digest: str, stored: str | None, is_erased: bool) -> str:
    """Return in which field of the inventory a content counts."""
    if stored is None:
        return "erased" if is_erased else "missing"
    if is_erased:
        return "revived"
    return "present" if stored == digest else "damaged"
