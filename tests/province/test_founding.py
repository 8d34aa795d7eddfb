"""Founding a province and its communes from a list: once, whole, and going on where it was cut short."""

from pathlib import Path

import pytest
from support.province import INSIDE, LIST, NAME, OTHER, OUTSIDE, ProvinceWorld

from cchc_flow import workspace
from cchc_flow.commands import provinces
from cchc_flow.errors import BadInput
from cchc_flow.projections import province
from cchc_flow.province import founding
from cchc_flow.province.commune_list import WrongList


@pytest.fixture
def world(tmp_path: Path) -> ProvinceWorld:
    return ProvinceWorld(tmp_path)


def test_each_commune_is_founded_and_says_to_which_province_it_belongs(world: ProvinceWorld) -> None:
    assert [one.workspace for one in world.founding.communes] == [INSIDE, OTHER]
    membership = province.membership(world.open(INSIDE).read())
    assert membership is not None
    assert (membership.province, membership.name, membership.code) == (NAME, "tỉnh Đắk Lắk", "24211")
    assert membership.key == provinces.opening_key(world.ws)
    assert province.own_name(world.ws.read()) == "tỉnh Đắk Lắk"


def test_that_it_is_a_province_is_said_right_after_its_plugins_and_definitions(world: ProvinceWorld) -> None:
    (event,) = world.ws.log.stream(provinces.OWN)
    assert event.type == "province.founded/1"


def test_the_same_list_a_second_time_changes_no_log(world: ProvinceWorld) -> None:
    before = {name: world.open(name).log.size() for name in workspace.names(world.data)}
    again = world.found()
    assert (again.communes, again.skipped, again.listed) == ((), (), 2)
    assert {name: world.open(name).log.size() for name in workspace.names(world.data)} == before


def test_a_longer_list_founds_what_is_new_in_it(world: ProvinceWorld) -> None:
    again = world.found(LIST + "24538,Ea Kao,phường\n".encode())
    assert [one.workspace for one in again.communes] == ["ea-kao"]


def test_a_list_with_a_fault_founds_nothing_not_even_the_province(tmp_path: Path) -> None:
    world = ProvinceWorld(tmp_path)
    before = workspace.names(tmp_path)
    with pytest.raises(WrongList):
        world.found(LIST + b"24211,Krong Pac,xa\n", "tinh-khac", "tỉnh Khác")
    assert workspace.names(tmp_path) == before


def test_what_was_cut_short_goes_on_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create = founding.create_workspace

    def fail_at_second(data: Path, name: str, **options: object) -> object:
        if name == OTHER:
            raise KeyboardInterrupt
        return create(data, name, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(founding, "create_workspace", fail_at_second)
    with pytest.raises(KeyboardInterrupt):
        ProvinceWorld(tmp_path)
    monkeypatch.undo()
    assert [one.workspace for one in ProvinceWorld(tmp_path).founding.communes] == [OTHER]


def test_a_commune_that_left_is_not_led_back_by_the_list(world: ProvinceWorld) -> None:
    commune = world.open(INSIDE)
    provinces.leave_province(commune, world.order(commune))
    assert world.found().communes == ()
    assert province.membership(world.open(INSIDE).read()) is None


def test_a_workspace_in_use_that_took_a_planned_name_is_left_to_its_own_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(founding, "_found_communes", lambda *given: ([], []))
    world = ProvinceWorld(tmp_path)
    monkeypatch.undo()
    taken = workspace.create(tmp_path, INSIDE, title="xã Krông Bình", clock=world.now)
    world.add_person(taken, "co.nguoi", "admin")
    again = world.found()
    assert [one.workspace for one in again.skipped] == [INSIDE]
    assert province.membership(world.open(INSIDE).read()) is None


def test_the_workspace_of_a_commune_in_use_becomes_no_province(world: ProvinceWorld) -> None:
    world.add_person(world.outside, "hoa", "admin")
    with pytest.raises(BadInput, match="đang được một xã dùng"):
        world.found(b"Ma,Ten\n1,xa Moi\n", OUTSIDE, "xã Ngoài")
    with pytest.raises(BadInput, match="đang được một xã dùng"):
        world.found(b"Ma,Ten\n1,xa Moi\n", INSIDE, "xã Krông Bình")
