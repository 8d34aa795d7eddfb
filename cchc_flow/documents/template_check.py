"""Tries a commune's own templates on a document that holds everything a document can hold."""

from datetime import date
from pathlib import Path

from cchc_flow.documents.blocks import (
    Appendix,
    Column,
    Document,
    Emphasis,
    Heading,
    Listing,
    Number,
    Paragraph,
    Row,
    Seal,
    Signature,
    Strong,
    Table,
)
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.errors import BadInput

_TABLE = Table((Column("TT", "number"), Column("Hạn", "day")), (Row(("Nhóm",), heading=True), Row((1, None))))
SAMPLE = Document(
    superior="Cơ quan chủ quản",
    issuer="Cơ quan ban hành",
    symbol="BC-UBND",
    number=7,
    place="Địa danh",
    day=date(2026, 1, 5),
    kind="BÁO CÁO",
    subject="Trích yếu nội dung",
    addressees=("Nơi nhận thứ nhất", "Nơi nhận thứ hai"),
    bases=("Căn cứ ban hành",),
    blocks=(
        Heading(1, "I.", "Mục"),
        Paragraph(("Số liệu: ", Number("bốn mươi hai", "so-lieu"), Strong("đậm"), Emphasis("nghiêng"))),
        Listing((("Điểm thứ nhất",),), "letters"),
        _TABLE,
    ),
    signature=Signature(("Chức vụ người ký",), "Họ và tên"),
    recipients=("Như trên", "Lưu: VT"),
    appendices=(Appendix("Tên phụ lục", (_TABLE,), across=True),),
    seal=Seal("Dấu niêm phong", "1"),
)
LEFT_OUT = ("Cơ quan ban hành", "bốn mươi hai", "Điểm thứ nhất", "Họ và tên", "Tên phụ lục", "Dấu niêm phong")
"""Words of which a template that leaves them out would make no official document."""


def check_templates(folder: Path) -> None:
    """Raise BadInput when the templates of a folder do not make a document, or not the whole of it."""
    page = draw_page(SAMPLE, folder=folder)
    if missing := [words for words in LEFT_OUT if words not in page]:
        raise BadInput(
            f"Mẫu văn bản riêng của xã bỏ sót một phần của văn bản («{missing[0]}»).",
            "Hãy đối chiếu với mẫu chung, rồi thêm phần còn thiếu.",
        )
    make_pdf(page)
