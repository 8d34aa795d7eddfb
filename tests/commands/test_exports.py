"""What is taken out of the log is recorded in it, before it is given out."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from support.world import World

from cchc_flow.audit import naming
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.commands.exports import Export, record_export
from cchc_flow.errors import NotAllowed

EXPORT = Export(
    format="csv", view={"unit": "phong-kinh-te", "from": "2026-03-02"}, first=3, last=9, count=4, withheld=1,
    digest="ab" * 32,
)  # fmt: skip
Told = Callable[[Export, str], tuple[Any, str]]


@pytest.fixture
def told(world: World) -> Told:
    """Record an export by a person; return its event and the sentence about it."""

    def record(export: Export, actor: str) -> tuple[Any, str]:
        receipt = record_export(world.ws, world.order(actor), export)
        assert receipt is not None
        event = world.ws.log.event(receipt.last)
        return event, event_sentence(event, naming.all_names(world.ws, world.ws.read()))

    return record


def test_an_inspector_s_export_is_recorded_with_its_filters_and_its_file(told: Told) -> None:
    event, sentence = told(EXPORT, "thu")
    assert (event.type, event.role) == ("log.exported/1", "inspector")
    assert event.data == msgspec.structs.asdict(EXPORT) | {"words": None}
    assert sentence == (
        "Nguyễn Thu đã tải về 4 sự kiện (từ số 3 đến số 9) dạng bảng CSV, bộ lọc: từ ngày 02/03/2026, "
        "đơn vị «Phòng Kinh tế», trong đó 1 sự kiện không được xem nên chỉ có số thứ tự và mã băm "
        "(mã băm của tệp: abababababab…)."
    )


def test_what_was_searched_for_lies_in_the_vault_and_not_in_the_log(told: Told, world: World) -> None:
    event, sentence = told(msgspec.structs.replace(EXPORT, words="bà Nguyễn Thị Mơ"), "thu")
    assert "Mơ" not in world.ws.log.body(event.position).decode()
    assert world.ws.vault.load(event.data["words"]["digest"]).decode() == "bà Nguyễn Thị Mơ"
    assert "có tìm theo từ ngữ" in sentence


def test_an_empty_export_has_no_positions(told: Told) -> None:
    nothing = msgspec.structs.replace(EXPORT, view={}, first=None, last=None, count=0, withheld=0)
    assert "đã tải về 0 sự kiện dạng bảng CSV (mã băm của tệp" in told(nothing, "system:test")[1]


def test_who_may_not_read_the_whole_log_may_not_take_it_out(told: Told, world: World) -> None:
    size = world.ws.log.size()
    with pytest.raises(NotAllowed, match="Chỉ các vai trò sau được tải nhật ký về: đầu mối CCHC, lãnh đạo"):
        told(EXPORT, "lan")
    assert world.ws.log.size() == size
