"""A `.plan` file as a Word document: marks typed or counted by Word, letterhead and lists as tables."""

import io
import itertools
import re
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from support.plan_samples.source import CELL_BREAK, COLUMN_BREAK, Source, SourceLine

LEVELS = (
    ("upperRoman", "%1.", re.compile(r"[IVX]+\.")),
    ("decimal", "%2.", re.compile(r"\d+\.")),
    ("lowerLetter", "%3)", re.compile(r"[a-zđ]\)")),
    ("bullet", "-", re.compile(r"-")),
    ("bullet", "+", re.compile(r"\+")),
)
ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]


class Counter:
    """What Word would count at each level, so that only marks it can make are left to it."""

    def __init__(self) -> None:
        self.counts = [0] * len(LEVELS)

    def level_of(self, mark: str) -> int | None:
        """The level at which Word's next number is this mark, counted on; None when it has to be typed."""
        for level, (_, _, shape) in enumerate(LEVELS):
            if shape.fullmatch(mark):
                if mark == self.mark_at(level, self.counts[level] + 1):
                    self.counts[level] += 1
                    self.counts[level + 1 :] = [0] * (len(LEVELS) - level - 1)
                    return level
                return None
        return None

    def mark_at(self, level: int, number: int) -> str:
        """The text that Word prints for a number of a level."""
        kind, text, _ = LEVELS[level]
        if kind == "bullet":
            return text
        shown = {
            "upperRoman": ROMAN[min(number, 10)],
            "decimal": str(number),
            "lowerLetter": chr(96 + number),
        }[kind]
        return re.sub(r"%\d", shown, text)


def render_docx(source: Source) -> bytes:
    """The plan as bytes of a .docx."""
    document = docx.Document()
    counter = Counter() if source.is_set("auto") else None
    if counter:
        add_numbering(document)
    for kind, lines in itertools.groupby(source.lines, key=kind_of):
        if kind == "columns":
            add_columns(document, lines)
        elif kind == "rows":
            add_table(document, list(lines))
        else:
            for line in lines:
                add_paragraph(document, line, counter)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def kind_of(line: SourceLine) -> str:
    """Whether a line is a row of a table, of the letterhead in two columns, or a paragraph."""
    if line.cells:
        return "rows"
    return "columns" if COLUMN_BREAK in line.text else "paragraph"


def add_paragraph(document: Document, line: SourceLine, counter: Counter | None) -> None:
    """Add a paragraph; headings bold, titles centred, the mark by Word where it can."""
    level = counter.level_of(line.mark) if counter and line.mark else None
    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.text if level is not None else line.whole)
    run.bold = line.letters[0] in "HAUT"
    if line.letters[0] in "TL":
        paragraph.alignment = 1
    if level is not None:
        number_paragraph(paragraph, level)


def add_columns(document: Document, lines: Iterable[SourceLine]) -> None:
    """Add the letterhead as a table of one row, each column's lines as paragraphs of its cell."""
    pairs = [line.text.split(COLUMN_BREAK) for line in lines]
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, column in zip(cells, zip(*pairs, strict=True), strict=True):
        texts = [text.strip() for text in column if text.strip()]
        cell.text = texts[0]
        for text in texts[1:]:
            cell.add_paragraph(text)


def add_table(document: Document, rows: list[SourceLine]) -> None:
    """Add a table; a row with fewer cells than the head spans it, as area rows do."""
    width = max(len(row.cells) for row in rows)
    table = document.add_table(rows=0, cols=width, style="Table Grid")
    for row in rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row.cells, strict=False):
            first, *more = text.split(CELL_BREAK)
            cell.text = first
            for part in more:
                cell.add_paragraph(part)
        if len(row.cells) < width:
            cells[len(row.cells) - 1].merge(cells[-1])
            trim_merged(cells[-1])


def trim_merged(cell: object) -> None:
    """Drop the empty paragraphs that merging cells leaves behind."""
    for paragraph in cell.paragraphs[1:]:  # type: ignore[attr-defined]
        if not paragraph.text:
            paragraph._element.getparent().remove(paragraph._element)


def number_paragraph(paragraph: Paragraph, level: int) -> None:
    """Let Word count this paragraph at a level."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = 77


def add_numbering(document: Document) -> None:
    """Define the list of five levels that automatic marks come from."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level, (kind, text, _) in enumerate(LEVELS)
    )
    kind = '<w:multiLevelType w:val="multilevel"/>'
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{kind}{levels}</w:abstractNum>'
    number = f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'
    first = numbering.find(qn("w:num"))
    first.addprevious(parse_xml(abstract)) if first is not None else numbering.append(parse_xml(abstract))
    numbering.append(parse_xml(number))
