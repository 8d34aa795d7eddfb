"""What is stored for each person: how far notices were read, mail preferences, the calendar feed's secret."""

import hashlib
import hmac
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec

from cchc_flow.accounts.port import AccountsDatabase, Row, instant_text
from cchc_flow.accounts.saved_views import SavedView, SavedViews
from cchc_flow.accounts.sessions import SELECT_LIVE_SESSIONS
from cchc_flow.errors import MissingData
from cchc_flow.projections.notices import KINDS
from cchc_flow.settings import ADDRESS

DEFAULT_KINDS = ("reminded",)
UPSERT_MAILING = """
    INSERT INTO mailing (person, address, kinds, mailed) VALUES (?, ?, ?, ?)
    ON CONFLICT (person) DO UPDATE SET
        address = excluded.address,
        kinds = excluded.kinds,
        mailed = CASE WHEN mailing.address IS NULL THEN excluded.mailed ELSE mailing.mailed END,
        refused = CASE WHEN mailing.address IS NOT DISTINCT FROM excluded.address THEN mailing.refused END
"""
"""Keeps the position that was mailed; only a person who had no address starts at the newest event."""


SELECT_WITH_PERSONAL = f"""
    {SELECT_LIVE_SESSIONS.replace("SELECT id", "SELECT 'session', id")} AND token = ?
    UNION ALL SELECT 'all', position, '', '', '', '', '', 1 = 0 FROM read_marks
        WHERE person = (SELECT person FROM sessions WHERE token = ?)
    UNION ALL SELECT 'item', position, item, '', '', '', '', 1 = 0 FROM items_read
        WHERE person = (SELECT person FROM sessions WHERE token = ?)
    UNION ALL SELECT 'view', number, name, page, query, '', '', 1 = 0 FROM saved_views
        WHERE person = (SELECT person FROM sessions WHERE token = ?)
"""  # noqa: S608  # fixed words
"""The live session of a token, and what pages show of its person: rows of one width, told apart by a word."""


class Personal(msgspec.Struct, frozen=True):
    """What the pages of a person show: how far notices were read, of all and by item, and the saved views."""

    read_upto: int
    items_read: dict[str, int]
    views: tuple[SavedView, ...]


class MailPreferences(msgspec.Struct, frozen=True):
    """A person's e-mail address (None: no mail is sent), and the kinds of notices to send (`notices.KINDS`).

    Notices up to the log position `mailed` are done with; `refused` is when the mail server last refused
    the address, None if it did not.
    """

    address: str | None = None
    kinds: tuple[str, ...] = DEFAULT_KINDS
    mailed: int = 0
    refused: str | None = None


class PersonalStore:
    """Reads and writes what is stored for each person of one workspace."""

    def __init__(self, database: AccountsDatabase) -> None:
        self._database = database
        self.views = SavedViews(database)

    def last_read_position(self, person: str) -> int:
        """Return the log position up to which a person has read the notices, 0 at first."""
        row = self._database.fetch_one("SELECT position FROM read_marks WHERE person = ?", person)
        return int(row[0]) if row else 0

    def read_positions(self, person: str) -> tuple[int, dict[str, int]]:
        """Return up to where a person has read all notices (0 at first), and each item that was opened."""
        sql = (
            "SELECT 1, '', position FROM read_marks WHERE person = ?"
            " UNION ALL SELECT 2, item, position FROM items_read WHERE person = ?"
        )
        rows = self._database.fetch_all(sql, person, person)
        items = {item: int(position) for kind, item, position in rows if kind == 2}
        return next((int(position) for kind, _, position in rows if kind == 1), 0), items

    def mark_read(self, person: str, position: int) -> None:
        """Record that a person has read all notices up to a position; it never goes back."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM items_read WHERE person = ? AND position <= ?", [person, position])
            db.execute(
                "INSERT INTO read_marks VALUES (?, ?) ON CONFLICT (person)"
                " DO UPDATE SET position = excluded.position WHERE read_marks.position < excluded.position",
                [person, position],
            )

    def mark_item_read(self, person: str, item: str, position: int) -> None:
        """Record that a person has seen an item as of a position."""
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO items_read VALUES (?, ?, ?) ON CONFLICT (person, item)"
                " DO UPDATE SET position = excluded.position WHERE items_read.position < excluded.position",
                [person, item, position],
            )

    def mail_preferences(self, person: str) -> MailPreferences:
        """Return a person's mail preferences, the defaults when none were saved."""
        sql = "SELECT address, kinds, mailed, refused FROM mailing WHERE person = ?"
        row = self._database.fetch_one(sql, person)
        return _mail_preferences(*row) if row else MailPreferences()

    def mail_subscribers(self) -> dict[str, MailPreferences]:
        """Return the mail preferences of everybody who gave an address, by person id."""
        sql = "SELECT person, address, kinds, mailed, refused FROM mailing WHERE address IS NOT NULL"
        return {
            person: _mail_preferences(*row)
            for person, *row in self._database.fetch_all(f"{sql} ORDER BY person")
        }

    def save_mail_preferences(self, person: str, address: str, kinds: Collection[str], position: int) -> None:
        """Save a person's address ("" for no mail) and kinds; raise MissingData when it is no mail address.

        A person who had no address before is sent only notices after `position`, the newest of the log.
        """
        address = address.strip()
        if address and not ADDRESS.fullmatch(address):
            raise MissingData({"address": "Địa chỉ thư điện tử chưa đúng, ví dụ đúng: lan.tran@xa.gov.vn."})
        row = [person, address or None, " ".join(kind for kind in KINDS if kind in kinds), position]
        with self._database.transaction() as db:
            db.execute(UPSERT_MAILING, row)

    def record_mailed_position(self, person: str, position: int) -> None:
        """Record that a person's notices up to a position were mailed, and the address accepted."""
        with self._database.transaction() as db:
            db.execute(
                "UPDATE mailing SET mailed = CASE WHEN mailed < ? THEN ? ELSE mailed END, refused = NULL"
                " WHERE person = ?",
                [position, position, person],
            )

    def record_refused_address(self, person: str, now: datetime) -> None:
        """Record when the mail server refused a person's address."""
        with self._database.transaction() as db:
            db.execute("UPDATE mailing SET refused = ? WHERE person = ?", [instant_text(now), person])

    def create_feed_secret(self, person: str, now: datetime) -> str:
        """Return a new secret for a person's calendar feed; an older one stops working.

        Only its SHA-256 is stored, so the secret can be shown just this once.
        """
        secret = secrets.token_urlsafe(32)
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO feeds VALUES (?, ?, ?) ON CONFLICT (person)"
                " DO UPDATE SET secret = excluded.secret, made = excluded.made",
                [person, _digest(secret), instant_text(now)],
            )
        return secret

    def delete_feed(self, person: str) -> None:
        """Delete a person's calendar feed; its address stops working."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM feeds WHERE person = ?", [person])

    def feed_creation_time(self, person: str) -> str | None:
        """Return when a person's calendar feed was created, None when there is none."""
        row = self._database.fetch_one("SELECT made FROM feeds WHERE person = ?", person)
        return row[0] if row else None

    def find_feed_owner(self, secret: str) -> str | None:
        """Return the person whose calendar feed a secret opens, None when it opens none.

        All digests are compared, in constant time, so that timing tells nothing about them.
        """
        digest = _digest(secret)
        owner = None
        for person, stored_digest in self._database.fetch_all("SELECT person, secret FROM feeds"):
            if hmac.compare_digest(bytes(stored_digest), digest):
                owner = person
        return owner


def parse_personal(rows: Sequence[Row]) -> Personal:
    """Return what the rows of SELECT_WITH_PERSONAL say beside the session."""
    of = {kind: [row for row in rows if row[0] == kind] for kind in ("all", "item", "view")}
    views = sorted((int(row[1]), row[2], row[3], row[4]) for row in of["view"])
    return Personal(
        max((int(row[1]) for row in of["all"]), default=0),
        {row[2]: int(row[1]) for row in of["item"]},
        tuple(SavedView(*view) for view in views),
    )


def _mail_preferences(address: str | None, kinds: str, mailed: str, refused: str | None) -> MailPreferences:
    return MailPreferences(address, tuple(kinds.split()), int(mailed), refused)


def _digest(secret: str) -> bytes:
    """Return the SHA-256 under which a feed's secret is stored."""
    return hashlib.sha256(secret.encode()).digest()
