"""Converts a run of text by the name of its font, which says for certain in which encoding it was typed."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from cchc_flow.plan_import.readers.legacy.tables import from_tcvn3, from_vni

Encoding = Literal["tcvn3", "tcvn3 capitals", "vni"]
TCVN3_FONT = re.compile(r"\.vn|(?:abc|tcvn)\s?\w*3\b|\.?vntime(?:h)?\b|\.?vnarial(?:h)?\b", re.IGNORECASE)
VNI_FONT = re.compile(r"vni[- ]", re.IGNORECASE)
VNI_UNICODE = re.compile(r"vni.*unicode|uvn", re.IGNORECASE)
PRIVATE = {code: chr(code - 0xF000) for code in range(0xF020, 0xF100)}
CONVERTERS: Mapping[Encoding, Callable[[str], str]] = MappingProxyType(
    {"tcvn3": from_tcvn3, "tcvn3 capitals": lambda text: from_tcvn3(text).upper(), "vni": from_vni}
)


def convert(text: str, font_name: str | None) -> str:
    """Return a text set in a font in Unicode; it comes back as it is if the font is no old Vietnamese one.

    Soft hyphens must still be in the text: in TCVN3 they are ư. A text that already holds Vietnamese letters
    of Unicode, which such a font cannot show, is left alone.
    """
    encoding = encoding_of_font(font_name)
    if encoding is None or is_unicode(text):
        return text
    return CONVERTERS[encoding](text.translate(PRIVATE))


def encoding_of_font(font_name: str | None) -> Encoding | None:
    """Return the encoding of text in a font («.VnTime», «.VnTimeH» for capitals, «VNI-Times»), or None."""
    name = (font_name or "").strip()
    if VNI_UNICODE.match(name):
        return None
    if TCVN3_FONT.match(name):
        return "tcvn3 capitals" if name.endswith("H") else "tcvn3"
    return "vni" if VNI_FONT.match(name) else None


def is_unicode(text: str) -> bool:
    """Return whether a text holds Vietnamese letters that no eight-bit font can draw."""
    return any("\u1ea0" <= letter <= "\u1ef9" or letter in "ăđơưĂĐƠƯĩũ" for letter in text)
