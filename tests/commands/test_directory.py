"""Orders about units, people and roles."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unicodedata import normalize

import pytest
from support.world import World

from cchc_flow import commands
from cchc_flow.errors import ItemMoved, MissingData, NotAllowed, NotFound, Refusal
from cchc_flow.eventlog.port import Change, Meta, Receipt
from cchc_flow.projections import directory


def units(world: World) -> dict[str, str]:
    return {unit.id: unit.name for unit in directory.units(world.ws.read())}


def test_the_first_administrator_comes_with_roles_in_one_commit(new_world: World) -> None:
    size = new_world.ws.log.size()
    commands.add_first_administrator(new_world.ws, "quan.tri", "Hồ Quân", ["admin", "coordinator"])
    assert new_world.ws.log.size() == size + 3
    person = directory.person(new_world.ws.read(), "quan.tri")
    assert person and person.roles == {"admin", "coordinator"}


def test_there_is_one_sign_up_only(new_world: World) -> None:
    commands.add_first_administrator(new_world.ws, "quan.tri", "Hồ Quân", ["admin"])
    with pytest.raises(Refusal, match="đã có người quản trị"):
        commands.add_first_administrator(new_world.ws, "ke.den.sau", "Kẻ đến sau", ["admin"])
    assert [one.id for one in directory.people(new_world.ws.read())] == ["quan.tri"]


def test_a_units_id_comes_from_its_name_and_stays_when_it_is_renamed(new_world: World) -> None:
    unit = commands.add_unit(new_world.ws, "Phòng Kinh tế", [], new_world.order())
    commands.change_unit(new_world.ws, unit, "Phòng Kinh tế và Hạ tầng", [], True, new_world.order())
    assert units(new_world) == {"phong-kinh-te": "Phòng Kinh tế và Hạ tầng"}


@pytest.mark.parametrize("same", ["Phòng Văn hóa – Xã hội", "phòng văn hóa - xã hội", "PHONG VAN HOA XA HOI"])
def test_a_unit_is_the_same_whatever_dashes_marks_and_case(world: World, same: str) -> None:
    with pytest.raises(MissingData, match="đã có đơn vị"):
        commands.add_unit(world.ws, same, [], world.order())


def test_two_names_that_fold_alike_get_two_ids(new_world: World) -> None:
    first = commands.add_unit(new_world.ws, "Tổ 1 / A", [], new_world.order())
    second = commands.add_unit(new_world.ws, "Tổ 1 + A", [], new_world.order())
    assert (first, second) == ("to-1-a", "to-1-a-2")


def test_only_an_administrator_changes_the_directory(world: World) -> None:
    with pytest.raises(NotAllowed, match="quản trị"):
        commands.add_unit(world.ws, "Tổ mới", [], world.order("hoa"))


@pytest.mark.parametrize("login", ["", "a", "Có Dấu", "1abc", "a b", "a" * 41, "../etc", "system:x"])
def test_a_login_is_short_plain_letters(world: World, login: str) -> None:
    with pytest.raises(MissingData, match="Tên đăng nhập"):
        commands.add_person(world.ws, login, "Tên", None, None, world.order())


def test_a_login_is_given_once(world: World) -> None:
    with pytest.raises(MissingData, match="đã có người dùng"):
        commands.add_person(world.ws, "lan", "Lan khác", None, None, world.order())


def test_a_role_that_is_held_is_not_granted_again(world: World) -> None:
    size = world.ws.log.size()
    commands.grant_role(world.ws, "hoa", "coordinator", world.order())
    assert world.ws.log.size() == size


def test_a_role_that_does_not_exist_is_refused(world: World) -> None:
    with pytest.raises(MissingData, match="Vai trò"):
        commands.grant_role(world.ws, "hoa", "king", world.order())


def test_the_last_administrator_keeps_the_role_and_the_account(new_world: World) -> None:
    commands.add_first_administrator(new_world.ws, "quan.tri", "Hồ Quân", ["admin"])
    with pytest.raises(Refusal, match="quản trị duy nhất"):
        commands.revoke_role(new_world.ws, "quan.tri", "admin", new_world.order("quan.tri"))
    with pytest.raises(Refusal, match="quản trị duy nhất"):
        commands.change_person(
            new_world.ws, "quan.tri", "Hồ Quân", None, None, False, new_world.order("quan.tri")
        )


def test_an_unknown_person_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        commands.grant_role(world.ws, "ai.do", "viewer", world.order())


def test_a_person_cannot_join_a_unit_that_was_closed(world: World) -> None:
    commands.change_unit(world.ws, "tram-y-te", "Trạm Y tế", [], False, world.order())
    with pytest.raises(MissingData, match="không có trong danh bạ"):
        commands.add_person(world.ws, "moi", "Người mới", None, "tram-y-te", world.order())


class Together:
    """A log that lets nobody append before two want to, so that both decided by the same directory."""

    def __init__(self, world: World) -> None:
        self._log, self._both, self._met = world.ws.log, threading.Barrier(2), threading.local()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._log, name)

    def append(self, changes: Sequence[Change], meta: Meta) -> Receipt:
        if not hasattr(self._met, "before"):
            self._met.before = self._both.wait(timeout=10)
        return self._log.append(changes, meta)


def test_two_administrators_cannot_take_the_role_from_each_other_at_once(new_world: World) -> None:
    ws = new_world.ws
    commands.add_first_administrator(ws, "quan.tri", "Hồ Quân", ["admin"])
    commands.add_person(ws, "ba", "Ba", None, None, new_world.order("quan.tri"))
    commands.grant_role(ws, "ba", "admin", new_world.order("quan.tri"))
    new_world.ws.log = Together(new_world)

    def revoke(pair: tuple[str, str]) -> bool:
        try:
            commands.revoke_role(ws, pair[1], "admin", new_world.order(pair[0]))
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(revoke, [("ba", "quan.tri"), ("quan.tri", "ba")])) == [False, True]
    assert sum("admin" in one.roles for one in directory.people(ws.read())) == 1


def test_the_machine_acts_in_no_persons_role(new_world: World) -> None:
    commands.add_first_administrator(new_world.ws, "quan.tri", "Hồ Quân", ["admin"])
    commands.add_unit(new_world.ws, "Tổ Một", [], new_world.order())
    commands.add_unit(new_world.ws, "Tổ Hai", [], new_world.order("quan.tri"))
    newest = new_world.ws.log.size()
    roles = [new_world.ws.log.event(position).role for position in (newest - 3, newest - 1, newest)]
    assert roles == [None, None, "admin"]


def test_a_person_is_added_with_roles_in_one_commit(world: World) -> None:
    size = world.ws.log.size()
    commands.add_person(world.ws, "mai", "Đỗ Mai", None, None, world.order(), roles=["viewer", "officer"])
    assert world.ws.log.size() == size + 3
    person = directory.person(world.ws.read(), "mai")
    assert person and person.roles == {"officer", "viewer"}


def test_a_change_without_a_page_is_made_whatever_happened_before(world: World) -> None:
    for name in ("Trần Lan", "Trần Thị Lan"):
        commands.change_person(world.ws, "lan", name, None, None, True, world.order())
    with pytest.raises(ItemMoved, match="Quản trị máy chủ đã sửa người này lúc 8 giờ 00"):
        commands.change_person(world.ws, "lan", "Lan", None, None, True, world.order(), seen=2)
    commands.change_person(world.ws, "lan", "Lan", None, None, True, world.order(), seen=4)
    assert directory.names(world.ws.read())["lan"] == "Lan"


def test_of_two_who_change_a_person_at_once_one_is_refused(world: World) -> None:
    world.ws.log = Together(world)
    seen = len(world.ws.log.stream("person-lan"))

    def change(name: str) -> bool:
        try:
            commands.change_person(world.ws, "lan", name, None, None, True, world.order(), seen=seen)
        except ItemMoved:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, ["Lan Một", "Lan Hai"])) == [False, True]


def test_an_order_that_comes_again_is_answered_though_its_page_is_old_by_then(world: World) -> None:
    order, seen = world.order(), len(world.ws.log.stream("unit-tram-y-te"))
    for _ in range(2):
        commands.change_unit(world.ws, "tram-y-te", "Trạm Y tế xã", [], True, order, seen=seen)
    assert len(world.ws.log.stream("unit-tram-y-te")) == seen + 1


STACK = "a" + "\u0301\u0323" * 20_000


@pytest.mark.parametrize(
    ("write", "field"),
    [
        (lambda world, words: commands.add_unit(world.ws, words, [], world.order()), "name"),
        (lambda world, words: commands.add_unit(world.ws, "Phòng Mới", [words], world.order()), "aliases"),
        (
            lambda world, words: commands.add_person(
                world.ws, "bach", words, None, None, world.order(), roles=["viewer"]
            ),
            "name",
        ),
        (
            lambda world, words: commands.add_person(
                world.ws, "bach", "Bạch", words, None, world.order(), roles=["viewer"]
            ),
            "title",
        ),
        (
            lambda world, words: commands.change_setting(
                world.ws, "deadlines", {"roll": "yes"}, words, world.order()
            ),
            "source",
        ),
        (lambda world, words: commands.open_task(world.ws, {"title": words}, world.order("hoa")), "title"),
    ],
    ids=["unit", "alias", "person", "office", "source of a setting", "task"],
)
@pytest.mark.parametrize("words", [STACK, "\u200bă" * 2000], ids=["stack", "long"])
def test_text_that_is_not_readable_or_too_long_is_refused_at_once_wherever_it_is_typed(
    world: World, write: Any, field: str, words: str
) -> None:
    begun = time.process_time()
    with pytest.raises(MissingData) as refusal:
        write(world, words)
    assert field in refusal.value.fields and time.process_time() - begun < 2


def test_names_are_stored_as_people_see_them(new_world: World) -> None:
    name = normalize("NFD", "Phòng\u00a0Kinh\u200b tế ")
    unit = commands.add_unit(new_world.ws, name, [f"P.{name}", "\u200b"], new_world.order())
    assert next(
        (one.name, one.aliases) for one in directory.units(new_world.ws.read()) if one.id == unit
    ) == (
        "Phòng Kinh tế",
        ("P.Phòng Kinh tế",),
    )
