"""What surrounds the body of a plan: letterhead, title, legal bases; recipients and signature."""

import re
from collections.abc import Sequence

import msgspec

from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.extraction.annex import columns_of
from cchc_flow.plan_import.structure.marks import typed_mark
from cchc_flow.plan_import.structure.outline import mark_of

KIND_OF_DOCUMENT = re.compile(r"(KẾ HOẠCH|PHƯƠNG ÁN|CHƯƠNG TRÌNH)(?=$|\s*[:.]?\s)")
NO_PLAN = re.compile(r"(?:BÁO CÁO|TỜ TRÌNH|BIÊN BẢN|THÔNG BÁO|GIẤY MỜI|CÔNG VĂN)$")
RECIPIENTS = re.compile(r"nơi nhận\s*:?", re.IGNORECASE)
SIGNING = re.compile(
    r"(?:TM\.|KT\.|TL\.|Q\.|TUQ\.)?\s*(?:ỦY BAN NHÂN DÂN|UBND|(?:PHÓ )?CHỦ TỊCH|CHÁNH VĂN PHÒNG)\b.*"
)
APPENDIX = re.compile(r"(?:phụ lục|PHỤ LỤC|Phụ lục)\b")
FIRST_SECTION = re.compile(r"MỤC TIÊU|MỤC ĐÍCH|CHỈ TIÊU|YÊU CẦU|NHIỆM VỤ|NỘI DUNG|ĐÁNH GIÁ|KẾT QUẢ")
APPENDIX_ALONE = re.compile(r"phụ lục(?:\s+(?:số\s+)?[IVX\d]{1,4})?[.:]?", re.IGNORECASE)
CLOSING = re.compile(r"Trên đây là|Kế hoạch này có hiệu lực")
TALLEST_TITLE = 4


class Frame(msgspec.Struct, frozen=True):
    """A document taken apart: `front` before the body (its `opening` under the title), `tail` after it."""

    title: tuple[str, ...]
    front: tuple[Paragraph, ...]
    opening: tuple[Paragraph, ...]
    body: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...]
    tail: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    has_appendix: bool
    is_another_kind: bool


def framed(blocks: Sequence[Block]) -> Frame:
    """The parts of the document; a document without a title line has an empty `title`."""
    lines, tables = as_lines(blocks)
    named = title_at(lines)
    start = body_at(lines, 0 if named is None else named + 1)
    end = next((place for place in range(start, len(lines)) if is_tail(lines[place])), len(lines))
    body, closing = without_closing(lines[start:end])
    return Frame(
        title=() if named is None else title_lines(lines, named, start),
        front=tuple(lines[:start]),
        opening=tuple(lines[0 if named is None else named : start]),
        body=tuple(body),
        closing=tuple(closing),
        tail=tuple(lines[end:]),
        tables=tuple(tables),
        has_appendix=any(APPENDIX.match(line.text) for line in lines[end:]),
        is_another_kind=any(
            NO_PLAN.match(line.text) for line in lines[: start if named is None else named + 1]
        ),
    )


def as_lines(blocks: Sequence[Block]) -> tuple[list[Paragraph], list[Table]]:
    """The paragraphs, with those of letterhead and signature tables among them; and the tables of rows."""
    lines: list[Paragraph] = []
    tables: list[Table] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block)
        elif is_layout(block):
            lines.extend(Paragraph(line) for line in cell_lines(block))
        else:
            tables.append(block)
    return lines, tables


def is_layout(table: Table) -> bool:
    """Whether the table only sets things side by side: a letterhead, or recipients beside a signature."""
    if any("task" in columns_of(row) and len(columns_of(row)) > 1 for row in table.rows[:2]):
        return False
    return len(table.rows) <= 4 and max((len(row) for row in table.rows), default=0) <= 3


def cell_lines(table: Table) -> list[str]:
    """The lines of the cells, column by column; a cell that spans several is read once."""
    columns = max((len(row) for row in table.rows), default=0)
    cells = [row[place] for place in range(columns) for row in table.rows if place < len(row)]
    return [line for cell in dict.fromkeys(cells) for line in cell.splitlines() if line]


def title_at(lines: Sequence[Paragraph]) -> int | None:
    """Where the plan is named: the last line that says KẾ HOẠCH, past a decision that issues the plan."""
    named = [place for place, line in enumerate(lines) if KIND_OF_DOCUMENT.match(line.text)]
    whole = [place for place in named if len(lines[place].text) <= 200]
    before_appendix = [place for place in whole if not follows_appendix(lines, place)]
    return before_appendix[-1] if before_appendix else None


def follows_appendix(lines: Sequence[Paragraph], place: int) -> bool:
    return place > 0 and bool(APPENDIX.match(lines[place - 1].text))


def title_lines(lines: Sequence[Paragraph], named: int, start: int) -> tuple[str, ...]:
    """The subject: what follows KẾ HOẠCH on its line, or the lines below it up to the legal bases."""
    found = KIND_OF_DOCUMENT.match(lines[named].text)
    rest = lines[named].text[found.end() :].strip(" :.") if found else ""
    below: list[str] = []
    for line in lines[named + 1 : min(start, named + 1 + TALLEST_TITLE)]:
        is_basis = line.text.startswith("Thực hiện") and bool(below)
        if is_basis or line.text.endswith((";", ":", ".")) or line.text.startswith(("Căn cứ", "(", "Số")):
            break
        below.append(line.text)
    return (rest, *below) if rest else tuple(below)


def body_at(lines: Sequence[Paragraph], after: int) -> int:
    """Where the body begins: the first numbered line (no bullet) or heading in capitals after the title."""
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
    return text.isupper() and " " in text and not text.startswith(("ỦY BAN", "CỘNG HÒA"))


def is_first_section(place: int, after: int, text: str) -> bool:
    """Whether a line right below the title is a heading already, and not the title's second line."""
    return place > after and FIRST_SECTION.match(text) is not None


def is_tail(line: Paragraph) -> bool:
    """Whether recipients, the signature or an appendix begin here."""
    if line.number is not None or typed_mark(line.text) is not None:
        return False
    return any(begins.fullmatch(line.text) for begins in (SIGNING, APPENDIX_ALONE)) or bool(
        RECIPIENTS.match(line.text)
    )


def without_closing(lines: Sequence[Paragraph]) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """The body, and the last words after it ("Trên đây là Kế hoạch …", or what ends in "./.")."""
    for place, line in enumerate(lines):
        unmarked = line.number is None and typed_mark(line.text) is None
        if unmarked and (CLOSING.match(line.text) or (line.final and place > 0)):
            return lines[:place], lines[place:]
    return lines, []
