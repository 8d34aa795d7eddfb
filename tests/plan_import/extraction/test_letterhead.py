"""The formal parts of a plan, however its letterhead was set, torn or collapsed."""

import pytest
from support.official_documents import FORMS, NO_PLANS, PLAN, PLAN_BODY, as_text, with_letterhead
from support.plans import read_plan_bytes

from cchc_flow.plan_import import Proposal


def read(*lines: str) -> Proposal:
    return read_plan_bytes("a.txt", as_text(list(lines)))


@pytest.mark.parametrize(
    "form", ["letterhead", "rows", "collapsed", "collapsed with title", "torn", "one line"]
)
def test_number_day_issuer_title_and_year_are_read_from_every_letterhead(form: str) -> None:
    plan = read(*FORMS[form](PLAN))
    assert (plan.number, plan.day, plan.issuer) == ("17/KH-UBND", "2026-06-20", "UBND xã An Khê Đông")
    assert (plan.title, plan.year) == ("Cải cách hành chính xã An Khê Đông năm 2026", 2026)
    assert plan.legal_bases[0] == "Quyết định số 09/QĐ-UBND của UBND tỉnh"


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (("UBND TỈNH LÂM ĐỒNG", "ỦY BAN NHÂN DÂN", "PHƯỜNG XUÂN HƯƠNG"), "UBND phường Xuân Hương"),
        (("ỦY BAN MTTQ VIỆT NAM", "XÃ EA DRÔNG", "BAN THƯỜNG TRỰC"), "Ủy ban MTTQ Việt Nam xã Ea Drông"),
        (("ỦY BAN NHÂN DÂN", "ĐẶC KHU PHÚ QUÝ"), "UBND đặc khu Phú Quý"),
        (("ĐẢNG BỘ TỈNH A", "ĐẢNG ỦY XÃ TÂN LẬP", "ĐẢNG CỘNG SẢN VIỆT NAM"), "Đảng ủy xã Tân Lập"),
        (("ỦY BAN NHÂN", "DÂN", "TỈNH A", "CỘNG HÒA XÃ", "HỘI CHỦ NGHĨA VIỆT NAM"), "UBND tỉnh A"),
    ],
)  # fmt: skip
def test_the_issuer_is_read_from_the_capitals_of_the_letterhead(lines: tuple[str, ...], issuer: str) -> None:
    title = ("KẾ HOẠCH", "Cải cách hành chính năm 2026")
    assert read(*lines, "Số: 5/KH-UBND", *title, *PLAN_BODY[2:]).issuer == issuer


@pytest.mark.parametrize(
    ("number", "day", "title", "year", "remark"),
    [
        ("98/KH-UBND", "26 tháng 12 năm 2025", "CẢI CÁCH HÀNH CHÍNH XÃ A NĂM 2026", 2026, None),
        ("98/KH-UBND", "26 tháng 12 năm 2025", "Cải cách hành chính quý I/2026", 2026, None),
        ("98/KH-UBND", "26 tháng 12 năm 2025", "Giai đoạn 2026 - 2030 của xã", 2026, "nhiều năm 2026-2030"),
        ("98/KH-UBND", "5 tháng 1 năm 2026", "5 năm 2026-2030 của xã", 2026, "nhiều năm 2026-2030"),
        ("98/KH-UBND-2026", "26 tháng 12 năm 2025", "Cải cách hành chính", 2026, "số hiệu «98/KH-UBND-2026"),
        ("98/2026/KH-UBND", "26 tháng 12 năm 2025", "Cải cách hành chính", 2026, "theo số hiệu"),
        ("98/KH-UBND", "26 tháng 12 năm 2025", "Cải cách hành chính", None, "cần người chọn"),
        ("98/KH-UBND", "26 tháng 02 năm 2026", "Cải cách hành chính", 2026, "tạm lấy năm ban hành"),
        ("98/KH-UBND", "2 tháng 12 năm 2025", "Thực hiện Nghị quyết số 9/NQ-CP ngày 3/7/2025", None, "cần"),
        ("98/KH-UBND", "26 tháng 12 năm 2025", "Thi hành Luật Căn cước năm 2023 năm 2026", 2026, None),
        ("98/KH-UBND", "26 tháng 12 năm 2025", "Bầu cử nhiệm kỳ 2026 - 2031", None, "cần người chọn"),
    ],
)  # fmt: skip
def test_the_year_is_that_of_title_number_or_period_and_never_of_december(
    number: str, day: str, title: str, year: int | None, remark: str | None
) -> None:
    body = ("I. NHIỆM VỤ", "1. Cải cách thể chế", "- Soát văn bản.", "- Đăng văn bản.")
    plan = read("ỦY BAN NHÂN DÂN", "XÃ A", f"Số: {number}", f"A, ngày {day}", "KẾ HOẠCH", title, *body)
    assert plan.year == year
    remarks = [one.message for one in plan.warnings if one.topic == "year"]
    assert (remarks == []) if remark is None else (len(remarks) == 1 and remark in remarks[0])


def test_the_year_of_the_introduction_and_of_the_deadlines_is_taken_with_a_remark() -> None:
    introduced = read(
        "KẾ HOẠCH", "Cải cách hành chính", "UBND xã ban hành Kế hoạch năm 2026 như sau:", *PLAN_BODY[2:]
    )
    dated = read(
        "KẾ HOẠCH", "Cải cách hành chính", *PLAN_BODY[2:], "- Xong trong quý II/2026.", "- Xong năm 2026."
    )
    assert (introduced.year, dated.year) == (2026, 2026)
    for plan in (introduced, dated):
        assert [one.rank for one in plan.warnings if one.topic == "year"] == ["decide"]


def test_bases_are_read_one_by_one_from_lists_and_paragraphs() -> None:
    plan = read(
        "KẾ HOẠCH", "Cải cách hành chính năm 2026", "Căn cứ:", "- Luật Một;", "- Nghị quyết số 2/NQ-CP.",
        "Căn cứ Kế hoạch số 3/KH-UBND của UBND tỉnh; Căn cứ Công văn số 4/SNV,",
        "Thực hiện Chỉ thị số 5/CT-TTg, UBND xã xây dựng Kế hoạch như sau:", *PLAN_BODY[2:],
    )  # fmt: skip
    assert plan.legal_bases == (
        "Luật Một", "Nghị quyết số 2/NQ-CP", "Kế hoạch số 3/KH-UBND của UBND tỉnh", "Công văn số 4/SNV",
        "Thực hiện Chỉ thị số 5/CT-TTg",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "title", "name"),
    [
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", "Lê Thị Mẫu"), "PHÓ CHỦ TỊCH", "Lê Thị Mẫu"),
        (("TM. BAN THƯỜNG TRỰC", "CHỦ TỊCH", "Nguyễn Văn A"), "CHỦ TỊCH", "Nguyễn Văn A"),
        (("TRƯỞNG PHÒNG", "LÊ THỊ MẪU"), "TRƯỞNG PHÒNG", "LÊ THỊ MẪU"),
        (("CHỦ TỊCH",), "CHỦ TỊCH", None),
        (("TM. ỦY BAN", "NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Mẫu"), "PHÓ CHỦ TỊCH", "Lê Mẫu"),
    ],
)  # fmt: skip
def test_the_signer_is_the_last_office_before_a_name(
    lines: tuple[str, ...], title: str, name: str | None
) -> None:
    signer = read(*with_letterhead(PLAN)[:-5], "Nơi nhận:", "- Lưu: VT.", *lines).signer
    assert signer is not None and (signer.title, signer.name) == (title, name)


def test_recipients_are_read_over_torn_lines() -> None:
    plan = read(
        *with_letterhead(PLAN)[:-5], "Nơi nhận:", "- Sở Nội vụ;", "- Bí thư Chi bộ, Trưởng thôn, Ban công",
        "tác Mặt trận thôn;", "- Lưu: VT.", "CHỦ TỊCH", "Lê Thị Mẫu",
    )  # fmt: skip
    assert plan.recipients == (
        "Sở Nội vụ", "Bí thư Chi bộ, Trưởng thôn, Ban công tác Mặt trận thôn", "Lưu: VT",
    )  # fmt: skip


@pytest.mark.parametrize(
    "day", ["ngày tháng 6 năm 2026", "ngày … tháng 6 năm 2026", "ngày   tháng   năm 2026"]
)
def test_a_blank_day_is_told(day: str) -> None:
    head = [f"An Khê Đông, {day}" if "ngày 20" in line else line for line in with_letterhead(PLAN)]
    plan = read(*head)
    assert plan.day is None
    assert any("Ngày ban hành còn để trống" in one.message for one in plan.warnings)


@pytest.mark.parametrize(
    "head",
    [
        (
            "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TỈNH A | Độc lập - Tự do", "|",
            "Số: 257/KH-UBND | A, ngày 12 tháng 12 năm 2025", "|", "CẢI CÁCH HÀNH CHÍNH TỈNH A NĂM 2026",
        ),
        ("TỈNH A | Số: 257/KH-UBND | A, ngày 12 tháng 12 năm 2025 | CẢI CÁCH HÀNH CHÍNH TỈNH A NĂM 2026",),
    ],
)  # fmt: skip
def test_the_title_in_capitals_of_a_numbered_plan_needs_no_line_that_says_plan(head: tuple[str, ...]) -> None:
    plan = read(
        *head, "Thực hiện Nghị quyết số 3/NQ-CP, UBND tỉnh ban hành kế hoạch như sau:", *PLAN_BODY[2:]
    )
    assert (plan.title, plan.year) == ("CẢI CÁCH HÀNH CHÍNH TỈNH A NĂM 2026", 2026)
    assert (plan.number, plan.day) == ("257/KH-UBND", "2025-12-12")


def test_a_sentence_below_a_title_in_capitals_is_no_part_of_it() -> None:
    sentence = "Ngày 18 tháng 7 năm 2025 UBND xã đã ban hành Quyết định số 9/QĐ-UBND về một việc"
    plan = read("KẾ HOẠCH CẢI CÁCH HÀNH CHÍNH NĂM 2026", sentence, *PLAN_BODY[2:])
    assert (plan.title, plan.number, plan.year) == ("CẢI CÁCH HÀNH CHÍNH NĂM 2026", None, 2026)


def test_the_number_of_a_legal_basis_is_not_the_plans_own() -> None:
    bases = ("Căn cứ Kế hoạch số 41/KH-UBND ngày 3/1/2026;", "Thực hiện Kế hoạch số 42/KH-UBND, UBND xã:")
    assert read("KẾ HOẠCH", "Cải cách hành chính năm 2026", *bases, *PLAN_BODY[2:]).number is None


def test_a_plan_inside_a_decision_has_the_signer_and_the_recipients_of_the_decision() -> None:
    decision = with_letterhead(NO_PLANS["decision whose plan is elsewhere"])
    plan = read(*decision, "KẾ HOẠCH", "Cải cách hành chính năm 2026", *PLAN_BODY)
    assert plan.signer is not None and plan.signer.name == "Lê Thị Mẫu"
    assert plan.recipients == ("Như trên", "Lưu: VT")


@pytest.mark.parametrize(
    ("head", "number"),
    [
        (("ĐẢNG ỦY XÃ A", "*", "Số 12-KH/ĐU", "KẾ HOẠCH"), "12-KH/ĐU"),
        (("KẾ HOẠCH SỐ 14/KH-UBND",), "14/KH-UBND"),
        (("Số: 05 / KH - UBND", "KẾ HOẠCH"), "05/KH-UBND"),
        (("KẾ HOẠCH", "TRIỂN KHAI QUYẾT ĐỊNH SỐ 06/QĐ-TTG"), None),
    ],
)
def test_the_number_is_read_as_the_party_and_others_print_it(
    head: tuple[str, ...], number: str | None
) -> None:
    assert read(*head, "Cải cách hành chính năm 2026", *PLAN_BODY[2:]).number == number
