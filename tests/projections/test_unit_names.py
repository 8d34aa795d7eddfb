"""How people call units in a table, and which unit they mean."""

import pytest

from cchc_flow.projections.directory import Unit
from cchc_flow.projections.unit_names import find_unit, short_unit_name

CENTRE = Unit("trung-tam", "Trung tâm Phục vụ hành chính công xã", ("Bộ phận một cửa",), True)
CULTURE = Unit("van-hoa", "Phòng Văn hóa - Xã hội", ("Phòng VH-XH", "Cơ quan thường trực"), True)
OFFICE = Unit("van-phong", "Văn phòng HĐND và UBND xã", ("Cơ quan thường trực",), True)
UNITS = (CENTRE, CULTURE, OFFICE)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("Trung tâm Phục vụ hành chính công xã", CENTRE),
        ("TRUNG TAM PHUC VU HANH CHINH CONG XA", CENTRE),
        ("bộ phận Một cửa", CENTRE),
        ("TT PVHCC xã", CENTRE),
        ("phòng văn hóa – xã hội", CULTURE),
        ("phong vh-xh", CULTURE),
        ("P.VH-XH", CULTURE),
        ("P. VH-XH", CULTURE),
        ("vp HĐND và UBND xã", OFFICE),
    ],
)
def test_a_unit_is_meant_by_its_name_an_alias_or_its_short_name(words: str, unit: Unit) -> None:
    assert find_unit(words, UNITS) == unit


@pytest.mark.parametrize("words", ["Cơ quan thường trực", "Phòng", "", "Phòng Kinh tế"])
def test_words_that_call_several_units_or_none_mean_none(words: str) -> None:
    assert find_unit(words, UNITS) is None


def test_the_whole_name_of_a_unit_comes_before_what_another_is_called_besides() -> None:
    station = Unit("tram", "Trạm Y tế", (), True)
    school = Unit("truong", "Trường Mẫu giáo", ("Trạm Y tế",), True)
    assert find_unit("trạm y tế", (school, station)) == station


def test_each_unit_is_meant_by_what_its_card_shows() -> None:
    assert [find_unit(short_unit_name(unit), UNITS) for unit in (CENTRE, CULTURE)] == [CENTRE, CULTURE]
