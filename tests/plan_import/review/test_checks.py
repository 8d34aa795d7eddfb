"""What a person is warned of."""

import pytest
from support.plans import read_plan_bytes

from cchc_flow.plan_import import Proposal
from cchc_flow.plan_import.review.similarity import find_misspellings, similarity


def read(text: str) -> Proposal:
    return read_plan_bytes("a.txt", text.encode())


def warned(plan: Proposal) -> str:
    return "\n".join(f"{remark.ref}: {remark.message}" for remark in plan.warnings)


@pytest.mark.parametrize(
    ("old", "new", "warning"),
    [
        ("1. Tối thiểu 80% hồ sơ nộp trực tuyến.", "1. Đạt 80% hồ sơ, 90% văn bản.", "II.1: Một chỉ tiêu"),
        ("trước ngày 30/6/2026", "chậm nhất 28/6/2026", "III.1.2: Hạn 28/06/2026 là Chủ nhật"),
        ("trước ngày 30/6/2026", "trước ngày 29/6/2026", "III.1.2: Hạn 28/06/2026 là Chủ nhật"),
        (
            "trước ngày 30/6/2026",
            "trước ngày 29/6/2026",
            "III.1.2: «Trước ngày 29/06/2026» không kể ngày đó: hạn là hết ngày 28/06/2026 (thiết lập",
        ),
        ("- Làm đúng hạn, đúng việc.", "- Làm (theo Phụ lục kèm theo).", "I.2.1: Có dẫn Phụ"),
        ("2. Giảm 10%", "1. Giảm 10%", "II.1-2: Số thứ tự «1» đã dùng"),
        ("- Phục vụ người dân tốt hơn.", "- Tăng 05 bậc so với năm 2025.", "I.1.1: Chỉ mục tiêu có mức"),
        ("- Rà soát văn bản của xã.", "- Rà soát văn\n\nbản của xã.", "III.1.1: Đoạn này bị ngắt đôi"),
        ("2. Giảm 10%", "2. Tối thiểu 80% hồ sơ nộp trực tuyến.\n\n3. Giảm 10%", "II.2: Chỉ tiêu này trùng"),
    ],
)  # fmt: skip
def test_a_person_is_warned_of_a_doubt(small_plan: str, old: str, new: str, warning: str) -> None:
    changed = small_plan.replace(old, new)
    assert changed != small_plan
    assert warning not in warned(read(small_plan))
    assert warning in warned(read(changed))


def test_an_appendix_that_is_there_is_not_missed(small_plan: str) -> None:
    cited = small_plan.replace("đúng việc.", "đúng việc (chi tiết tại Phụ lục kèm theo).")
    assert "không có Phụ lục" not in warned(read(f"{cited}\n\nPHỤ LỤC\n\nDanh mục nhiệm vụ\n"))


def test_a_plan_with_number_and_day_is_not_told_they_are_blank(small_plan: str) -> None:
    full = f"Số: 08/KH-UBND\n\nTân Lập, ngày 05 tháng 01 năm 2026\n\n{small_plan}"
    assert read(full).number == "08/KH-UBND"
    assert "để trống" not in warned(read(full))


def test_like_texts_have_much_in_common_and_others_nothing() -> None:
    assert similarity("rà soát văn bản", "Rà soát văn bản") == 1
    assert similarity("rà soát văn bản", "giải ngân vốn") == 0
    assert similarity("", "") == 0


def test_an_abbreviation_one_letter_off_is_a_slip_and_another_is_not() -> None:
    assert find_misspellings("viên chức (CBCCVC); CBCCV và CBCCCVC, ĐVSNCL, CCHC") == [
        ("CBCCV", "CBCCVC"), ("CBCCCVC", "CBCCVC"),
    ]  # fmt: skip


def test_no_lead_is_missed_where_each_task_or_its_row_in_the_appendix_names_one() -> None:
    plan = (
        "UBND XÃ TÂN LẬP\n\nKẾ HOẠCH\n\nCải cách hành chính năm 2026\n\nI. MỤC TIÊU\n\n1. Nâng cao.\n\n"
        "II. NHIỆM VỤ\n\n1. Cải cách thể chế\n\n- Rà soát văn bản của xã.{lead}\n\n"
        "- Công bố danh mục văn bản hết hiệu lực.\n\nPHỤ LỤC\n\n"
        "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian\n"
        "1\tCông bố danh mục văn bản hết hiệu lực\tPhòng Kinh tế\tQuý I/2026\n"
    )
    missed = "Không đơn vị nào được giao chủ trì lĩnh vực 1"
    assert missed in warned(read(plan.format(lead="")))
    assert missed not in warned(read(plan.format(lead="\n\nĐơn vị chủ trì: Công an xã.")))
