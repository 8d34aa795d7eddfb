"""Throttling of sign-in attempts: they are counted for each login and address, each login, and each address.

Attempts count for a quarter of an hour, so nobody is ever locked out for good. An address from which the
person signed in lately is exempt from the limit of the login, so a stranger's guesses do not block it.
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
    """Too many wrong passwords in the last minutes; from `until` on, another attempt is accepted."""

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
    """Counts the sign-in attempts of one workspace and refuses those beyond the limits."""

    def __init__(self, database: AccountsDatabase) -> None:
        self._database = database

    def count_attempt(self, login: str, address: str, now: datetime) -> None:
        """Count an attempt, or raise TooManyAttempts without counting it.

        Call it before the password is compared, so that many requests at once cannot pass the limit.
        """
        limits = {_pair_key(login, address): PAIR_LIMIT, _address_key(address): ADDRESS_LIMIT}
        if not self._is_known_address(login, address, now):
            limits[_login_key(login)] = LOGIN_LIMIT
        with self._database.transaction() as db:
            db.execute("DELETE FROM attempts WHERE at <= ?", [instant_text(now - WINDOW)])
            for key, limit in limits.items():
                oldest_in_limit = db.execute(
                    "SELECT at FROM attempts WHERE key = ? ORDER BY at DESC LIMIT 1 OFFSET ?",
                    [key, limit - 1],
                ).fetchone()
                if oldest_in_limit:
                    raise TooManyAttempts(datetime.fromisoformat(oldest_in_limit[0]) + WINDOW)
            db.executemany("INSERT INTO attempts VALUES (?, ?)", [(key, instant_text(now)) for key in limits])

    def forget_attempts(self, login: str, address: str, now: datetime) -> None:
        """Forget the attempts of a login that got in; other logins' attempts from the address still count."""
        pair_key, login_key, address_key = _pair_key(login, address), _login_key(login), _address_key(address)
        with self._database.transaction() as db:
            db.execute("DELETE FROM attempts WHERE key IN (?, ?)", [pair_key, login_key])
            db.execute("DELETE FROM attempts WHERE key = ? AND at = ?", [address_key, instant_text(now)])

    def _is_known_address(self, login: str, address: str, now: datetime) -> bool:
        """Tell whether the person had a session from this address in the last 30 days."""
        sql = "SELECT 1 FROM sessions WHERE person = ? AND address = ? AND seen > ?"
        since = instant_text(now - ADDRESS_KNOWN_FOR)
        return self._database.fetch_one(sql, login, address, since) is not None


def _pair_key(login: str, address: str) -> str:
    """Return the key under which attempts of a login from one address are counted."""
    return f"pair {login} {address}"


def _login_key(login: str) -> str:
    """Return the key under which attempts of a login from any address are counted."""
    return f"login {login}"


def _address_key(address: str) -> str:
    """Return the key under which attempts of all logins from one address are counted."""
    return f"address {address}"
