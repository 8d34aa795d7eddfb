"""Orders about settings: who, on what grounds, once, and never over a colleague's change."""

from datetime import date
from typing import Any

import pytest
from support.world import World

from cchc_flow import commands
from cchc_flow.errors import ItemMoved, MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.port import Change, Draft, Meta
from cchc_flow.projections import settings
from cchc_flow.workflow.settings.values import Deadlines, Settings

ROLLING = {"roll": "yes"}
GROUNDS = "Quy chế làm việc của UBND xã"


def change(
    world: World, value: dict[str, Any], actor: str = "hoa", name: str = "deadlines", **more: Any
) -> bool:
    source = more.pop("source", GROUNDS)
    return commands.change_setting(world.ws, name, value, source, world.order(actor), **more)


def test_a_setting_has_another_value_from_the_change_on(world: World) -> None:
    before = world.ws.log.size()
    assert change(world, ROLLING)
    assert settings.effective_settings(world.ws.read()).deadlines == Deadlines(roll=True)
    assert settings.effective_settings(world.ws.read(), before).deadlines == Settings().deadlines


def test_the_event_keeps_the_whole_value_and_what_it_rests_on(world: World) -> None:
    change(world, ROLLING, source="  Quy chế\n làm việc ")
    event = world.ws.log.event(world.ws.log.size())
    assert event.type == "settings.changed/1"
    assert event.data == {
        "setting": "deadlines",
        "value": {"roll": True, "before_is_exclusive": True, "soon": 3},
        "source": "Quy chế làm việc",
    }
    assert (event.actor, event.role) == ("hoa", "coordinator")


def test_the_value_that_it_has_already_changes_nothing(world: World) -> None:
    assert not change(world, {"soon": 3})
    change(world, ROLLING)
    size = world.ws.log.size()
    assert not change(world, ROLLING, source="")
    assert world.ws.log.size() == size


def test_the_same_order_twice_is_one_change(world: World) -> None:
    order = world.order("hoa")
    for _ in range(2):
        assert commands.change_setting(world.ws, "deadlines", ROLLING, GROUNDS, order)
    assert len(settings.setting_changes(world.ws.read(), "deadlines")) == 1


@pytest.mark.parametrize("actor", ["nam", "lan", "binh", "thu", "nobody"])
def test_only_a_coordinator_or_an_administrator_changes_a_setting(world: World, actor: str) -> None:
    with pytest.raises(NotAllowed, match="đầu mối CCHC hoặc quản trị"):
        change(world, ROLLING, actor)


def test_an_administrator_does(world: World) -> None:
    commands.add_person(world.ws, "quan", "Hồ Minh Quân", None, None, world.order())
    commands.grant_role(world.ws, "quan", "admin", world.order())
    assert change(world, ROLLING, "quan")
    assert world.ws.log.event(world.ws.log.size()).role == "admin"


@pytest.mark.parametrize("source", ["", " \n ", "x" * 301])
def test_a_change_without_grounds_is_refused_beside_all_else_that_is_wrong(world: World, source: str) -> None:
    with pytest.raises(MissingData) as refused:
        change(world, {"soon": "vài"}, source=source)
    assert set(refused.value.fields) == {"soon", "source"}
    assert refused.value.fields["source"] == "Căn cứ: cần từ 1 đến 300 ký tự."


def test_a_setting_that_there_is_not_is_not_found(world: World) -> None:
    with pytest.raises(NotFound, match="Không có thiết lập «colours»"):
        change(world, {}, name="colours")


def test_only_units_of_the_directory_can_be_asked_to_report(world: World) -> None:
    assert change(world, {"units": ["tram-y-te"]}, name="reporting")
    commands.change_unit(world.ws, "phong-kinh-te", "Phòng Kinh tế", [], False, world.order())
    with pytest.raises(MissingData, match="«phong-kinh-te» không có trong danh bạ"):
        change(world, {"units": ["tram-y-te", "phong-kinh-te"]}, name="reporting")


def test_a_unit_that_must_report_stays_when_it_is_closed_and_is_not_named_anew(world: World) -> None:
    assert change(world, {"units": ["tram-y-te"]}, name="reporting")
    commands.change_unit(world.ws, "tram-y-te", "Trạm Y tế", [], False, world.order())
    assert change(world, {"units": ["tram-y-te"], "monthly_day": 12}, name="reporting")
    assert change(world, {"units": [], "monthly_day": 12}, name="reporting")
    with pytest.raises(MissingData, match="«tram-y-te» không có trong danh bạ"):
        change(world, {"units": ["tram-y-te"], "monthly_day": 12}, name="reporting")


def test_an_old_page_does_not_undo_a_colleagues_change(world: World) -> None:
    change(world, ROLLING, seen=0)
    with pytest.raises(ItemMoved, match="Lê Thị Hoa đã sửa thiết lập này lúc 8 giờ 00 ngày 02/03/2026"):
        change(world, {"soon": 5}, seen=0)
    assert len(settings.setting_changes(world.ws.read(), "deadlines")) == 1
    assert change(world, {"soon": 5}, seen=1)


def test_what_a_later_release_stored_is_read_as_far_as_it_is_known(world: World) -> None:
    """Written as that release would: a key more, a setting more, a role that we do not know."""
    later = {
        "deadlines": {"roll": True, "before_is_exclusive": True, "soon": 5, "grace": 2},
        "reminders": {"stages": [{"days": 2, "to": ["mayor"]}], "every": 7, "then": ["leader"]},
        "colours": {"late": "red"},
    }
    for name, value in later.items():
        draft = Draft("settings.changed/1", {"setting": name, "value": value, "source": "Bản mới"})
        order = world.order("hoa")
        meta = Meta(actor="hoa", time=world.ws.now(), command_id=order.command_id, command_digest=b"x" * 32)
        world.ws.log.append([Change(f"settings-{name}", 0, (draft,))], meta)
    found = settings.effective_settings(world.ws.read())
    assert found.deadlines == Deadlines(roll=True, soon=5)
    assert (found.reminders.stages, found.reminders.then) == ((), ("leader",))
    assert world.take("hoa", "assign", lead="phong-kinh-te", due="2026-06-28").item.due == "2026-06-28"


def test_a_day_is_judged_by_the_settings_in_force_at_its_end(world: World) -> None:
    change(world, ROLLING)
    assert settings.settings_of_day(world.ws.read(), date(2026, 3, 1)) == Settings()
    assert settings.settings_of_day(world.ws.read(), date(2026, 3, 2)).deadlines.roll
    world.wait(days=1)
    change(world, {"roll": False})
    assert settings.settings_of_day(world.ws.read(), date(2026, 3, 2)).deadlines.roll
    assert not settings.settings_of_day(world.ws.read(), date(2026, 3, 3)).deadlines.roll
