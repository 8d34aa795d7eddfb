"""Files that somebody keeps as proof: one that is there already is never written over."""

from pathlib import Path

from cchc_flow.errors import BadInput


def write_kept(path: Path, text: str, reason: str) -> None:
    """Write a file to be kept; raise BadInput where one says something else: that is the older proof."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        if path.read_text(encoding="utf-8", errors="replace") != text:
            raise BadInput(f"Đã có tệp «{path}». {reason}.", "Hãy chọn tên khác.") from None
