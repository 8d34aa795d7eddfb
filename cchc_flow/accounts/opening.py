"""Where the accounts of a workspace are: in its private folder, or in the database of all workspaces."""

from pathlib import Path

from argon2 import PasswordHasher

from cchc_flow.accounts import Accounts
from cchc_flow.accounts.port import AccountsDatabase
from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.homes import find_home
from cchc_flow.workspace import Workspace


def open_accounts(ws: Workspace, hasher: PasswordHasher | None = None) -> Accounts:
    """Return the accounts of a workspace."""
    return find_accounts(ws.folder.parent, ws.name, hasher)


def find_accounts(data: Path, name: str, hasher: PasswordHasher | None = None) -> Accounts:
    """Return the accounts of a workspace that need not be open."""
    return Accounts(find_accounts_database(data, name), hasher)


def find_accounts_database(data: Path, name: str) -> AccountsDatabase:
    """Return the database of the accounts of a workspace."""
    database = find_home(data).accounts_database()
    if database is None:
        return FolderAccounts(data / "private" / name)
    from cchc_flow.accounts.postgres import PostgresAccounts  # psycopg need not be installed

    return PostgresAccounts(database, name)
