"""Names and measures of OpenDocument XML."""

import re

from lxml import etree

NAMESPACES = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE = (f"{{{NAMESPACES}{name}:1.0}}" for name in ("office", "text", "table"))
STYLE, DRAW = (f"{{{NAMESPACES}{name}:1.0}}" for name in ("style", "drawing"))
FO = f"{{{NAMESPACES}xsl-fo-compatible:1.0}}"
SVG = f"{{{NAMESPACES}svg-compatible:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,6})?)(pt|in|cm|mm|pc|px)")
POINTS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "pc": 12.0, "px": 0.75}
MOST_DIGITS = 6


def points(length: str | None) -> float | None:
    """Return a length ("0.5in", "1.27cm") in points, to a tenth; None for another text."""
    match = LENGTH.fullmatch(length or "")
    return None if match is None else round(float(match[1]) * POINTS[match[2]], 1)


def whole_number(element: etree._Element, name: str, otherwise: int) -> int:
    """Return an attribute as a whole number; `otherwise` if it is absent, no number or too long."""
    text = element.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else otherwise
