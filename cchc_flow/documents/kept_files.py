"""The last files that were made, so that the same one is not made again.

They are kept in memory alone: what is erased from the vault is then on no disk either.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from hashlib import sha256

MOST_BYTES = 32 * 1024 * 1024


class KeptFiles:
    """Files by the digest of everything that they were made from; the ones longest unused go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most, self._size = most_bytes, 0
        self._files: OrderedDict[bytes, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def find_or_make(self, kind: str, source: bytes, make: Callable[[], bytes]) -> bytes:
        """Return the file of a kind that is made from `source`; whoever asks meanwhile makes it too."""
        key = sha256(kind.encode() + b"\0" + source).digest()
        with self._lock:
            if key in self._files:
                self._files.move_to_end(key)
                return self._files[key]
        content = make()
        self._keep(key, content)
        return content

    def forget(self) -> None:
        """Forget all files."""
        with self._lock:
            self._files.clear()
            self._size = 0

    def _keep(self, key: bytes, content: bytes) -> None:
        with self._lock:
            if key not in self._files:
                self._files[key] = content
                self._size += len(content)
            while self._size > self._most:
                self._size -= len(self._files.popitem(last=False)[1])


KEPT = KeptFiles()
