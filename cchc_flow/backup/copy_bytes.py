"""A program that copies a file to its standard output, and says the SHA-256 of what it read on its stderr.

It is a process of its own because a process that closes a database as a plain file drops the locks that it
holds on it through SQLite. It imports nothing of ours, to start at once; of a failure it says the errno.
"""

import hashlib
import os
import sys

BLOCK_SIZE = 1 << 20
OUT = 1
POLITENESS = 10
"""How much less of a busy processor it takes than those who write meanwhile; see nice(2)."""


def copy(source: str) -> str:
    """Copy the file to standard output and return the hex SHA-256 of its bytes."""
    digest = hashlib.sha256()
    with open(source, "rb", buffering=0) as file:  # noqa: PTH123  # pathlib takes long to import
        while block := file.read(BLOCK_SIZE):
            digest.update(block)
            while block:  # a nearly full disk may take a part of it
                block = block[os.write(OUT, block) :]
    return digest.hexdigest()


if __name__ == "__main__":
    os.nice(POLITENESS)
    try:
        sys.stderr.write(copy(sys.argv[1]))
    except OSError as error:
        sys.stderr.write(str(error.errno))
        sys.exit(1)
