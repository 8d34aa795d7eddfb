"""Sessions as they are stored: which are still valid, and how one ends."""

import hashlib
from datetime import datetime, timedelta

import msgspec

from cchc_flow.accounts.port import Row, Transaction, instant_text

IDLE_LIMIT = timedelta(hours=12)
MAX_LIFETIME = timedelta(days=7)
SEEN_PRECISION = timedelta(minutes=5)
"""A session's last-seen instant is only this precise: a write per request would cost more than the page."""

SELECT_LIVE_SESSIONS = (
    "SELECT id, sessions.person, begun, seen, address, browser, temporary_until IS NOT NULL FROM sessions"
    " JOIN passwords ON passwords.person = sessions.person WHERE ended IS NULL AND seen > ? AND begun > ?"
)
END_ALL_SESSIONS = "UPDATE sessions SET ended = ? WHERE person = ? AND id <> ? AND ended IS NULL RETURNING id"


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """One session that is still valid; `begun` and `seen` are RFC 3339 instants in UTC.

    `must_change` says that the person's password is temporary and has to be changed first.
    """

    id: int
    person: str
    begun: str
    seen: str
    address: str
    browser: str
    must_change: bool


def end_session(db: Transaction, person: str, session: int, now: datetime) -> bool:
    """End one session; return False when it is another person's, or has ended."""
    ended = db.execute(
        "UPDATE sessions SET ended = ? WHERE id = ? AND person = ? AND ended IS NULL",
        [instant_text(now), session, person],
    )
    return bool(ended.rowcount)


def oldest_allowed(now: datetime) -> tuple[str, str]:
    """Return the instants after which a valid session must have been last seen, and begun."""
    return instant_text(now - IDLE_LIMIT), instant_text(now - MAX_LIFETIME)


def parse_session(row: Row) -> Session:
    """Return the session of a row of SELECT_LIVE_SESSIONS."""
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


def token_digest(token: str) -> bytes:
    """Return the SHA-256 under which a session's token is stored."""
    return hashlib.sha256(token.encode()).digest()
