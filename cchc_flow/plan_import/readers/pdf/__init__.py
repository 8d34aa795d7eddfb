"""Reads a PDF in a process of its own: the library that takes it apart is not ours, nor is the file."""

from cchc_flow.conversion import decode
from cchc_flow.documents.kept_files import KEPT
from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block
from cchc_flow.plan_import.readers.legacy import restore_blocks
from cchc_flow.plan_import.readers.pdf.answer import Answer, Scan
from cchc_flow.sandbox import ask_process

SECONDS = 40
"""How long reading may take; a plan takes less than one, five hundred pages some ten."""


def read_pdf(content: bytes) -> list[Block]:
    """Return the paragraphs and tables of a PDF with text.

    Raise BadInput if it is no PDF, damaged, locked or far too long, and Scan if its pages are pictures.
    """
    answer = decode(KEPT.find_or_make("pdf read", content, lambda: ask_reader(content)), Answer)
    if answer.is_scan:
        raise Scan(answer.why, answer.now)
    if answer.why:
        raise BadInput(answer.why, answer.now)
    return restore_blocks(block for piece in answer.pieces if (block := piece.paragraph or piece.table))


def ask_reader(content: bytes) -> bytes:
    """Return what the process that reads a PDF answers; raise BadInput if it came to no end."""
    answer = ask_process("cchc_flow.plan_import.readers.pdf.child", content, seconds=SECONDS)
    if not answer:
        raise BadInput(
            "Tệp PDF bị hỏng, hoặc quá lớn và phức tạp để là một kế hoạch; tệp không được đọc.",
            "Hãy mở tệp, in lại thành PDF rồi đưa lên lại.",
        )
    return answer
