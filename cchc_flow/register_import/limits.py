"""How large a table may be."""

from cchc_flow.errors import BadInput

MOST_BYTES = 2 * 1024 * 1024
MOST_ROWS = 300
MOST_LINES = 5_000
"""Lines that are looked at, hidden ones and blank ones above the head too; other blank ones are free."""
MOST_COLUMNS = 100
"""Columns in which merged cells are looked for."""


def refuse_many_lines(count: int) -> None:
    """Raise BadInput for a table of more lines than are looked at."""
    if count > MOST_LINES:
        raise BadInput(f"Tệp có hơn {MOST_LINES} dòng, kể cả dòng trống.", "Hãy bỏ bớt dòng trống.")


def refuse_many_rows(count: int) -> None:
    """Raise BadInput for a table of more rows, without its head, than are written at once."""
    if count > MOST_ROWS:
        raise BadInput(f"Tệp có hơn {MOST_ROWS} dòng.", "Hãy chia thành nhiều tệp nhỏ hơn.")
