"""A workspace moves from the data folder into the database: its log as it is sealed, and all beside it.

Most is copied while the old home serves. Then its writers wait, the rest is copied, and the old home gets the
mark after which it takes no more events; only then does the database show the workspace. An interruption
leaves the old home in charge, or (once it has the mark) none until the move is run again.
"""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec

from cchc_flow.accounts.moving import clear_accounts, copy_accounts
from cchc_flow.accounts.port import AccountsDatabase
from cchc_flow.accounts.postgres import PostgresAccounts
from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.clock import Clock
from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.eventlog.erasures import erase_again
from cchc_flow.eventlog.locking import Connections
from cchc_flow.eventlog.moved_mark import MOVED, MOVING, RETURNING, Mark, read_mark, write_mark
from cchc_flow.eventlog.moving_stores import copy_contents, copy_reads, copy_secrets
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.postgres.arrival import Arrival
from cchc_flow.eventlog.postgres.failures import refusals_in_words
from cchc_flow.eventlog.postgres.opening import check_edition
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.source import LogSource
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.homes import FolderHome
from cchc_flow.postgres_home import PostgresHome

DIGESTS = "SELECT DISTINCT digest FROM contents ORDER BY digest"
Progress = Callable[[str, int, int], None]


class Moved(msgspec.Struct, frozen=True):
    """What moved where: the number of events, and the root over them in hex."""

    workspace: str
    place: str
    events: int
    root: str


def move_to_database(data: Path, name: str, new: PostgresHome, now: Clock, progress: Progress) -> Moved:
    """Move a workspace into the database, or finish a move that was interrupted.

    Raise NotFound without such a workspace, Refusal when it went there before, BadInput when the database
    has another workspace of that name, LogBroken when verification finds a fault, before or afterwards.
    """
    folder, place = data / name, new.database.name
    _check_start(folder, name)
    check_edition(new.database)
    old = FolderHome(data)
    with closing(old.open_log(name, now)) as log:
        if name in new.names() and new.moved_to(name) is None:
            _require_arrived(new, name, log, now)
        else:
            require_intact(old.source(name))
            copy_secrets(old.secrets(name), new.secrets(name))
            copy_contents(old.vault(name), new.vault(name), read_digests(old.source(name)))
            _move(old, new, (data, name), log, progress)
    require_intact(new.source(name))
    write_mark(folder, Mark(MOVED, place))
    with closing(new.open_log(name, now)) as moved:
        size = moved.size()
        return Moved(name, place, size, moved.root(size).hex())


def _move(
    old: FolderHome, new: PostgresHome, place: tuple[Path, str], log: EventLog, progress: Progress
) -> None:
    """Copy the log, and what else may still change, so that the database shows it at once or not at all."""
    data, name = place
    source, newest = old.source(name), log.size()
    with refusals_in_words(), new.database.connect() as session:
        session.execute("BEGIN")
        arrival = Arrival(session, name)
        _require_same_beginning(arrival, log)
        with source.open_snapshot() as snapshot:
            arrival.copy(snapshot.connection, lambda done: progress("Chép nhật ký", done, newest))
        with closing(Connections(data / name)) as connections, connections.write_lock():
            copy_secrets(old.secrets(name), new.secrets(name))
            with source.open_snapshot() as snapshot:
                arrival.copy(snapshot.connection)
            if (arrival.size, arrival.root) != (log.size(), log.root(log.size())):
                raise LogBroken("Nhật ký chép sang không giống nhật ký cũ; chưa có gì được chuyển.")
            write_mark(data / name, Mark(MOVING, new.database.name))
            copy_contents(old.vault(name), new.vault(name), read_digests(source))
            copy_reads(old.reads(name), new.reads(name))
            _copy_accounts(data, name, new)
            erase_again(log, new.vault(name))
            session.execute("COMMIT")


def _copy_accounts(data: Path, name: str, new: PostgresHome) -> None:
    """Copy the accounts if they go too."""
    if database := new.accounts_database():
        replace_accounts(FolderAccounts(data / "private" / name), PostgresAccounts(database, name))


def replace_accounts(source: AccountsDatabase, target: AccountsDatabase) -> None:
    """Copy the accounts; those that an earlier or an interrupted move has left in the target are replaced."""
    clear_accounts(target)
    copy_accounts(source, target)


def _check_start(folder: Path, name: str) -> None:
    mark = read_mark(folder)
    if mark and mark.state in {MOVED, RETURNING}:
        raise mark.refusal()
    if not (folder / "events.db").is_file():
        raise NotFound(f"Thư mục dữ liệu không có không gian làm việc «{name}».", "Hãy kiểm tra lại tên.")


def _require_same_beginning(arrival: Arrival, log: EventLog) -> None:
    """Raise BadInput when the database has something else of this name than the beginning of this log."""
    if arrival.size and (arrival.size > log.size() or arrival.root != log.root(arrival.size)):
        raise _another(arrival.workspace)


def _require_arrived(new: PostgresHome, name: str, log: EventLog, now: Clock) -> None:
    """Raise BadInput unless the database has this log already: then only the mark was missing."""
    with closing(new.open_log(name, now)) as there:
        size = log.size()
        if there.size() < size or there.root(size) != log.root(size):
            raise _another(name)


def _another(name: str) -> BadInput:
    return BadInput(
        f"Cơ sở dữ liệu đã có không gian làm việc «{name}» khác.",
        "Hãy kiểm tra xem đó là của xã nào; chưa có gì được chuyển.",
    )


def require_intact(source: LogSource) -> None:
    report = verify_log(source)
    if not report.ok:
        raise LogBroken(report_sentence(report), "Hãy khôi phục bản sao lưu rồi chuyển lại.")


def read_digests(source: LogSource) -> list[str]:
    with source.open_snapshot() as snapshot:
        return [digest for (digest,) in snapshot.connection.execute(DIGESTS)]
