"""An adopted plan as a document: its parts, its tasks with what belongs to them, and who is to do what."""

from collections.abc import Mapping
from typing import Any

import pytest
from support.adopted_tasks import adopted_task
from support.reports import sentences_of
from support.targets import TARGETS
from support.world import World, adoption

from cchc_flow import commands
from cchc_flow.commands import Adoption
from cchc_flow.documents.blocks import Document, Heading
from cchc_flow.errors import NotFound
from cchc_flow.reporting.plan_document import plan_document

TREE = adopted_task(
    "III.2.3",
    "Rà soát, đơn giản hóa thủ tục:",
    leaf=False,
    children=[adopted_task("III.2.3.1", "Rà soát tại Đắk Lắk.")],
)
MORE: Mapping[str, Any] = {
    "number": "12/KH-UBND",
    "legal_bases": ["Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ"],
    "objectives": [{"ref": "I.1.1", "text": "Nâng chất lượng phục vụ.", "measures": []}],
    "targets": list(TARGETS),
    "areas": [{"code": "2", "title": "Cải cách thủ tục hành chính", "tasks": [TREE]}],
    "general_assignments": [{"ref": "V.1.a", "text": "Xây dựng kế hoạch của đơn vị."}],
    "units": [
        {
            "name": "Phòng Kinh tế",
            "aliases": [],
            "assignments": [{"ref": "V.2.a.1", "text": "Đôn đốc giải ngân."}],
        }
    ],
}


def document_of(world: World, **more: Any) -> Document:
    plain = adoption()
    plan = {**plain.plan, **more}
    commands.adopt_plan(world.ws, Adoption(2026, plan, plain.document, (), plain.units), world.order())
    return plan_document(world.ws, world.ws.read(), "2026")


def test_the_parts_of_a_plan_stand_in_the_order_of_its_outline(new_world: World) -> None:
    document = document_of(new_world, **MORE)
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [f"{heading.mark} {heading.words}" for heading in headings] == [
        "I. Mục tiêu, yêu cầu",
        "1. Mục tiêu",
        "II. Các chỉ tiêu chủ yếu",
        "III. Nhiệm vụ cải cách hành chính",
        "2. Cải cách thủ tục hành chính",
        "IV. Tổ chức thực hiện",
        "1. Các cơ quan, đơn vị",
        "2. Phân công cụ thể",
        "a) Phòng Kinh tế",
    ]
    assert (document.kind, document.number, document.symbol) == ("KẾ HOẠCH", 12, "KH-UBND")
    assert document.bases == ("Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ",)


def test_a_task_is_followed_by_what_belongs_to_it(new_world: World) -> None:
    words = sentences_of(document_of(new_world, **MORE).blocks)
    assert words[words.index("Rà soát, đơn giản hóa thủ tục:") + 1] == "+ Rà soát tại Đắk Lắk."
    assert "2. Tỷ lệ giải ngân vốn đầu tư công đạt tối thiểu 95%." in words


def words_of_tasks(world: World, *tasks: dict[str, Any]) -> list[str]:
    """The lines of the only area of a plan with these tasks."""
    area = {"code": "1", "title": "Cải cách thể chế", "tasks": list(tasks)}
    _, *words = sentences_of(document_of(world, areas=[area]).blocks)
    return words


def test_below_a_task_stand_who_leads_who_supports_what_comes_of_it_and_when(new_world: World) -> None:
    task = adopted_task(
        "III.1.1",
        "Rà soát văn bản.",
        lead="Văn phòng HĐND và UBND",
        support=["Phòng Kinh tế", "các thôn"],
        product="Danh mục văn bản",
        due_text="Quý II/2026",
    )
    assert words_of_tasks(new_world, task) == [
        "Rà soát văn bản.",
        "Đơn vị chủ trì: Văn phòng HĐND và UBND.",
        "Đơn vị phối hợp: Phòng Kinh tế; các thôn.",
        "Sản phẩm: Danh mục văn bản.",
        "Thời gian thực hiện: Quý II/2026.",
    ]


def test_what_holds_for_a_task_and_its_parts_is_said_once(new_world: World) -> None:
    parts = [
        adopted_task("III.1.1.1", "Văn bản của xã cũ.", lead="Văn phòng"),
        adopted_task("III.1.1.2", "Văn bản của xã mới.", lead="Phòng Kinh tế"),
    ]
    whole = adopted_task("III.1.1", "Rà soát văn bản:", lead="Văn phòng", leaf=False, children=parts)
    assert words_of_tasks(new_world, whole)[1:] == [
        "Đơn vị chủ trì: Văn phòng.",
        "+ Văn bản của xã cũ.",
        "+ Văn bản của xã mới.",
        "Đơn vị chủ trì: Phòng Kinh tế.",
    ]


def test_the_parts_of_a_part_stand_below_it(new_world: World) -> None:
    lowest = adopted_task("III.1.1.1.1", "Tại thôn Một.")
    part = adopted_task("III.1.1.1", "Tại các thôn:", leaf=False, children=[lowest])
    whole = adopted_task("III.1.1", "Rà soát:", leaf=False, children=[part])
    assert words_of_tasks(new_world, whole) == ["Rà soát:", "+ Tại các thôn:", "* Tại thôn Một."]


def test_who_reports_is_named_where_it_stood_in_another_cell(new_world: World) -> None:
    rule = {"kind": "recurring", "to": None, "date": None, "monthly_day": 12, "period_day": None}
    named = rule | {"who": "Phòng Kinh tế", "text": "Ngày 12 hằng tháng"}
    whole = rule | {"who": "Phòng Kinh tế", "text": "Phòng Kinh tế báo cáo ngày 12 hằng tháng."}
    words = sentences_of(document_of(new_world, deadlines=[named, whole]).blocks)
    assert words[-2:] == ["Phòng Kinh tế: ngày 12 hằng tháng", whole["text"]]


def test_a_plan_without_a_number_leaves_room_for_it(new_world: World) -> None:
    document = document_of(new_world)
    assert (document.number, document.symbol) == (None, "KH-UBND")
    first = next(block.words for block in document.blocks if isinstance(block, Heading))
    assert first == "Nhiệm vụ cải cách hành chính"


def test_a_plan_that_is_not_there_is_refused(world: World) -> None:
    with pytest.raises(NotFound, match="Không có kế hoạch này"):
        plan_document(world.ws, world.ws.read(), "2031")
