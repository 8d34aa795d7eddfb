"""Reads plain text files: each line is a paragraph, and says whether an empty line stood before it."""

import codecs

from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block, Paragraph
from cchc_flow.plan_import.readers.marks import check_marks

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MOST_LINES = 250_000
LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
ARCHIVE, OLD_WORD, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-"


def read_txt(content: bytes) -> list[Block]:
    """Return the lines that are not blank; raise BadInput unless they are UTF-8, or UTF-16 with a BOM."""
    blocks: list[Block] = []
    after_gap = True
    text = decode(content)
    if sum(text.count(end) for end in LINE_ENDS) > MOST_LINES:
        raise BadInput("Tệp .txt có quá nhiều dòng để là một kế hoạch; tệp không được đọc.")
    for line in text.splitlines():
        if line.strip():
            blocks.append(Paragraph(line.strip(), after_gap=after_gap))
        after_gap = not line.strip()
    return blocks


def decode(content: bytes) -> str:
    """Return the text of a file; raise BadInput for another encoding or file format."""
    refuse_other_forms(content)
    encoding = "utf-16" if content.startswith(UTF16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise BadInput(
            "Tệp .txt không dùng bảng mã UTF-8 (có thể là TCVN3, VNI hoặc Windows-1258);"
            " hãy lưu lại với bảng mã UTF-8."
        ) from None
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
