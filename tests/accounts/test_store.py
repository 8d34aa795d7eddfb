"""The database of the accounts, when many use it at once, and when it is not to be had."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from accounts.conftest import AccountsHome

from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.errors import NotRecorded

MANY = 8
COUNT = "INSERT INTO refusals VALUES (?, ?, 1) ON CONFLICT (person, period) DO UPDATE SET count = ?"


def test_many_may_open_it_first_at_once(tmp_path: Path) -> None:
    together = threading.Barrier(MANY)

    def attempt(folder: Path) -> None:
        database = FolderAccounts(folder)
        together.wait(timeout=20)
        with database.transaction() as db:
            columns = "(person, name, page, query, made)"
            db.execute(
                f"INSERT INTO saved_views {columns} VALUES ('a', ?, '', '', '')",  # noqa: S608  # ours
                [str(threading.get_ident())],
            )

    with ThreadPoolExecutor(MANY) as pool:
        for turn in range(20):
            list(pool.map(attempt, [tmp_path / str(turn)] * MANY))
            assert FolderAccounts(tmp_path / str(turn)).fetch_one("SELECT count(*) FROM saved_views") == (
                MANY,
            )


def test_what_an_older_release_kept_of_attempts_is_gone_at_the_next_opening(tmp_path: Path) -> None:
    with FolderAccounts(tmp_path).transaction() as db:
        db.execute("INSERT INTO attempts VALUES ('what was typed', '2026-03-02T01:00:00+00:00')")
    assert FolderAccounts(tmp_path).fetch_one("SELECT count(*) FROM attempts") == (0,)


def test_transactions_of_many_do_not_overlap(home: AccountsHome) -> None:
    def add_one(_: int) -> None:
        with home.open().transaction() as db:
            row = db.execute("SELECT count FROM refusals").fetchone()
            db.execute(COUNT, ["lan", "now", (row[0] if row else 0) + 1])

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(add_one, range(40)))
    assert home.open().fetch_one("SELECT count FROM refusals") == (40,)


def test_what_a_transaction_wrote_before_it_failed_is_not_there(home: AccountsHome) -> None:
    with pytest.raises(ZeroDivisionError), home.open().transaction() as db:
        db.execute(COUNT, ["lan", "now", 1])
        raise ZeroDivisionError
    assert home.open().fetch_all("SELECT person FROM refusals") == []


def test_what_may_be_written_later_waits_for_nobody(home: AccountsHome) -> None:
    with home.open().transaction() as db:
        db.execute(COUNT, ["lan", "now", 1])
        done = threading.Event()

        def write() -> None:
            home.open().write_if_free(COUNT, "binh", "now", 1)
            done.set()

        threading.Thread(target=write, daemon=True).start()
        assert done.wait(3)
    assert home.open().fetch_all("SELECT person FROM refusals") == [("lan",)]


def test_a_text_with_a_null_character_breaks_nothing(home: AccountsHome) -> None:
    assert home.open().fetch_one("SELECT 1 FROM passwords WHERE person = ?", "ho\0a") is None


def test_who_waits_too_long_for_another_is_told(home: AccountsHome, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cchc_flow.accounts.store.BUSY_SECONDS", 0.1)
    if type(home).__name__ == "PostgresHome":
        monkeypatch.setattr("cchc_flow.accounts.postgres.BUSY_MS", 100)
    refused: list[Exception] = []
    with home.open().transaction():

        def write() -> None:
            try:
                with home.open().transaction():
                    pass
            except NotRecorded as error:
                refused.append(error)

        thread = threading.Thread(target=write)
        thread.start()
        thread.join(5)
    assert len(refused) == 1 and "giữ quyền ghi" in str(refused[0])
