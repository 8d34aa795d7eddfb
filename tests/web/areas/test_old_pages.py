"""Two coordinators with the page of an area open: figures and the switch of its rules are not overwritten."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from support import petitions
from support.forms import hidden, send
from support.visitors import Site
from support.world import World

from cchc_flow import commands
from cchc_flow.projections import rules

plugins, world, site = petitions.plugins, petitions.world, petitions.site

PAGE = "/xa-mau/areas/petitions"
DAYS = f"{PAGE}/figures/days"
SWITCH = f"{PAGE}/switches"


@pytest.fixture
def second(site: Site, world: World) -> FlaskClient:
    """The browser of another coordinator, `ba`."""
    commands.add_person(world.ws, "ba", "Lê Ba", None, None, world.order(), roles=["coordinator"])
    return site.visitor("ba")


def days(world: World) -> str:
    """Return the newest value of the figure that was set."""
    return rules.figure_changes(world.ws.read(), "petitions")[0].value


def is_enabled(world: World) -> bool:
    return "petitions" in rules.enabled_plugins(world.ws.read())


def switch(client: FlaskClient, page: str) -> Any:
    return send(client, page, SWITCH, reason="Thử")


def test_a_figure_that_a_colleague_set_is_not_overwritten_from_an_older_page(
    site: Site, second: FlaskClient, world: World
) -> None:
    opened = hidden(second.get(PAGE).text, DAYS)
    send(site.visitor("hoa"), PAGE, DAYS, value="20", source="QĐ 2")
    answer = second.post(DAYS, data=opened | {"value": "30", "source": "QĐ số 3 của xã"})
    assert (answer.status_code, days(world)) == (409, "20")
    assert "Lê Thị Hoa đã sửa số liệu này lúc 8 giờ 00 ngày 02/03/2026, sau khi bạn mở trang" in answer.text
    assert re.search(r"<li>8 giờ 00 ngày 02/03/2026: Lê Thị Hoa .*đã đặt «.*là 20 ngày", answer.text)
    assert 'value="30"' in answer.text
    assert 'value="QĐ số 3 của xã"' in answer.text
    again = hidden(answer.text, DAYS) | {"value": "30", "source": "QĐ số 3 của xã"}
    assert second.post(DAYS, data=again).status_code == 303
    assert days(world) == "30"


def test_the_page_of_a_figure_does_not_age_by_the_switch(
    site: Site, second: FlaskClient, world: World
) -> None:
    opened = hidden(second.get(PAGE).text, DAYS)
    switch(site.visitor("hoa"), f"{SWITCH}/new")
    assert second.post(DAYS, data=opened | {"value": "30", "source": "QĐ 3"}).status_code == 303
    assert days(world) == "30"


def test_rules_that_were_switched_on_again_are_not_switched_off_from_an_older_page(
    site: Site, second: FlaskClient, world: World
) -> None:
    opened = hidden(second.get(f"{SWITCH}/new").text, SWITCH)
    switch(site.visitor("hoa"), f"{SWITCH}/new")
    switch(site.visitor("hoa"), PAGE)
    answer = second.post(SWITCH, data=opened)
    assert answer.status_code == 409
    assert is_enabled(world)
    assert "Lê Thị Hoa đã bật hoặc tắt lĩnh vực này lúc 8 giờ 00" in answer.text
    assert "đã tắt các quy tắc của lĩnh vực" in answer.text
    assert switch(second, f"{SWITCH}/new").status_code == 303
    assert not is_enabled(world)


def test_rules_that_were_switched_off_again_are_not_switched_on_from_an_older_page(
    site: Site, second: FlaskClient, world: World
) -> None:
    hoa = site.visitor("hoa")
    switch(hoa, f"{SWITCH}/new")
    opened = hidden(second.get(PAGE).text, SWITCH)
    switch(hoa, PAGE)
    switch(hoa, f"{SWITCH}/new")
    answer = second.post(SWITCH, data=opened)
    assert (answer.status_code, is_enabled(world)) == (409, False)
    assert second.post(SWITCH, data=hidden(answer.text, SWITCH)).status_code == 303
    assert is_enabled(world)


@pytest.mark.parametrize("action", [DAYS, SWITCH])
def test_a_form_of_an_area_without_the_version_it_showed_is_refused(
    second: FlaskClient, site: Site, action: str
) -> None:
    switch(site.visitor("hoa"), f"{SWITCH}/new")
    opened = hidden(second.get(PAGE).text, action) | {"seen": "", "value": "30", "source": "QĐ 3"}
    answer = second.post(action, data=opened)
    assert answer.status_code == 422
    assert "Biểu mẫu thiếu phiên bản" in answer.text


def test_an_order_of_the_terminal_names_no_version(world: World) -> None:
    for value in ("20", "30"):
        commands.set_figure(world.ws, "petitions", "days", value, "QĐ 2", world.order())
    for enabled in (False, True, False):
        commands.switch_plugin(world.ws, "petitions", enabled, world.order(), reason="Thử")
    assert (days(world), is_enabled(world)) == ("30", False)
