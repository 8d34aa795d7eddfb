"""Report days that the plan states otherwise than the setting: shown where they matter, taken over."""

import re

import pytest
from flask.testing import FlaskClient
from support.forms import hidden, send
from support.plan_days import DEADLINES, deadline, settle_with_deadlines
from support.visitors import Site
from support.world import World, adopt

from cchc_flow import commands
from cchc_flow.projections import settings
from cchc_flow.workflow.settings.values import FIRST_SETTINGS, Reporting

REPORTS, TAKE_OVER = "/xa-mau/reports", "/xa-mau/plans/2026/report-days"
MONTHLY = "Đơn vị báo cáo tháng: kế hoạch ghi ngày 12, thiết lập đang là ngày 15."


@pytest.fixture
def world(new_world: World) -> World:
    return settle_with_deadlines(new_world)


@pytest.fixture
def hoa(world: World) -> FlaskClient:
    return Site(world.ws).visitor("hoa")


def in_force(world: World) -> Reporting:
    return settings.effective_settings(world.ws.read()).reporting


@pytest.mark.parametrize("path", ["reports", "settings/reporting", "plans/2026"])
def test_what_differs_is_shown_where_the_days_are(hoa: FlaskClient, path: str) -> None:
    page = hoa.get(f"/xa-mau/{path}").text
    assert MONTHLY in page
    assert "Xã báo cáo tháng: kế hoạch ghi ngày 22, thiết lập đang là ngày 25." in page
    assert "quý, 6 tháng, năm: kế hoạch" not in page


def test_one_click_takes_the_days_over_with_the_plan_as_their_source(hoa: FlaskClient, world: World) -> None:
    assert "Báo cáo chậm nhất ngày 12 hằng tháng." in hoa.get(REPORTS).text
    answer = send(hoa, REPORTS, TAKE_OVER)
    assert (answer.status_code, answer.location) == (303, f"{REPORTS}?plan=2026")
    assert (in_force(world).monthly_day, in_force(world).commune_monthly_day) == (12, 22)
    assert in_force(world).nine_months == FIRST_SETTINGS.reporting.nine_months
    (change, *_) = settings.setting_changes(world.ws.read(), "reporting")
    assert change.source == "Hạn báo cáo ghi trong kế hoạch số 05/KH-UBND, năm 2026"
    page = hoa.get(REPORTS).text
    assert "Đã lấy ngày báo cáo theo kế hoạch." in page and MONTHLY not in page


def test_who_opened_the_page_before_a_colleague_s_change_is_told(hoa: FlaskClient, world: World) -> None:
    tokens = hidden(hoa.get(REPORTS).text, TAKE_OVER)
    other = {"monthly_day": 14, "period_day": 10, "commune_monthly_day": 25, "commune_period_day": 20}
    other |= {"all_months": False, "window_from": 15, "units": [], "nine_months": False}
    commands.change_setting(world.ws, "reporting", other, "2/QĐ-UBND", world.order("hoa"))
    answer = hoa.post(TAKE_OVER, data=tokens)
    assert answer.status_code == 409
    assert "kế hoạch ghi ngày 12, thiết lập đang là ngày 14" in answer.text
    assert in_force(world).monthly_day == 14


@pytest.mark.parametrize("login", ["lan", "nam", "thu"])
def test_who_may_not_change_settings_sees_whom_to_ask(world: World, login: str) -> None:
    visitor = Site(world.ws).visitor(login)
    page = visitor.get(REPORTS).text
    assert MONTHLY in page and TAKE_OVER not in page
    assert "Đầu mối CCHC sửa ngày báo cáo" in page
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    form = {"csrf_token": token[1], "command_id": world.ws.new_id(), "seen": "1"}
    assert visitor.post(TAKE_OVER, data=form).status_code == 403


def test_an_unknown_plan_is_not_found(hoa: FlaskClient) -> None:
    tokens = hidden(hoa.get(REPORTS).text, TAKE_OVER)
    assert hoa.post("/xa-mau/plans/2031/report-days", data=tokens).status_code == 404


def test_a_plan_that_contradicts_itself_offers_nothing_to_take_over(new_world: World) -> None:
    both = [deadline("Phòng Văn hóa - Xã hội", f"Ngày {day}.", monthly_day=day) for day in (12, 15)]
    page = Site(settle_with_deadlines(new_world, both).ws).visitor("hoa").get(REPORTS).text
    assert "kế hoạch ghi nhiều ngày khác nhau (12, 15)" in page and TAKE_OVER not in page


def test_the_plan_of_another_year_is_not_held_against_the_days_of_today(
    hoa: FlaskClient, world: World
) -> None:
    world.wait(days=306)
    adopt(world, 2027)
    assert MONTHLY not in hoa.get(f"{REPORTS}?plan=2026").text
    assert MONTHLY not in hoa.get("/xa-mau/plans/2026").text


def test_what_the_plan_asks_for_once_stands_in_the_calendar(hoa: FlaskClient) -> None:
    page = hoa.get(REPORTS).text
    assert "<strong>24/03/2026</strong>" in page and str(DEADLINES[0]["text"]) in page
    month = hoa.get("/xa-mau/calendar?month=2026-03").text
    day = month[month.index('datetime="2026-03-24"') :].partition("</td>")[0]
    assert "Các cơ quan, đơn vị gửi Phòng Văn hóa - Xã hội, một lần theo kế hoạch" in day
    assert 'href="/xa-mau/plans/2026#deadlines-title"' in day
