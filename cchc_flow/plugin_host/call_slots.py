"""Which plugins are being called at this moment, in memory that another process can read.

A plugin may hold the interpreter (as a C function may that never lets go of its lock), and then no thread of
its process runs, not even one that would tell of it. The process that watches this one reads here whose call
it was.
"""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

SLOTS = 64
SLOT_BYTES = 64


class CallSlots:
    """A slot of shared memory for each call under way; children of this process share it."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, SLOTS * SLOT_BYTES)
        self._free = list(range(SLOTS))

    @contextmanager
    def mark(self, plugin: str) -> Iterator[None]:
        """Name a plugin in a slot as long as it is called; with all slots taken it is called unnamed."""
        try:
            number = self._free.pop()
        except IndexError:
            yield
            return
        self._write(number, plugin)
        try:
            yield
        finally:
            self._write(number, "")
            self._free.append(number)

    def plugins(self) -> list[str]:
        """Return the names of the plugins that are being called, each once, in alphabetical order."""
        slots = (self._memory[start : start + SLOT_BYTES] for start in self._starts())
        names = {slot.rstrip(b"\0").decode(errors="replace") for slot in slots}
        return sorted(names - {""})

    def clear(self) -> None:
        """Forget the calls of a process that has ended."""
        for start in self._starts():
            self._memory[start : start + SLOT_BYTES] = bytes(SLOT_BYTES)

    def _starts(self) -> range:
        return range(0, SLOTS * SLOT_BYTES, SLOT_BYTES)

    def _write(self, number: int, plugin: str) -> None:
        self._memory[number * SLOT_BYTES : (number + 1) * SLOT_BYTES] = _slot_bytes(plugin)


@lru_cache(SLOTS)
def _slot_bytes(plugin: str) -> bytes:
    return plugin.encode()[:SLOT_BYTES].ljust(SLOT_BYTES, b"\0")
