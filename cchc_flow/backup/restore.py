"""Putting a backup in the place of a workspace: made ready beside it, then exchanged, and nothing is deleted.

What the restored log has to say of it (a new key, the end that is lost, what must stay erased) is recorded
before the exchange, so that a failure leaves everything as it was.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from cchc_flow.backup.check import Progress, unpack
from cchc_flow.backup.database_home import require_folder_home
from cchc_flow.backup.manifest import Manifest
from cchc_flow.backup.replaced import Replaced, read_replaced
from cchc_flow.clock import Clock
from cchc_flow.commands.erasure import repeat_erasures
from cchc_flow.commands.key_rotation import rotate_key
from cchc_flow.commands.rollback import accept_rollback
from cchc_flow.commands.unit_of_work import Order
from cchc_flow.errors import BadInput, ClockInDoubt
from cchc_flow.eventlog.log_end import FILE as LOG_END
from cchc_flow.eventlog.port import LogEnd
from cchc_flow.eventlog.usage import sole_use
from cchc_flow.files import free_name, sync_folder, write_atomically
from cchc_flow.workspace import Workspace, open_workspace

REPLACED = "replaced"
IN_USE = "Không gian làm việc đang được dùng, nên chưa khôi phục được."


class Restored(msgspec.Struct, frozen=True, kw_only=True):
    """What a restore has done: `lost` is the end that this machine had seen and the backup has not.

    `kept` is where the replaced folders lie, as a data folder; `new_key` the verifier key now in force, if it
    is a new one; `erased` the digests that were erased again. `blocked` says why no event could be recorded.
    """

    manifest: Manifest
    lost: LogEnd | None
    kept: Path | None
    new_key: str | None
    erased: tuple[str, ...]
    blocked: ClockInDoubt | None
    erasures_unknown: bool


class Restorer:
    """Restores backups into a data folder; `make_order` gives the orders under which events are recorded."""

    def __init__(
        self, data: Path, clock: Clock, make_order: Callable[[Workspace], Order], progress: Progress
    ) -> None:
        self._data, self._clock = data, clock
        self._make_order, self._progress = make_order, progress

    def restore(self, file: Path, *, unsigned: bool = False) -> Restored:
        """Restore a backup; what it replaces is kept aside.

        Raise BadInput for a file that is not taken, LogBroken for a workspace that somebody uses, Refusal
        where logs are in a database.
        """
        require_folder_home(self._data, "Khôi phục")
        place = self._data / "private"
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with unpack(file, place, self._progress, unsigned=unsigned) as (manifest, ready):
            private = place / manifest.workspace
            with sole_use(private, IN_USE):
                replaced = read_replaced(self._data, manifest.workspace)
                _require_same_log(manifest, replaced)
                _carry_over(private, ready / "private" / manifest.workspace, replaced)
                restored = self._record(manifest, ready, replaced)
                _give_to_owner(ready, self._data)
                os.sync()
                kept = self._exchange(manifest.workspace, ready)
        return msgspec.structs.replace(restored, kept=kept)

    def _record(self, manifest: Manifest, ready: Path, replaced: Replaced) -> Restored:
        """Record in the restored log what it has to say of the restore; return what that was."""
        ws = open_workspace(ready, manifest.workspace, self._clock, for_repair=True)
        try:
            lost, new_key, blocked, erased = ws.log.find_lost_end(), None, None, list[str]()
            try:
                if not manifest.with_key:
                    rotate_key(ws, self._make_order(ws))
                    new_key = ws.log.verifier_key()
                if lost:
                    accept_rollback(ws, self._make_order(ws))
                erased = repeat_erasures(ws, replaced.erasures, self._make_order(ws))
            except ClockInDoubt as error:
                blocked = error
        finally:
            ws.close()
        return Restored(
            manifest=manifest,
            lost=lost,
            kept=None,
            new_key=new_key,
            erased=tuple(erased),
            blocked=blocked,
            erasures_unknown=replaced.is_unreadable,
        )

    def _exchange(self, name: str, ready: Path) -> Path | None:
        """Move what is there aside, and what is ready into its place; return where the first went."""
        kept = free_name(self._data / "private" / REPLACED, f"{name}-{self._clock():%Y%m%dT%H%M%S}")
        moves = [
            (self._data / name, kept / name),
            (self._data / "private" / name, kept / "private" / name),
            (ready / "private" / name, self._data / "private" / name),
            (ready / name, self._data / name),
        ]
        done: list[tuple[Path, Path]] = []
        try:
            for source, target in moves:
                if source.exists():
                    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    source.rename(target)
                    done.append((source, target))
        except OSError:
            for source, target in reversed(done):
                target.rename(source)
            raise
        for folder in (self._data, self._data / "private"):
            sync_folder(folder)
        return kept if kept.exists() else None


def _require_same_log(manifest: Manifest, replaced: Replaced) -> None:
    """Raise BadInput when what lies there is another log than the backup's."""
    if replaced.origin not in (None, manifest.origin):
        raise BadInput(
            f"Thư mục dữ liệu đã có không gian «{manifest.workspace}» với một nhật ký khác"
            f" ({replaced.origin}), không phải nhật ký của bản sao lưu ({manifest.origin}).",
            "Hãy khôi phục vào thư mục khác bằng --to, hoặc dời không gian đang có đi nơi khác.",
        )


def _carry_over(old: Path, new: Path, replaced: Replaced) -> None:
    """Bring along what this machine knows: its keys, and how far the log had come."""
    for key in sorted((old / "keys").glob("*.pem")):
        target = new / "keys" / key.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not target.exists():
            shutil.copy2(key, target)
    if replaced.end:
        new.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(new / LOG_END, replaced.end.text().encode())


def _give_to_owner(ready: Path, data: Path) -> None:
    """Give what is ready to the owner of the data folder, when the superuser restores."""
    owner = data.stat()
    if os.geteuid() == 0:
        for path in ready.rglob("*"):
            os.chown(path, owner.st_uid, owner.st_gid, follow_symlinks=False)
