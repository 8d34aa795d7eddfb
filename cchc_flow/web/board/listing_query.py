"""What the URL of the list of items asks for besides the filters: the figure, the page."""

from cchc_flow.errors import BadInput
from cchc_flow.projections.cards import counts


def parse_figure(words: str) -> str:
    """Return the name of a figure, "total" for an empty string; raise BadInput."""
    if words and words not in counts.FIGURES:
        raise BadInput(f"Không có số liệu «{words[:40]}».", "Hãy mở lại từ trang Tổng quan.")
    return words or "total"


def parse_page_number(words: str) -> int:
    """Return the number of the page, 1 for an empty string; raise BadInput."""
    if words and not (words.isascii() and words.isdigit() and 0 < len(words) < 7 and int(words)):
        raise BadInput(f"Không có trang «{words[:20]}».", "Hãy mở lại từ trang Tổng quan.")
    return int(words or 1)
