"""Atomic writing of files: a file is complete or not there. Only its owner may read it."""

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path


def read_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return a file's content, created by `make` if missing; of several processes only one creates it."""
    if not path.exists():
        make_folder(path.parent)
        with _temporary_file(path, make()) as temporary, suppress(FileExistsError):
            os.link(temporary, path)
            sync_folder(path.parent)
    return path.read_bytes()


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file durably; a reader sees the old content or the new one, and nothing in between."""
    with _temporary_file(path, content) as temporary:
        temporary.replace(path)
    sync_folder(path.parent)


def replace_file(path: Path, content: bytes) -> None:
    """Replace a file at once for its readers, without waiting for the disk."""
    draft = path.with_name(f"new-{path.name}-{os.getpid()}-{threading.get_ident()}")
    try:
        draft.touch(mode=0o600)
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it that are missing, each for its owner alone."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def make_file(path: Path) -> Path:
    """Make an empty file for its owner alone unless there is one, and return its path.

    SQLite gives the files that it keeps beside a database the mode of that.
    """
    path.touch(mode=0o600)
    return path


def free_name(folder: Path, name: str) -> Path:
    """Return a path in a folder that nothing has: the name, or the name with a number."""
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(folder / free for free in names if not (folder / free).exists())


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, so that a new or renamed file survives a power loss."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


@contextmanager
def _temporary_file(path: Path, content: bytes) -> Iterator[Path]:
    """Yield a temporary file with the content, flushed to the disk, next to `path`; remove it afterwards."""
    file, name = tempfile.mkstemp(dir=path.parent, prefix=f"new-{path.name[:20]}-")
    try:
        with os.fdopen(file, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
