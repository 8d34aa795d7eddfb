"""Reads plain text files: paragraphs put together again from lines, and the tables between them."""

import codecs
import re
import unicodedata
from collections.abc import Container, Sequence
from operator import itemgetter

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.readers.legacy import decode_bytes, restore_texts
from cchc_flow.plan_import.readers.marks import check_marks
from cchc_flow.plan_import.readers.text_columns import find_columns_of_text
from cchc_flow.plan_import.readers.text_lines import TextLine, text_line
from cchc_flow.plan_import.readers.text_pages import split_lines
from cchc_flow.plan_import.readers.text_tables import find_tables
from cchc_flow.plan_import.readers.text_wrapping import join_wrapped

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MOST_LINES = 250_000
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
HARD_SPACES = dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000), " ")
LETTER_BULLET = re.compile(r"(\s*)([·§ØvüqÞo])\t\s*(?=\S)")
BULLETS = {"·": "•", "§": "▪", "Ø": "➢", "v": "❖", "ü": "✓", "q": "▪", "Þ": "➢", "o": "o"}
ARCHIVE, OLD_WORD, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"


def read_txt(content: bytes) -> list[Block]:
    """Return the paragraphs and tables of a text; raise BadInput unless its encoding is certain."""
    text = decode(content)
    if sum(text.count(end) for end in LINE_ENDS) > MOST_LINES:
        raise BadInput("Tệp .txt có quá nhiều dòng để là một kế hoạch; tệp không được đọc.")
    restored = "\n".join(restore_texts(text.split("\n"))).translate(HARD_SPACES)
    lines = [mend_bullet(line) for line in split_lines(restored)]
    plain = [unicodedata.normalize("NFC", line) for line in lines]
    tables = find_tables(plain)
    tables += [
        part for part in find_columns_of_text(plain) if not any(overlap(part, found) for found in tables)
    ]
    numbered: list[tuple[int, Block]] = [(start, table) for start, _, table in tables]
    inside = {index for start, end, _ in tables for index in range(start, end)}
    numbered += [
        (line.number, Paragraph(line.text, after_gap=line.after_gap))
        for line in join_wrapped(written_lines(lines, inside))
    ]
    return [block for _, block in sorted(numbered, key=itemgetter(0))]


def overlap(one: tuple[int, int, Table], other: tuple[int, int, Table]) -> bool:
    """Return whether two tables take the same line."""
    return one[0] < other[1] and other[0] < one[1]


def mend_bullet(line: str) -> str:
    """Return the line with the bullet that Word wrote as a letter of a symbol font and a tab."""
    match = LETTER_BULLET.match(line)
    return line if match is None else f"{match[1]}{BULLETS[match[2]]} {line[match.end() :]}"


def written_lines(lines: Sequence[str], inside: Container[int]) -> list[TextLine]:
    """Return the lines that are not blank nor `inside` a table, each with whether a gap stood before it."""
    written: list[TextLine] = []
    after_gap = True
    for number, line in enumerate(lines):
        is_text = bool(line.strip()) and number not in inside
        if is_text:
            written.append(text_line(line, number, after_gap=after_gap))
        after_gap = not is_text
    return written


def decode(content: bytes) -> str:
    """Return the text of a file; raise BadInput for another encoding or file format."""
    refuse_other_forms(content)
    encoding = "utf-16" if content.startswith(UTF16) else "utf-8-sig"
    try:
        text: str | None = content.decode(encoding)
    except UnicodeDecodeError:
        text = decode_bytes(content)
    if text is None:
        raise BadInput(
            "Tệp .txt không dùng bảng mã UTF-8, cũng không chắc là bảng mã cũ nào (TCVN3, VNI …).",
            "Hãy lưu lại với bảng mã UTF-8.",
        )
    if "\x00" in text:
        raise BadInput("Tệp .txt có ký tự không phải chữ; hãy lưu lại với bảng mã UTF-8.")
    return check_marks(text)


def refuse_other_forms(content: bytes) -> None:
    """Raise BadInput for a Word or PDF file that is only called .txt."""
    if content.startswith(ARCHIVE):
        raise BadInput("Tệp mang đuôi .txt nhưng bên trong là tệp nén hoặc tệp Word; hãy đổi thành .docx.")
    if content.startswith(OLD_WORD):
        raise BadInput("Tệp mang đuôi .txt nhưng bên trong là tệp Word đời cũ; hãy lưu thành .docx.")
    if content.startswith(PDF):
        raise BadInput("Tệp mang đuôi .txt nhưng bên trong là tệp PDF; hãy đổi thành .pdf.")
