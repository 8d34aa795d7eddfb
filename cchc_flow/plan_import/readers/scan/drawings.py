"""What the process that draws the pages of a scan tells of them."""

import msgspec

from cchc_flow.plan_import.readers.pdf.page import Rule

LIST = "pages.txt"
"""The file that names the pictures, one a line, in the folder where they lie."""


class DrawnPage(msgspec.Struct, frozen=True):
    """A page that was drawn: its size in points, `scale` pixels a point, and the rules seen on it."""

    width: float
    height: float
    scale: float
    across: list[Rule]
    upright: list[Rule]


class Drawings(msgspec.Struct, frozen=True):
    """The pages in order, or in a sentence `why` there are none."""

    pages: tuple[DrawnPage, ...] = ()
    why: str = ""
