"""Counts the lists of an OpenDocument text: which mark the paragraph of an item gets."""

import msgspec
from lxml import etree

from cchc_flow.plan_import.readers.looks import ParagraphLook
from cchc_flow.plan_import.readers.numbering import DEEPEST, Level, advance, format_mark
from cchc_flow.plan_import.readers.odf_styles import OdfStyles
from cchc_flow.plan_import.readers.odf_xml import TEXT, XML_ID, whole_number

Counts = list[int | None]


class ListMark(msgspec.Struct, frozen=True):
    """What an item prints before its paragraph, its depth from 0, and how its level sets the paragraph."""

    number: str | None
    depth: int
    look: ParagraphLook


class OpenItem:
    """An item that is being read; its first paragraph gets the number, unless it is a header."""

    def __init__(self, *, is_header: bool, start: int | None, style: str | None) -> None:
        self.waits = not is_header
        self.start, self.style = start, style
        self.has_list = False


class OpenList:
    """A list that is being read, with the counters that all levels below one outermost list share."""

    def __init__(self, style: str, counts: Counts) -> None:
        self.style, self.counts = style, counts
        self.items: list[OpenItem] = []


class OdfLists:
    """The lists of one document; tell it where lists and items begin and end, and ask for each paragraph."""

    def __init__(self, styles: OdfStyles) -> None:
        self._styles = styles
        self._open: list[list[OpenList]] = [[]]
        self._by_id: dict[str, Counts] = {}
        self._by_style: dict[str, Counts] = {}
        self._outline: Counts = [None] * DEEPEST

    def enter_frame(self) -> None:
        """Begin a table or a box, whose lists are none of those around it."""
        self._open.append([])

    def leave_frame(self) -> None:
        """End a table or a box."""
        self._open.pop()

    def start_list(self, element: etree._Element) -> None:
        """Begin a list: anew, or going on from the one that it names."""
        around = self._open[-1]
        outer = around[-1] if around else None
        style = element.get(f"{TEXT}style-name") or (outer.style if outer else "")
        goes_on = element.get(f"{TEXT}continue-numbering") == "true"
        if outer is not None:
            self._restart_inner(around, goes_on=goes_on)
            around.append(OpenList(style, outer.counts))
            return
        counts = self._by_id.get(element.get(f"{TEXT}continue-list", ""))
        if counts is None:
            counts = self._by_style.get(style) if goes_on else None
        if counts is None:
            counts = [None] * DEEPEST
        if (name := element.get(XML_ID)) is not None:
            self._by_id[name] = counts
        self._by_style[style] = counts
        around.append(OpenList(style, counts))

    def _restart_inner(self, around: list[OpenList], *, goes_on: bool) -> None:
        """Count a second list of one item anew, unless it goes on from the first."""
        outer, depth = around[-1], len(around)
        item = outer.items[-1] if outer.items else None
        if item is not None and item.has_list and not goes_on:
            outer.counts[depth:] = [None] * len(outer.counts[depth:])
        if item is not None:
            item.has_list = True

    def end_list(self) -> None:
        """End the innermost list."""
        if self._open[-1]:
            self._open[-1].pop()

    def start_item(self, element: etree._Element) -> None:
        """Begin an item or a header of the innermost list."""
        if self._open[-1]:
            has_start = element.get(f"{TEXT}start-value") is not None
            start = whole_number(element, f"{TEXT}start-value", 1) if has_start else None
            is_header = element.tag == f"{TEXT}list-header"
            item = OpenItem(is_header=is_header, start=start, style=element.get(f"{TEXT}style-override"))
            self._open[-1][-1].items.append(item)

    def end_item(self) -> None:
        """End the innermost item."""
        if self._open[-1] and self._open[-1][-1].items:
            self._open[-1][-1].items.pop()

    def next_mark(self, element: etree._Element) -> ListMark | None:
        """Return the mark of a paragraph or heading that ends here, and count it; None if it has none."""
        around = self._open[-1]
        if not around:
            return self._heading_mark(element) if element.tag == f"{TEXT}h" else None
        inner, depth = around[-1], len(around) - 1
        item = inner.items[-1] if inner.items else None
        if item is None or not item.waits or depth >= DEEPEST:
            return None
        item.waits = False
        levels = self._styles.lists.get(item.style or inner.style, {})
        if item.start is not None:
            inner.counts[depth] = item.start - 1
        return count_on(levels, inner.counts, depth)

    def _heading_mark(self, element: etree._Element) -> ListMark | None:
        """Return the mark of a heading outside of lists, which the document's outline counts."""
        depth = whole_number(element, f"{TEXT}outline-level", 1) - 1
        if element.get(f"{TEXT}is-list-header") == "true" or not 0 <= depth < DEEPEST:
            return None
        mark = count_on(self._styles.outline, self._outline, depth)
        return mark if mark.number else None


def count_on(levels: dict[int, Level], counts: Counts, depth: int) -> ListMark:
    """Return the mark of the next paragraph at a depth, and count it."""
    advance(counts, levels, depth)
    level = levels.get(depth)
    look = ParagraphLook() if level is None else level.look
    return ListMark(format_mark(levels, counts, depth) or None, depth, look)
