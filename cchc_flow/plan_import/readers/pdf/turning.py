"""Turns a page that lies on its side, so that its text runs from left to right."""

Box = tuple[float, float, float, float]
"""The left, lower, right and upper edge of something, in points."""


def turn_box(box: Box, turn: int) -> Box:
    """Return a box on a page whose text stands at so many quarter turns, when the page is turned back."""
    left, bottom, right, top = box
    match turn:
        case 1:
            return bottom, -right, top, -left
        case 2:
            return -right, -top, -left, -bottom
        case 3:
            return -top, left, -bottom, right
    return box
