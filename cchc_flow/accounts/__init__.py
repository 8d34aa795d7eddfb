"""What serves one person's use of a workspace: password, sessions, the brake on guessing, and choices.

They lie beside the log, in `accounts.db` of the private folder: what became of the work is in the log alone.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from argon2 import PasswordHasher
from sqlite_utils.utils import sqlite3

from cchc_flow.accounts.passwords import Hashing, password_fault, random_password
from cchc_flow.accounts.personal import PersonalStore
from cchc_flow.accounts.store import AccountsDatabase, Row, instant_text
from cchc_flow.accounts.throttle import ADDRESS_KNOWN_FOR, Client, LoginThrottle, TooManyAttempts
from cchc_flow.errors import MissingData, Refusal

__all__ = ["Accounts", "Client", "Session", "TooManyAttempts", "WrongPassword", "password_fault"]

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
TEMPORARY = timedelta(days=7)
SEEN_STEP = timedelta(minutes=5)
"""How stale the last-seen moment of a session may be: a write per request would cost more than the page."""

_LIVE = (
    "SELECT id, sessions.person, begun, seen, address, browser, temporary_until IS NOT NULL FROM sessions"
    " JOIN passwords ON passwords.person = sessions.person WHERE ended IS NULL AND seen > ? AND begun > ?"
)
ALL_ENDED = "UPDATE sessions SET ended = ? WHERE person = ? AND id <> ? AND ended IS NULL"


class WrongPassword(Refusal):
    """The login is unknown, or the password is not its own: which of both is never told."""

    def __init__(self) -> None:
        super().__init__("Tên đăng nhập hoặc mật khẩu không đúng.", "Hãy kiểm tra rồi nhập lại.")


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-in that still holds; instants are RFC 3339 UTC. `must_change`: the password is temporary."""

    id: int
    person: str
    begun: str
    seen: str
    address: str
    browser: str
    must_change: bool


class Accounts:
    """The accounts of one workspace; safe to share between threads. `personal` is what each one chose."""

    def __init__(self, folder: Path, hasher: PasswordHasher | None = None) -> None:
        self._store = AccountsDatabase(folder)
        self.personal = PersonalStore(self._store)
        self._hashing = Hashing(hasher)
        self._brake = LoginThrottle(self._store)

    def has_password(self, person: str) -> bool:
        """Tell whether a person was ever given a password."""
        return self._store.one("SELECT 1 FROM passwords WHERE person = ?", person) is not None

    def set_password(self, person: str, password: str, now: datetime) -> None:
        """Store a password that the person chose; raise MissingData (field `password`) for a weak one."""
        if fault := password_fault(password, person):
            raise MissingData({"password": fault})
        self._keep(person, password, None, now)

    def set_first_password(self, person: str, password: str, now: datetime) -> None:
        """Store the password of a person who has none; raise Refusal when there is one, and leave it."""
        row = [person, self._hashing.hash(password), None, instant_text(now)]
        with self._store.writing() as db:
            if db.execute("INSERT OR IGNORE INTO passwords VALUES (?, ?, ?, ?)", row).rowcount == 0:
                raise Refusal("Người này đã có mật khẩu.", "Hãy đăng nhập.")

    def give_temporary(self, person: str, now: datetime) -> str:
        """Return a new password to be told to a person once: it lasts a week, and must be changed at sign-in.

        All sessions of the person end.
        """
        password = random_password()
        row = [person, self._hashing.hash(password), instant_text(now + TEMPORARY), instant_text(now)]
        with self._store.writing() as db:
            db.execute("INSERT OR REPLACE INTO passwords VALUES (?, ?, ?, ?)", row)
            db.execute(ALL_ENDED, [instant_text(now), person, 0])
        return password

    def verify(self, login: str, password: str, client: Client, now: datetime) -> str:
        """Return the hash of the login's own password; raise WrongPassword or TooManyTries.

        An unknown login takes as long as a known one, and hears the same words.
        """
        self._brake.count(login, client.address, now)
        row = self._store.one("SELECT hash, temporary_until FROM passwords WHERE person = ?", login)
        hashed, until = row or (None, None)
        if not self._hashing.matches(hashed, password) or (until is not None and until <= instant_text(now)):
            raise WrongPassword
        self._brake.release(login, client.address, now)
        return str(hashed)

    def begin(self, person: str, client: Client, now: datetime, verified: str | None = None) -> str:
        """Return the token of a new session; only its SHA-256 is kept.

        Raise WrongPassword when the hash that was verified is no longer that of the person's password.
        """
        token = secrets.token_urlsafe(32)
        row = [
            _digest(token),
            person,
            instant_text(now),
            instant_text(now),
            client.address,
            client.browser[:200],
        ]
        with self._store.writing() as db:
            if verified is not None and _hash_of(db, person) != verified:
                raise WrongPassword
            db.execute("DELETE FROM sessions WHERE seen < ?", [instant_text(now - ADDRESS_KNOWN_FOR)])
            db.execute(
                "INSERT INTO sessions (token, person, begun, seen, address, browser)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )
        return token

    def session(self, token: str, now: datetime) -> Session | None:
        """Return the session of a token, or None when it has ended, slept 12 hours or lived a week."""
        row = self._store.one(f"{_LIVE} AND token = ?", *_oldest(now), _digest(token))
        if row is None:
            return None
        session = _session(row)
        if session.seen < instant_text(now - SEEN_STEP):
            with self._store.writing() as db:
                db.execute("UPDATE sessions SET seen = ? WHERE id = ?", [instant_text(now), session.id])
        return session

    def sessions(self, person: str, now: datetime) -> list[Session]:
        """Return the sessions of a person that still hold, the newest first."""
        sql = f"{_LIVE} AND sessions.person = ? ORDER BY id DESC"
        return [_session(row) for row in self._store.all(sql, *_oldest(now), person)]

    def end(self, person: str, session: int, now: datetime) -> None:
        """End one session of a person; nothing happens when it is not the person's own."""
        with self._store.writing() as db:
            db.execute(
                "UPDATE sessions SET ended = ? WHERE id = ? AND person = ? AND ended IS NULL",
                [instant_text(now), session, person],
            )

    def end_all(self, person: str, now: datetime, but: int = 0) -> None:
        """End every session of a person, except the one with the id `but`."""
        with self._store.writing() as db:
            db.execute(ALL_ENDED, [instant_text(now), person, but])

    def _keep(self, person: str, password: str, until: str | None, now: datetime) -> None:
        row = [person, self._hashing.hash(password), until, instant_text(now)]
        with self._store.writing() as db:
            db.execute("INSERT OR REPLACE INTO passwords VALUES (?, ?, ?, ?)", row)


def _hash_of(db: sqlite3.Connection, person: str) -> str | None:
    row = db.execute("SELECT hash FROM passwords WHERE person = ?", [person]).fetchone()
    return row[0] if row else None


def _oldest(now: datetime) -> tuple[str, str]:
    """Return after when a live session was last seen, and after when it began."""
    return instant_text(now - IDLE), instant_text(now - LONGEST)


def _session(row: Row) -> Session:
    number, person, begun, seen, address, browser, temporary = row
    return Session(
        id=int(number),
        person=person,
        begun=begun,
        seen=seen,
        address=address,
        browser=browser,
        must_change=bool(temporary),
    )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
