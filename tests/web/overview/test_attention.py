"""What a leader has to see to stands on the overview: targets at risk, who is late, which reports are due."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.targets import record, set_owner, targets_world
from support.visitors import Site
from support.world import ASSIGN, TASK, World
from web.conftest import Send

from cchc_flow.commands.report_sections import edit_section
from cchc_flow.commands.scheduled_openings import open_scheduled_work

QUARTER = "2026-report:phong-kinh-te:2026-Q1"


def part(page: str, title: str) -> str:
    """Return the words of the panel with a title; "" for a page without it."""
    found = re.search(
        rf'<section class="panel" aria-labelledby="{title}-title">(.*?)</section>', page, re.DOTALL
    )
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


@pytest.fixture
def late(world: World) -> World:
    """Two units are late at the end of March: one with two tasks, one with a task that is later still."""
    world.take("hoa", "assign", "2026-III.1.1", lead="tram-y-te", due="2026-03-05")
    world.take("hoa", "assign", TASK, **ASSIGN | {"due": "2026-03-20"})
    world.take("hoa", "assign", "2026-III.2.10", lead="phong-kinh-te", due="2026-03-25")
    world.wait(days=29)
    return world


def test_the_units_with_most_overdue_work_stand_first_with_how_long(late: World, get: Send) -> None:
    shown = part(get("nam", "overview").text, "late")
    assert shown == "Đang quá hạn Phòng Kinh tế: 2 lâu nhất 11 ngày Trạm Y tế: 1 lâu nhất 26 ngày"


def test_each_leads_to_its_overdue_work(late: World, get: Send) -> None:
    page = get("nam", "overview").text
    address = re.search(r'href="/xa-mau/(items\?[^"]*unit=phong-kinh-te[^"]*)">Phòng Kinh tế:', page)
    assert address
    listed = get("nam", address[1].replace("&amp;", "&")).text
    assert "<strong>2</strong> nhiệm vụ" in listed


def test_work_that_rests_is_as_late_as_it_was_and_a_past_day_has_its_own(late: World, get: Send) -> None:
    late.take("nam", "suspend", "2026-III.1.1", reason="Chờ hướng dẫn.")
    late.wait(days=10)
    assert "Trạm Y tế: 1 lâu nhất 26 ngày" in part(get("nam", "overview").text, "late")
    then = part(get("nam", "overview?as_of=2026-03-06").text, "late")
    assert then == "Đang quá hạn Trạm Y tế: 1 lâu nhất 1 ngày"


def test_nobody_late_is_said(world: World, get: Send) -> None:
    world.take("nam", "cancel", "2026-III.2.10", decision="1/QĐ", reason="Thôi.")
    assert "Không đơn vị nào có nhiệm vụ quá hạn." in part(get("nam", "overview").text, "late")


def test_the_reports_of_the_month_say_who_lacks_and_what_the_commune_owes(world: World, get: Send) -> None:
    open_scheduled_work(world.ws)
    world.take("lan", "submit", QUARTER, result="Đã báo cáo.", evidence=[])
    world.take("hoa", "accept", QUARTER)
    shown = part(get("nam", "overview").text, "reports")
    assert "Quý I/2026 : đã tiếp nhận 1/3, hạn 10/03/2026 Chưa có của P.VH-XH, Trạm Y tế" in shown
    assert "Của xã , hạn 20/03/2026: chưa dự thảo Kỳ tới" in shown
    assert "Kỳ tới: tháng 4/2026, đơn vị 15/04/2026, xã 25/04/2026." in shown
    edit_section(world.ws, "2026-02", "2", "Đã rà soát.", world.order("hoa"))
    assert "Tháng 2/2026" in part(get("nam", "overview").text, "reports")


def test_overdue_reports_of_units_are_counted_and_listed(world: World, get: Send) -> None:
    open_scheduled_work(world.ws)
    world.wait(days=20)
    page = get("nam", "overview").text
    assert "Báo cáo của đơn vị quá hạn chưa nộp: 3" in part(page, "reports")
    listed = get("nam", "items?kind=report&figure=open_late").text
    assert "<strong>3</strong> báo cáo" in listed


@pytest.mark.parametrize("query", ["kind=report", "plan=all", "unit=tram-y-te"])
def test_a_part_of_the_work_has_no_targets_and_no_reports(world: World, get: Send, query: str) -> None:
    page = get("nam", f"overview?{query}").text
    assert part(page, "late") and not part(page, "reports") and not part(page, "targets")


@pytest.fixture
def aiming(tmp_path: Path) -> Iterator[World]:
    """A commune with four targets, of which one is at risk and one is met."""
    world = targets_world(tmp_path / "data")
    set_owner(world)
    set_owner(world, "II.2")
    record(world, "lan", "2026-01", "20")
    world.wait(days=60)
    record(world, "lan", "2026-02", "30", "II.2")
    record(world, "lan", "2026-04", "35", "II.2")
    yield world
    world.ws.close()


def test_targets_are_counted_by_state_and_those_at_risk_named(aiming: World) -> None:
    nam = Site(aiming.ws).visitor("nam")
    page = nam.get("/xa-mau/overview").text
    shown = part(page, "targets")
    assert "Nguy cơ 1" in shown and "Chưa có số liệu 3" in shown
    assert "Tỷ lệ giải ngân vốn đầu tư công 35 %, cần ít nhất 95 % Nguy cơ" in shown
    assert 'href="/xa-mau/targets/II.2"' in page
    listed = nam.get("/xa-mau/targets?state=at_risk").text
    assert "giải ngân" in listed and "cuộc đối thoại" not in listed
    before = nam.get("/xa-mau/overview?as_of=2026-03-03").text
    assert "Nguy cơ 0" in part(before, "targets")


def test_a_plan_without_figures_says_so_and_one_without_targets_has_no_such_panel(
    tmp_path: Path, get: Send
) -> None:
    world = targets_world(tmp_path / "data-of-targets")
    page = Site(world.ws).visitor("nam").get("/xa-mau/overview").text
    assert "Chưa có số liệu của chỉ tiêu nào." in part(page, "targets")
    assert not part(get("nam", "overview").text, "targets")
    world.ws.close()
