"""The numbering of a .docx file: parts, khoản and dashes, which the file counts by itself."""

from typing import Any

from docx.document import Document as File
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from cchc_flow.documents.docx_xml import element
from cchc_flow.workflow.shares import roman_numeral

HEADINGS, DASHES = 50, 51
"""The ids of our two kinds of numbering; the template has lower ones."""


class Numbering:
    """Counts as the file will, to tell whether the next mark is the one that a heading has."""

    def __init__(self, file: File) -> None:
        self._numbering = file.part.numbering_part.element
        self._part = self._khoan = 0
        self._current = HEADINGS
        _define(self._numbering, HEADINGS, [("upperRoman", "%1."), ("decimal", "%2.")])
        _define(self._numbering, DASHES, [("bullet", "-")])
        self._use(HEADINGS, HEADINGS)
        self._use(DASHES, DASHES)

    def comes_next(self, level: int, mark: str) -> bool:
        """Tell whether a mark is the one that the file would print for the next heading of a level."""
        if level == 1:
            return mark == f"{roman_numeral(self._part + 1)}."
        return level == 2 and mark == f"{self._khoan + 1}."

    def number_heading(self, line: Paragraph, level: int) -> None:
        """Let the file print the number of a heading."""
        if level == 1:
            self._part, self._khoan = self._part + 1, 0
        else:
            self._khoan += 1
        _number(line, self._current, level - 1)

    def number_dash(self, line: Paragraph) -> None:
        """Let the file print a dash before a line."""
        _number(line, DASHES, 0)

    def restart(self) -> None:
        """Begin to count again, as each appendix does."""
        self._part = self._khoan = 0
        self._current = max(self._current, DASHES) + 1
        self._use(self._current, HEADINGS, restarts=2)

    def _use(self, number: int, kind: int, restarts: int = 0) -> None:
        use = element("w:num", numId=str(number))
        use.append(element("w:abstractNumId", val=str(kind)))
        for level in range(restarts):
            override = element("w:lvlOverride", ilvl=str(level))
            override.append(element("w:startOverride", val="1"))
            use.append(override)
        self._numbering.append(use)


def _define(numbering: Any, number: int, levels: list[tuple[str, str]]) -> None:
    """Add a kind of numbering: for each level the format, and the text with the places of the numbers."""
    kind = element("w:abstractNum", abstractNumId=str(number))
    kind.append(element("w:multiLevelType", val="multilevel"))
    for place, (shape, words) in enumerate(levels):
        level = element("w:lvl", ilvl=str(place))
        for name, value in (
            ("start", "1"), ("numFmt", shape), ("suff", "space"), ("lvlText", words), ("lvlJc", "left"),
        ):  # fmt: skip
            level.append(element(f"w:{name}", val=value))
        indent = element("w:pPr")
        indent.append(element("w:ind", left="0", firstLine="720"))
        level.append(indent)
        kind.append(level)
    first_use = numbering.find(qn("w:num"))
    if first_use is None:
        numbering.append(kind)
    else:
        first_use.addprevious(kind)


def _number(line: Paragraph, number: int, level: int) -> None:
    properties: Any = line._p.get_or_add_pPr()
    numbered = properties.get_or_add_numPr()
    numbered.get_or_add_ilvl().val = level
    numbered.get_or_add_numId().val = number
