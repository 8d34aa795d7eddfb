"""Text as a drawing can hold it: only characters that XML allows, and lines that fit."""

import re
import textwrap

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return a text on one line, with U+FFFD in the place of each character that XML does not allow."""
    return " ".join(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text).split())


def wrap_text(text: str, width: int, max_lines: int) -> list[str]:
    """Return a text in at most `max_lines` lines of `width` characters; what does not fit ends in «…»."""
    return textwrap.wrap(xml_text(text), width, max_lines=max_lines, placeholder="…") or [""]
