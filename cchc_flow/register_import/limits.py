"""How large a table may be."""

from cchc_flow.errors import BadInput
from cchc_flow.workflow.shares import format_number

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 300
MOST_LINES = 5_000
"""Lines that are looked at, hidden ones and blank ones above the head too; other blank ones are free."""
MOST_CELLS = 50_000
"""Cells with something in them, hidden ones too."""
MOST_PLACES = 5_000
"""Groups of hidden columns, and of merged cells."""


def refuse_many_lines(count: int) -> None:
    """Raise BadInput for a table of more lines than are looked at."""
    if count > MOST_LINES:
        raise BadInput(f"Tệp có hơn {MOST_LINES} dòng, kể cả dòng trống.", "Hãy bỏ bớt dòng trống.")


def refuse_many_cells(count: int) -> None:
    """Raise BadInput for a sheet of more cells than are looked at."""
    if count > MOST_CELLS:
        why = f"Trang tính có hơn {format_number(MOST_CELLS)} ô có nội dung."
        raise BadInput(why, "Hãy chỉ giữ lại bảng cần gửi.")


def refuse_many_places(count: int) -> None:
    """Raise BadInput for a sheet with more merged cells or hidden columns than any table has."""
    if count > MOST_PLACES:
        raise BadInput(
            "Trang tính có quá nhiều ô gộp hoặc cột ẩn.", "Hãy bỏ gộp ô và chỉ giữ lại bảng cần gửi."
        )


def refuse_many_rows(count: int) -> None:
    """Raise BadInput for a table of more rows, without its head, than are written at once."""
    if count > MOST_ROWS:
        raise BadInput(f"Tệp có hơn {MOST_ROWS} dòng.", "Hãy chia thành nhiều tệp nhỏ hơn.")
