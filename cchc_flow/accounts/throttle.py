"""The brake on guessing: tries are counted by login and address, by login, and by address.

It slides over a quarter of an hour, so nobody is ever locked out for good; and an address from which the
person signed in of late is not held back by what strangers try elsewhere.
"""

from datetime import datetime, timedelta

import msgspec

from cchc_flow.accounts.store import AccountsDatabase, instant_text
from cchc_flow.errors import Refusal
from cchc_flow.workflow.calendar import moment_words

WINDOW = timedelta(minutes=15)
ADDRESS_KNOWN_FOR = timedelta(days=30)
PAIR_LIMIT, LOGIN_LIMIT, ADDRESS_LIMIT = 10, 30, 100


class TooManyAttempts(Refusal):
    """Too many wrong passwords of late; `until` is when the next try will be heard."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            "Đã nhập sai mật khẩu quá nhiều lần.",
            f"Hãy thử lại sau {moment_words(until.isoformat())}, hoặc nhờ quản trị cấp mật khẩu tạm.",
        )
        self.until = until


class Client(msgspec.Struct, frozen=True):
    """Where a request came from: the network address, and what the browser calls itself."""

    address: str
    browser: str = ""


class LoginThrottle:
    """Counts the tries of one workspace."""

    def __init__(self, store: AccountsDatabase) -> None:
        self._store = store

    def count(self, login: str, address: str, now: datetime) -> None:
        """Count a try, or raise TooManyTries; before it is made, so that many at once cannot slip through."""
        keys = {_pair(login, address): PAIR_LIMIT, _address(address): ADDRESS_LIMIT}
        if not self._was_here(login, address, now):
            keys[_login(login)] = LOGIN_LIMIT
        with self._store.writing() as db:
            db.execute("DELETE FROM attempts WHERE at <= ?", [instant_text(now - WINDOW)])
            for key, limit in keys.items():
                first = db.execute(
                    "SELECT at FROM attempts WHERE key = ? ORDER BY at DESC LIMIT 1 OFFSET ?",
                    [key, limit - 1],
                ).fetchone()
                if first:
                    raise TooManyAttempts(datetime.fromisoformat(first[0]) + WINDOW)
            db.executemany("INSERT INTO attempts VALUES (?, ?)", [(key, instant_text(now)) for key in keys])

    def release(self, login: str, address: str, now: datetime) -> None:
        """Forget the tries of somebody who got in; those of others from the same address stay counted."""
        with self._store.writing() as db:
            db.execute("DELETE FROM attempts WHERE key IN (?, ?)", [_pair(login, address), _login(login)])
            db.execute(
                "DELETE FROM attempts WHERE key = ? AND at = ?", [_address(address), instant_text(now)]
            )

    def _was_here(self, login: str, address: str, now: datetime) -> bool:
        sql = "SELECT 1 FROM sessions WHERE person = ? AND address = ? AND seen > ?"
        return self._store.one(sql, login, address, instant_text(now - ADDRESS_KNOWN_FOR)) is not None


def _pair(login: str, address: str) -> str:
    return f"pair {login} {address}"


def _login(login: str) -> str:
    return f"login {login}"


def _address(address: str) -> str:
    return f"address {address}"
