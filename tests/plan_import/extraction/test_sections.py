"""Plans of other communes: other orders, other marks, other headings."""

import re
from collections.abc import Callable

import pytest
from support.plans import read_plan_bytes

from cchc_flow.plan_import import Proposal

WARD = """ỦY BAN NHÂN DÂN
PHƯỜNG TÂN AN
Số: 15/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tân An, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Công tác cải cách hành chính năm 2026

Thực hiện Kế hoạch số 10/KH-UBND của tỉnh, UBND phường xây dựng kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
Nâng cao hiệu quả.
Phục vụ tốt.
2. Yêu cầu
Đúng tiến độ.

II. NỘI DUNG
1. Công tác chỉ đạo, điều hành
1.1. Mục tiêu
a) 100% đơn vị có kế hoạch.
b) Trên 50% đơn vị được kiểm tra.
1.2. Nhiệm vụ
a) Ban hành kế hoạch.
b) Tổ chức kiểm tra
2. Cải cách thể chế
2.1. Mục tiêu
- Ít nhất 90% văn bản đúng hạn.
2.2. Nhiệm vụ
- Rà soát văn bản.
+ Lập danh mục.
+ Kiến nghị xử lý.
3. Xây dựng và phát triển chính quyền điện tử, chính quyền số
Nâng cấp hạ tầng.
Tập huấn kỹ năng số.

III. KINH PHÍ THỰC HIỆN
Từ ngân sách phường.

IV. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND phường: chủ trì tham mưu cải cách thể chế.
2. Phòng Văn hóa - Xã hội chủ trì chuyển đổi số.
3. Các phòng, ban, đơn vị: báo cáo trước ngày 20/11/2026.
4. Đề nghị Ủy ban Mặt trận Tổ quốc phường giám sát việc thực hiện.

Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Mẫu
"""


@pytest.fixture(scope="module")
def ward() -> Proposal:
    return read_plan_bytes("phuong.txt", WARD.encode())


def read(text: str) -> Proposal:
    return read_plan_bytes("a.txt", text.encode())


def shape(plan: Proposal) -> list[object]:
    """Return the content of a plan without its refs, which depend on the marks."""
    return [
        [(area.topic, [(task.text, len(task.children)) for task in area.tasks]) for area in plan.areas],
        [(target.text, target.measures) for target in plan.targets],
        [part.text for part in (*plan.objectives, *plan.requirements, *plan.general_assignments)],
        [(unit.name, [assignment.text for assignment in unit.assignments]) for unit in plan.units],
    ]


def test_the_letterhead_gives_number_issuer_and_title(ward: Proposal) -> None:
    assert (ward.number, ward.issuer, ward.year) == ("15/KH-UBND", "UBND phường Tân An", 2026)
    assert ward.title == "Công tác cải cách hành chính năm 2026"
    assert ward.legal_bases == ("Thực hiện Kế hoạch số 10/KH-UBND của tỉnh",)


def test_goals_inside_an_area_are_targets_and_no_tasks(ward: Proposal) -> None:
    assert [(target.ref, target.measures[0].direction) for target in ward.targets] == [
        ("II.1.1.a", "equal"), ("II.1.1.b", "at_least"), ("II.2.1.1", "at_least"),
    ]  # fmt: skip
    assert [task.ref for task in ward.areas[0].tasks] == ["II.1.2.a", "II.1.2.b"]


def test_areas_are_known_by_their_words_wherever_they_stand(ward: Proposal) -> None:
    assert [(area.code, area.topic) for area in ward.areas] == [
        ("1", "direction"), ("2", "institutional_reform"), ("3", "digital_transformation"),
    ]  # fmt: skip


def test_tasks_without_any_mark_are_tasks(ward: Proposal) -> None:
    assert [(task.ref, task.text) for task in ward.areas[2].tasks] == [
        ("II.3.1", "Nâng cấp hạ tầng."), ("II.3.2", "Tập huấn kỹ năng số."),
    ]  # fmt: skip


def test_units_that_are_told_in_one_paragraph_are_found(ward: Proposal) -> None:
    assert [unit.name for unit in ward.units] == [
        "Văn phòng HĐND và UBND phường", "Phòng Văn hóa - Xã hội", "Ủy ban Mặt trận Tổ quốc phường",
    ]  # fmt: skip
    assert [assignment.ref for assignment in ward.general_assignments] == ["IV.3"]


def test_who_signs_for_whom_is_no_assignment(ward: Proposal) -> None:
    assert ward.signer is not None
    assert (ward.signer.title, ward.signer.name) == ("PHÓ CHỦ TỊCH", "Trần Văn Mẫu")
    assert ward.recipients == ("Như trên", "Lưu: VT")


CHANGES: dict[str, Callable[[str], str]] = {
    "bullets": lambda text: re.sub(r"(?m)^- ", "• ", text),
    "en dashes": lambda text: re.sub(r"(?m)^- ", "– ", text),
    "no space after the dash": lambda text: re.sub(r"(?m)^- ", "-", text),
    "dashes under stars": lambda text: re.sub(r"(?m)^\+ ", "- ", re.sub(r"(?m)^- ", "* ", text)),
    "1) for 1.": lambda text: re.sub(r"(?m)^(\d)\. ", r"\1) ", text),
    "A. for I.": lambda text: re.sub(
        r"(?m)^([IV]+)\. ", lambda match: f"{'ABCD'[['I', 'II', 'III', 'IV'].index(match[1])]}. ", text
    ),
    "no number before the sections": lambda text: re.sub(r"(?m)^[IV]+\. ", "", text),
    "bold headings": lambda text: re.sub(r"(?m)^([IV]+\. .*)$", r"**\1**", text),
    "no empty lines": lambda text: text.replace("\n\n", "\n"),
    "Windows lines": lambda text: text.replace("\n", "\r\n"),
    "title on one line": lambda text: text.replace("KẾ HOẠCH\n\n", "KẾ HOẠCH "),
    "other words": lambda text: text.replace("III. NHIỆM VỤ", "III. Nội dung trọng tâm").replace(
        "IV. TỔ CHỨC THỰC HIỆN", "IV. Phân công thực hiện"
    ),
    "a decision before it": lambda text: (
        "QUYẾT ĐỊNH\n\nBan hành Kế hoạch cải cách\n\nĐiều 1. Ban hành kèm theo Kế hoạch năm 2026.\n\n"
        "Điều 2. Có hiệu lực từ ngày ký.\n\nNơi nhận:\n\n- Như Điều 2;\n\nCHỦ TỊCH\n\nLê Thị Mẫu\n\n" + text
    ),
    "targets after tasks": lambda text: (
        text[: text.index("II. CH")] + text[text.index("III. NH") : text.index("IV. T")]
        + text[text.index("II. CH") : text.index("III. NH")] + text[text.index("IV. T") :]
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_another_form_of_the_same_plan_gives_the_same_plan(small_plan: str, change: str) -> None:
    changed = CHANGES[change](small_plan)
    assert changed != small_plan
    assert shape(read(changed)) == shape(read(small_plan))


def test_sections_that_are_areas_themselves_are_found() -> None:
    plan = read(
        "KẾ HOẠCH\nCải cách hành chính năm 2027\n\nI. CẢI CÁCH THỂ CHẾ\n\n1. Rà soát.\n\n2. Công khai.\n\n"
        "II. CẢI CÁCH TÀI CHÍNH CÔNG\n\n1. Giải ngân.\n"
    )
    assert [(area.topic, len(area.tasks)) for area in plan.areas] == [
        ("institutional_reform", 2),
        ("public_finance", 1),
    ]


def test_articles_of_a_decision_can_be_the_plan() -> None:
    plan = read(
        "QUYẾT ĐỊNH\nBan hành Kế hoạch cải cách hành chính xã Bình Minh năm 2026\n\n"
        "Điều 1. Mục tiêu\n\n- Tốt hơn.\n\nĐiều 2. Nhiệm vụ\n\n1. Cải cách thể chế\n\n- Rà soát.\n\n"
        "Điều 3. Tổ chức thực hiện\n\n1. Phòng Kinh tế\n\n- Chủ trì."
    )
    assert plan.title == "Ban hành Kế hoạch cải cách hành chính xã Bình Minh năm 2026"
    assert [task.text for task in plan.areas[0].tasks] == ["Rà soát."]
    assert [unit.name for unit in plan.units] == ["Phòng Kinh tế"]
