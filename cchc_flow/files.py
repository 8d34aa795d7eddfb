"""Files that are there whole or not at all, however their making ends; their owner alone reads them."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def read_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return the content of a file, which `make` gives if it is not there; of many at once one makes it."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _temporary_file(path, make()) as draft, suppress(FileExistsError):
            os.link(draft, path)
            sync_folder(path.parent)
    return path.read_bytes()


def write_atomically(path: Path, content: bytes) -> None:
    """Put a file in the place of what was there; readers meet the old one or the new one, and it stays."""
    with _temporary_file(path, content) as draft:
        draft.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring to the disk which files a folder has."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


@contextmanager
def _temporary_file(path: Path, content: bytes) -> Iterator[Path]:
    """Give a file of the content that is on the disk, beside the one it is for, and leave none behind."""
    file, name = tempfile.mkstemp(dir=path.parent, prefix=f"new-{path.name[:20]}-")
    try:
        with os.fdopen(file, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
