"""The files of a data folder: whether this program can use them, and who else can; the room on the disk."""

import os
import pwd
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from cchc_flow.errors import describe_os_error

LEAST_ROOM = 32 * 1024 * 1024
"""In bytes: with less room on the disk the next writes may fail."""
BLOCK = 64 * 1024
"""In bytes: what is written to see whether a disk takes anything at all."""
TEMPLATES = "templates"
"""The folder of a workspace in which a commune keeps its own templates of documents."""
FILE_MODE, FOLDER_MODE = 0o600, 0o700
MOST_NAMED = 5


class FolderFault(msgspec.Struct, frozen=True):
    """Why a file or folder cannot serve, and what to do now."""

    path: Path
    why: str
    now: str

    def __str__(self) -> str:
        return f"«{self.path}»: {self.why}. {self.now}"


def workspace_paths(data: Path, name: str) -> Iterator[Path]:
    """Yield the files and folders of a workspace, its private ones too."""
    for root in (data / name, data / "private" / name):
        if root.is_dir():
            yield from _all_paths(root)


def outer_paths(folder: Path, private: Path) -> list[Path]:
    """Return a workspace's folders and what lies directly in them; all that is in one that is open to others.

    The vault grows for ever: as long as nobody else gets into its workspace, it need not be looked through.
    """
    return [path for root in (folder, private) if root.is_dir() for path in _outer_paths(root)]


def _outer_paths(root: Path) -> Iterator[Path]:
    if _is_loose(root):
        yield from _all_paths(root)
    else:
        yield from (root, *root.iterdir(), *root.glob("keys/*"))


def shared_paths(data: Path) -> Iterator[Path]:
    """Yield what all workspaces of a data folder share: its private folder, and the files in it."""
    private = data / "private"
    if private.is_dir():
        yield private
    if os.access(private, os.R_OK | os.X_OK):
        yield from (path for path in private.iterdir() if path.is_file())


def closed_folders(data: Path) -> Iterator[Path]:
    """Yield the folders into which this program cannot look: workspaces there it does not see at all."""
    folders = (path for root in (data, data / "private") if _is_open(root) for path in root.iterdir())
    return (path for path in folders if path.is_dir() and not _is_open(path))


def _is_open(folder: Path) -> bool:
    return os.access(folder, os.R_OK | os.X_OK) and bool(folder.stat().st_mode & stat.S_IXUSR)


def find_faults(data: Path, paths: Iterable[Path]) -> list[FolderFault]:
    """Return why this program cannot use some of the paths; the first few of each kind of fault."""
    owner = data.stat().st_uid
    faults = (fault for path in paths if (fault := _fault(path, owner)))
    by_kind: dict[str, list[FolderFault]] = {}
    for fault in faults:
        by_kind.setdefault(fault.why, []).append(fault)
    return [fault for found in by_kind.values() for fault in found[:MOST_NAMED]]


def _all_paths(root: Path) -> Iterator[Path]:
    """Yield a folder and all that is in it, a folder before what it holds; links are not followed."""
    yield root
    for folder, folders, files in os.walk(root):
        yield from (Path(folder, inner) for inner in (*folders, *files))


def _fault(path: Path, owner: int) -> FolderFault | None:
    """Return why a file or folder cannot be read and written by the user that the data belong to."""
    try:
        found = path.lstat()
    except FileNotFoundError:  # such as a draft that somebody finished in the meantime
        return None
    except OSError as error:
        return FolderFault(path, f"không xem được ({describe_os_error(error)})", _give_to(owner))
    if found.st_uid != owner:
        who = f"thuộc người dùng «{_user_name(found.st_uid)}», không phải chủ của thư mục dữ liệu"
        return FolderFault(path, who, _give_to(owner))
    wanted = os.R_OK | os.W_OK | (os.X_OK if stat.S_ISDIR(found.st_mode) else 0)
    needed = FOLDER_MODE if stat.S_ISDIR(found.st_mode) else FILE_MODE
    if not os.access(path, wanted) or found.st_mode & needed != needed:
        return FolderFault(path, "không đọc hoặc không ghi được", "Hãy cấp lại quyền đọc và ghi cho chủ.")
    return None


def _give_to(owner: int) -> str:
    return f"Hãy giao lại cho người dùng «{_user_name(owner)}» (lệnh chown)."


def _user_name(number: int) -> str:
    """Return the name of a user of this machine, or the number of one without a name."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def find_full_disk(folder: Path) -> FolderFault | None:
    """Return a fault when the disk under a folder has no room for what is recorded next."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        why = f"không xem được ổ đĩa ({describe_os_error(error)})"
        return FolderFault(folder, why, "Hãy kiểm tra ổ đĩa.")
    if free >= LEAST_ROOM:
        return None
    why = f"ổ đĩa sắp đầy, chỉ còn {free // 1024 // 1024} MB"
    return FolderFault(folder, why, "Hãy dọn ổ đĩa hoặc chuyển dữ liệu sang ổ lớn hơn.")


def find_loose_paths(paths: Iterable[Path]) -> list[Path]:
    """Return the files and folders that other users of this machine may read or write."""
    return [path for path in paths if _is_loose(path)]


def close_to_others(paths: Iterable[Path]) -> None:
    """Give files the mode 0600 and folders 0700; those that are not ours to change stay as they are.

    What lies in a folder is closed before the folder, so that who is interrupted begins again.
    """
    for path in reversed(find_loose_paths(paths)):
        with suppress(OSError):
            path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)


def _is_loose(path: Path) -> bool:
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return not stat.S_ISLNK(mode) and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
