"""The visible text of an OpenDocument paragraph, with how each piece of it is set."""

import re
from collections.abc import Iterator

from lxml import etree

from cchc_flow.plan_import.readers.looks import Piece, RunLook
from cchc_flow.plan_import.readers.odf_styles import OdfStyles
from cchc_flow.plan_import.readers.odf_xml import DRAW, OFFICE, SVG, TEXT, whole_number
from cchc_flow.plan_import.readers.shown_text import show_pieces

# Notes and comments are no body; boxes are read by themselves; a number in words repeats the list's.
NOT_READ = frozenset(
    {
        f"{TEXT}{name}"
        for name in ("note", "ruby-text", "number", "tracked-changes", "sequence-decls", "variable-decls")
    }
    | {f"{OFFICE}annotation", f"{OFFICE}forms", f"{SVG}title", f"{SVG}desc"}
)
BLANKS = re.compile(r"[ \t\r\n]+")
SPAN = f"{TEXT}span"
MOST_SPACES = 20


def read_pieces(paragraph: etree._Element, styles: OdfStyles) -> list[Piece]:
    """Return the visible pieces of a paragraph, as they are seen."""
    look = styles.run_look("paragraph", paragraph.get(f"{TEXT}style-name", ""))
    return show_pieces(walk_pieces(paragraph, look, styles))


def walk_pieces(element: etree._Element, look: RunLook, styles: OdfStyles) -> Iterator[Piece]:
    """Yield the pieces of text below an element whose look is given; unknown elements are entered."""
    if element.text:
        yield Piece(BLANKS.sub(" ", element.text), look)
    for child in element:
        tag = child.tag
        if tag == f"{TEXT}s":
            yield Piece(" " * min(whole_number(child, f"{TEXT}c", 1), MOST_SPACES), look)
        elif tag == f"{TEXT}tab":
            yield Piece("\t", look)
        elif tag == f"{TEXT}line-break":
            yield Piece("\n", look)
        elif isinstance(tag, str) and tag not in NOT_READ and not is_box(tag) and not is_hidden(child):
            own = styles.run_look("text", child.get(f"{TEXT}style-name", "") if tag == SPAN else "")
            yield from walk_pieces(child, own.over(look), styles)
        if child.tail:
            yield Piece(BLANKS.sub(" ", child.tail), look)


def is_box(tag: str) -> bool:
    """Return whether an element is a drawing, which may hold a box of text; a link around text is none."""
    return tag.startswith(DRAW) and tag != f"{DRAW}a"


def is_hidden(element: etree._Element) -> bool:
    """Return whether a field hides its text."""
    return element.get(f"{TEXT}is-hidden") == "true"
