"""What is on a page of a PDF: words, rules, lines; coordinates in points from the lower left corner.

A page that lies on its side is turned first, so that text runs from left to right everywhere.
"""

import msgspec


class Word(msgspec.Struct, frozen=True):
    """Letters without a gap between them: from `left` to `right`, standing on the baseline `y`.

    `has_space` says that a gap stands before it, `is_spaced` that the gap is made of real spaces.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    has_space: bool = True
    is_spaced: bool = False


class Rule(msgspec.Struct, frozen=True):
    """A straight line that is drawn: it lies (or stands) at `at`, and goes from `start` to `end`."""

    at: float
    start: float
    end: float


class Page(msgspec.Struct, frozen=True):
    """A page as it was drawn; `is_picture` says that a picture covers most of it.

    `top` and `left` are where its edges lie, `aside` are lines at another turn, each as
    one word; `unmapped` is how many letters it has that nobody can tell.
    """

    number: int
    width: float
    height: float
    top: float
    left: float
    words: list[Word]
    across: list[Rule]
    upright: list[Rule]
    aside: list[Word]
    is_picture: bool = False
    unmapped: int = 0


class Frame(msgspec.Struct, frozen=True):
    """The column that text is set in: where its full lines begin and end."""

    left: float
    right: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Line(msgspec.Struct, frozen=True):
    """Words side by side on one baseline, in the column `frame`.

    `first_width` is the width of the first word, `text_left` where the second one begins.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    page: int
    frame: Frame
    first_width: float
    text_left: float
    bold: bool
    italic: bool

    @property
    def width(self) -> float:
        return self.right - self.left


class Grid(msgspec.Struct, frozen=True):
    """A table on one page: its rows, and the left edges of its columns; `top` and `bottom` are its edges."""

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[float, ...]
    top: float
    bottom: float
    page: int
