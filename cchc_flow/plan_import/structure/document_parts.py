"""Splits a document into its parts: letterhead, title and legal bases; the body; recipients and signature."""

import re
from collections.abc import Sequence

import msgspec

from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.extraction.annex import find_columns
from cchc_flow.plan_import.structure.marks import parse_mark
from cchc_flow.plan_import.structure.outline import mark_of
from cchc_flow.plan_import.structure.title_lines import (
    TitleLine,
    find_plan_title,
    is_attachment_start,
    is_end_of_subject,
)

RECIPIENTS = re.compile(r"nơi nhận\s*:?", re.IGNORECASE)
SIGNING = re.compile(
    r"(?:TM\.|KT\.|TL\.|Q\.|TUQ\.)?\s*(?:ỦY BAN NHÂN DÂN|UBND|(?:PHÓ )?CHỦ TỊCH|CHÁNH VĂN PHÒNG)\b.*"
)
APPENDIX = re.compile(r"(?:phụ lục|PHỤ LỤC|Phụ lục)\b")
FIRST_SECTION = re.compile(r"MỤC TIÊU|MỤC ĐÍCH|CHỈ TIÊU|YÊU CẦU|NHIỆM VỤ|NỘI DUNG|ĐÁNH GIÁ|KẾT QUẢ")
APPENDIX_ALONE = re.compile(r"phụ lục(?:\s+(?:số\s+)?[IVX\d]{1,4})?[.:]?", re.IGNORECASE)
CLOSING = re.compile(r"Trên đây là|Kế hoạch này có hiệu lực")
TALLEST_TITLE = 4


class DocumentParts(msgspec.Struct, frozen=True):
    """The parts of a document in order: `front`, `body`, `closing` ("Trên đây là …"), `tail`, and its tables.

    `opening` is the end of `front`, from the title on; `tail` begins at the recipients, the signature or an
    appendix.
    """

    title: tuple[str, ...]
    front: tuple[Paragraph, ...]
    opening: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...]
    tail: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    has_appendix: bool


def split_document(blocks: Sequence[Block]) -> DocumentParts:
    """Return the parts of the document; `title` is empty if no line says KẾ HOẠCH."""
    lines, tables = split_blocks(blocks)
    title = find_plan_title(lines)
    start = find_body(lines, 0 if title is None else title.index + title.lines)
    end = next((place for place in range(start, len(lines)) if is_tail_start(lines, place)), len(lines))
    body, closing = split_closing(lines[start:end])
    return DocumentParts(
        title=() if title is None else title_lines(lines, title, start),
        front=tuple(lines[:start]),
        opening=tuple(lines[0 if title is None else title.index : start]),
        body=tuple(body),
        closing=tuple(closing),
        tail=tuple(lines[end:]),
        tables=tuple(tables),
        has_appendix=any(is_appendix_start(lines, place) for place in range(end, len(lines))),
    )


def split_blocks(blocks: Sequence[Block]) -> tuple[list[Paragraph], list[Table]]:
    """Return the paragraphs and the tables; the cells of layout tables count as paragraphs."""
    lines: list[Paragraph] = []
    tables: list[Table] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block)
        elif is_layout_table(block):
            lines.extend(Paragraph(line) for line in cell_lines(block))
        else:
            tables.append(block)
    return lines, tables


def is_layout_table(table: Table) -> bool:
    """Return whether the table only places text side by side: a letterhead, or recipients and signature."""
    if any("task" in find_columns(row) and len(find_columns(row)) > 1 for row in table.rows[:2]):
        return False
    return len(table.rows) <= 4 and max((len(row) for row in table.rows), default=0) <= 3


def cell_lines(table: Table) -> list[str]:
    """Return the lines of all cells, column by column; a merged cell is read once."""
    columns = max((len(row) for row in table.rows), default=0)
    cells = [row[column] for column in range(columns) for row in table.rows if column < len(row)]
    return [line for cell in dict.fromkeys(cells) for line in cell.splitlines() if line]


def title_lines(lines: Sequence[Paragraph], title: TitleLine, body: int) -> tuple[str, ...]:
    """Return the lines of the plan's subject: the text behind KẾ HOẠCH, and below it up to the legal bases.

    `body` is the index of the body's first line.
    """
    below: list[str] = [title.subject] if title.subject else []
    first = title.index + title.lines
    for line in lines[first : min(body, first + TALLEST_TITLE)]:
        if is_end_of_subject(line.text, is_first=not below):
            break
        below.append(line.text)
    return tuple(below)


def find_body(lines: Sequence[Paragraph], after: int) -> int:
    """Return the index of the body's first line: a numbered one or a heading in capitals, from `after` on."""
    for place in range(after, len(lines)):
        mark, text = mark_of(lines[place])
        if mark is not None and not mark.is_bullet:
            return place
        if (
            mark is None
            and is_capital_heading(text)
            and (place > after + 1 or is_first_section(place, after, text))
        ):
            return place
    return len(lines)


def is_capital_heading(text: str) -> bool:
    """Return whether the text is a heading in capitals, other than those of the letterhead."""
    return text.isupper() and " " in text and not text.startswith(("ỦY BAN", "CỘNG HÒA"))


def is_first_section(place: int, after: int, text: str) -> bool:
    """Return whether a line right below the title is a section's heading, not the title's second line."""
    return place > after and FIRST_SECTION.match(text) is not None


def is_tail_start(lines: Sequence[Paragraph], place: int) -> bool:
    """Return whether the recipients, the signature or an appendix begin at the line at `place`."""
    line = lines[place]
    if line.number is not None or parse_mark(line.text) is not None:
        return False
    is_formal = SIGNING.fullmatch(line.text) or RECIPIENTS.match(line.text)
    return bool(is_formal) or is_appendix_start(lines, place)


def is_appendix_start(lines: Sequence[Paragraph], place: int) -> bool:
    """Return whether an appendix begins here: «PHỤ LỤC», or the title of what is sent along."""
    text = lines[place].text
    return bool(APPENDIX_ALONE.fullmatch(text)) or is_attachment_start(lines, place)


def split_closing(lines: Sequence[Paragraph]) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """Return the body and the closing, from "Trên đây là …" or the paragraph that ends in "./." on."""
    for place, line in enumerate(lines):
        is_unmarked = line.number is None and parse_mark(line.text) is None
        if is_unmarked and (CLOSING.match(line.text) or (line.final and place > 0)):
            return lines[:place], lines[place:]
    return lines, []
