"""Which passwords will do, and how they are hashed and compared."""

import secrets
import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

SHORTEST, LONGEST = 10, 200
DIFFERENT = 5

_HASHING = threading.BoundedSemaphore(2)
"""An argon2id hash takes 64 MiB: two at a time, for the whole process."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Hashing:
    """Hashes and compares passwords, in their NFC form, with argon2id."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2)

    def hash(self, password: str) -> str:
        """Return what is stored in the place of a password."""
        with _HASHING:
            return self._hasher.hash(_plain(password))

    def matches(self, hashed: str | None, password: str) -> bool:
        """Tell whether a password is the one that was hashed; without a hash: never, after the same work."""
        try:
            with _HASHING:
                self._hasher.verify(hashed or _nobodys_hash(self._hasher), _plain(password)[:LONGEST])
        except VerificationError:
            return False
        return hashed is not None


def password_fault(password: str, login: str) -> str | None:
    """Return in one sentence why a password will not do, or None when it will."""
    words = _plain(password)
    if len(words) < SHORTEST:
        return f"Mật khẩu cần ít nhất {SHORTEST} ký tự; bạn mới gõ {len(words)}."
    if len(words) > LONGEST:
        return f"Mật khẩu dài quá {LONGEST} ký tự."
    if len(set(words)) < DIFFERENT:
        return "Mật khẩu lặp lại quá ít ký tự nên rất dễ đoán."
    if login and login.lower() in words.lower():
        return "Mật khẩu chứa tên đăng nhập nên rất dễ đoán."
    return None


def random_password() -> str:
    """Return a password that nobody can guess and everybody can copy from paper: four times four letters."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


@cache
def _nobodys_hash(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_hex())


def _plain(password: str) -> str:
    """Keyboards give one Vietnamese letter as different code points: NFC makes them one."""
    return unicodedata.normalize("NFC", password)
