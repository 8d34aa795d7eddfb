"""The file of a backup: a tar archive (POSIX pax) that unpacks into a data folder.

`<workspace>/` and `private/<workspace>/` are those of the data folder; beside them lie the manifest, its
signature and the digests.
"""

import os
import re
import subprocess  # nosec B404  # one program, our own, and no shell
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO

import msgspec

from cchc_flow.backup import copy_bytes
from cchc_flow.backup.manifest import (
    MANIFEST,
    NOT_A_BACKUP,
    SIGNATURE,
    SUMS,
    TAKE_ANOTHER,
    Manifest,
    is_signed,
    parse_manifest,
    parse_sums,
)
from cchc_flow.errors import BadInput

BLOCK_SIZE = 1 << 20
LARGEST_PAGE = 256 << 20  # of the manifest and the digests: they are read into memory
NAME = re.compile(
    r"MANIFEST\.json|MANIFEST\.sig|SHA256SUMS|(?P<workspace>[a-z0-9][a-z0-9-]{0,39})/"
    r"(?:events\.db|format\.txt|vault/[0-9a-f]{2}/[0-9a-f]{64}|reads/[0-9]{4}-[0-9]{2}\.db"
    r"|templates/[A-Za-z0-9_][A-Za-z0-9._-]{0,99})"
    r"|private/(?P<owner>[a-z0-9][a-z0-9-]{0,39})/(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}|keys/[0-9a-f]{16}\.pem)"
)
Progress = Callable[[int], None]


class ArchiveWriter:
    """Writes a backup member by member; `digests` has the SHA-256 of each by its name."""

    def __init__(self, file: IO[bytes], time: int, progress: Progress) -> None:
        self._file, self._time, self._progress = file, time, progress
        self.digests: dict[str, str] = {}

    def add_folder(self, name: str) -> None:
        """Write a folder, so that it is unpacked with its mode."""
        self._write_header(name, 0, tarfile.DIRTYPE)

    def add(self, name: str, content: bytes) -> None:
        """Write a member from memory."""
        self._write_header(name, len(content), tarfile.REGTYPE)
        self._file.write(content)
        self._pad(len(content))
        self.digests[name] = sha256(content).hexdigest()

    def add_database(self, name: str, path: Path) -> None:
        """Write a file that is being held still, by a process of its own (see `copy_bytes`)."""
        size = path.stat().st_size
        self._write_header(name, size, tarfile.REGTYPE)
        self._file.flush()
        begin = os.lseek(self._file.fileno(), 0, os.SEEK_CUR)
        self.digests[name] = _copy(path, self._file, lambda now: self._progress(now - begin))
        if os.lseek(self._file.fileno(), 0, os.SEEK_CUR) - begin != size:
            raise OSError(f"{path} changed its size while it was copied")
        self._pad(size)

    def finish(self) -> None:
        """Write the end of the archive, and everything to the disk."""
        self._file.write(bytes(2 * tarfile.BLOCKSIZE))
        self._file.flush()
        os.fsync(self._file.fileno())

    def _write_header(self, name: str, size: int, kind: bytes) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.type, info.mtime = size, kind, self._time
        info.mode = 0o700 if kind == tarfile.DIRTYPE else 0o600
        self._file.write(info.tobuf(tarfile.PAX_FORMAT))

    def _pad(self, size: int) -> None:
        self._file.write(bytes(-size % tarfile.BLOCKSIZE))


def _copy(path: Path, out: IO[bytes], progress: Progress) -> str:
    """Append a file's bytes to another file by a process of its own; return their hex SHA-256."""
    command = [sys.executable, "-I", "-S", copy_bytes.__file__, str(path)]
    with subprocess.Popen(command, stdout=out.fileno(), stderr=subprocess.PIPE, text=True) as process:  # noqa: S603  # nosec B603
        while process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
            progress(os.lseek(out.fileno(), 0, os.SEEK_CUR))
        said = process.stderr.read() if process.stderr else ""
    if process.returncode:
        number = int(said) if said.isdigit() else 0
        raise OSError(number, os.strerror(number))
    return said


@contextmanager
def create_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a new file that gets its name only when the block has ended; raise BadInput for a name in use.

    Where the file system can, it has no name until then: a program that is killed leaves nothing.
    """
    try:
        handle, draft = os.open(path.parent, os.O_TMPFILE | os.O_RDWR, 0o600), None
        named = Path(f"/proc/self/fd/{handle}")  # see open(2), O_TMPFILE
    except OSError:  # the file system knows no files without a name
        draft = named = path.with_name(f"{path.name}.{os.getpid()}.part")
        handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        with os.fdopen(handle, "r+b") as file:
            yield file
            if draft is None:
                os.link(named, path, src_dir_fd=handle)  # any folder: it makes Python follow the link
        if draft is not None:
            refuse_existing(path)
            draft.rename(path)
    except FileExistsError:
        refuse_existing(path)
        raise
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def refuse_existing(path: Path) -> None:
    """Raise BadInput when there is something under this name."""
    if path.exists() or path.is_symlink():
        raise BadInput(f"Đã có «{path}», không ghi đè.", "Hãy chọn tên khác cho bản sao lưu.")


class ReadBackup(msgspec.Struct, frozen=True):
    """A backup that was read and agrees with its digests; `is_signed` by the key that its manifest names."""

    manifest: Manifest
    is_signed: bool


def read_archive(file: IO[bytes], into: Path | None, progress: Progress) -> ReadBackup:
    """Read a backup from the beginning to the end, unpack it into a folder unless that is None.

    Raise BadInput for what is no backup, or one of which a byte is not as it was written.
    """
    digests: dict[str, str] = {}
    pages: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=file, mode="r:") as archive:
            for member in archive:
                if member.isdir():
                    continue
                _check_member(member)
                content = archive.extractfile(member)
                if content is None or member.name in digests or member.name in pages:
                    raise tarfile.TarError(member.name)
                if "/" in member.name:
                    digests[member.name] = _unpack(content, into and into / member.name)
                else:
                    pages[member.name] = content.read(LARGEST_PAGE)
                progress(file.tell())
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise BadInput(f"{NOT_A_BACKUP} ({error}).", TAKE_ANOTHER) from error
    return _compare(digests, pages)


def _compare(digests: dict[str, str], pages: dict[str, bytes]) -> ReadBackup:
    """Return the backup with these files and pages when they agree; raise BadInput when they do not."""
    if MANIFEST not in pages or SUMS not in pages:
        raise BadInput(f"{NOT_A_BACKUP} (thiếu phần kê khai: có thể tệp bị cắt).", TAKE_ANOTHER)
    manifest = parse_manifest(pages[MANIFEST])
    if sha256(pages[SUMS]).hexdigest() != manifest.sums:
        raise BadInput("Danh sách mã băm trong bản sao lưu đã bị thay đổi.", TAKE_ANOTHER)
    stated = parse_sums(pages[SUMS])
    for name in sorted(stated.keys() | digests.keys()):
        if stated.get(name) != digests.get(name):
            raise BadInput(f"Trong bản sao lưu, «{name}» không còn như lúc được ghi.", TAKE_ANOTHER)
        if _owner(name) != manifest.workspace:
            raise BadInput(f"{NOT_A_BACKUP} («{name}» thuộc không gian khác).", TAKE_ANOTHER)
    return ReadBackup(manifest, is_signed(pages[MANIFEST], pages.get(SIGNATURE, b""), manifest))


def _owner(name: str) -> str | None:
    """Return whose file this is: the workspace in a member's name."""
    found = NAME.fullmatch(name)
    return (found["workspace"] or found["owner"]) if found else None


def _check_member(member: tarfile.TarInfo) -> None:
    """Raise TarError for what no backup has: a link, a device, a hole, a name outside the workspace."""
    is_plain = member.type == tarfile.REGTYPE and member.sparse is None  # a sparse one unpacks to any size
    if not (is_plain and NAME.fullmatch(member.name)):
        raise tarfile.TarError(member.name)


def _unpack(content: IO[bytes], path: Path | None) -> str:
    """Read a member to its end, write it to a path unless that is None, and return its hex SHA-256."""
    digest = sha256()
    with _create_for_owner(path) if path else nullcontext() as out:
        while block := content.read(BLOCK_SIZE):
            digest.update(block)
            if out is not None:
                out.write(block)
    return digest.hexdigest()


def _create_for_owner(path: Path) -> IO[bytes]:
    """Return a new file that only its owner can read."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
