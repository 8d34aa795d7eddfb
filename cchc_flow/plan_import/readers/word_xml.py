"""Helpers for WordprocessingML: names and the values of attributes."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def is_on(mark: etree._Element | None) -> bool:
    """Return whether a toggle property such as bold is present and not switched off by its w:val."""
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off", "none")


def child_value(element: etree._Element | None, path: str) -> str | None:
    """Return the w:val of the element at `path` ("pPr/numPr/ilvl") below this one, or None."""
    if element is None:
        return None
    child = element.find("/".join(f"{W}{name}" for name in path.split("/")))
    return None if child is None else child.get(f"{W}val")


def parse_whole_number(text: str | None, otherwise: int) -> int:
    """Return an integer from XML of at most nine characters; `otherwise` for any other text."""
    if text is None or not text.isascii() or not text.removeprefix("-").isdigit() or len(text) > 9:
        return otherwise
    return int(text)
