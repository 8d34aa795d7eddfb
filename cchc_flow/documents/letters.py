"""How wide words are in the face that documents are set in, for rules that are as long as a share of them."""

from functools import cache

from docx.shared import Length, Pt
from PIL import ImageFont

from cchc_flow.documents.equipment import FONTS

RULE_SHARE = 0.42
"""How long the rules below the issuer and the subject are, of the line above: from a third to a half."""


def width_of(words: str, size: float, room: Length) -> Length:
    """Return how wide the longest line of some bold words is in a room where they are broken."""
    lines = (Length(round(_face().getlength(line) / _face().size * Pt(size))) for line in words.split("\n"))
    return min(room, max(lines))


def rule_below(words: str, size: float, room: Length) -> Length:
    """Return how long the rule below some words is."""
    return Length(round(RULE_SHARE * width_of(words, size, room)))


def set_in_lines(first: str, second: str, size: float, room: Length) -> str:
    """Return two groups of bold words in one line, or in two where both do not fit."""
    line = f"{first} {second}".strip()
    return line if width_of(line, size, room) < room else f"{first}\n{second}".strip()


@cache
def _face() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "LiberationSerif-Bold.ttf"), 100)
