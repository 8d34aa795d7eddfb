"""What happened to targets, in sentences that name the measure and its unit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.targets import record, set_owner, targets_world
from support.world import World

from cchc_flow.audit.naming import all_names, names_for_event
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.commands import measures


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[World]:
    world = targets_world(tmp_path / "data")
    yield world
    world.ws.close()


def last_sentence(world: World) -> str:
    """Return the sentence of the newest event."""
    event, db = world.ws.log.event(world.ws.log.size()), world.ws.read()
    return event_sentence(event, names_for_event(db, event, all_names(world.ws, db)))


def test_decisions_readings_and_corrections_are_told_in_words(commune: World) -> None:
    set_owner(commune, baseline="4210", baseline_unit="văn bản")
    assert last_sentence(commune) == (
        "Lê Thị Hoa (Phòng Văn hóa - Xã hội) đã phân công chỉ tiêu II.1 «lượng văn bản hành chính» của kế"
        " hoạch 2026, giao Phòng Kinh tế theo dõi, nguồn số liệu: đơn vị báo cáo, số của năm gốc:"
        " 4.210 văn bản."
    )
    record(commune, "lan", "2026-03", "12,5")
    assert last_sentence(commune) == (
        "Trần Thị Lan (Phòng Kinh tế) đã ghi số đơn vị báo cáo của Phòng Kinh tế cho chỉ tiêu II.1 «lượng văn"
        " bản hành chính» của kế hoạch 2026, kỳ tháng 3/2026: 12,5 %, là số ước, vì kỳ chưa hết."
    )
    data = {"value": "không phát sinh", "reason": "Nhầm."}
    measures.correct_reading(commune.ws, ("2026", "II.1", 1), "2026-03", data, commune.order("nam"))
    assert last_sentence(commune) == (
        "Phạm Nam đã sửa số liệu chỉ tiêu II.1 «lượng văn bản hành chính» của kế hoạch 2026, kỳ tháng"
        " 3/2026, từ 12,5 % thành «Không phát sinh», có nêu lý do."
    )
