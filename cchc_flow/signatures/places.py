"""Where on a page a signature stands (Nghị định 30/2020/NĐ-CP, Phụ lục I), in points from the lower left.

A person's stands between title and name; the agency's seal, as large as the real one, covers a third of it on
the left; a file that is an appendix has a line at its top right.
"""

import msgspec
import pypdfium2

from cchc_flow.errors import BadInput

MM = 72 / 25.4
LEAST_ROOM = 24
"""How much empty height, in points, is room for a signature."""
WIDEST = 70 * MM
GAP = 3
LINE = (70 * MM, 10 * MM)
RIGHT, TOP = 15 * MM, 8 * MM
"""How far the line of an appendix stands from the edges of the page."""


class Place(msgspec.Struct, frozen=True):
    """A box on a page (from 0)."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Its width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Its height in points."""
        return self.top - self.bottom

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Its corners in whole points, as PDF wants them."""
        return round(self.left), round(self.bottom), round(self.right), round(self.top)


def room_above_name(content: bytes, name: str) -> Place:
    """Return the empty room above the name of who signs, as wide as a signature may be.

    The last place counts, for a name may stand in the text before. Raise BadInput when there is none.
    """
    with pypdfium2.PdfDocument(content) as document:
        for page in reversed(range(len(document))):
            text = document[page].get_textpage()
            for left, _, right, top in reversed(_rectangles(text, name)):
                middle = (left + right) / 2
                floor = top + GAP
                ceiling = _lowest_above(text, floor, middle)
                if ceiling is not None and ceiling - floor - GAP >= LEAST_ROOM:
                    return Place(page, middle - WIDEST / 2, floor, middle + WIDEST / 2, ceiling - GAP)
    raise BadInput(
        f"Không tìm thấy chỗ ký: trong tệp không có tên «{name}» đứng dưới một khoảng trống.",
        "Hãy ghi đúng họ tên người ký như in ở cuối văn bản.",
    )


def place_of_picture(room: Place, ratio: float) -> Place:
    """Return the largest place in a room for a picture whose width is `ratio` times its height."""
    width = min(room.width, room.height * ratio)
    height = width / ratio
    left, bottom = (room.left + room.right - width) / 2, (room.bottom + room.top - height) / 2
    return Place(room.page, left, bottom, left + width, bottom + height)


def place_of_seal(signature: Place, width: float, height: float) -> Place:
    """Return the place of a seal of this size, level with a signature: a third of that lies under it."""
    right, middle = signature.left + signature.width / 3, (signature.bottom + signature.top) / 2
    return Place(signature.page, right - width, middle - height / 2, right, middle + height / 2)


def top_right_line(content: bytes) -> Place:
    """Return the place of the line on the first page of an appendix."""
    with pypdfium2.PdfDocument(content) as document:
        width, height = document[0].get_size()
    right, top = width - RIGHT, height - TOP
    return Place(0, right - LINE[0], top - LINE[1], right, top)


def _rectangles(text: pypdfium2.PdfTextPage, words: str) -> list[tuple[float, float, float, float]]:
    """Return where some words stand on a page, in reading order."""
    search, found = text.search(words, match_case=True, match_whole_word=True), []
    while place := search.get_next():
        boxes = [text.get_charbox(index) for index in range(place[0], place[0] + place[1])]
        sides = list(zip(*boxes, strict=True))
        found.append((min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])))
    return found


def _lowest_above(text: pypdfium2.PdfTextPage, floor: float, middle: float) -> float | None:
    """Return where the next letter above a height begins, in the column of a signature; None without one."""
    edges = []
    for index in range(text.count_chars()):
        left, bottom, right, _ = text.get_charbox(index)
        if right > left and bottom >= floor and abs((left + right) / 2 - middle) <= WIDEST / 2:
            edges.append(bottom)
    return min(edges, default=None)
