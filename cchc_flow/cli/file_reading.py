"""Reads a file that a command names, without taking more of it into memory than any such file has."""

from pathlib import Path

from cchc_flow.audit.document_check import LARGEST_FILE
from cchc_flow.errors import BadInput, describe_os_error

LARGEST_SECRET = 1024**2


def read_bounded(path: Path, largest: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file; raise BadInput for one that cannot be read or has more than `largest`."""
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise BadInput(f"Không đọc được tệp «{path}»: {describe_os_error(error)}.") from error
    if len(content) > largest:
        raise BadInput(f"Tệp «{path}» lớn quá {largest // 1024**2} MB.", "Hãy chọn đúng tệp.")
    return content


def read_first_line(path: Path) -> str:
    """Return the first line of a small text file, such as one with a password; raise BadInput."""
    try:
        lines = read_bounded(path, LARGEST_SECRET).decode().splitlines()
    except UnicodeDecodeError as error:
        raise BadInput(f"Tệp «{path}» không phải chữ mã UTF-8.", "Hãy ghi lại tệp bằng mã UTF-8.") from error
    return lines[0] if lines else ""
