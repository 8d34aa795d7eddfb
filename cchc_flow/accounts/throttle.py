"""Delays between sign-in attempts: by login and address, and by address; they grow, and end by themselves.

A stranger who guesses delays only the address from which he guesses. While many addresses guess one login,
each address that the person has not used lately has only a few tries before it waits: so the person gets in
from anywhere with the right password, whoever guesses. Nothing that was typed is kept, only keyed digests.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

import msgspec

from cchc_flow.accounts.port import NO_LIMIT, AccountsDatabase, Transaction, instant_text
from cchc_flow.errors import Refusal
from cchc_flow.workflow.calendar import moment_words

WINDOW = timedelta(minutes=15)
"""In this time a full measure of attempts runs out, drop by drop; so long is the first wait, too."""
MOST_DOUBLINGS = 4
"""Each further wait within a day is twice as long as the one before, up to four hours."""
REMEMBERED_FOR = timedelta(days=1)
MOST_KEPT = 10_000
"""How many logins and addresses are kept; the oldest are forgotten first."""
ADDRESS_KNOWN_FOR = timedelta(days=30)
PAIR_LIMIT, LOGIN_LIMIT, ADDRESS_LIMIT = 10, 30, 100
BESIEGED_LIMIT = 3
"""Instead of PAIR_LIMIT, for addresses that are not known, after LOGIN_LIMIT was reached."""
LOWER = "UPDATE delays SET level = CASE WHEN level > 1 THEN level - 1 ELSE 0 END WHERE key = ?"
UPSERT_DELAY = """
    INSERT INTO delays VALUES (?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET
        level = excluded.level, at = excluded.at, waits = excluded.waits, until = excluded.until
"""


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


class Measure(msgspec.Struct, frozen=True):
    """What one key used up: `level` attempts by the instant `at`, `waits` times all; it waits `until`."""

    level: float
    at: datetime
    waits: int = 0
    until: datetime | None = None

    def after_attempt(self, limit: int, now: datetime) -> "Measure":
        """Return the measure with one more attempt; one that is full is emptied, and a wait begins."""
        passed = max(now - self.at, timedelta())
        waits = self.waits if passed < REMEMBERED_FOR else 0
        level = max(0.0, self.level - passed / WINDOW * limit) + 1
        if level < limit:
            return Measure(level, now, waits, self.until)
        return Measure(0.0, now, waits + 1, now + WINDOW * 2 ** min(waits, MOST_DOUBLINGS))

    def is_waiting(self, now: datetime) -> bool:
        """Tell whether no attempt is heard now."""
        return self.until is not None and self.until > now


class LoginThrottle:
    """Measures the sign-in attempts of one workspace and refuses those that come too soon."""

    def __init__(self, database: AccountsDatabase) -> None:
        self._database = database

    def count_attempt(self, login: str, address: str, now: datetime) -> None:
        """Count an attempt, or raise TooManyAttempts without counting it.

        Call it before the password is compared, so that many requests at once cannot pass the limit.
        """
        network = network_of(address)
        is_known = self._is_known_address(login, address, now)
        with self._database.transaction() as db:
            keys = _Keys(db, login, network)
            pair, besieged = _read(db, keys.pair, now), _read(db, keys.login, now)
            limit = PAIR_LIMIT if is_known or not besieged.is_waiting(now) else BESIEGED_LIMIT
            if pair.is_waiting(now):
                raise TooManyAttempts(pair.until or now)
            measures = {keys.pair: pair.after_attempt(limit, now)}
            if not is_known:
                by_address = _read(db, keys.address, now)
                if by_address.is_waiting(now):
                    raise TooManyAttempts(by_address.until or now)
                measures[keys.address] = by_address.after_attempt(ADDRESS_LIMIT, now)
                measures[keys.login] = besieged.after_attempt(LOGIN_LIMIT, now)
            _write(db, measures, now)

    def forget_attempts(self, login: str, address: str, now: datetime) -> None:
        """Forget the attempts of a login that got in; other logins' attempts from the address still count."""
        with self._database.transaction() as db:
            keys = _Keys(db, login, network_of(address))
            db.execute("DELETE FROM delays WHERE key = ?", [keys.pair])
            db.execute(LOWER, [keys.address])
            db.execute(LOWER, [keys.login])

    def _is_known_address(self, login: str, address: str, now: datetime) -> bool:
        """Tell whether the person had a session from this address in the last 30 days."""
        sql = "SELECT 1 FROM sessions WHERE person = ? AND address = ? AND seen > ?"
        since = instant_text(now - ADDRESS_KNOWN_FOR)
        return self._database.fetch_one(sql, login, address, since) is not None


def network_of(address: str) -> str:
    """Return what counts as one address: of IPv6 the network of 64 bits, which one subscriber has whole."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address[:100]
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
    return str(found)


class _Keys:
    """The digests under which the attempts of a login from a network are kept, keyed for each workspace."""

    def __init__(self, db: Transaction, login: str, network: str) -> None:
        self._key = _secret(db)
        self.pair = self._digest("pair", login, network)
        self.login = self._digest("login", login)
        self.address = self._digest("address", network)

    def _digest(self, *words: str) -> bytes:
        content = msgspec.json.encode(words)
        return hashlib.blake2b(content, key=self._key, digest_size=16).digest()


def _secret(db: Transaction) -> bytes:
    """Return the key of the digests, made at first use."""
    db.execute(
        "INSERT INTO delay_keys VALUES (1, ?) ON CONFLICT (number) DO NOTHING", [secrets.token_bytes(32)]
    )
    return bytes(db.execute("SELECT key FROM delay_keys").fetchone()[0])


def _read(db: Transaction, key: bytes, now: datetime) -> Measure:
    row = db.execute("SELECT level, at, waits, until FROM delays WHERE key = ?", [key]).fetchone()
    if row is None:
        return Measure(0.0, now)
    until = datetime.fromisoformat(row[3]) if row[3] else None
    return Measure(row[0], datetime.fromisoformat(row[1]), row[2], until)


def _write(db: Transaction, measures: dict[bytes, Measure], now: datetime) -> None:
    """Store measures, and forget those that say nothing any more, or are too many."""
    db.execute("DELETE FROM delays WHERE at < ?", [instant_text(now - REMEMBERED_FOR)])
    for key, measure in measures.items():
        until = instant_text(measure.until) if measure.until else None
        row = [key, measure.level, instant_text(measure.at), measure.waits, until]
        db.execute(UPSERT_DELAY, row)
    oldest = "SELECT key FROM delays ORDER BY at DESC LIMIT ? OFFSET ?"
    db.execute(f"DELETE FROM delays WHERE key IN ({oldest})", [NO_LIMIT, MOST_KEPT])  # noqa: S608  # fixed words
