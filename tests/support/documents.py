"""A document with everything that a document can hold."""

from datetime import date
from decimal import Decimal

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

LONG = "Nội dung được trình bày đủ dài để sang dòng và sang trang. " * 12
TASKS = Table(
    (
        Column("TT", "number", 6),
        Column("Công việc", width=44),
        Column("Số lượng", "number", 14),
        Column("Hạn", "day", 16),
    ),
    (
        Row(("1. Cải cách thể chế",), heading=True),
        *(Row((n, f"Rà soát văn bản đợt {n}", Decimal("1250.5"), date(2026, 6, 5))) for n in range(1, 60)),
    ),
    "Danh sách nhiệm vụ",
)
REPORT = Document(
    superior="Ủy ban nhân dân tỉnh Mẫu",
    issuer="Ủy ban nhân dân xã Mẫu",
    symbol="BC-UBND",
    number=5,
    place="Mẫu",
    day=date(2026, 3, 5),
    kind="BÁO CÁO",
    subject="Kết quả cải cách hành chính quý I năm 2026",
    addressees=("Sở Nội vụ tỉnh Mẫu",),
    bases=("Luật Tổ chức chính quyền địa phương", "Kế hoạch số 12/KH-UBND ngày 05/01/2026;"),
    blocks=(
        Heading(1, "I.", "Chỉ đạo, điều hành"),
        Paragraph(("Đã hoàn thành ", Number("12", "done"), " nhiệm vụ, ", Strong("đúng hạn"), ". ", LONG)),
        Heading(2, "1.", "Cải cách thể chế"),
        Heading(3, "a)", "Ban hành văn bản"),
        Listing((("Chữ a",), ("Chữ b",), ("Chữ c",), ("Chữ d",), ("Chữ đ",)), "letters"),
        Listing((("Gạch thứ nhất",), (Emphasis("Gạch thứ hai"),))),
        TASKS,
        *(Paragraph((LONG,)) for _ in range(9)),
        Paragraph(("Đoạn cuối cùng của văn bản.",)),
    ),
    signature=Signature(("TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"), "Y Thắng Niê"),
    recipients=("Như trên", "Thường trực Đảng ủy;", "Lưu: VT, VHXH"),
    appendices=(
        Appendix("Danh mục chỉ tiêu", (TASKS,)),
        Appendix("Bảng nằm ngang", (Paragraph(("Một đoạn.",)),), across=True),
    ),
    seal=Seal("Dấu niêm phong 1204", "https://cchc.example.vn/xa-mau/checkpoints/1204"),
)
LETTER = Document(
    superior="Đảng ủy, Hội đồng nhân dân và Ủy ban nhân dân thành phố có tên gọi rất dài",
    issuer="Ủy ban nhân dân xã Mẫu",
    symbol="UBND-VHXH",
    place="Mẫu",
    subject="đôn đốc thực hiện nhiệm vụ cải cách hành chính năm 2026 của các đơn vị trên địa bàn xã",
    addressees=("Phòng Kinh tế", "Trung tâm Phục vụ hành chính công", "Công an xã"),
    blocks=(
        *(Paragraph((LONG,)) for _ in range(5)),
        Listing((("Khẩn trương thực hiện.",), ("Báo cáo kết quả trước ngày 15.",)), "letters"),
        Paragraph(("Đề nghị đơn vị nghiêm túc thực hiện./.",)),
    ),
    signature=Signature(("TM. Ủy ban nhân dân", "Chủ tịch"), "H'Yăm Bkrông"),
    recipients=("Như trên", "Lưu: VT, VHXH"),
)
ACROSS = Document(
    issuer="Ủy ban nhân dân xã Mẫu",
    symbol="DS-UBND",
    place="Mẫu",
    day=date(2026, 11, 30),
    kind="DANH SÁCH",
    subject="Công việc chưa xong",
    signature=Signature(("Người lập biểu",)),
    recipients=("Lưu: VT",),
    blocks=(Table(TASKS.columns, TASKS.rows[:48]),),
    across=True,
)
