"""Unpacking a backup beside what is there, and looking whether all of it is as it was."""

import errno
import os
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from cchc_flow.backup.archive import read_archive
from cchc_flow.backup.manifest import TAKE_ANOTHER, Manifest
from cchc_flow.errors import BadInput
from cchc_flow.eventlog.data_format import FORMAT
from cchc_flow.eventlog.driver import sqlite3
from cchc_flow.eventlog.verification.report import report_sentence
from cchc_flow.eventlog.verification.snapshot import connect_read_only
from cchc_flow.eventlog.verification.verify import verify_log

ACCOUNTS = "accounts.db"
Progress = Callable[[str, int, int], None]


@contextmanager
def unpack(file: Path, place: Path, progress: Progress, *, unsigned: bool) -> Iterator[tuple[Manifest, Path]]:
    """Give the manifest of a backup and a data folder with what it holds, all of it verified.

    The folder lies in the folder `place` and goes away at the end. Raise BadInput for what is no
    backup, is not as it was written, or (unless `unsigned` are taken) is not signed by the key of its log.
    """
    size = file.stat().st_size
    if shutil.disk_usage(place).free < size:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(place))
    with tempfile.TemporaryDirectory(dir=place, prefix=".restore-") as name, file.open("rb") as content:
        folder = Path(name)
        read = read_archive(content, folder, lambda done: progress("Đọc bản sao lưu", done, size))
        if not (read.is_signed or unsigned):
            raise BadInput(
                "Bản sao lưu không có chữ ký đúng của khóa niêm phong: nó được ghi khi khóa đã mất, hoặc ai"
                " đó đã sửa.",
                "Chưa có gì bị thay đổi. Nếu chắc chắn nó là của mình, hãy thêm --unsigned.",
            )
        for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            path.chmod(0o700)
        _verify(read.manifest, folder, progress)
        yield read.manifest, folder


def _verify(manifest: Manifest, folder: Path, progress: Progress) -> None:
    """Raise BadInput unless the log, the vault and the accounts are whole, and are what the manifest says."""
    if manifest.format > FORMAT:
        raise BadInput(
            f"Bản sao lưu này do bản {manifest.program} của chương trình ghi, mới hơn bản đang chạy.",
            "Hãy khôi phục bằng bản đó hoặc mới hơn.",
        )
    report = verify_log(
        folder / manifest.workspace,
        lost={*manifest.missing, *manifest.damaged},
        progress=lambda done, total: progress("Kiểm tra", done, total),
    )
    if not report.ok:
        raise BadInput(f"Trong bản sao lưu: {report_sentence(report)}", TAKE_ANOTHER)
    root = b64encode(report.root or b"").decode()
    if (report.count, root, report.key) != (manifest.log_size, manifest.log_root, manifest.key):
        raise BadInput("Nhật ký trong bản sao lưu không phải nhật ký mà nó kê khai.", TAKE_ANOTHER)
    accounts = folder / "private" / manifest.workspace / ACCOUNTS
    if accounts.exists() and (fault := _find_damage(accounts)):
        raise BadInput(f"Tệp tài khoản trong bản sao lưu đã hỏng ({fault}).", TAKE_ANOTHER)


def _find_damage(database: Path) -> str:
    """Return what SQLite finds wrong with a database, empty when it is whole."""
    try:
        with closing(connect_read_only(f"{database.absolute().as_uri()}?mode=ro&immutable=1")) as connection:
            found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else found
