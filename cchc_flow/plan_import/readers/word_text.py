"""The visible text of a Word paragraph, run by run: what a reader of the page would read."""

from collections.abc import Iterator

from lxml import etree

from cchc_flow.plan_import.readers.looks import Piece, RunLook
from cchc_flow.plan_import.readers.shown_text import show_pieces
from cchc_flow.plan_import.readers.styles import Styles
from cchc_flow.plan_import.readers.symbols import symbol_of
from cchc_flow.plan_import.readers.word_xml import MC, W, is_on

MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
# Deleted and moved text is not visible; text boxes stand beside the paragraph, and are read by themselves.
NOT_READ = frozenset(
    {
        f"{W}{name}"
        for name in ("del", "moveFrom", "txbxContent", "drawing", "pict", "object", "pPr", "rPr", "rt")
    }
    | {f"{MC}Fallback"}
)
SOFT_HYPHEN = "\u00ad"
SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": SOFT_HYPHEN,
}  # fmt: skip


def read_pieces(paragraph: etree._Element, styles: Styles, style: str | None) -> list[Piece]:
    """Return the visible pieces of a paragraph of a style, as they are seen."""
    return show_pieces(walk_pieces(paragraph, styles, style))


def walk_pieces(paragraph: etree._Element, styles: Styles, style: str | None) -> Iterator[Piece]:
    """Yield the pieces below a paragraph in order: inserted text counts, deleted and boxed text does not."""
    default = styles.run_look(style)
    stack: list[tuple[etree._Element, RunLook]] = [(child, default) for child in reversed(paragraph)]
    while stack:
        node, look = stack.pop()
        tag = node.tag
        if tag in (f"{W}t", MATH_TEXT):
            yield Piece(node.text or "", look)
        elif tag in SIGNS:
            yield Piece(SIGNS[str(tag)], look)
        elif tag == f"{W}sym":
            yield Piece(symbol_of(node.get(f"{W}font"), node.get(f"{W}char")), RunLook(hidden=look.hidden))
        elif tag == f"{W}checkBox":
            yield Piece(check_box(node), RunLook())
        elif tag not in NOT_READ:
            inner = styles.text_look(style, node) if tag == f"{W}r" else look
            stack.extend((child, inner) for child in reversed(node))


def check_box(node: etree._Element) -> str:
    """Return the sign that an old form's check box shows."""
    state = node.find(f"{W}checked")
    return "☒" if is_on(state if state is not None else node.find(f"{W}default")) else "☐"
