"""Passwords, sessions, throttling of sign-in attempts, and personal preferences.

They are stored beside the log (see `port`), not in it: nothing of the work itself is here.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from argon2 import PasswordHasher

from cchc_flow.accounts.facts import UNKNOWN, AccessFacts, By
from cchc_flow.accounts.passwords import PasswordHashing, password_fault, random_password
from cchc_flow.accounts.personal import SELECT_WITH_PERSONAL, Personal, PersonalStore, parse_personal
from cchc_flow.accounts.plan_readings import PlanReadings
from cchc_flow.accounts.port import AccountsDatabase, Transaction, instant_text
from cchc_flow.accounts.sessions import (
    END_ALL_SESSIONS,
    SEEN_PRECISION,
    SELECT_LIVE_SESSIONS,
    Session,
    end_session,
    oldest_allowed,
    parse_session,
    token_digest,
)
from cchc_flow.accounts.throttle import ADDRESS_KNOWN_FOR, Client, LoginThrottle, TooManyAttempts
from cchc_flow.errors import MissingData, Refusal

__all__ = ["Accounts", "By", "Client", "Session", "TooManyAttempts", "WrongPassword", "password_fault"]

TEMPORARY_FOR = timedelta(days=7)
INSERT_FIRST = "INSERT INTO passwords VALUES (?, ?, ?, ?) ON CONFLICT (person) DO NOTHING"
UPSERT = """
    INSERT INTO passwords VALUES (?, ?, ?, ?) ON CONFLICT (person) DO UPDATE SET
        hash = excluded.hash, temporary_until = excluded.temporary_until, changed = excluded.changed
"""


class WrongPassword(Refusal):
    """The login is unknown or the password is wrong; the message does not tell which."""

    def __init__(self) -> None:
        super().__init__("Tên đăng nhập hoặc mật khẩu không đúng.", "Hãy kiểm tra rồi nhập lại.")


class Accounts:
    """The accounts of one workspace; may be shared between threads.

    `personal` holds read marks, mail preferences and calendar feeds; `facts` what has to enter the log,
    `plan_readings` plans that somebody is correcting. `by` is who does something: without it the person, in
    a browser.
    """

    def __init__(self, database: AccountsDatabase, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self.personal = PersonalStore(self._database)
        self.facts = AccessFacts(self._database)
        self.plan_readings = PlanReadings(self._database)
        self._hashing = PasswordHashing(hasher)
        self._throttle = LoginThrottle(self._database)

    def check_writable(self) -> None:
        """Begin a write to the accounts and end it; raise what keeps a sign-in from being stored."""
        with self._database.transaction():
            pass

    def has_own_password(self, person: str | None = None) -> bool:
        """Tell whether a person (None: anybody) has chosen a password; a temporary one is not chosen."""
        sql = "SELECT 1 FROM passwords WHERE temporary_until IS NULL AND person = coalesce(?, person) LIMIT 1"
        return self._database.fetch_one(sql, person) is not None

    def has_password(self, person: str) -> bool:
        """Tell whether a person has a password, be it an expired temporary one."""
        return self._database.fetch_one("SELECT 1 FROM passwords WHERE person = ?", person) is not None

    def set_password(
        self, person: str, password: str, now: datetime, *, by: By | None = None, about: Sequence[str] = ()
    ) -> None:
        """Store a password that the person chose; raise MissingData (field `password`) for a weak one.

        `about` are names that others know, and that alone make no password.
        """
        _refuse_weak(password, person, about)
        row = [person, self._hashing.hash(password), None, instant_text(now)]
        with self._database.transaction() as db:
            is_first = _password_hash(db, person) is None
            db.execute(UPSERT, row)
            self._add_password_fact(db, person, now, by, is_first=is_first)

    def set_first_password(
        self, person: str, password: str, now: datetime, *, about: Sequence[str] = ()
    ) -> None:
        """Store the first password of a person, as `set_password`; raise Refusal when there is one."""
        _refuse_weak(password, person, about)
        row = [person, self._hashing.hash(password), None, instant_text(now)]
        with self._database.transaction() as db:
            if db.execute(INSERT_FIRST, row).rowcount == 0:
                raise Refusal("Người này đã có mật khẩu.", "Hãy đăng nhập.")
            self._add_password_fact(db, person, now, None, is_first=True)

    def issue_temporary_password(self, person: str, now: datetime, *, by: By | None = None) -> str:
        """Replace a person's password by a random one and return it, to be handed over once.

        It works for a week and must be changed at sign-in; all sessions of the person end.
        """
        password = random_password()
        row = [person, self._hashing.hash(password), instant_text(now + TEMPORARY_FOR), instant_text(now)]
        with self._database.transaction() as db:
            is_first = _password_hash(db, person) is None
            db.execute(UPSERT, row)
            self._add_password_fact(db, person, now, by, is_first=is_first, is_temporary=True)
            self._end_sessions(db, person, now, by)
        return password

    def verify_password(self, login: str, password: str, client: Client, now: datetime) -> str:
        """Return the stored hash when the password is right; raise WrongPassword or TooManyAttempts.

        An unknown login takes as long as a known one and gets the same message. Pass the hash on to
        `start_session`.
        """
        is_known = self.has_password(login)
        try:
            self._throttle.count_attempt(login, client.address, now)
        except TooManyAttempts as error:
            self.facts.count_refusal(login if is_known else UNKNOWN, now)
            if is_known:
                self.facts.add_lockout(login, error.until, now)
            raise
        row = self._database.fetch_one("SELECT hash, temporary_until FROM passwords WHERE person = ?", login)
        hashed, temporary_until = row or (None, None)
        is_expired = temporary_until is not None and temporary_until <= instant_text(now)
        if not self._hashing.matches(hashed, password) or is_expired:
            self.facts.count_refusal(login if is_known else UNKNOWN, now)
            raise WrongPassword
        self._throttle.forget_attempts(login, client.address, now)
        return str(hashed)

    def start_session(self, person: str, client: Client, now: datetime, verified: str | None = None) -> str:
        """Start a session and return its token, of which only the SHA-256 is stored.

        `verified` is what `verify_password` returned; raise WrongPassword when the password changed since.
        """
        token = secrets.token_urlsafe(32)
        row = [
            token_digest(token),
            person,
            instant_text(now),
            instant_text(now),
            client.address,
            client.browser[:200],
        ]
        with self._database.transaction() as db:
            if verified is not None and _password_hash(db, person) != verified:
                raise WrongPassword
            db.execute("DELETE FROM sessions WHERE seen < ?", [instant_text(now - ADDRESS_KNOWN_FOR)])
            inserted = db.execute(
                "INSERT INTO sessions (token, person, begun, seen, address, browser)"
                " VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
                row,
            )
            words = f"{client.address}\n{client.browser[:200]}"
            number = int(inserted.fetchone()[0])
            data = {"person": person, "session": number}
            self.facts.add(db, "signed_in", now, _by(person, None), data, words)
        return token

    def find_session(self, token: str, now: datetime, *, is_use: bool = True) -> Session | None:
        """Return the session of a token, None when it ended, was idle for 12 hours or is older than a week.

        A use of the session prolongs it.
        """
        row = self._database.fetch_one(
            f"{SELECT_LIVE_SESSIONS} AND token = ?", *oldest_allowed(now), token_digest(token)
        )
        return self._use(parse_session(row), now, is_use=is_use) if row else None

    def find_session_with_personal(
        self, token: str, now: datetime, *, is_use: bool = True
    ) -> tuple[Session, Personal] | None:
        """Return the session of a token as `find_session` does, and what each page shows of its person.

        All in one question: the database may be another machine.
        """
        digest = token_digest(token)
        rows = self._database.fetch_all(SELECT_WITH_PERSONAL, *oldest_allowed(now), *[digest] * 4)
        sessions = [row[1:] for row in rows if row[0] == "session"]
        if not sessions:
            return None
        return self._use(parse_session(sessions[0]), now, is_use=is_use), parse_personal(rows)

    def knows_session(self, token: str) -> bool:
        """Tell whether a token opens a session, or opened one in the last 30 days, so is no stranger's.

        What somebody typed while a session ended must not be lost.
        """
        sql = "SELECT 1 FROM sessions WHERE token = ?"
        return self._database.fetch_one(sql, token_digest(token)) is not None

    def live_sessions(self, person: str, now: datetime) -> list[Session]:
        """Return the sessions of a person that are still valid, the newest first."""
        sql = f"{SELECT_LIVE_SESSIONS} AND sessions.person = ? ORDER BY id DESC"
        return [parse_session(row) for row in self._database.fetch_all(sql, *oldest_allowed(now), person)]

    def sign_out(self, person: str, session: int, now: datetime) -> None:
        """End the session in which a person is."""
        with self._database.transaction() as db:
            if end_session(db, person, session, now):
                self.facts.add(
                    db, "signed_out", now, _by(person, None), {"person": person, "session": session}
                )

    def end_session(self, person: str, session: int, now: datetime) -> None:
        """End another session of a person; another person's session is left alone."""
        with self._database.transaction() as db:
            if end_session(db, person, session, now):
                ended = {"person": person, "sessions": [session]}
                self.facts.add(db, "sessions_ended", now, _by(person, None), ended)

    def end_all_sessions(
        self, person: str, now: datetime, except_for: int = 0, *, by: By | None = None
    ) -> None:
        """End every session of a person except the one with the id `except_for` (0: every one)."""
        with self._database.transaction() as db:
            self._end_sessions(db, person, now, by, except_for)

    def _use(self, session: Session, now: datetime, *, is_use: bool) -> Session:
        """Prolong a session that is used, at most every few minutes, and return it."""
        if is_use and session.seen < instant_text(now - SEEN_PRECISION):
            sql = "UPDATE sessions SET seen = ? WHERE id = ?"
            self._database.write_if_free(sql, instant_text(now), session.id)
        return session

    def _end_sessions(
        self, db: Transaction, person: str, now: datetime, by: By | None, except_for: int = 0
    ) -> None:
        rows = db.execute(END_ALL_SESSIONS, [instant_text(now), person, except_for]).fetchall()
        if rows:
            sessions = sorted(row[0] for row in rows)
            ended = {"person": person, "sessions": sessions}
            self.facts.add(db, "sessions_ended", now, _by(person, by), ended)

    def _add_password_fact(
        self,
        db: Transaction,
        person: str,
        now: datetime,
        by: By | None,
        *,
        is_first: bool,
        is_temporary: bool = False,
    ) -> None:
        data = {"person": person, "temporary": is_temporary, "first": is_first}
        self.facts.add(db, "password_set", now, _by(person, by), data)


def _refuse_weak(password: str, person: str, about: Sequence[str]) -> None:
    """Raise MissingData for a password that is too easily guessed."""
    if fault := password_fault(password, person, about):
        raise MissingData({"password": fault})


def _by(person: str, by: By | None) -> By:
    """Return who does something to an account: without a name the person, in a browser."""
    return by or By(person, "web")


def _password_hash(db: Transaction, person: str) -> str | None:
    """Return the stored hash of a person's password, None without one."""
    row = db.execute("SELECT hash FROM passwords WHERE person = ?", [person]).fetchone()
    return row[0] if row else None
