"""What each person chose and saw: notices read, mail wanted and sent, the address of the calendar feed."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import datetime

import msgspec

from cchc_flow.accounts.store import AccountsDatabase, instant_text
from cchc_flow.errors import MissingData
from cchc_flow.projections.notices import KINDS
from cchc_flow.settings import ADDRESS

BY_DEFAULT = ("reminded",)
CHOSEN = """
    INSERT INTO mailing (person, address, kinds, mailed) VALUES (?, ?, ?, ?)
    ON CONFLICT (person) DO UPDATE SET
        address = excluded.address,
        kinds = excluded.kinds,
        mailed = CASE WHEN mailing.address IS NULL THEN excluded.mailed ELSE mailing.mailed END,
        refused = CASE WHEN mailing.address IS excluded.address THEN mailing.refused END
"""
"""Leaves alone what was mailed in the meantime: only who begins to want mail begins at the newest."""


class MailPreferences(msgspec.Struct, frozen=True):
    """What a person wants by e-mail: the address (None: nothing), and which of `notices.KINDS`.

    Notices up to the position `mailed` were sent, or are not to be; `refused` is the instant at which the
    mail server last refused the address.
    """

    address: str | None = None
    kinds: tuple[str, ...] = BY_DEFAULT
    mailed: int = 0
    refused: str | None = None


class PersonalStore:
    """What each person of one workspace chose and saw."""

    def __init__(self, store: AccountsDatabase) -> None:
        self._store = store

    def read_upto(self, person: str) -> int:
        """Return the position up to which a person has read the notices."""
        row = self._store.one("SELECT position FROM read_marks WHERE person = ?", person)
        return int(row[0]) if row else 0

    def mark_read(self, person: str, position: int) -> None:
        """Keep that a person has read all notices up to a position; what was read stays so."""
        with self._store.writing() as db:
            db.execute(
                "INSERT INTO read_marks VALUES (?, ?) ON CONFLICT (person)"
                " DO UPDATE SET position = max(position, excluded.position)",
                [person, position],
            )

    def mailing(self, person: str) -> MailPreferences:
        """Return what a person wants by e-mail."""
        sql = "SELECT address, kinds, mailed, refused FROM mailing WHERE person = ?"
        row = self._store.one(sql, person)
        return _mailing(*row) if row else MailPreferences()

    def wanting_mail(self) -> dict[str, MailPreferences]:
        """Return what each person wants who gave an address."""
        sql = "SELECT person, address, kinds, mailed, refused FROM mailing WHERE address IS NOT NULL"
        return {person: _mailing(*row) for person, *row in self._store.all(f"{sql} ORDER BY person")}

    def choose_mail(self, person: str, address: str, kinds: Collection[str], position: int) -> None:
        """Keep what a person wants by e-mail; raise MissingData for what is no address.

        Who begins to want mail is not sent what happened up to `position`, the newest of the log.
        """
        wanted = address.strip()
        if wanted and not ADDRESS.fullmatch(wanted):
            raise MissingData({"address": "Địa chỉ thư điện tử chưa đúng, ví dụ đúng: lan.tran@xa.gov.vn."})
        row = [person, wanted or None, " ".join(kind for kind in KINDS if kind in kinds), position]
        with self._store.writing() as db:
            db.execute(CHOSEN, row)

    def note_mailed(self, person: str, position: int) -> None:
        """Keep that a person's notices up to a position need no mail any more."""
        with self._store.writing() as db:
            db.execute(
                "UPDATE mailing SET mailed = max(mailed, ?), refused = NULL WHERE person = ?",
                [position, person],
            )

    def note_refused(self, person: str, now: datetime) -> None:
        """Keep that the mail server refused a person's address."""
        with self._store.writing() as db:
            db.execute("UPDATE mailing SET refused = ? WHERE person = ?", [instant_text(now), person])

    def make_feed(self, person: str, now: datetime) -> str:
        """Return the secret of a person's calendar feed, shown once; an older one opens nothing more."""
        secret = secrets.token_urlsafe(32)
        with self._store.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)", [person, _digest(secret), instant_text(now)]
            )
        return secret

    def end_feed(self, person: str) -> None:
        """Close a person's calendar feed."""
        with self._store.writing() as db:
            db.execute("DELETE FROM feeds WHERE person = ?", [person])

    def feed_made(self, person: str) -> str | None:
        """Return when a person's calendar feed was made, None when there is none."""
        row = self._store.one("SELECT made FROM feeds WHERE person = ?", person)
        return row[0] if row else None

    def feed_of(self, secret: str) -> str | None:
        """Return whose calendar feed a secret opens, None for one that opens nothing (any more)."""
        given = _digest(secret)
        found = None
        for person, kept in self._store.all("SELECT person, secret FROM feeds"):
            if hmac.compare_digest(bytes(kept), given):  # type: ignore[arg-type]  # a BLOB
                found = person
        return found


def _mailing(address: str | None, kinds: str, mailed: str, refused: str | None) -> MailPreferences:
    return MailPreferences(address, tuple(kinds.split()), int(mailed), refused)


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
