"""The process that reads one file: `describe`, `draw N` or `attachments`; it comes on standard input."""

import sys

import msgspec

from cchc_flow.previews import reading
from cchc_flow.sandbox import READING, give_up_rights


def main(task: str, number: str = "") -> None:
    """Write what was asked for to standard output: a Preview, a page as WebP, or files by their names."""
    reading.load_formats()
    give_up_rights(READING)
    content = sys.stdin.buffer.read()
    if task == "draw":
        answer = reading.draw_page(content, int(number))
    elif task == "attachments":
        answer = msgspec.msgpack.encode(reading.attached_files(content))
    else:
        answer = msgspec.json.encode(reading.describe(content))
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main(*sys.argv[1:])
