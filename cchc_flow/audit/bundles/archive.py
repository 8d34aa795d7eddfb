"""The ZIP of a bundle: plain stored files with one date, so that the same contents are the same bytes."""

import zipfile
from collections.abc import Iterable
from hashlib import sha256
from typing import IO

DATE = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can have
MODE = 0o600


class BundleWriter:
    """Writes files one after the other; `files` has the size and the hex SHA-256 of each by its name.

    Nothing is compressed: a verifier needs no inflating, and no small file grows into a large one.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)
        self.files: dict[str, tuple[int, str]] = {}

    def add(self, name: str, blocks: Iterable[bytes]) -> None:
        """Write a file of less than 2 GB from its blocks."""
        info = zipfile.ZipInfo(name, DATE)
        info.external_attr, info.create_system = MODE << 16, 3  # files of their owner alone, as on Unix
        digest, size = sha256(), 0
        with self._zip.open(info, "w") as member:
            for block in blocks:
                member.write(block)
                digest.update(block)
                size += len(block)
        self.files[name] = size, digest.hexdigest()

    def finish(self) -> None:
        """Write the directory of the ZIP; the file stays open."""
        self._zip.close()
