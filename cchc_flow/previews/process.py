"""Asks the process that may do nothing else what a file shows."""

import logging
import subprocess  # nosec B404  # our own program, with fixed arguments
import sys
import threading

from cchc_flow import waits
from cchc_flow.conversion import decode
from cchc_flow.previews.preview import Preview

SECONDS = 20
"""How long reading may take; on a busy machine a large page needs some seconds."""
NOT_READ = "Không đọc được tệp này ở đây."

_few_at_once = threading.BoundedSemaphore(2)


def describe(content: bytes) -> Preview:
    """Return what a file shows, or why nothing can be shown."""
    answer = _ask(content, "describe")
    return decode(answer, Preview) if answer else Preview(fault=NOT_READ)


def draw_page(content: bytes, number: int) -> bytes | None:
    """Return a page (from 1) of a file as WebP, None when there is no such page or it cannot be drawn."""
    return _ask(content, "draw", str(number)) or None


def _ask(content: bytes, *task: str) -> bytes:
    """Return the answer of a new process, which knows no settings of this one; empty when it failed."""
    command = [sys.executable, "-I", "-B", "-m", "cchc_flow.previews.child", *task]
    waits.announce()
    with _few_at_once:
        try:
            done = subprocess.run(  # noqa: S603  # nosec B603
                command, input=content, capture_output=True, timeout=SECONDS, env={}, cwd="/", check=False
            )
        except subprocess.TimeoutExpired:
            logging.getLogger(__name__).warning("a file of %d bytes took too long to read", len(content))
            return b""
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().rpartition("\n")[2][:200]
        logging.getLogger(__name__).info("a file could not be read (%d): %s", done.returncode, reason)
        return b""
    return done.stdout
