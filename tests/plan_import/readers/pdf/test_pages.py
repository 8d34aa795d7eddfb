"""What stands around the text of a page is left out, what stands side by side is read block by block."""

from support.pdfs import drawn_pdf, read_pages, texts, written

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.readers.pdf.document import read_document

HEADED = """
@page { @top-center { content: counter(page); font: 13pt Liberation Serif }
        @bottom-left { content: 'Kế hoạch cải cách hành chính năm 2026, trang ' counter(page);
                       font: 10pt Liberation Serif } }
"""
LONG = (
    "Các phòng, đơn vị thuộc xã tổ chức thực hiện Kế hoạch này, định kỳ hằng quý báo cáo kết quả về Phòng"
    " Văn hóa - Xã hội để tổng hợp"
)
LETTERHEAD = """
<div class='two'><div>UBND TỈNH MẪU<br><b>ỦY BAN NHÂN DÂN<br>XÃ AN KHÊ</b><br>Số: 12/KH-UBND</div>
<div><b style='font-size:12pt'>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><br>
<i>An Khê, ngày 05 tháng 01 năm 2026</i></div></div><p class='mid'><b>KẾ HOẠCH</b></p>
"""
SIGNATURE = """
<div class='two'><div style='text-align:left'><b><i>Nơi nhận:</i></b>
<div style='font-size:11pt'>- Sở Nội vụ;<br>
- Lưu: VT.</div></div><div><b>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH</b><br><br><br><b>Nguyễn Văn An</b></div></div>
"""


def test_running_heads_feet_and_page_numbers_are_left_out() -> None:
    body = "".join(f"<p class='in'>{number}. {LONG}.</p>" for number in range(1, 30))
    assert texts(read_pages(body, HEADED)) == [f"{number}. {LONG}." for number in range(1, 30)]


def test_text_that_pages_begin_with_alike_is_no_running_head() -> None:
    page = f"<p class='in'>Nhiệm vụ</p><p class='in'>{LONG}.</p>"
    assert texts(read_pages(f"{page}<div class='page'></div>{page}")).count(f"{LONG}.") == 2


def test_the_pages_of_an_appendix_may_be_numbered_by_themselves() -> None:
    sheets = [
        written(290, 800, str(number), 13)
        + written(72, 750, f"Dong thu {number}a")
        + written(72, 730, "Dong b")
        for number in (1, 2, 1, 2)
    ]
    assert not {"1", "2"} & set(texts(read_document(drawn_pdf(*sheets))))


def test_a_letterhead_in_two_columns_is_read_column_by_column() -> None:
    assert texts(read_pages(f"{LETTERHEAD}<p>{LONG}.</p>")) == [
        "UBND TỈNH MẪU",
        "ỦY BAN NHÂN DÂN",
        "XÃ AN KHÊ",
        "Số: 12/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "An Khê, ngày 05 tháng 01 năm 2026",
        "KẾ HOẠCH",
        f"{LONG}.",
    ]


def test_recipients_and_signature_are_read_column_by_column() -> None:
    assert texts(read_pages(f"<p>{LONG}.</p>{SIGNATURE}")) == [
        f"{LONG}.",
        "Nơi nhận:",
        "- Sở Nội vụ;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn An",
    ]


def test_a_note_at_the_foot_of_a_page_and_its_sign_are_left_out_but_a_square_metre_stays() -> None:
    sheet = (
        written(72, 700, "Dien tich 20 m")
        + written(156, 705, "2", 8)
        + written(180, 700, "theo Quyet dinh")
        + written(271, 705, "1", 8)
        + written(72, 680, "cua tinh.")
        + "72 100 m 216 100 l S "
        + written(72, 88, "1", 7)
        + written(78, 84, "Quyet dinh so 5.", 10)
    )
    assert " ".join(texts(read_document(drawn_pdf(sheet)))) == "Dien tich 20 m2 theo Quyet dinh cua tinh."


def test_a_page_on_its_side_is_turned() -> None:
    lines = "".join(
        f"BT /F 14 Tf 0 1 -1 0 {x} 72 Tm ({text}) Tj ET " for x, text in ((100, "Mot"), (120, "Hai"))
    )
    assert texts(read_document(drawn_pdf(lines, turned=90))) == ["Mot", "Hai"]


def test_letters_that_stand_aslant_are_no_text() -> None:
    stamp = "BT /F 40 Tf 0.7 0.7 -0.7 0.7 200 300 Tm (BAN NHAP) Tj ET "
    assert texts(read_document(drawn_pdf(stamp + written(72, 700, "Ke hoach")))) == ["Ke hoach"]


def test_a_scanned_page_between_others_is_told_in_its_place() -> None:
    first, last = written(72, 700, "Trang mot co chu " * 9, 7), written(72, 700, "Trang ba co chu " * 9, 7)
    picture = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q "
    blocks = read_document(drawn_pdf(first, picture, last))
    assert [block.page for block in blocks if isinstance(block, Paragraph)] == [1, 2, 3]
    assert "Trang 2 là ảnh" in texts(blocks)[1]
