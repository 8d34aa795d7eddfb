"""Which passwords are acceptable, and how they are hashed and compared.

NIST SP 800-63B asks for a length and a list of what is guessed first, and for no rules of composition.
zxcvbn (MIT) tells how many guesses a password takes: by lists, sequences, rows of keys, days, repetitions.
"""

import re
import secrets
import threading
import unicodedata
from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from cchc_flow import waits
from cchc_flow.accounts.common_words import COMMON
from cchc_flow.projections.search import search_key
from cchc_flow.workflow.typed_text import LONGEST_SPELLING

MIN_LENGTH, MAX_LENGTH = 10, 200
LONGEST_RAW = LONGEST_SPELLING * (MAX_LENGTH + 1)
"""Code points of a password that are looked at: with more it is too long, however they compose."""
MIN_DIFFERENT_CHARACTERS = 5
MIN_GUESSES = 10**8
"""What zxcvbn takes for safe from guesses over the network, as these are delayed."""
JUDGED_LENGTH = 64
"""In characters: so much of a password is judged; each takes time."""

_HASHING_SLOTS = threading.BoundedSemaphore(2)
"""An argon2id hash takes 64 MiB of memory, so a process computes at most two at a time."""

_UNAMBIGUOUS = "abcdefghjkmnpqrstuvwxyz23456789"


class PasswordHashing:
    """Hashes and compares passwords with argon2id, after normalizing them to NFC."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2)

    def hash(self, password: str) -> str:
        """Return the argon2id hash to store instead of a password."""
        waits.announce()
        with _HASHING_SLOTS:
            return self._hasher.hash(_normalize(password))

    def matches(self, hashed: str | None, password: str) -> bool:
        """Tell whether a password belongs to a hash.

        Without a hash the answer is no, but takes as long, so that timing does not tell which logins exist.
        """
        waits.announce()
        try:
            with _HASHING_SLOTS:
                self._hasher.verify(hashed or _dummy_hash(self._hasher), _normalize(password)[:MAX_LENGTH])
        except VerificationError:
            return False
        return hashed is not None


def password_fault(password: str, login: str, about: Sequence[str] = ()) -> str | None:
    """Return in Vietnamese why a password is too weak, None when it is acceptable.

    `about` are names that others know: of the person, of the commune.
    """
    normalized = _normalize(password)
    if len(normalized) < MIN_LENGTH:
        return f"Mật khẩu cần ít nhất {MIN_LENGTH} ký tự; bạn mới gõ {len(normalized)}."
    if len(normalized) > MAX_LENGTH:
        return f"Mật khẩu dài quá {MAX_LENGTH} ký tự."
    if len(set(normalized)) < MIN_DIFFERENT_CHARACTERS:
        return "Mật khẩu lặp lại quá ít ký tự nên rất dễ đoán."
    if login and login.lower() in normalized.lower():
        return "Mật khẩu chứa tên đăng nhập nên rất dễ đoán."
    if _guesses(normalized, [login, *about]) < MIN_GUESSES:
        return (
            "Mật khẩu này dễ đoán, vì gồm những từ, tên, ngày hoặc dãy phím mà nhiều người dùng."
            " Hãy ghép bốn, năm từ không liên quan đến nhau."
        )
    return None


def _guesses(password: str, names: Sequence[str]) -> float:
    """Return how many guesses a password takes: as it is, without diacritics, or also without spaces."""
    from zxcvbn import zxcvbn  # only now: its lists are large, and most programs set no password

    known = [*_guessable_words(names), *COMMON]
    plain = search_key(password)
    judged = {words[:JUDGED_LENGTH] for words in (password, plain, re.sub(r"[^a-z0-9]", "", plain))}
    return min(float(zxcvbn(words, user_inputs=known)["guesses"]) for words in judged if words)


def _guessable_words(names: Sequence[str]) -> list[str]:
    """Return the words of names, each alone, and those side by side as one: «Krông Bình» is krongbinh."""
    words = [re.findall(r"[a-z0-9]+", search_key(name)) for name in names]
    runs = [
        "".join(parts[start:end])
        for parts in words
        for start in range(len(parts))
        for end in range(start + 1, min(len(parts), start + 6) + 1)
    ]
    return [run for run in runs if len(run) > 2]


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
