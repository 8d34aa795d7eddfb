"""The database of the accounts, when many open it for the first time."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cchc_flow.accounts.store import AccountsDatabase

MANY = 8


def test_many_may_open_it_first_at_once(tmp_path: Path) -> None:
    together = threading.Barrier(MANY)

    def attempt(folder: Path) -> None:
        database = AccountsDatabase(folder)
        together.wait(timeout=20)
        with database.transaction() as db:
            db.execute("INSERT INTO attempts VALUES (?, ?)", ["key", "2026-03-02T01:00:00+00:00"])

    with ThreadPoolExecutor(MANY) as pool:
        for turn in range(20):
            list(pool.map(attempt, [tmp_path / str(turn)] * MANY))
            assert AccountsDatabase(tmp_path / str(turn)).fetch_one("SELECT count(*) FROM attempts") == (
                MANY,
            )
