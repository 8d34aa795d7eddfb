"""What people have corrected in plans that are not adopted yet: so they can leave the form and come back.

It serves one person's use, until the plan is adopted; then the log has it. A reading that nobody has touched
for a month is forgotten.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from cchc_flow.accounts.port import AccountsDatabase, instant_text

KEPT = timedelta(days=30)
UPSERT = """
    INSERT INTO plan_readings VALUES (?, ?, ?, ?, ?) ON CONFLICT (person, digest) DO UPDATE SET
        name = excluded.name, inputs = excluded.inputs, at = excluded.at
"""


class PlanReading(msgspec.Struct, frozen=True):
    """A document that a person is correcting: its digest in the vault, its name, when it was edited last."""

    person: str
    digest: str
    name: str
    at: str


class PlanReadings:
    """The plan readings of one workspace that are not finished."""

    def __init__(self, database: AccountsDatabase) -> None:
        self._database = database

    def save(self, person: str, digest: str, name: str, inputs: Mapping[str, str], now: datetime) -> None:
        """Keep what a person has typed so far, in the place of what was kept before."""
        row = [person, digest, name, json.dumps(dict(inputs)), instant_text(now)]
        with self._database.transaction() as db:
            db.execute(UPSERT, row)
            db.execute("DELETE FROM plan_readings WHERE at < ?", [instant_text(now - KEPT)])

    def inputs(self, person: str, digest: str) -> dict[str, str]:
        """Return what a person has typed into the form of a document, empty if nothing is kept."""
        sql = "SELECT inputs FROM plan_readings WHERE person = ? AND digest = ?"
        row = self._database.fetch_one(sql, person, digest)
        kept: dict[str, str] = json.loads(row[0]) if row else {}
        return kept

    def has(self, person: str, digest: str) -> bool:
        """Tell whether anything, were it empty, is kept of a person for a document."""
        sql = "SELECT 1 FROM plan_readings WHERE person = ? AND digest = ?"
        return self._database.fetch_one(sql, person, digest) is not None

    def unfinished(self, now: datetime) -> list[PlanReading]:
        """Return the readings of all people, the newest first."""
        sql = "SELECT person, digest, name, at FROM plan_readings WHERE at >= ? ORDER BY at DESC"
        return [PlanReading(*row) for row in self._database.fetch_all(sql, instant_text(now - KEPT))]

    def forget(self, digest: str, person: str | None = None) -> None:
        """Forget what a person (None: anybody) has typed into the form of a document."""
        sql = "DELETE FROM plan_readings WHERE digest = ? AND person = coalesce(?, person)"
        with self._database.transaction() as db:
            db.execute(sql, [digest, person])
