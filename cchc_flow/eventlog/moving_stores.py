"""What lies beside a log is copied from one home to the other: secrets, contents, and who read what.

Each can be interrupted and begun again: what is there already is left as it is.
"""

from collections.abc import Iterable

from cchc_flow.errors import BadInput
from cchc_flow.eventlog.reads.home import ReadsHome
from cchc_flow.eventlog.secret_store import SecretStore
from cchc_flow.eventlog.vault import Vault, check_salted

ANOTHER = "Hãy kiểm tra xem đó có đúng là không gian làm việc cần chuyển không."


def copy_secrets(source: SecretStore, target: SecretStore) -> int:
    """Copy the signing keys and other secrets; return how many there are.

    Raise BadInput when the target has another secret under the same name.
    """
    names = source.names()
    for name in names:
        secret = source.read(name) or b""
        if target.read_or_create(name, lambda secret=secret: secret) != secret:  # type: ignore[misc]
            raise BadInput(f"Nơi chuyển đến đã có khóa «{name}» khác.", ANOTHER)
    return len(names)


def copy_contents(source: Vault, target: Vault, digests: Iterable[str]) -> tuple[str, ...]:
    """Copy contents with their salts; return the digests of those that the source lacks.

    Raise LogBroken for a content that was changed.
    """
    missing: list[str] = []
    for digest in digests:
        if target.has(digest):
            continue
        salted = source.find_salted(digest)
        if salted is None:
            missing.append(digest)
        else:
            target.store_salted(check_salted(digest, salted))
    return tuple(missing)


def copy_reads(source: ReadsHome, target: ReadsHome) -> int:
    """Copy the months of who read what, entry for entry and with their signed roots; return how many.

    Raise BadInput when the target has another log of a month.
    """
    months = source.months()
    for month in months:
        with source.open_month(month) as connection:
            if source.has_tables(connection) and not target.take_month(month, connection):
                raise BadInput(f"Nơi chuyển đến đã có sổ lượt xem tháng {month} khác.", ANOTHER)
    return len(months)
