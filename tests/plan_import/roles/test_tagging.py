"""The roles of a document's lines: found together, under the constraints of what a plan can be."""

from cchc_flow.plan_import.document import number_blocks
from cchc_flow.plan_import.readers.txt import read_txt
from cchc_flow.plan_import.roles.lines import Line, document_lines
from cchc_flow.plan_import.roles.tagging import tag
from cchc_flow.plan_import.structure.cleaning import clean_blocks


def lines_of(text: str) -> tuple[Line, ...]:
    return document_lines(clean_blocks(number_blocks(read_txt(text.encode()))))


def test_a_small_plan_gets_the_role_of_each_line(small_plan: str) -> None:
    lines = lines_of(small_plan)
    roles = {line.text: tagged.role for line, tagged in zip(lines, tag(lines, []), strict=True)}
    assert roles["Cải cách hành chính xã Tân Lập năm 2026"] == "title"
    assert roles["Phục vụ người dân tốt hơn."] == "goal"
    assert roles["Giảm 10% số cuộc họp so với năm 2025."] == "target"
    assert roles["Cải cách thể chế"] == "area"
    assert roles["Viết lại giao diện."] == "task"
    assert roles["Phòng Tư pháp"] == "unit"
    assert roles["Chủ trì cải cách thể chế."] == "duty"
    assert roles["Lưu: VT."] == "recipients"


def test_a_role_that_a_person_decided_stands_and_is_certain(small_plan: str) -> None:
    lines = lines_of(small_plan)
    place = next(line.place for line in lines if line.text == "Rà soát văn bản của xã.")
    corrected = tag(lines, [], fixed={place: "goal"})
    tagged = next(tagged for line, tagged in zip(lines, corrected, strict=True) if line.place == place)
    assert (tagged.role, tagged.confidence, tagged.other) == ("goal", 1.0, None)
