"""Names in the few letters of a card: of units as offices abbreviate them, of people as they are called."""

import pytest

from cchc_flow.projections.directory import Person, Unit
from cchc_flow.web.board.brief_names import given_name, person_names, short_person_name, unit_names


def unit(name: str, *aliases: str, key: str = "x", active: bool = True) -> Unit:
    return Unit(key, name, aliases, active)


def person(key: str, name: str, of: str | None = "x") -> Person:
    return Person(key, name, None, of, True, frozenset())


@pytest.mark.parametrize(
    ("name", "aliases", "brief"),
    [
        ("Phòng Kinh tế", (), "P.Kinh tế"),
        ("Phòng Văn hóa – Xã hội", (), "P.VH-XH"),
        ("Phòng Kinh tế, Hạ tầng và Đô thị", (), "P.KT-HT-ĐT"),
        ("Trung tâm Phục vụ hành chính công xã", (), "TT PVHCC"),
        ("Văn phòng HĐND và UBND xã", (), "VP HĐND-UBND"),
        ("Văn phòng HĐND và UBND xã", ("VP",), "VP"),
        ("Trạm Y tế xã Krông Bình", (), "Trạm Y tế"),
        ("Công an phường", (), "Công an"),
        ("Ban Chỉ huy quân sự xã", (), "Ban CHQS"),
        ("Hội Liên hiệp Phụ nữ đặc khu Phú Quý", (), "Hội LHPN"),
        ("Lãnh đạo UBND xã", (), "LĐ UBND"),
        ("Phòng Văn hóa - Xã hội và Thể thao", ("Phòng Văn hóa", "Phòng VHXHTT"), "P.Văn hóa"),
    ],
)
def test_a_unit_has_a_brief_name(name: str, aliases: tuple[str, ...], brief: str) -> None:
    assert unit_names([unit(name, *aliases)])["x"].brief == brief


def test_two_units_never_have_the_same_brief_name() -> None:
    names = unit_names(
        [unit("Trường Tiểu học Nguyễn Du", key="a"), unit("Trường Trung học Nguyễn Duy", key="b")]
    )
    assert names["a"].brief != names["b"].brief
    assert names["a"].brief == names["a"].short


def test_a_unit_that_is_no_more_is_marked_in_each_of_its_names() -> None:
    name = unit_names([unit("Phòng Kinh tế", active=False)])["x"]
    assert (name.full, name.brief) == ("Phòng Kinh tế (đã giải thể)", "P.Kinh tế (đã giải thể)")


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("Trần Thị Lan", "Lan"),
        ("Nam", "Nam"),
        ("", ""),
        ("Y Thắng Niê", "Y Thắng"),
        ("H'Hen Niê", "H'Hen"),
        ("H Linh Mlô", "H Linh"),
    ],
)
def test_a_person_is_called_by_the_given_name(name: str, given: str) -> None:
    assert given_name(name) == given


@pytest.mark.parametrize(
    ("name", "short"),
    [("Trần Thị Lan", "T.T. Lan"), ("Y Thắng Niê", "Y.T. Niê"), ("Nam", "Nam"), ("", "")],
)
def test_a_person_is_known_by_initials_and_given_name(name: str, short: str) -> None:
    assert short_person_name(name) == short


def test_initials_tell_colleagues_of_one_given_name_apart() -> None:
    names = person_names(
        [
            person("a", "Trần Thị Lan"),
            person("b", "Nguyễn Thị Lan"),
            person("c", "Nguyễn Văn Lan"),
            person("d", "Vũ Đình Bình"),
            person("e", "Lê Thị Lan", of="another"),
        ]
    )
    assert {key: name.brief for key, name in names.items()} == {
        "a": "T. Lan",
        "b": "N.T. Lan",
        "c": "N.V. Lan",
        "d": "Bình",
        "e": "Lan",
    }


def test_two_of_the_same_name_in_one_unit_have_a_name_all_the_same() -> None:
    names = person_names([person("a", "Trần Thị Lan"), person("b", "Trần Thị Lan")])
    assert names["a"].brief == names["b"].brief == "T.T. Lan"
