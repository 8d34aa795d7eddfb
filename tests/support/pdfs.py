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


def raw_pdf(*objects: bytes) -> bytes:
    """Return a file of some objects, numbered from 1; the first is the catalog."""
    file, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(file) + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(file))
    )


def drawn_pdf(*pages: str, size: str = "595 842", turned: int = 0, font: str = "Times-Roman") -> bytes:
    """Return a file whose pages are drawn by operators of a content stream; /F and /B are two fonts."""
    kids = " ".join(f"{5 + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        f"<</Type/Font/Subtype/Type1/BaseFont/{font}/Encoding/WinAnsiEncoding>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Bold/Encoding/WinAnsiEncoding>>",
    ]
    for place, drawn in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {size}]/Rotate {turned}/Contents {6 + 2 * place} 0 R"
            "/Resources<</Font<</F 3 0 R/B 4 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn.encode("latin-1")))
    return raw_pdf(*objects)


def written(x: float, y: float, text: str, size: float = 14, font: str = "F") -> str:
    """Return the operators that write a text at a place."""
    return f"BT /{font} {size} Tf {x} {y} Td ({text}) Tj ET\n"
