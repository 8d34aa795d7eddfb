"""The register of issued documents as a document."""

import msgspec
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.document_numbers import NewDocument, number_document, recall_document
from cchc_flow.documents.blocks import Paragraph, Table
from cchc_flow.projections import issued
from cchc_flow.reporting.document_register import document_register
from cchc_flow.workflow.calendar import local_day

LETTER = NewDocument(
    kind="", symbol="UBND-VHXH", subject="đôn đốc nhiệm vụ", day="02/03/2026", signer="Phạm Nam"
)


def test_every_number_of_the_year_has_a_line_and_missing_ones_are_named(world: World) -> None:
    clerk = {"by_clerk": True}
    commands.change_setting(world.ws, "documents", clerk, "Quy chế văn thư", world.order("hoa"))
    for typed in ("1", "3"):
        number_document(world.ws, msgspec.structs.replace(LETTER, number=typed), world.order("hoa"))
    place = issued.register(world.ws.read(), 2026)[0].position
    recall_document(world.ws, place, "Sai", world.order("hoa"))
    document = document_register(world.ws, world.ws.read(), 2026, local_day(world.ws.now()))
    table, missing = document.blocks
    assert isinstance(table, Table)
    assert [row.cells[0] for row in table.rows] == ["01/UBND-VHXH", "03/UBND-VHXH"]
    assert table.rows[0].cells[2:] == (
        "Công văn: đôn đốc nhiệm vụ",
        "Phạm Nam",
        "số do văn thư cấp, đã thu hồi",
    )
    assert missing == Paragraph(("Số không có văn bản trong sổ này: 02.",))
    assert document.kind == "SỔ ĐĂNG KÝ VĂN BẢN ĐI"
