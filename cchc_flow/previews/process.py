"""Asks the process that may do nothing else what a file shows, and what it carries."""

import msgspec

from cchc_flow.conversion import decode
from cchc_flow.previews.preview import Preview
from cchc_flow.sandbox import ask_process

SECONDS = 20
"""How long reading may take; on a busy machine a large page needs some seconds."""
NOT_READ = "Không đọc được tệp này ở đây."


def describe(content: bytes) -> Preview:
    """Return what a file shows, or why nothing can be shown."""
    answer = _ask(content, "describe")
    return decode(answer, Preview) if answer else Preview(fault=NOT_READ)


def draw_page(content: bytes, number: int) -> bytes | None:
    """Return a page (from 1) of a file as WebP, None when there is no such page or it cannot be drawn."""
    return _ask(content, "draw", str(number)) or None


def attached_files(content: bytes) -> dict[str, bytes]:
    """Return the files that a PDF carries, by name; none when it is no PDF or cannot be read."""
    answer = _ask(content, "attachments")
    return msgspec.msgpack.decode(answer, type=dict[str, bytes]) if answer else {}


def _ask(content: bytes, *task: str) -> bytes:
    return ask_process("cchc_flow.previews.child", content, *task, seconds=SECONDS)
