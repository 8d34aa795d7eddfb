"""Which unit has which assignments."""

import pytest
from support.plans import read_plan_bytes

from cchc_flow.plan_import import Proposal
from cchc_flow.plan_import.extraction.units import unit_key, unit_name


def read_assignments(organisation: str) -> Proposal:
    return read_plan_bytes(
        "a.txt",
        (
            "KẾ HOẠCH\n\nCải cách hành chính xã Tân Lập năm 2026\n\nI. NHIỆM VỤ\n\n"
            "1. Cải cách thể chế\n\n- Rà soát.\n\n"
            "2. Chuyển đổi số\n\n- Nâng cấp.\n\n3. Cải cách tài chính công\n\n- Giải ngân.\n\n"
            f"II. TỔ CHỨC THỰC HIỆN\n\n{organisation}\n"
        ).encode(),
    )


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Đề nghị Ủy ban MTTQ Việt Nam xã", "Ủy ban MTTQ Việt Nam xã"),
        ("Giao Phòng Kinh tế:", "Phòng Kinh tế"),
        ("Các trường, Trạm Y tế", "Các trường, Trạm Y tế"),
        ("Công an xã", "Công an xã"),
        ("Các phòng chuyên môn, cơ quan, đơn vị", None),
        ("Thủ trưởng các cơ quan, đơn vị", None),
        ("Chủ trì thực hiện nhiệm vụ", None),
    ],
)
def test_a_heading_names_a_unit_or_everybody(heading: str, name: str | None) -> None:
    assert unit_name(heading) == name


def test_a_unit_named_twice_is_one_unit_with_all_it_is_told() -> None:
    plan = read_assignments(
        "1. Phòng Kinh tế\n\n- Một.\n\n2. Công an xã\n\n- Hai.\n\n3. Phòng Kinh tế\n\n- Ba."
    )
    assert [(unit.name, [assignment.text for assignment in unit.assignments]) for unit in plan.units] == [
        ("Phòng Kinh tế", ["Một.", "Ba."]), ("Công an xã", ["Hai."]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Phòng Văn hóa - Xã hội xã An Khê", "phòng Văn hóa – Xã hội"),
        ("Văn phòng HĐND&UBND", "Văn phòng HĐND & UBND xã"),
    ],
)
def test_spellings_of_a_unit_have_one_key(name: str, other: str) -> None:
    assert unit_key(name) == unit_key(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Phòng Văn hóa - Xã hội", "Phòng Văn hóa"),
        ("Các đơn vị, địa phương", "Các đơn vị, địa bàn"),
        ("Hợp tác xã Nông nghiệp", "Hợp tác xã Vận tải"),
    ],
)
def test_words_that_hold_the_one_for_commune_stay_in_the_key(name: str, other: str) -> None:
    assert unit_key(name) != unit_key(other)


def test_a_lead_is_suggested_by_what_a_unit_is_told_to_lead() -> None:
    plan = read_assignments(
        "1. Văn phòng\n\n- Chủ trì cải cách thể chế.\n\n"
        "2. Phòng Kinh tế\n\n- Tham mưu cải cách tài chính công.\n\n"
        "3. Phòng Văn hóa\n\n- Chủ trì công tác chuyển đổi số."
    )
    assert {area.code: area.lead for area in plan.areas} == {
        "1": "Văn phòng",
        "2": "Phòng Văn hóa",
        "3": "Phòng Kinh tế",
    }


def test_to_be_named_in_passing_makes_no_lead() -> None:
    plan = read_assignments(
        "1. Công an xã\n\n- Phối hợp cải cách thể chế.\n\n- Tham mưu Ban Chỉ đạo về khoa học, chuyển đổi số."
    )
    assert {area.lead for area in plan.areas} == {None}


def test_words_with_a_whole_sentence_in_them_are_no_unit() -> None:
    plan = read_assignments(
        "- Viết lại trang tin. Lưu: văn thư.\n\n- P. Kinh tế: mở lớp.\n\n- Công an xã: trực."
    )
    assert [unit.name for unit in plan.units] == ["P. Kinh tế", "Công an xã"]
