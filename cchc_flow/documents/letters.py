"""How wide words are in the face that documents are set in, for rules that are as long as a share of them."""

from functools import cache

from docx.shared import Length, Pt
from PIL import ImageFont

from cchc_flow.documents.equipment import FONTS

RULE_SHARE = 0.42
"""How long the rules below the issuer and the subject are, of the line above: from a third to a half."""


def width_of(words: str, size: float, room: Length) -> Length:
    """Return how wide the longest line of some bold words is in a room where they are broken."""
    return min(room, Length(round(_face().getlength(words) / _face().size * Pt(size))))


def rule_below(words: str, size: float, room: Length) -> Length:
    """Return how long the rule below some words is."""
    return Length(round(RULE_SHARE * width_of(words, size, room)))


@cache
def _face() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / "LiberationSerif-Bold.ttf"), 100)
