"""Which passwords are acceptable, and how they are hashed and compared."""

import secrets
import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from cchc_flow.workflow.typed_text import LONGEST_SPELLING

MIN_LENGTH, MAX_LENGTH = 10, 200
LONGEST_RAW = LONGEST_SPELLING * (MAX_LENGTH + 1)
"""Code points of a password that are looked at: with more it is too long, however they compose."""
MIN_DIFFERENT_CHARACTERS = 5

_HASHING_SLOTS = threading.BoundedSemaphore(2)
"""An argon2id hash takes 64 MiB of memory, so a process computes at most two at a time."""

_UNAMBIGUOUS = "abcdefghjkmnpqrstuvwxyz23456789"


class PasswordHashing:
    """Hashes and compares passwords with argon2id, after normalizing them to NFC."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2)

    def hash(self, password: str) -> str:
        """Return the argon2id hash to store instead of a password."""
        with _HASHING_SLOTS:
            return self._hasher.hash(_normalize(password))

    def matches(self, hashed: str | None, password: str) -> bool:
        """Tell whether a password belongs to a hash.

        Without a hash the answer is no, but takes as long, so that timing does not tell which logins exist.
        """
        try:
            with _HASHING_SLOTS:
                self._hasher.verify(hashed or _dummy_hash(self._hasher), _normalize(password)[:MAX_LENGTH])
        except VerificationError:
            return False
        return hashed is not None


def password_fault(password: str, login: str) -> str | None:
    """Return in one Vietnamese sentence why a password is too weak, None when it is acceptable."""
    normalized = _normalize(password)
    if len(normalized) < MIN_LENGTH:
        return f"Mật khẩu cần ít nhất {MIN_LENGTH} ký tự; bạn mới gõ {len(normalized)}."
    if len(normalized) > MAX_LENGTH:
        return f"Mật khẩu dài quá {MAX_LENGTH} ký tự."
    if len(set(normalized)) < MIN_DIFFERENT_CHARACTERS:
        return "Mật khẩu lặp lại quá ít ký tự nên rất dễ đoán."
    if login and login.lower() in normalized.lower():
        return "Mật khẩu chứa tên đăng nhập nên rất dễ đoán."
    return None


def random_password() -> str:
    """Return a random password that is easy to copy from paper: four groups of four letters and digits."""
    return "-".join("".join(secrets.choice(_UNAMBIGUOUS) for _ in range(4)) for _ in range(4))


@cache
def _dummy_hash(hasher: PasswordHasher) -> str:
    """Return the hash of a random password, to compare with where a login has none."""
    return hasher.hash(secrets.token_hex())


def _normalize(password: str) -> str:
    """Return a password in NFC: keyboards differ in the code points they send for a Vietnamese letter."""
    return unicodedata.normalize("NFC", password[:LONGEST_RAW])
