"""Where private keys are: in files for their owner alone, or sealed in the database for all nodes."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from cchc_flow.files import make_folder, read_or_create


class SecretStore(Protocol):
    """The secrets of one workspace, or of the whole installation, by names such as `command.key`."""

    def names(self) -> list[str]:
        """Return the names of the secrets that there are, sorted."""

    def read(self, name: str) -> bytes | None:
        """Return a secret, None when there is none."""

    def read_or_create(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a secret, created by `make` if missing; of many processes and nodes only one does it."""

    def place(self, name: str) -> str:
        """Return in words where a secret is, for the person who has to look after it."""


class FolderSecrets:
    """Secrets in the files of a private folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """Return the names of the signing keys and other keys in the folder, sorted."""
        paths = [*self._folder.glob("*.key"), *self._folder.glob("keys/*.pem")]
        return sorted(str(path.relative_to(self._folder)) for path in paths)

    def read(self, name: str) -> bytes | None:
        """Return a secret, None when there is no file."""
        path = self._folder / name
        return path.read_bytes() if path.is_file() else None

    def read_or_create(self, name: str, make: Callable[[], bytes]) -> bytes:
        """Return a secret, created durably if missing; what is above it is closed to others."""
        path = self._folder / name
        if not path.exists():
            make_folder(path.parent)
            for folder in {self._folder, path.parent}:
                folder.chmod(0o700)
        return read_or_create(path, make)

    def place(self, name: str) -> str:
        """Return the path of the file."""
        return str(self._folder / name)
