"""What serves one person's use of a workspace: password, sessions, and the brake on guessing.

They lie beside the log, in `accounts.db` of the private folder, and say nothing of the work (DESIGN, law 1).
"""

import hashlib
import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlite_utils.utils import sqlite3

from cchc_flow.errors import MissingData, Refusal
from cchc_flow.workflow.calendar import moment_words

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
TEMPORARY = timedelta(days=7)
WINDOW = timedelta(minutes=15)
REMEMBERED = timedelta(days=30)
SEEN_STEP = timedelta(minutes=5)
"""How stale the last-seen moment of a session may be: a write per request would cost more than the page."""

SHORTEST = 10
LONGEST_PASSWORD = 200
PAIR_TRIES, LOGIN_TRIES, ADDRESS_TRIES = 5, 20, 60

_HASHING = threading.BoundedSemaphore(2)
"""An argon2id hash takes 64 MiB: two at a time, for the whole process."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS passwords (
  person TEXT PRIMARY KEY, hash TEXT NOT NULL, temporary_until TEXT, changed TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS sessions (
  id INTEGER PRIMARY KEY, token BLOB NOT NULL UNIQUE, person TEXT NOT NULL, begun TEXT NOT NULL,
  seen TEXT NOT NULL, ended TEXT, address TEXT NOT NULL, browser TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS sessions_of ON sessions (person, address);
CREATE TABLE IF NOT EXISTS attempts (key TEXT NOT NULL, at TEXT NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS attempts_of ON attempts (key, at);
"""


class WrongPassword(Refusal):
    """The login is unknown, or the password is not its own: which of both is never told."""


class TooManyTries(Refusal):
    """Too many wrong passwords of late; `until` is when the next try will be heard."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            "Đã nhập sai mật khẩu quá nhiều lần.",
            f"Hãy thử lại sau {moment_words(until.isoformat())}, hoặc nhờ quản trị cấp mật khẩu tạm.",
        )
        self.until = until


class Client(msgspec.Struct, frozen=True):
    """Where a request came from: the network address, and what the browser calls itself."""

    address: str
    browser: str = ""


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-in that still holds; instants are RFC 3339 UTC. `must_change`: the password is temporary."""

    id: int
    person: str
    begun: str
    seen: str
    address: str
    browser: str
    must_change: bool


def password_fault(password: str, login: str) -> str | None:
    """Return in one sentence why a password will not do, or None when it will."""
    words = _plain(password)
    if len(words) < SHORTEST:
        return f"Mật khẩu cần ít nhất {SHORTEST} ký tự; bạn mới gõ {len(words)}."
    if len(words) > LONGEST_PASSWORD:
        return f"Mật khẩu dài quá {LONGEST_PASSWORD} ký tự."
    if len(set(words)) < 5:
        return "Mật khẩu lặp lại quá ít ký tự nên rất dễ đoán."
    if login and login.lower() in words.lower():
        return "Mật khẩu chứa tên đăng nhập nên rất dễ đoán."
    return None


class Accounts:
    """The accounts of one workspace; safe to share between threads."""

    def __init__(self, folder: Path, hasher: PasswordHasher | None = None) -> None:
        self._file = folder / "accounts.db"
        self._hasher = hasher or PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2)
        self._local = threading.local()

    def has_password(self, person: str) -> bool:
        """Tell whether a person was ever given a password."""
        return self._one("SELECT 1 FROM passwords WHERE person = ?", person) is not None

    def set_password(self, person: str, password: str, now: datetime) -> None:
        """Store a password that the person chose; raise MissingData (field `password`) for a weak one."""
        if fault := password_fault(password, person):
            raise MissingData({"password": fault})
        self._store(person, password, None, now)

    def set_first_password(self, person: str, password: str, now: datetime) -> None:
        """Store the password of a person who has none; raise Refusal when there is one, and leave it."""
        with _HASHING:
            hashed = self._hasher.hash(_plain(password))
        with self._writing() as db:
            row = [person, hashed, None, _text(now)]
            if db.execute("INSERT OR IGNORE INTO passwords VALUES (?, ?, ?, ?)", row).rowcount == 0:
                raise Refusal("Người này đã có mật khẩu.", "Hãy đăng nhập.")

    def give_temporary(self, person: str, now: datetime) -> str:
        """Return a new password to be told to a person once: it lasts a week, and must be changed at sign-in.

        All sessions of the person end.
        """
        password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
        self._store(person, password, _text(now + TEMPORARY), now)
        self.end_all(person, now)
        return password

    def verify(self, login: str, password: str, client: Client, now: datetime) -> None:
        """Return when the password is the login's own; raise WrongPassword or TooManyTries.

        An unknown login takes as long as a known one, and hears the same words.
        """
        keys = {f"pair {login} {client.address}": PAIR_TRIES, f"address {client.address}": ADDRESS_TRIES}
        if not self._was_here(login, client.address, now):
            keys[f"login {login}"] = LOGIN_TRIES
        self._try(keys, now)
        if not self._matches(login, password, now):
            raise WrongPassword("Tên đăng nhập hoặc mật khẩu không đúng.", "Hãy kiểm tra rồi nhập lại.")
        self._forget_tries(login, client.address, now)

    def begin(self, person: str, client: Client, now: datetime) -> str:
        """Return the token of a new session; only its SHA-256 is kept."""
        token = secrets.token_urlsafe(32)
        row = (_digest(token), person, _text(now), _text(now), client.address, client.browser[:200])
        with self._writing() as db:
            db.execute("DELETE FROM sessions WHERE seen < ?", [_text(now - REMEMBERED)])
            db.execute(
                "INSERT INTO sessions (token, person, begun, seen, address, browser) VALUES (?,?,?,?,?,?)",
                row,
            )
        return token

    def session(self, token: str, now: datetime) -> Session | None:
        """Return the session of a token, or None when it has ended, slept 12 hours or lived a week."""
        row = self._one(f"{_LIVE} AND token = ?", _text(now - IDLE), _text(now - LONGEST), _digest(token))
        if row is None:
            return None
        session = _session(row)
        if session.seen < _text(now - SEEN_STEP):
            with self._writing() as db:
                db.execute("UPDATE sessions SET seen = ? WHERE id = ?", [_text(now), session.id])
        return session

    def sessions(self, person: str, now: datetime) -> list[Session]:
        """Return the sessions of a person that still hold, the newest first."""
        limits = [_text(now - IDLE), _text(now - LONGEST), person]
        return [
            _session(row)
            for row in self._db().execute(f"{_LIVE} AND sessions.person = ? ORDER BY id DESC", limits)
        ]

    def end(self, person: str, session: int, now: datetime) -> None:
        """End one session of a person; nothing happens when it is not the person's own."""
        with self._writing() as db:
            db.execute(
                "UPDATE sessions SET ended = ? WHERE id = ? AND person = ? AND ended IS NULL",
                [_text(now), session, person],
            )

    def end_all(self, person: str, now: datetime, but: int = 0) -> None:
        """End every session of a person, except the one with the id `but`."""
        with self._writing() as db:
            db.execute(
                "UPDATE sessions SET ended = ? WHERE person = ? AND id <> ? AND ended IS NULL",
                [_text(now), person, but],
            )

    def _store(self, person: str, password: str, until: str | None, now: datetime) -> None:
        with _HASHING:
            hashed = self._hasher.hash(_plain(password))
        with self._writing() as db:
            db.execute(
                "INSERT INTO passwords VALUES (?, ?, ?, ?) ON CONFLICT (person) DO UPDATE SET"
                " hash = excluded.hash, changed = excluded.changed,"
                " temporary_until = excluded.temporary_until",
                [person, hashed, until, _text(now)],
            )

    def _matches(self, login: str, password: str, now: datetime) -> bool:
        row = self._one("SELECT hash, temporary_until FROM passwords WHERE person = ?", login)
        hashed, until = row or (_nobodys_hash(self._hasher), None)
        try:
            with _HASHING:
                self._hasher.verify(hashed, _plain(password)[:LONGEST_PASSWORD])
        except VerificationError:
            return False
        return row is not None and (until is None or _text(now) < until)

    def _was_here(self, login: str, address: str, now: datetime) -> bool:
        return (
            self._one(
                "SELECT 1 FROM sessions WHERE person = ? AND address = ? AND seen > ?",
                login,
                address,
                _text(now - REMEMBERED),
            )
            is not None
        )

    def _try(self, keys: dict[str, int], now: datetime) -> None:
        """Count a try under every key before it is made, so that many at once cannot slip through."""
        with self._writing() as db:
            db.execute("DELETE FROM attempts WHERE at <= ?", [_text(now - WINDOW)])
            for key, limit in keys.items():
                found = db.execute(
                    "SELECT at FROM attempts WHERE key = ? ORDER BY at DESC LIMIT 1 OFFSET ?",
                    [key, limit - 1],
                ).fetchone()
                if found:
                    raise TooManyTries(datetime.fromisoformat(found[0]) + WINDOW)
            db.executemany("INSERT INTO attempts VALUES (?, ?)", [(key, _text(now)) for key in keys])

    def _forget_tries(self, login: str, address: str, now: datetime) -> None:
        with self._writing() as db:
            db.execute(
                "DELETE FROM attempts WHERE key IN (?, ?)", [f"pair {login} {address}", f"login {login}"]
            )
            db.execute("DELETE FROM attempts WHERE key = ? AND at = ?", [f"address {address}", _text(now)])

    def _one(self, sql: str, *values: object) -> tuple[str, ...] | None:
        row: tuple[str, ...] | None = self._db().execute(sql, values).fetchone()
        return row

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        db = self._db()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def _db(self) -> sqlite3.Connection:
        if not hasattr(self._local, "db"):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file.touch(mode=0o600)
            self._local.db = _connect(self._file)
        db: sqlite3.Connection = self._local.db
        return db


_LIVE = (
    "SELECT id, sessions.person, begun, seen, address, browser, temporary_until IS NOT NULL FROM sessions"
    " JOIN passwords ON passwords.person = sessions.person WHERE ended IS NULL AND seen > ? AND begun > ?"
)


def _connect(file: Path) -> sqlite3.Connection:
    db = sqlite3.connect(file, timeout=10, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    for statement in _SCHEMA.split(";"):
        db.execute(statement)
    return db


def _session(row: tuple[str, ...]) -> Session:
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


@cache
def _nobodys_hash(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_hex())


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _plain(password: str) -> str:
    """Keyboards give one Vietnamese letter as different code points: NFC makes them one."""
    return unicodedata.normalize("NFC", password)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
