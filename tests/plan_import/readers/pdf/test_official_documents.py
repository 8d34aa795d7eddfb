"""A plan that the product sets as an official document reads back from its PDF as from its .docx."""

from datetime import date

import pytest

from cchc_flow.documents.blocks import (
    Appendix,
    Column,
    Document,
    Heading,
    Listing,
    Paragraph,
    Row,
    Signature,
    Table,
)
from cchc_flow.documents.docx import write_docx
from cchc_flow.documents.pages import draw_page
from cchc_flow.documents.pdf import make_pdf
from cchc_flow.plan_import import Proposal, read_plan_bytes
from cchc_flow.plan_import.document import Block
from cchc_flow.plan_import.document import Table as TableRead
from cchc_flow.plan_import.readers.docx import read_docx
from cchc_flow.plan_import.readers.pdf import read_pdf

LONG = (
    "Rà soát, đơn giản hóa thủ tục hành chính giai đoạn 2026-2030 theo Nghị định số 30/2020/NĐ-CP, bảo đảm hồ"
    " sơ được trả đúng hạn và không phát sinh chi phí cho người dân trên địa bàn xã, đợt"
)
TASKS = tuple((f"{LONG} {number}.",) for number in range(1, 16))
PLAN = Document(
    superior="Ủy ban nhân dân tỉnh Mẫu",
    issuer="Ủy ban nhân dân xã An Khê",
    symbol="KH-UBND",
    number=7,
    place="An Khê",
    day=date(2026, 1, 12),
    kind="KẾ HOẠCH",
    subject="Cải cách hành chính nhà nước năm 2026",
    bases=("Luật Tổ chức chính quyền địa phương", "Kế hoạch số 12/KH-UBND ngày 05/01/2026 của UBND tỉnh"),
    blocks=(
        Heading(1, "I.", "Mục tiêu"),
        Listing((("Nâng cao chất lượng phục vụ người dân.",),)),
        Heading(1, "II.", "Chỉ tiêu"),
        Listing((("Từ 98% hồ sơ trở lên được trả đúng hạn.",),)),
        Heading(1, "III.", "Nhiệm vụ"),
        Heading(2, "1.", "Cải cách thể chế"),
        Listing(TASKS[:8]),
        Heading(2, "2.", "Cải cách thủ tục hành chính"),
        Listing(TASKS[8:]),
        Heading(1, "IV.", "Tổ chức thực hiện"),
        Heading(2, "1.", "Phòng Văn hóa - Xã hội"),
        Listing((("Đôn đốc, tổng hợp, báo cáo.",),)),
        Paragraph(("Trên đây là Kế hoạch cải cách hành chính năm 2026 của Ủy ban nhân dân xã.",)),
    ),
    signature=Signature(("TM. Ủy ban nhân dân", "Chủ tịch"), "Y Thắng Niê"),
    recipients=("UBND tỉnh;", "Lưu: VT, VHXH"),
    appendices=(
        Appendix(
            "Danh mục nhiệm vụ",
            (
                Table(
                    (
                        Column("STT", "number", 6),
                        Column("Nhiệm vụ", width=50),
                        Column("Cơ quan chủ trì", width=30),
                    ),
                    tuple(Row((n, f"{LONG} {n}", "Văn phòng HĐND và UBND xã")) for n in range(1, 40)),
                ),
            ),
            across=True,
        ),
    ),
)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return make_pdf(draw_page(PLAN))


def rows(blocks: list[Block]) -> list[tuple[str, ...]]:
    return [
        row for block in blocks if isinstance(block, TableRead) and len(block.rows) > 4 for row in block.rows
    ]


def content(proposal: Proposal) -> dict[str, object]:
    """Return what a plan says, without where in the file it stands."""
    return {
        "number": proposal.number,
        "year": proposal.year,
        "issuer": proposal.issuer,
        "objectives": [goal.text for goal in proposal.objectives],
        "targets": [target.text for target in proposal.targets],
        "areas": [(area.title, [task.text for task in area.tasks]) for area in proposal.areas],
        "units": [(unit.name, [one.text for one in unit.assignments]) for unit in proposal.units],
    }


def test_the_plan_reads_back_from_pdf_as_from_word(pdf: bytes) -> None:
    word = read_plan_bytes("a.docx", write_docx(PLAN), [])
    assert content(read_plan_bytes("a.pdf", pdf, [])) == content(word)
    assert [len(area.tasks) for area in word.areas] == [8, 7]


def test_the_table_of_an_appendix_across_pages_reads_back_from_pdf_as_from_word(pdf: bytes) -> None:
    found = rows(read_pdf(pdf))
    assert found == rows(read_docx(write_docx(PLAN)))
    assert len(found) == 40
