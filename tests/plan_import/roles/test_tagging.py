"""The roles of a document's lines: found together, under the constraints of what a plan can be."""

import time

from support.plans import shipped_areas

from cchc_flow.plan_import.document import number_blocks
from cchc_flow.plan_import.readers.txt import read_txt
from cchc_flow.plan_import.roles.lines import Line, document_lines
from cchc_flow.plan_import.roles.role import Role, Tagged
from cchc_flow.plan_import.roles.tagging import tag
from cchc_flow.plan_import.structure.cleaning import clean_blocks


def lines_of(text: str) -> tuple[Line, ...]:
    return document_lines(clean_blocks(number_blocks(read_txt(text.encode()))))


def tags_of(text: str, fixed: dict[int, Role] | None = None) -> dict[str, Tagged]:
    lines = lines_of(text)
    tagged = tag(lines, shipped_areas(), fixed=fixed or {})
    return {line.text: result for line, result in zip(lines, tagged, strict=True)}


def place_of(text: str, words: str) -> int:
    return next(line.place for line in lines_of(text) if line.text == words)


def test_a_small_plan_gets_the_role_of_each_line(small_plan: str) -> None:
    roles = {text: tagged.role for text, tagged in tags_of(small_plan).items()}
    assert roles["Cải cách hành chính xã Tân Lập năm 2026"] == "title"
    assert roles["Căn cứ Luật Tổ chức chính quyền địa phương năm 2025;"] == "legal_basis"
    assert roles["Phục vụ người dân tốt hơn."] == "goal"
    assert roles["Giảm 10% số cuộc họp so với năm 2025."] == "target"
    assert roles["Cải cách thể chế"] == "area"
    assert roles["Viết lại giao diện."] == "task"
    assert roles["Phòng Tư pháp"] == "unit"
    assert roles["Chủ trì cải cách thể chế."] == "duty"
    assert roles["Lưu: VT."] == "recipients"
    assert roles["Lê Thị Mẫu"] == "signature"


def test_a_heading_says_which_section_it_opens(small_plan: str) -> None:
    tagged = tags_of(small_plan)
    headings = ("MỤC TIÊU, YÊU CẦU", "CHỈ TIÊU", "NHIỆM VỤ", "TỔ CHỨC THỰC HIỆN")
    assert [tagged[heading].role for heading in headings] == ["heading"] * 4
    assert [tagged[heading].section for heading in headings] == ["goal", "target", "task", "duty"]


def test_a_role_that_a_person_decided_stands_and_is_certain(small_plan: str) -> None:
    words = "Rà soát văn bản của xã."
    tagged = tags_of(small_plan, {place_of(small_plan, words): "goal"})[words]
    assert (tagged.role, tagged.confidence, tagged.other) == ("goal", 1.0, None)


def test_one_correction_changes_what_the_lines_below_it_are(small_plan: str) -> None:
    words = "NHIỆM VỤ"
    below = "Viết lại giao diện."
    corrected = tags_of(small_plan, {place_of(small_plan, words): "other"})
    assert corrected[words].role == "other"
    assert tags_of(small_plan)[below].role == "task"
    assert set(corrected) == set(tags_of(small_plan))


def test_any_role_can_be_forced_on_any_line(small_plan: str) -> None:
    place = place_of(small_plan, "Phòng Tư pháp")
    roles: tuple[Role, ...] = ("signature", "attribute", "title", "letterhead", "heading", "unit", "other")
    for role in roles:
        assert tags_of(small_plan, {place: role})["Phòng Tư pháp"].role == role


ATTRIBUTES = """KẾ HOẠCH

Cải cách hành chính xã Tân Lập năm 2026

I. NHIỆM VỤ

1. Cải cách thể chế

1.1. Lập danh mục văn bản cần bãi bỏ

- Đơn vị chủ trì: Văn phòng HĐND và UBND xã.

- Thời gian: Quý II/2026.

II. TỔ CHỨC THỰC HIỆN

UBND xã giao các phòng, đơn vị những việc sau:

1. Hạt Kiểm lâm khu vực

- Cử người nhận hồ sơ rừng vào thứ Năm.

2. Công an xã

- Phối hợp bảo đảm an ninh mạng.
"""


def test_label_lines_are_attributes_of_the_task_above_them() -> None:
    tagged = tags_of(ATTRIBUTES)
    assert tagged["Lập danh mục văn bản cần bãi bỏ"].role == "task"
    assert tagged["Đơn vị chủ trì: Văn phòng HĐND và UBND xã."].role == "attribute"
    assert tagged["Thời gian: Quý II/2026."].role == "attribute"


def test_a_heading_outside_the_word_list_is_a_unit_where_duties_follow_it() -> None:
    assert tags_of(ATTRIBUTES)["Hạt Kiểm lâm khu vực"].role == "unit"


def test_an_attribute_line_without_a_task_above_it_is_none() -> None:
    text = "KẾ HOẠCH\n\nI. MỤC TIÊU\n\n- Đơn vị chủ trì: Phòng Kinh tế.\n\n- Làm nhanh.\n"
    assert tags_of(text)["Đơn vị chủ trì: Phòng Kinh tế."].role != "attribute"


def test_a_line_in_the_middle_of_a_numbered_list_is_no_signature() -> None:
    lead_in = "UBND xã giao các phòng, đơn vị những việc sau:"
    tagged = tags_of(ATTRIBUTES)[lead_in]
    assert (tagged.role, tagged.section) == ("other", "duty")
    text = ATTRIBUTES.replace("1. Hạt", "CHỦ TỊCH\n\n1. Hạt")
    assert tags_of(text)["Phối hợp bảo đảm an ninh mạng."].role == "duty"


def test_the_items_of_one_list_belong_to_one_kind_of_section() -> None:
    text = "KẾ HOẠCH\n\nI. NHIỆM VỤ\n\n- Soát văn bản.\n\n- Phòng Kinh tế chủ trì.\n\n- Đạt 90% trở lên.\n"
    assert {tags_of(text)[item].section for item in ("Soát văn bản.", "Đạt 90% trở lên.")} == {"task"}


def test_two_runs_give_the_same_roles_and_the_same_doubt(small_plan: str) -> None:
    assert tags_of(small_plan) == tags_of(small_plan)


def test_every_line_has_a_confidence_and_another_role_to_choose(small_plan: str) -> None:
    for tagged in tags_of(small_plan).values():
        assert 0 < tagged.confidence < 1
        assert tagged.other is not None and tagged.other != tagged.role


def test_no_lines_have_no_roles() -> None:
    assert tag((), shipped_areas()) == ()


def test_the_time_is_linear_in_the_lines_up_to_thousands() -> None:
    def cost(count: int) -> float:
        lines = tuple(Line(place, f"Rà soát văn bản số {place}.") for place in range(1, count + 1))
        start = time.process_time()
        tag(lines, shipped_areas())
        return time.process_time() - start

    cost(20)
    assert cost(2000) < 40 * min(cost(100) for _ in range(2))


def test_hostile_lines_are_tagged_in_moments() -> None:
    texts = (
        "x" * 100_000,
        "Phòng " * 20_000,
        "(" * 100_000,
        ": " * 50_000,
        "1." * 50_000,
        "100% " * 20_000,
        "",
    )
    lines = tuple(
        Line(place, text, cells=(text,) * 3 if place % 2 else None) for place, text in enumerate(texts)
    )
    start = time.process_time()
    assert len(tag(lines, shipped_areas())) == len(texts)
    assert time.process_time() - start < 1
