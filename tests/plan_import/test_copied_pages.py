"""Documents copied from the pages of collections and newspapers: captions, torn letterheads, no titles."""

import pytest
from support.plans import read_plan_bytes

from cchc_flow.errors import BadInput
from cchc_flow.plan_import import Proposal

CAPTION = "Kế hoạch 31/KH-UBND năm 2025 vệ sinh đường làng tỉnh Sông Mây năm 2026 do tỉnh Sông Mây ban hành"
HEAD = """ỦY BAN NHÂN DÂN |
CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM |
|
Số: 31/KH-UBND |
Sông Mây, ngày 20 tháng 12 năm 2025 |
"""
BODY = """Ủy ban nhân dân tỉnh ban hành Kế hoạch vệ sinh đường làng, cụ thể như sau:
I. MỤC ĐÍCH
- Giữ cho đường làng sạch, đẹp quanh năm.
II. NHIỆM VỤ
1. Quét dọn các ngõ vào sáng thứ bảy.
2. Trồng hoa hai bên đường trục thôn.
"""


def read(text: str) -> Proposal:
    return read_plan_bytes("trang.txt", text.encode())


def refusal(text: str) -> str:
    with pytest.raises(BadInput) as refused:
        read(text)
    return str(refused.value.why)


def test_the_caption_of_a_page_is_no_title_where_the_plan_has_one_in_capitals() -> None:
    plan = read(f"{CAPTION}\n{HEAD}VỆ SINH ĐƯỜNG LÀNG TỈNH SÔNG MÂY NĂM 2026\n{BODY}")
    assert (plan.title, plan.year) == ("VỆ SINH ĐƯỜNG LÀNG TỈNH SÔNG MÂY NĂM 2026", 2026)


def test_the_caption_of_a_page_is_a_title_without_number_and_issuer_where_nothing_else_is_one() -> None:
    plan = read(f"{CAPTION}\n{HEAD}{BODY}")
    assert (plan.title, plan.year) == ("vệ sinh đường làng tỉnh Sông Mây năm 2026", 2026)
    assert plan.number == "31/KH-UBND"


def test_the_kind_of_a_plan_and_its_subject_are_one_title_over_two_lines() -> None:
    plan = read(f"KẾ HOẠCH HÀNH ĐỘNG\nTHỰC HIỆN NẾP SỐNG SẠCH NĂM 2026\nCăn cứ Luật Thủ đô;\n{BODY}")
    assert plan.title == "HÀNH ĐỘNG THỰC HIỆN NẾP SỐNG SẠCH NĂM 2026"


@pytest.mark.parametrize(
    ("title", "announcement"),
    [
        ("VỆ SINH ĐƯỜNG LÀNG TỈNH SÔNG MÂY ĐẾN NĂM 2030", "Ủy ban nhân dân tỉnh ban hành kế hoạch"),
        ("VỆ SINH ĐƯỜNG LÀNG", "Ủy ban nhân dân (UBND) tỉnh ban hành kế hoạch"),
        ("VỆ SINH ĐƯỜNG LÀNG", "UBND tỉnh Sông Mây xây dựng Kế hoạch"),
    ],
)
def test_the_issuer_that_a_letterhead_lost_is_named_by_the_announcement(
    title: str, announcement: str
) -> None:
    text = f"{HEAD}KẾ HOẠCH\n{title}\n" + BODY.replace("Ủy ban nhân dân tỉnh ban hành Kế hoạch", announcement)
    assert read(text).issuer == "UBND tỉnh Sông Mây"


def test_a_torn_motto_is_no_title() -> None:
    plan = read(f"{HEAD}VỆ SINH ĐƯỜNG LÀNG NĂM 2026\n{BODY}")
    assert plan.title == "VỆ SINH ĐƯỜNG LÀNG NĂM 2026"


def test_a_decision_that_issues_a_plan_is_told_so_whatever_word_stands_between() -> None:
    articles = "Điều 1. Ban hành kèm theoQuyết định này là Kế hoạch quét dọn đường làng.\nĐiều 2. Thi hành.\n"
    why = refusal(f"{HEAD.replace('KH-', 'QĐ-')}QUYẾT ĐỊNH\nBAN HÀNH VIỆC QUÉT DỌN\nQUYẾT ĐỊNH:\n{articles}")
    assert "có nói đến kế hoạch nhưng không kèm" in why


def test_the_subject_of_what_is_refused_ends_where_the_capitals_do() -> None:
    why = refusal(
        "BÁO CÁO SƠ KẾT VIỆC TRỒNG HOA\nBạn đang xem bản rút gọn của tài liệu.\nI. KẾT QUẢ\n1. Đã trồng."
    )
    assert why == "Tệp là báo cáo «SƠ KẾT VIỆC TRỒNG HOA», không phải kế hoạch."


def test_the_sentence_that_opens_minutes_or_an_invitation_is_no_subject() -> None:
    why = refusal(
        "BIÊN BẢN HỌP XÓM\nHôm nay, vào lúc 8 giờ ngày 02 tháng 3 năm 2026, xóm họp bàn\n1. Thành phần"
    )
    assert why == "Tệp là biên bản «HỌP XÓM», không phải kế hoạch."
    why = refusal("GIẤY MỜI\nTrân trọng kính mời ông Nguyễn Văn A\n1. Thời gian:\n2. Địa điểm:")
    assert why == "Tệp là giấy mời, không phải kế hoạch."


def test_a_caption_is_the_subject_of_what_is_refused_without_its_number() -> None:
    why = refusal(
        "Quyết định 12/QĐ-UBND về đặt tên đường làng\nSố: 12/QĐ-UBND\nQUY ĐỊNH TÊN ĐƯỜNG\nĐiều 1. Đặt tên."
    )
    assert why.startswith("Tệp là ")
    assert "12/QĐ-UBND về" not in why


@pytest.mark.parametrize(
    ("opening", "kind"),
    [("thông báo tuyển hai người", "thông báo"), ("hướng dẫn cách trồng hoa", "hướng dẫn")],
)
def test_a_text_that_opens_as_a_kind_does_is_likened_to_it(opening: str, kind: str) -> None:
    why = refusal(f"Phòng Kinh tế {opening}, cụ thể như sau:\nNgười dự tuyển nộp đơn ở bộ phận một cửa.")
    assert why.startswith(f"Không thấy một kế hoạch; văn bản giống {kind} hơn")


@pytest.mark.parametrize("line", ["- 12/05/2026 04:00:00 PM", "NGUYỄN BÌNH", "HỌC VIỆN TRỒNG TRỌT"])
def test_a_day_a_name_and_an_agency_in_capitals_are_no_titles(line: str) -> None:
    assert line not in refusal(
        f"{line}\nHôm qua xã đã mở hội trồng hoa bên bờ sông.\nNhiều người đến dự hội."
    )


def test_laws_and_documents_listed_below_the_title_are_legal_bases_and_no_tasks() -> None:
    bases = "- Luật Cây xanh ngày 02/3/2020;\n- Nghị quyết số 7/NQ-HĐND ngày 05/5/2025 của xã về trồng hoa;\n"
    plan = read(f"{HEAD}KẾ HOẠCH\nTRỒNG HOA NĂM 2026\n{bases}{BODY}")
    assert plan.legal_bases == (
        "Luật Cây xanh ngày 02/3/2020",
        "Nghị quyết số 7/NQ-HĐND ngày 05/5/2025 của xã về trồng hoa",
    )
    assert [task.text for area in plan.areas for task in area.tasks] == [
        "Quét dọn các ngõ vào sáng thứ bảy.",
        "Trồng hoa hai bên đường trục thôn.",
    ]


def test_a_section_of_legal_bases_torn_over_two_lines_is_read() -> None:
    section = "I. CĂN CỨ LẬP\nKẾ HOẠCH\n- Quyết định số\n9/QĐ-UBND ngày 05 tháng 5 năm 2025 về trồng hoa.\n"
    body = "II. NHIỆM VỤ\n1. Quét dọn các ngõ vào sáng thứ bảy.\n2. Trồng hoa hai bên đường trục thôn.\n"
    plan = read(f"{HEAD}KẾ HOẠCH\nTRỒNG HOA NĂM 2026\n{section}{body}")
    assert plan.title == "TRỒNG HOA NĂM 2026"
    assert plan.legal_bases == ("Quyết định số 9/QĐ-UBND ngày 05 tháng 5 năm 2025 về trồng hoa",)
    assert len(plan.areas[0].tasks) == 2
    assert not [remark for remark in plan.warnings if remark.topic == "unread"]


def test_a_text_without_head_is_a_plan_if_reform_areas_follow_its_aims() -> None:
    plan = read(
        "I. MỤC TIÊU, YÊU CẦU\n1. Mục tiêu\nNgười dân được phục vụ nhanh hơn.\n2. Yêu cầu\n"
        "Mỗi việc có một người lo.\nII. NỘI DUNG, NHIỆM VỤ CỤ THỂ\n1. Cải cách thể chế\n1.1. Mục tiêu\n"
        "Văn bản của xã rõ ràng.\n1.2. Nhiệm vụ\n- Soát lại các quy ước của thôn.\n- Phổ biến quy ước mới.\n"
    )
    assert [area.title for area in plan.areas] == ["Cải cách thể chế"]
    assert any(remark.topic == "kind" for remark in plan.warnings)


def test_the_table_that_describes_a_document_above_its_letterhead_is_no_unread_table() -> None:
    described = "| Số hiệu | 31/KH-UBND |\n| Ngày ban hành | 20/12/2025 |\n| Loại văn bản | Kế hoạch |\n"
    described += "| Cơ quan ban hành | Tỉnh Sông Mây |\n| Người ký | Nguyễn Văn A |\n|\n"
    plan = read(f"{CAPTION}\n{described}{HEAD}KẾ HOẠCH\nVỆ SINH ĐƯỜNG LÀNG NĂM 2026\n{BODY}")
    assert not [remark for remark in plan.warnings if remark.topic == "unread_table"]
    assert not [passage for passage in plan.unread if passage.role == "letterhead"]
