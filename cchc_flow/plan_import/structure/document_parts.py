"""Splits a document into its parts, by the roles of its lines: opening, body, closing, signature."""

import re
from collections.abc import Iterator, Sequence, Set

import msgspec

from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.extraction.table_columns import find_columns
from cchc_flow.plan_import.roles.role import Role
from cchc_flow.plan_import.structure.marks import parse_mark
from cchc_flow.plan_import.structure.tagged_lines import BODY, ENDING, STRUCTURE, TaggedLine
from cchc_flow.plan_import.structure.title_lines import (
    TitleLine,
    find_plan_title,
    is_attachment_start,
    is_end_of_subject,
)

APPENDIX_ALONE = re.compile(r"phụ lục(?:\s+(?:số\s+)?[IVX\d]{1,4})?[.:]?", re.IGNORECASE)
SIDE_BY_SIDE = re.compile(
    r"CỘNG HÒA|CỘNG HOÀ|Độc lập|[Nn]ơi nhận|NƠI NHẬN|(?:TM|KT|TL|TUQ|Q)\.|CHỦ TỊCH|ỦY BAN NHÂN DÂN|[Ss]ố\s*:"
)
TALLEST_LAYOUT, WIDEST_LAYOUT = 4, 3
CLOSING = re.compile(r"Trên đây là\b")
TALLEST_TITLE = 4


class DocumentParts(msgspec.Struct, frozen=True):
    """The parts of a document in order: `front`, `body`, `closing` ("Trên đây là …"), `tail`, and its tables.

    `opening` is the end of `front`, from the title on; `tail` begins at the recipients, the signature or an
    appendix. `lines` are all lines with their roles, of which those from `body_start` to `body_end` are the
    body.
    """

    title: tuple[str, ...]
    front: tuple[Paragraph, ...]
    opening: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...]
    tail: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    lines: tuple[TaggedLine, ...]
    body_start: int
    body_end: int
    has_appendix: bool

    @property
    def body(self) -> tuple[TaggedLine, ...]:
        """The lines of the body, without the rows of its tables."""
        lines = self.lines[self.body_start : self.body_end]
        return tuple(line for line in lines if not line.is_row)


def split_document(blocks: Sequence[Block], lines: Sequence[TaggedLine]) -> DocumentParts:
    """Return the parts of the document; `title` is empty if no line titles a plan."""
    paragraphs = [Paragraph("") if line.is_row else line.paragraph for line in lines]
    title = find_plan_title(paragraphs)
    first = title.index + title.lines if title is not None else first_title(lines)
    start, end = body_after(lines, paragraphs, first)
    start = max(start, subject_end(paragraphs, title))
    behind = range(end, len(lines))
    tail = next((place for place in behind if is_tail_start(lines, paragraphs, place)), len(lines))
    return DocumentParts(
        title=() if title is None else title_lines(paragraphs, title, start),
        front=tuple(paragraphs[:start]),
        opening=tuple(paragraphs[0 if title is None else title.index : start]),
        closing=tuple(paragraphs[end:tail]),
        tail=tuple(line.paragraph for line in lines[tail:] if not line.is_row),
        tables=tuple(block for block in blocks if isinstance(block, Table)),
        lines=tuple(lines),
        body_start=start,
        body_end=end,
        has_appendix=any(is_appendix_start(lines, paragraphs, place) for place in behind),
    )


def unfold_layout_tables(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, in which tables that only place text side by side are paragraphs."""
    return [part for block in blocks for part in unfold(block)]


def unfold(block: Block) -> Iterator[Block]:
    """Yield a block; of a layout table the lines of its cells, column by column, a merged cell once."""
    if not isinstance(block, Table) or not is_layout_table(block):
        yield block
        return
    columns = max((len(row) for row in block.rows), default=0)
    cells = {
        row[column]: number
        for column in range(columns)
        for number, row in reversed(list(enumerate(block.rows)))
        if column < len(row)
    }
    in_order = dict.fromkeys(
        row[column] for column in range(columns) for row in block.rows if column < len(row)
    )
    for cell in in_order:
        for line in cell.splitlines():
            if line:
                place = block.place + cells[cell]
                yield Paragraph(line, place=place, page=block.page, legibility=block.legibility)


def is_layout_table(table: Table) -> bool:
    """Return whether the table only places text side by side: a letterhead, or recipients and signature."""
    if any("task" in find_columns(row) and len(find_columns(row)) > 1 for row in table.rows[:2]):
        return False
    if len(table.rows) > TALLEST_LAYOUT or max((len(row) for row in table.rows), default=0) > WIDEST_LAYOUT:
        return False
    return len(table.rows) == 1 or any(SIDE_BY_SIDE.search(cell) for row in table.rows for cell in row)


def first_title(lines: Sequence[TaggedLine]) -> int:
    """Return the index of the first line that has the role of a title, 0 if none has."""
    return next((line.index for line in lines if line.role == "title"), 0)


def body_after(lines: Sequence[TaggedLine], paragraphs: Sequence[Paragraph], title: int) -> tuple[int, int]:
    """Return the index of the first line of the body from the title on, and the index past its last line.

    Both have a role that only lines of the body have, or the last a mark. What stands between them is body,
    whatever its role.
    """
    start = first_with_role(lines, title, BODY)
    heading = first_with_role(lines, start, STRUCTURE)
    bases = [line.index for line in lines[start:heading] if line.role == "legal_basis"]
    if bases:  # a list of legal bases, of which some have another role
        start = first_with_role(lines, bases[-1] + 1, BODY)
    behind = range(start, len(lines))
    end = next((place for place in behind if is_end_of_body(lines, paragraphs, place)), len(lines))
    inside = [
        place
        for place in range(start, end)
        if lines[place].line.mark is not None
        or (lines[place].role in BODY and not CLOSING.match(lines[place].text))
    ]
    return start, inside[-1] + 1 if inside else start


def first_with_role(lines: Sequence[TaggedLine], start: int, roles: Set[Role]) -> int:
    """Return the index of the first line from `start` on that has one of these roles, else past the last."""
    return next((line.index for line in lines[start:] if line.role in roles), len(lines))


def is_end_of_body(lines: Sequence[TaggedLine], paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Return whether the recipients, the signature or an appendix begin at this line.

    A single line of the first two between lines of the body is none: the body goes on.
    """
    if lines[place].role in ENDING:
        return place + 1 == len(lines) or lines[place + 1].role not in BODY
    return is_appendix_start(lines, paragraphs, place)


def is_appendix_start(lines: Sequence[TaggedLine], paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Return whether an appendix begins here: «PHỤ LỤC», or the title of what is sent along."""
    line = lines[place]
    if line.is_row or line.line.mark is not None:
        return False
    return bool(APPENDIX_ALONE.fullmatch(line.text)) or is_attachment_start(paragraphs, place)


def is_tail_start(lines: Sequence[TaggedLine], paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Return whether the recipients, the signature or an appendix begin at this line behind the body."""
    return lines[place].role in (*ENDING, *BODY) or is_appendix_start(lines, paragraphs, place)


def subject_end(lines: Sequence[Paragraph], title: TitleLine | None) -> int:
    """Return the index past the first line of the subject, where the name of the kind stands alone.

    That line is the title's whatever else it looks like: «Thực hiện …» below «KẾ HOẠCH» is no task.
    """
    if title is None or title.subject:
        return 0
    first = title.index + title.lines
    is_subject = (
        first < len(lines)
        and not is_end_of_subject(lines[first].text, is_first=True)
        and parse_mark(lines[first].text) is None
    )
    return first + 1 if is_subject else first


def title_lines(lines: Sequence[Paragraph], title: TitleLine, body: int) -> tuple[str, ...]:
    """Return the lines of the plan's subject: the text behind KẾ HOẠCH, and below it up to the legal bases.

    `body` is the index of the body's first line.
    """
    below: list[str] = [title.subject] if title.subject else []
    first = title.index + title.lines
    for line in lines[first : min(body, first + TALLEST_TITLE)]:
        if is_end_of_subject(line.text, is_first=not below) or parse_mark(line.text) is not None:
            break
        below.append(line.text)
    return tuple(below)
