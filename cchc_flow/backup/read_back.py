"""Reading a backup while it is being written, with the very code that restores it."""

import io
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, cast

from cchc_flow.backup.archive import read_archive

STRETCH = 4 << 20
"""How many bytes go to the disk at once, while the next ones are written: all at the end would take longer,
and whoever writes meanwhile would wait for them."""
PAUSE_SECONDS = 0.02


@contextmanager
def read_back(file: IO[bytes]) -> Iterator[None]:
    """Read the backup that the block writes into the file, and let it go to the disk on the way.

    Raise BadInput at the end of the block when what was read differs from what was to be written.
    """
    growing = GrowingFile(file)
    with ThreadPoolExecutor(2) as pool:
        flushing = pool.submit(growing.flush_on_the_way)
        reading = pool.submit(read_archive, cast(IO[bytes], growing), None, lambda done: None)
        try:
            yield
        finally:
            growing.is_complete = True
    flushing.result()  # what could not be written is told to one of those who flush, and only once
    reading.result()


class GrowingFile(io.RawIOBase):
    """What is written to a file, for reading; a read waits until there is enough, or all is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._handle = file.fileno()
        self._position = 0
        self.is_complete = False

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def seekable(self) -> bool:
        """Tell that it has a position that can be set."""
        return True

    def tell(self) -> int:
        """Return the position of the next read."""
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Set the position of the next read."""
        if whence != os.SEEK_SET:
            raise io.UnsupportedOperation("only from the beginning")
        self._position = offset
        return offset

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """Read into a buffer and return the number of bytes, 0 at the end of the file."""
        self._wait_until_written(self._position + len(buffer))
        count = os.preadv(self._handle, [buffer], self._position)
        self._position += count
        return count

    def flush_on_the_way(self) -> None:
        """Write each stretch to the disk as soon as it is there, but for the last one."""
        flushed = 0
        while not self.is_complete:
            self._wait_until_written(flushed + STRETCH)
            flushed = self._written()
            os.fdatasync(self._handle)

    def _wait_until_written(self, end: int) -> None:
        while not self.is_complete and self._written() < end:
            time.sleep(PAUSE_SECONDS)

    def _written(self) -> int:
        return os.lseek(self._handle, 0, os.SEEK_CUR)
