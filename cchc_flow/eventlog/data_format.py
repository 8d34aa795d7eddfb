"""The format of a workspace's folder: a number that grows when an older program could not go on with it.

It stands in the folder, and every program looks at it before it opens the log. A folder without a number is
of the time before there was one.
"""

import re
from pathlib import Path

from cchc_flow import __version__
from cchc_flow.errors import LogBroken
from cchc_flow.files import write_atomically

FORMAT = 1
"""What this program writes."""
FILE = "format.txt"
LINES = re.compile(r"format (\d{1,9})\nprogram (\S{1,40})\n")


def read_format(folder: Path) -> int:
    """Return the format of a workspace's folder; raise LogBroken for a file that does not say."""
    return _read(folder)[0]


def write_format(folder: Path, number: int | None = None) -> None:
    """Say which format a folder has, and which program wrote it; without a number that of this program."""
    text = f"format {FORMAT if number is None else number}\nprogram {__version__}\n"
    write_atomically(folder / FILE, text.encode())


def remove_format(folder: Path) -> None:
    """Let a folder be one of the time before there were numbers."""
    (folder / FILE).unlink(missing_ok=True)


def check_format(folder: Path) -> None:
    """Raise LogBroken for a folder that a later program has upgraded."""
    number, program = _read(folder)
    if number > FORMAT:
        raise LogBroken(
            f"Dữ liệu đã được bản {program} của chương trình nâng cấp, bản {__version__} này không dùng tiếp"
            " được.",
            "Hãy chạy bản đó hoặc mới hơn; muốn trở lại bản này, hãy dùng bản đó chạy «cchc-flow upgrade"
            " --undo».",
        )


def _read(folder: Path) -> tuple[int, str]:
    """Return the format of a folder, and the program that wrote it."""
    try:
        text = (folder / FILE).read_text("ascii")
    except FileNotFoundError:
        return 0, ""
    except UnicodeDecodeError:
        text = ""
    if found := LINES.fullmatch(text):
        return int(found[1]), found[2]
    raise LogBroken(
        f"Tệp {folder / FILE} không cho biết dữ liệu thuộc bản nào của chương trình.",
        "Hãy khôi phục tệp đó từ bản sao lưu.",
    )
