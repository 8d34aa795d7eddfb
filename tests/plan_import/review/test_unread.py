"""Nothing of a plan is lost: it is in the proposal, or a remark names it."""

import unicodedata

import pytest
from support.plans import read_plan_bytes
from support.tagged_plans import read_tagged

from cchc_flow.plan_import import Proposal

UNMARKED = """KẾ HOẠCH
Cải cách hành chính năm 2026 của Ủy ban nhân dân xã Bàu Sen

MỤC TIÊU

Nâng cao chất lượng phục vụ.

Phấn đấu chỉ số tăng 3 bậc so với năm 2025.

NHIỆM VỤ TRỌNG TÂM

Cải cách thể chế

Rà soát văn bản hết hiệu lực.

Công khai văn bản mới.

Cải cách thủ tục hành chính

Mở thêm điểm tiếp nhận tại thôn.

TỔ CHỨC THỰC HIỆN

Phòng Văn hóa - Xã hội chủ trì theo dõi kế hoạch này.

Các đơn vị báo cáo trước ngày 10 hằng tháng.
"""

PARTS = """KẾ HOẠCH
Thực hiện công tác cải cách năm 2026
PHẦN I. ĐÁNH GIÁ NĂM 2025
1. Kết quả
- Hồ sơ đúng hạn đạt 97%.
2. Tồn tại
- Còn chậm.
PHẦN II. NỘI DUNG NĂM 2026
I. NHIỆM VỤ
Các cơ quan tập trung vào những việc sau:
1. Cải cách thể chế
1.1. Rà soát văn bản.
1.2. Ban hành văn bản:
- Quyết định.
2. Cải cách tài chính công
2.1. Giải ngân sớm.
Mỗi quý một lần.
II. PHÂN CÔNG THỰC HIỆN
1. Phòng Kinh tế
- Chủ trì.
PHỤ LỤC
Danh mục nhiệm vụ
Gồm mười nhiệm vụ
"""


def read(text: str) -> Proposal:
    return read_plan_bytes("a.txt", text.encode())


def remarks(plan: Proposal) -> list[tuple[str, str]]:
    return [(remark.ref, remark.message) for remark in plan.warnings]


def test_a_plan_without_any_mark_has_its_areas_goals_and_units() -> None:
    plan = read(UNMARKED)
    assert [(area.title, len(area.tasks)) for area in plan.areas] == [
        ("Cải cách thể chế", 2), ("Cải cách thủ tục hành chính", 1),
    ]  # fmt: skip
    assert plan.objectives[0].text == "Nâng cao chất lượng phục vụ."
    assert [unit.name for unit in plan.units] == ["Phòng Văn hóa - Xã hội"]
    assert plan.title.endswith("xã Bàu Sen")


def test_the_first_line_below_the_word_plan_is_its_title_whatever_it_begins_with() -> None:
    assert read(PARTS).title == "Thực hiện công tác cải cách năm 2026"


def test_a_part_that_is_no_plan_is_named_once_with_its_size() -> None:
    assert ("PHẦN-I", "Không đưa vào kế hoạch: «ĐÁNH GIÁ NĂM 2025» (5 đoạn).") in remarks(read(PARTS))


def test_words_that_lead_to_the_tasks_are_named() -> None:
    messages = dict(remarks(read(PARTS)))
    assert "tập trung vào những việc sau" in messages["PHẦN-II.I"]


def test_an_appendix_that_is_no_table_is_named() -> None:
    plan = read(PARTS)
    assert any(ref == "Phụ lục" and "2 đoạn" in message for ref, message in remarks(plan))
    assert not any("Danh mục" in task.text for area in plan.areas for task in area.tasks)


def test_a_paragraph_below_a_task_stays_with_it() -> None:
    assert read(PARTS).areas[1].tasks[0].text == "Giải ngân sớm. Mỗi quý một lần."


def test_of_the_two_whole_plans_nothing_is_left_out(plan: Proposal) -> None:
    assert not [message for _, message in remarks(plan) if message.startswith(("Không đưa", "Lời dẫn"))]


@pytest.mark.parametrize("text", [UNMARKED, PARTS])
def test_decomposed_letters_change_nothing(text: str) -> None:
    assert read(unicodedata.normalize("NFD", text)) == read(text)


def test_remarks_on_what_was_left_out_have_an_end() -> None:
    parts = "".join(f"O {number}. Phần thừa {number}\nO - Không rõ.\n" for number in range(1, 200))
    plan = read_tagged(f"P KẾ HOẠCH\nH:W I. NHIỆM VỤ\nW - Soát quy chế.\nH:O II. TÌNH HÌNH\nW - Đo.\n{parts}")
    left = [message for _, message in remarks(plan) if message.startswith("Không đưa vào kế hoạch")]
    assert 1 <= len(left) <= 30
