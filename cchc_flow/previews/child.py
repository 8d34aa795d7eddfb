"""The process that reads one file of evidence: `describe`, or `draw N`; the file comes on standard input."""

import sys

import msgspec

from cchc_flow.previews import reading
from cchc_flow.sandbox import READING, give_up_rights


def main(task: str, number: str = "") -> None:
    """Write what was asked for to standard output: a Preview as JSON, or a page as WebP."""
    reading.load_formats()
    give_up_rights(READING)
    content = sys.stdin.buffer.read()
    if task == "draw":
        answer = reading.draw_page(content, int(number))
    else:
        answer = msgspec.json.encode(reading.describe(content))
    sys.stdout.buffer.write(answer)


if __name__ == "__main__":
    main(*sys.argv[1:])
