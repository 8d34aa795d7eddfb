"""Reads a PDF in a process of its own: the library that takes it apart is not ours, nor is the file."""

from cchc_flow.conversion import decode
from cchc_flow.errors import BadInput
from cchc_flow.plan_import.document import Block
from cchc_flow.plan_import.readers.pdf.answer import Answer
from cchc_flow.sandbox import ask_process

UNREADABLE = Answer(
    why="Tệp PDF bị hỏng, hoặc quá lớn và phức tạp để là một kế hoạch; tệp không được đọc.",
    now="Hãy mở tệp, in lại thành PDF rồi đưa lên lại.",
)
SECONDS = 40
"""How long reading may take; a plan takes less than one, five hundred pages some ten."""


def read_pdf(content: bytes) -> list[Block]:
    """Return the paragraphs and tables of a PDF with text.

    Raise BadInput if it is no PDF, damaged, locked, far too long, or a scan.
    """
    answered = ask_process("cchc_flow.plan_import.readers.pdf.child", content, seconds=SECONDS)
    answer = decode(answered, Answer) if answered else UNREADABLE
    if answer.why:
        raise BadInput(answer.why, answer.now)
    return [block for piece in answer.pieces if (block := piece.paragraph or piece.table)]
