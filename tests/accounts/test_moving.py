"""The accounts move from a file to the database and back, and everything goes on as before."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from accounts.conftest import PostgresHome
from support.postgres import TestDatabase
from support.visitors import QUICK

from cchc_flow.accounts import Accounts, Client
from cchc_flow.accounts.moving import TABLES, copy_accounts
from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.errors import BadInput

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
DESK = Client("10.0.0.5", "Firefox")
PASSWORD = "lúa chín đồng xa"


@pytest.fixture
def there(accounts_tables: TestDatabase) -> PostgresHome:
    return PostgresHome(accounts_tables)


def fill(folder: Path) -> str:
    """Put something into every table; return the token of a session."""
    accounts = Accounts(FolderAccounts(folder), QUICK)
    accounts.set_password("lan", PASSWORD, NOW)
    token = accounts.start_session("lan", DESK, NOW)
    for _ in range(2):
        with pytest.raises(Exception, match="không đúng"):
            accounts.verify_password("lan", "sai", Client("203.0.113.9"), NOW)
    personal = accounts.personal
    personal.mark_read("lan", 7), personal.mark_item_read("lan", "2026-III.1", 9)
    personal.save_mail_preferences("lan", "lan@xa.gov.vn", ["reminded"], 4)
    personal.create_feed_secret("lan", NOW)
    personal.views.save("lan", "Việc của tôi", "board", "", NOW)
    accounts.plan_readings.save("lan", "ab" * 32, "kế hoạch.docx", {"a": "b\x00"}, NOW)
    accounts.facts.add_lockout("lan", NOW, NOW)
    accounts.facts.add_feed_use("lan", NOW)
    return token


def rows(accounts: object) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: sorted(
            accounts.fetch_all(f"SELECT {', '.join(columns)} FROM {table}"),  # type: ignore[attr-defined]  # noqa: S608
            key=repr,
        )
        for table, columns in TABLES.items()
    }


def test_every_row_moves_to_the_database_and_back(tmp_path: Path, there: PostgresHome) -> None:
    token = fill(tmp_path / "old")
    old, middle, new = FolderAccounts(tmp_path / "old"), there.open(), FolderAccounts(tmp_path / "new")
    assert copy_accounts(old, middle) == copy_accounts(middle, new) >= len(TABLES)
    assert all(rows(old).values()) and rows(old) == rows(middle) == rows(new)
    accounts = Accounts(middle, QUICK)
    assert accounts.find_session(token, NOW) is not None
    assert accounts.verify_password("lan", PASSWORD, DESK, NOW)
    accounts.start_session("lan", DESK, NOW)
    assert [session.id for session in accounts.live_sessions("lan", NOW)] == [2, 1]


def test_a_home_that_has_accounts_already_is_left_alone(tmp_path: Path, there: PostgresHome) -> None:
    fill(tmp_path / "old")
    Accounts(there.open(), QUICK).set_password("binh", PASSWORD, NOW)
    with pytest.raises(BadInput, match="đã có tài khoản"):
        copy_accounts(FolderAccounts(tmp_path / "old"), there.open())
    assert there.open().fetch_all("SELECT person FROM passwords") == [("binh",)]


def test_the_columns_are_all_that_the_file_has(tmp_path: Path) -> None:
    file = FolderAccounts(tmp_path)
    tables = file.fetch_all("SELECT name FROM sqlite_schema WHERE type = 'table'")
    assert {name for (name,) in tables} - {"attempts"} == set(TABLES)
    for table, columns in TABLES.items():
        assert (
            tuple(name for (name,) in file.fetch_all("SELECT name FROM pragma_table_info(?)", table))
            == columns
        )
