"""An adopted plan as a document: its parts, its tasks with what belongs to them, and who is to do what."""

from collections.abc import Mapping
from typing import Any

import pytest
from support.reports import sentences_of
from support.targets import TARGETS
from support.world import World, adoption

from cchc_flow import commands
from cchc_flow.commands import Adoption
from cchc_flow.documents.blocks import Document, Heading
from cchc_flow.errors import NotFound
from cchc_flow.reporting.plan_document import plan_document

TREE = {
    "ref": "III.2.3",
    "text": "Rà soát, đơn giản hóa thủ tục:",
    "title": "Rà soát thủ tục",
    "leaf": False,
    "children": [
        {"ref": "III.2.3.1", "text": "Rà soát tại Đắk Lắk.", "title": "Rà soát", "leaf": True, "children": []}
    ],
}
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


def test_a_plan_without_a_number_leaves_room_for_it(new_world: World) -> None:
    document = document_of(new_world)
    assert (document.number, document.symbol) == (None, "KH-UBND")
    first = next(block.words for block in document.blocks if isinstance(block, Heading))
    assert first == "Nhiệm vụ cải cách hành chính"


def test_a_plan_that_is_not_there_is_refused(world: World) -> None:
    with pytest.raises(NotFound, match="Không có kế hoạch này"):
        plan_document(world.ws, world.ws.read(), "2031")
