"""The register of what the commune has issued in a year, as a document that is printed in full."""

from collections.abc import Sequence
from datetime import date

from sqlite_utils import Database

from cchc_flow.documents.blocks import Column, Document, Paragraph, Row, Signature, Table
from cchc_flow.projections import issued, settings
from cchc_flow.projections.issued import IssuedDocument
from cchc_flow.reporting.official import letterhead
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.numbering import LETTER, document_number, gaps
from cchc_flow.workspace import Workspace

SYMBOL = "SĐK-UBND"
COLUMNS = (
    Column("Số, ký hiệu", width=16),
    Column("Ngày văn bản", "day", 14),
    Column("Tên loại và trích yếu nội dung", width=52),
    Column("Người ký", width=20),
    Column("Ghi chú", width=22),
)


def document_register(ws: Workspace, db: Database, year: int, today: date) -> Document:
    """Return the register of a year, by number, with the numbers that no document here has."""
    documents = issued.register(db, year)
    return Document(
        **letterhead(ws),
        symbol=SYMBOL,
        kind="SỔ ĐĂNG KÝ VĂN BẢN ĐI",
        subject=f"Năm {year} (đến hết ngày {day_words(today)})",
        signature=Signature(("Người lập sổ",)),
        recipients=("Lưu: VT",),
        blocks=(Table(COLUMNS, tuple(map(_row, documents))), *_gaps(db, documents, year)),
        day=today,
        across=True,
    )


def missing_numbers(db: Database, documents: Sequence[IssuedDocument], year: int) -> list[str]:
    """Return which numbers no document has, in words; the first ones may have been given on paper."""
    rules = settings.effective_settings(db).documents
    first = rules.first_number if rules.first_year == year else 1
    return [gap.words for gap in gaps([document.number for document in documents], first)]


def remark(document: IssuedDocument) -> str:
    """Return what the register remarks on a document: whose number it is, whether it was recalled."""
    words = ["số do văn thư cấp" if document.given_by == "clerk" else ""]
    words += ["đã thu hồi" if document.recalled else "đã gửi" if document.sent else ""]
    return ", ".join(filter(None, words))


def _row(document: IssuedDocument) -> Row:
    return Row(
        (
            document_number(document.number, document.symbol),
            date.fromisoformat(document.day),
            f"{document.kind or LETTER}: {document.subject}",
            document.signer,
            remark(document),
        )
    )


def _gaps(db: Database, documents: Sequence[IssuedDocument], year: int) -> list[Paragraph]:
    missing = missing_numbers(db, documents, year)
    return [Paragraph((f"Số không có văn bản trong sổ này: {', '.join(missing)}.",))] if missing else []
