"""A workspace moves from the database back into the data folder: the same log, and only one home in charge.

Most is copied while the nodes serve. Then its writers wait, the rest is copied, and in one transaction the
database says where the workspace went. An interruption before that leaves the database in charge, and one
after it neither home until the move is run again: the folder's mark is the last to go.
"""

import platform
import time
from contextlib import closing
from pathlib import Path

from cchc_flow.accounts.postgres import PostgresAccounts
from cchc_flow.accounts.store import FolderAccounts
from cchc_flow.backup.moving_house import Moved, Progress, read_digests, replace_accounts, require_intact
from cchc_flow.clock import Clock
from cchc_flow.errors import BadInput, LogBroken, NotFound
from cchc_flow.eventlog.erasures import erase_again
from cchc_flow.eventlog.moved_mark import MOVED, MOVING, RETURNING, Mark, read_mark, remove_mark, write_mark
from cchc_flow.eventlog.moving_log import extend_log_in_folder, find_unsealed
from cchc_flow.eventlog.moving_stores import copy_contents, copy_reads, copy_secrets
from cchc_flow.eventlog.port import EventLog
from cchc_flow.eventlog.postgres.arrival import LOCK, MOVE
from cchc_flow.eventlog.postgres.failures import refusals_in_words
from cchc_flow.eventlog.postgres.opening import check_edition
from cchc_flow.eventlog.verification.source import LogSource
from cchc_flow.homes import FolderHome
from cchc_flow.postgres_home import PostgresHome

SEAL_SECONDS = 5.0
"""For so long the last commits are waited for that nodes have still to seal."""


def move_to_folder(data: Path, name: str, old: PostgresHome, now: Clock, progress: Progress) -> Moved:
    """Move a workspace from the database into the data folder, or finish a move that was interrupted.

    Raise NotFound without such a workspace, Refusal when it went elsewhere, BadInput when the folder has
    another log of that name, LogBroken when verification finds a fault, before or afterwards.
    """
    folder, new, place = data / name, FolderHome(data), f"thư mục {data.resolve()} trên máy {platform.node()}"
    check_edition(old.database)
    _check_start(folder, name, old, place)
    with closing(old.open_log(name, now)) as log:
        if old.moved_to(name) is None:
            require_intact(old.source(name))
            _move(old, new, (data, name, place), log, progress)
        size = log.size()
        root = log.root(size)
    require_intact(new.source(name))
    with closing(new.open_log(name, now)) as moved:
        if (moved.size(), moved.root(size)) != (size, root):
            raise LogBroken("Nhật ký chép về không giống nhật ký trong cơ sở dữ liệu.", "Hãy chạy lại.")
    remove_mark(folder)
    return Moved(name, place, size, root.hex())


def _move(
    old: PostgresHome, new: FolderHome, place: tuple[Path, str, str], log: EventLog, progress: Progress
) -> None:
    """Copy everything; the database takes no more events from the moment when all is in the folder."""
    data, name, words = place
    source, folder, newest = old.source(name), data / name, log.size()
    _copy_secrets_and_contents(old, new, name)
    write_mark(folder, Mark(RETURNING, old.database.name))
    copied = extend_log_in_folder(
        source, folder, lambda done: progress("Chép nhật ký", min(done, newest), newest), while_written=True
    )
    with refusals_in_words(), old.database.connect() as session:
        session.execute("BEGIN")
        session.execute(LOCK, (name,))
        _wait_for_seals(source, copied)
        size = extend_log_in_folder(source, folder, while_written=False)
        if size != log.size():
            raise LogBroken("Nhật ký chép về không giống nhật ký cũ; chưa có gì được chuyển.")
        _copy_secrets_and_contents(old, new, name)
        copy_reads(old.reads(name), new.reads(name))
        if database := old.accounts_database():
            replace_accounts(PostgresAccounts(database, name), FolderAccounts(data / "private" / name))
        erase_again(log, new.vault(name))
        session.execute(MOVE, (name, words))
        session.execute("COMMIT")


def _copy_secrets_and_contents(old: PostgresHome, new: FolderHome, name: str) -> None:
    copy_secrets(old.secrets(name), new.secrets(name))
    copy_contents(old.vault(name), new.vault(name), read_digests(old.source(name)))


def _wait_for_seals(source: LogSource, begin: int) -> None:
    """Wait until the commits are sealed that nodes have just made; nobody makes another meanwhile."""
    until = time.monotonic() + SEAL_SECONDS
    while time.monotonic() < until:
        with source.open_snapshot() as snapshot:
            if find_unsealed(snapshot.connection, begin) is None:
                return
        time.sleep(0.05)


def _check_start(folder: Path, name: str, old: PostgresHome, place: str) -> None:
    """Raise why the move cannot begin."""
    if name not in old.names():
        raise NotFound(f"Cơ sở dữ liệu không có không gian làm việc «{name}».", "Hãy kiểm tra lại tên.")
    mark, went = read_mark(folder) if folder.is_dir() else None, old.moved_to(name)
    if went is not None and (went != place or mark is None):
        raise Mark(MOVED, went).refusal()
    if mark and mark.state == MOVING:
        raise mark.refusal()
    if mark is None and (folder / "events.db").is_file():
        raise BadInput(
            f"Thư mục dữ liệu đã có nhật ký của không gian làm việc «{name}».",
            "Hãy dời tệp events.db ở đó đi nơi khác rồi chạy lại.",
        )
