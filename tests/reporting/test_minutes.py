"""The draft of minutes: what is on record of a dialogue or an inspection, and what the clerk fills in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from support.directing import KINH_TE, DirectionCommune
from support.reports import sentences_of

from cchc_flow.documents.blocks import Document
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.hookspecs import Item
from cchc_flow.projections.reading import reader_of
from cchc_flow.reporting.minutes import minutes_draft


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[DirectionCommune]:
    own = DirectionCommune(tmp_path)
    yield own
    own.ws.close()


def draft(commune: DirectionCommune, entry: Item) -> Document:
    db = commune.ws.read()
    return minutes_draft(commune.ws, db, entry.id, None)


def test_the_minutes_of_a_dialogue_name_its_day_its_people_and_what_was_raised(
    commune: DirectionCommune,
) -> None:
    document = draft(commune, commune.dialogue(petitions=2))
    words = sentences_of(document.blocks)
    assert (document.kind, document.day, document.symbol) == ("BIÊN BẢN", date(2026, 3, 2), "BB-UBND")
    assert "ngày 02 tháng 3 năm 2026" in words[0]
    assert "Số người dự: 40" in words
    assert len([entry for entry in words if entry.endswith("(đã tiếp nhận)")]) == 2


def test_the_minutes_of_an_inspection_name_the_unit(commune: DirectionCommune) -> None:
    words = sentences_of(draft(commune, commune.inspection(KINH_TE)).blocks)
    assert "Đơn vị được kiểm tra: Phòng Kinh tế" in words
    assert any("ngày …" in sentence for sentence in words[:1])


def test_an_entry_that_has_no_minutes_is_refused_with_the_name_of_its_register(
    commune: DirectionCommune,
) -> None:
    with pytest.raises(BadInput, match="Sáng kiến cải cách hành chính"):
        draft(commune, commune.open("initiative", form="solution"))


def test_an_entry_that_is_not_there_is_not_found(commune: DirectionCommune) -> None:
    with pytest.raises(NotFound):
        minutes_draft(commune.ws, commune.ws.read(), "khong-co", reader_of(commune.ws.read(), "coordinator"))
