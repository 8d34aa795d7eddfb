"""Upgrading a workspace's folder that an older program wrote, and going back while nothing new was written.

What was there is copied first, into `data/private/upgraded`; it has the form of a data folder. The upgrade
is verified before it counts; one that fails leaves the folder as it was.
"""

import logging
import os
import shutil
from base64 import b64encode
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import msgspec

from cchc_flow.clock import Clock
from cchc_flow.commands import channels
from cchc_flow.conversion import decode
from cchc_flow.errors import LogBroken, NotFound, Refusal
from cchc_flow.eventlog import data_format, instants, opening
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.head import load_head
from cchc_flow.eventlog.log_end import FILE as LOG_END
from cchc_flow.eventlog.migration import has_steps, migrate_tables
from cchc_flow.eventlog.port import Meta
from cchc_flow.eventlog.usage import Usage, sole_use
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.snapshot import DATABASE, open_snapshot
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.files import free_name, sync_folder, write_atomically
from cchc_flow.projections.model_files import remove_file

UPGRADED, NOTE = "upgraded", "upgrade.json"
ACCOUNTS = "accounts.db"
IN_USE = "Dữ liệu do một bản cũ hơn của chương trình ghi và đang được dùng, nên chưa nâng cấp được."


class Upgrade(msgspec.Struct, frozen=True):
    """One upgrade: the formats before and after it, and how the log ended when the program was ready."""

    before: int
    after: int
    size: int = 0
    root: str = ""


def upgrade_folder(data: Path, name: str, clock: Clock) -> Path | None:
    """Upgrade the folder of a workspace if an older program wrote it; return where what was there is kept.

    None when there was nothing to do. Raise LogBroken when somebody uses the folder, or the upgraded log is
    not what it was.
    """
    folder, private = data / name, data / "private" / name
    if data_format.read_format(folder) >= data_format.FORMAT or not (private / "keys").is_dir():
        return None  # without a key nothing can be recorded: who opens it for work is told so
    with sole_use(private, IN_USE):
        before = data_format.read_format(folder)
        if before >= data_format.FORMAT:  # another program was faster
            return None
        kept = _keep(data, name, before)
        try:
            _migrate(folder, private, clock)
        except BaseException:
            _put_back(kept, data, name)
            raise
        data_format.write_format(folder)
        note_end(kept, folder)
    logging.getLogger(__name__).info("%s: upgraded from format %s, which is kept in %s", name, before, kept)
    return kept


def note_end(kept: Path, folder: Path) -> None:
    """Note how the log ends now, whatever the program has recorded by itself since the upgrade."""
    size, root = _read_end(folder)
    done = msgspec.structs.replace(_read_note(kept), size=size, root=root)
    write_atomically(kept / NOTE, msgspec.json.encode(done))


def undo_upgrade(data: Path, name: str) -> Path:
    """Put back what was there before the latest upgrade, and return where it was kept.

    Raise NotFound when nothing is kept, Refusal when something was recorded since.
    """
    folder, private = data / name, data / "private" / name
    kept = _find_kept(data, name)
    upgrade = _read_note(kept)
    with sole_use(private, "Không gian làm việc đang được dùng, nên chưa trở lại được."):
        size, root = _read_end(folder)
        if (size, root) != (upgrade.size, upgrade.root):
            raise Refusal(
                f"Sau khi nâng cấp đã ghi thêm {size - upgrade.size} sự kiện; trở lại bản cũ sẽ mất chúng.",
                "Hãy dùng tiếp bản mới.",
            )
        _put_back(kept, data, name)
    return kept


def _keep(data: Path, name: str, number: int) -> Path:
    """Copy what an upgrade may change; return the folder of the copies, laid out as a data folder."""
    kept = free_name(data / "private" / UPGRADED, f"{name}-format-{number}")
    folder, private = kept / name, kept / "private" / name
    for made in (kept.parent, kept, folder, private.parent, private):
        made.mkdir(mode=0o700, exist_ok=True)
    _copy_database(data / name / DATABASE, folder / DATABASE)
    old = data / "private" / name
    if (old / ACCOUNTS).is_file():
        _copy_database(old / ACCOUNTS, private / ACCOUNTS)
    if (old / LOG_END).is_file():
        shutil.copy2(old / LOG_END, private / LOG_END)
    (folder / "vault").symlink_to((data / name / "vault").absolute())
    write_atomically(kept / NOTE, msgspec.json.encode(Upgrade(number, data_format.FORMAT)))
    os.sync()
    return kept


def _migrate(folder: Path, private: Path, clock: Clock) -> None:
    """Bring the tables of the log to the newest edition, and look whether it is whole."""
    if not has_steps(folder):
        return
    before = verify_log(folder)
    log = opening.open_log(folder, private, now=clock, usage=Usage(None))
    try:
        migrate_tables(log, folder, lambda: _meta(clock))
    finally:
        log.close()
    after = verify_log(folder)
    if after.problem and after.problem != before.problem:
        raise LogBroken(f"Sau khi nâng cấp: {report_sentence(after)}", "Dữ liệu đã được trả về như cũ.")


def _put_back(kept: Path, data: Path, name: str) -> None:
    """Put the kept copies into their places; what was computed from newer ones goes away."""
    folder, private = data / name, data / "private" / name
    for source, target in (
        (kept / name / DATABASE, folder / DATABASE),
        (kept / "private" / name / ACCOUNTS, private / ACCOUNTS),
    ):
        if source.is_file():
            _replace_database(source, target)
    for path in (*folder.glob("*.db"), *folder.glob("*.current")):
        if path.name != DATABASE:
            remove_file(path)
    (private / LOG_END).unlink(missing_ok=True)
    if (kept / "private" / name / LOG_END).is_file():
        shutil.copy2(kept / "private" / name / LOG_END, private / LOG_END)
    number = _read_note(kept).before
    data_format.write_format(folder, number) if number else data_format.remove_format(folder)


def _replace_database(source: Path, target: Path) -> None:
    """Put a copy of one database into the place of another that nobody uses."""
    draft = target.with_name(f"new-{target.name}")
    draft.unlink(missing_ok=True)
    _copy_database(source, draft)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the file alone is the newer state
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    draft.replace(target)
    sync_folder(target.parent)


def _copy_database(source: Path, target: Path) -> None:
    with open_snapshot(source.parent, source.name) as (connection, _):
        target.touch(mode=0o600)
        with closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)


def _read_end(folder: Path) -> tuple[int, str]:
    """Return the size of the log in a folder, and its root in base64."""
    with open_snapshot(folder) as (connection, _):
        head = load_head(connection)
    return head.size, b64encode(head.root).decode()


def _find_kept(data: Path, name: str) -> Path:
    """Return the copies from before the latest upgrade; raise NotFound when there are none."""
    notes = (data / "private" / UPGRADED).glob(f"{name}-format-*/{NOTE}")
    if newest := max(notes, key=lambda note: note.stat().st_mtime_ns, default=None):
        return newest.parent
    raise NotFound(f"Không có bản nào của «{name}» được giữ từ trước một lần nâng cấp.")


def _read_note(kept: Path) -> Upgrade:
    return decode((kept / NOTE).read_bytes(), Upgrade)


def _meta(clock: Clock) -> Meta:
    """Return the metadata of a migration's event, which the program records by itself."""
    now = clock()
    command = f"system:migrate-{instants.format_instant(now)}"
    digest = sha256(command.encode()).digest()
    return Meta(actor="system", time=now, command_id=command, command_digest=digest, channel=channels.SETUP)
