"""What happened to accounts and has to enter the log: kept here, with the change itself, until it is there.

A fact is written in the transaction of what it tells of, so that neither a crash nor a log that cannot be
written now loses it. Wrong passwords are only counted; an hour's count becomes a fact when the hour is over.
"""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import msgspec

from cchc_flow.accounts.port import AccountsDatabase, Transaction, instant_text
from cchc_flow.conversion import decode
from cchc_flow.eventlog.instants import format_instant
from cchc_flow.workflow.calendar import local_day

UNKNOWN = ""
"""Stands for the names that no account has."""
MOST_AT_ONCE = 100
SILENT_AFTER_LOCKOUT = timedelta(hours=1)
UPSERT_LOCKOUT = (
    "INSERT INTO lockouts VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET until = excluded.until"
)
UPSERT_FEED_DAY = "INSERT INTO feed_days VALUES (?, ?) ON CONFLICT (person) DO UPDATE SET day = excluded.day"


class By(msgspec.Struct, frozen=True):
    """Who did something to an account, and by which way it came."""

    actor: str
    channel: str


SYSTEM = By("system:clock", "clock")
"""Tells of what was counted."""


class Fact(msgspec.Struct, frozen=True):
    """One fact: `kind` is the fact's name in the family "access", `client` the address and the browser."""

    number: int
    key: str
    at: str
    by: By
    kind: str
    data: dict[str, object]
    client: str | None


class AccessFacts:
    """The facts of one workspace that are not in the log yet."""

    def __init__(self, database: AccountsDatabase) -> None:
        self._database = database
        self._has_news = True  # an earlier process may have left some
        self._looked_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Tell whether facts may wait: this process added one, or an hour of counting is over."""
        return self._has_news or self._looked_at != _hour_of(now)

    def add(
        self,
        db: Transaction,
        kind: str,
        now: datetime,
        by: By,
        data: Mapping[str, object],
        client: str | None = None,
    ) -> None:
        """Add a fact in the transaction of the change that it tells of."""
        encoded = msgspec.json.encode(data).decode()
        db.execute(
            "INSERT INTO facts (key, at, actor, channel, kind, data, client) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [secrets.token_hex(16), instant_text(now), by.actor, by.channel, kind, encoded, client],
        )
        self._has_news = True

    def look_again(self) -> None:
        """Let the next look find facts that could not be recorded."""
        self._has_news = True

    def unrecorded(self) -> list[Fact]:
        """Return the oldest facts that are not in the log yet, at most a hundred."""
        rows = self._database.fetch_all(
            "SELECT id, key, at, actor, channel, kind, data, client FROM facts ORDER BY id LIMIT ?",
            MOST_AT_ONCE,
        )
        return [_fact(row) for row in rows]

    def forget(self, numbers: Sequence[int]) -> None:
        """Delete facts that are in the log."""
        with self._database.transaction() as db:
            db.executemany("DELETE FROM facts WHERE id = ?", [(number,) for number in numbers])

    def count_refusal(self, person: str, now: datetime) -> None:
        """Count a wrong password of an account, or a name that no account has."""
        period = local_day(now).isoformat() if person == UNKNOWN else instant_text(_hour_of(now))
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO refusals VALUES (?, ?, 1)"
                " ON CONFLICT (person, period) DO UPDATE SET count = refusals.count + 1",
                [person, period],
            )

    def add_lockout(self, person: str, until: datetime, now: datetime) -> None:
        """Add that an account is locked for a while: once for each lockout, and at most once an hour.

        A stranger who goes on guessing makes the log grow by no more.
        """
        with self._database.transaction() as db:
            last = db.execute("SELECT until FROM lockouts WHERE person = ?", [person]).fetchone()
            if last is None or last[0] < instant_text(now):
                silent_until = instant_text(max(until, now + SILENT_AFTER_LOCKOUT))
                db.execute(UPSERT_LOCKOUT, [person, silent_until])
                self.add(db, "locked", now, SYSTEM, {"person": person, "until": format_instant(until)})

    def add_feed_use(self, person: str, now: datetime) -> None:
        """Add that a person's calendar was read, once on each local day."""
        day = local_day(now).isoformat()
        with self._database.transaction() as db:
            used = db.execute("SELECT day FROM feed_days WHERE person = ?", [person]).fetchone()
            if used != (day,):
                db.execute(UPSERT_FEED_DAY, [person, day])
                self.add(db, "feed_used", now, SYSTEM, {"person": person, "day": day})

    def close_counts(self, now: datetime) -> None:
        """Make facts of the counts whose hour, or day for unknown names, is over."""
        self._has_news, self._looked_at = False, _hour_of(now)
        hour, today = instant_text(_hour_of(now)), local_day(now).isoformat()
        over = "(person <> '' AND period < ?) OR (person = '' AND period < ?)"
        sql = f"SELECT person, period, count FROM refusals WHERE {over} ORDER BY period, person"  # noqa: S608  # fixed words
        if not self._database.fetch_all(sql, hour, today):
            return
        with self._database.transaction() as db:
            for person, period, count in db.execute(sql, [hour, today]).fetchall():
                if person == UNKNOWN:
                    self.add(db, "unknown_refused", now, SYSTEM, {"day": period, "count": count})
                else:
                    since = format_instant(datetime.fromisoformat(period))
                    refused = {"person": person, "since": since, "count": count}
                    self.add(db, "refused", now, SYSTEM, refused)
            db.execute(f"DELETE FROM refusals WHERE {over}", [hour, today])  # noqa: S608  # fixed words


def _fact(row: Sequence[str]) -> Fact:
    number, key, at, actor, channel, kind, data, client = row
    return Fact(int(number), key, at, By(actor, channel), kind, decode(data, dict[str, object]), client)


def _hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)
