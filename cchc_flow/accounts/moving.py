"""The accounts of a workspace are copied from one home to the other, in whichever direction."""

from cchc_flow.accounts.port import AccountsDatabase
from cchc_flow.errors import BadInput

TABLES = {
    "passwords": ("person", "hash", "temporary_until", "changed"),
    "sessions": ("id", "token", "person", "begun", "seen", "ended", "address", "browser"),
    "delays": ("key", "level", "at", "waits", "until"),
    "delay_keys": ("number", "key"),
    "read_marks": ("person", "position"),
    "items_read": ("person", "item", "position"),
    "mailing": ("person", "address", "kinds", "mailed", "refused"),
    "feeds": ("person", "secret", "made"),
    "facts": ("id", "key", "at", "actor", "channel", "kind", "data", "client"),
    "refusals": ("person", "period", "count"),
    "lockouts": ("person", "until"),
    "saved_views": ("number", "person", "name", "page", "query", "made"),
    "plan_readings": ("person", "digest", "name", "inputs", "at"),
    "feed_days": ("person", "day"),
}
"""The columns of every table that both homes have."""


def copy_accounts(source: AccountsDatabase, target: AccountsDatabase) -> int:
    """Copy all rows into a home that has none of this workspace; return how many there were.

    Nobody else writes to either meanwhile; after an error the target is as it was. Raise BadInput for a
    target that has accounts already.
    """
    copied = 0
    with source.transaction() as old, target.transaction() as new:
        for table, columns in TABLES.items():
            names, marks = ", ".join(columns), ", ".join("?" * len(columns))
            if new.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608  # ours
                raise BadInput(
                    "Nơi chuyển đến đã có tài khoản của không gian làm việc này.",
                    "Hãy xóa các tài khoản ở đó, hoặc giữ lại và bỏ qua bước chép tài khoản.",
                )
            rows = old.execute(f"SELECT {names} FROM {table}").fetchall()  # noqa: S608  # ours
            new.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608  # ours
            copied += len(rows)
    return copied


def clear_accounts(target: AccountsDatabase) -> None:
    """Delete all rows of a workspace's accounts: those that an interrupted move has left behind."""
    with target.transaction() as transaction:
        for table in TABLES:
            transaction.execute(f"DELETE FROM {table}")  # noqa: S608  # ours
