"""The digest of a plugin's files, by which the log knows whether its code is still the same."""

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

COMPILED = "__pycache__"
"""What Python writes beside the code by itself."""


def digest_of_files(plugin: object, home: str = "") -> str:
    """Return the hex SHA-256 over the names and bytes of a plugin's files, in the order of their names.

    All that lies in the folder of a package counts: code, schemas, templates. `home` names the package from
    which a plugin came that is a part of it. What has no files has the digest of nothing.
    """
    package = sys.modules.get(home)
    is_whole = getattr(package, "__file__", None) is not None  # a namespace belongs to others as well
    digest = sha256()
    for name, path in sorted(_files(package if is_whole else plugin)):
        content = path.read_bytes()
        digest.update(b"%s\0%d\0" % (name.encode(), len(content)) + content)
    return digest.hexdigest()


def _files(plugin: object) -> Iterator[tuple[str, Path]]:
    """Yield the files of a module, or of the folders of a package, each with its name there."""
    folders = [Path(path) for path in getattr(plugin, "__path__", ())]
    file = getattr(plugin, "__file__", None)
    if not folders and file and Path(file).is_file():
        yield Path(file).name, Path(file)
    for folder in folders:
        for path in folder.rglob("*"):
            if COMPILED not in path.parts and path.is_file():
                yield path.relative_to(folder).as_posix(), path
