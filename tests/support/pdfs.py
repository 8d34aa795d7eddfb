"""Small PDFs that tests make: pages of HTML set by the program's own process, with its fonts."""

from cchc_flow.documents.pdf import make_pdf
from cchc_flow.plan_import.document import Block, Paragraph, Table
from cchc_flow.plan_import.readers.pdf.document import read_document

STYLE = """
@page { size: A4; margin: 20mm 20mm 20mm 30mm }
* { font-family: Liberation Serif } body { font-size: 14pt; line-height: 1.3; margin: 0 }
p { margin: 0 0 6pt; text-align: justify } .in { text-indent: 36pt } .mid { text-align: center }
.two { display: flex } .two > div { width: 50%; text-align: center } .page { break-before: page }
table { border-collapse: collapse; width: 100% }
td, th { border: 1px solid black; padding: 3pt; text-align: left }
"""


def set_pdf(body: str, style: str = "") -> bytes:
    """Return pages that hold some HTML."""
    html = f"<html lang='vi'><title>.</title><style>{STYLE}{style}</style><body>{body}</body></html>"
    return make_pdf(html)


def read_pages(body: str, style: str = "") -> list[Block]:
    """Return what the reader of PDFs makes of pages that hold some HTML."""
    return read_document(set_pdf(body, style))


def texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def tables(blocks: list[Block]) -> list[tuple[tuple[str, ...], ...]]:
    return [block.rows for block in blocks if isinstance(block, Table)]
