"""`cchc-flow calendar`: the days of the state, those of the commune, and the days to report by."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.plan_days import settle_with_deadlines
from support.terminal import Terminal
from support.visitors import Site
from support.world import World

from cchc_flow import commands
from cchc_flow.commands import Order

UNITS = "Đơn vị báo cáo Phòng Văn hóa - Xã hội"
OWN = "Ngày xã khai báo khác với lịch chung"
COMMUNE = "UBND xã báo cáo Sở Nội vụ"


def commune(data: Path, name: str, **settings: dict[str, Any]) -> None:
    """Make a workspace with its own settings."""
    now = datetime(2026, 1, 5, tzinfo=UTC)
    ws = commands.create_workspace(data, name, title=f"xã {name}", clock=lambda: now)
    for setting, value in settings.items():
        commands.change_setting(ws, setting, value, "Quy chế", Order("system:test", ws.new_id()))
    ws.close()


def calendar(terminal: Terminal, *options: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(terminal(*options, "calendar", "--year", "2026", "--json").out)
    return found


def test_without_a_workspace_the_defaults_count(terminal: Terminal) -> None:
    found = calendar(terminal)
    assert found["holidays"]["2026-02-17"] == "Tết Nguyên đán (mồng một)"
    assert found["reports"][COMMUNE]["2026-01"] == found["deadlines"][COMMUNE]["2026-01"] == "2026-01-25"
    assert (found["rolls"], found["changes"]) == (False, [])
    assert "Chưa có không gian làm việc: theo mặc định." in terminal("calendar", "--year", "2026").out


def test_the_settings_of_the_workspace_count(terminal: Terminal, data: Path) -> None:
    closed = {"days": [{"day": "2026-01-26", "working": False, "name": "Nghỉ bão"}]}
    commune(
        data,
        "xa-mau",
        deadlines={"roll": True},
        calendar=closed,
        reporting={"monthly_day": 12, "commune_period_day": 31},
    )
    found = calendar(terminal)
    assert found["reports"][UNITS]["2026-01"] == "2026-01-12"
    assert found["reports"][COMMUNE]["2026-01"] == "2026-01-25"
    assert found["deadlines"][COMMUNE]["2026-01"] == "2026-01-27"  # Sunday, then closed
    assert found["deadlines"][COMMUNE]["2026-H1"] == "2026-06-30"
    assert found["changes"] == [{"day": "2026-01-26", "working": False, "name": "Nghỉ bão"}]
    result = terminal("calendar", "--year", "2026").out
    assert "  2026-01  25/01/2026  Chủ nhật, ngày nghỉ  → 27/01/2026 (thứ Ba)" in result
    assert "26/01/2026  nghỉ: Nghỉ bão" in result
    assert "Theo thiết lập của «xa-mau»." in result


def test_a_report_that_is_due_before_its_figures_are_there_is_warned_of(terminal: Terminal) -> None:
    found = calendar(terminal)
    assert found["windows"]["2026-Q1"] == {"from": "2025-12-15", "to": "2026-03-14"}
    assert found["too_early"] == {UNITS: ["2026-Q1", "2026-H1", "2026-Q3", "2026"], COMMUNE: []}
    warning, *others = found["warnings"]
    assert warning == (
        f"{UNITS}: hạn đến trước khi hết kỳ số liệu (quý I/2026, 6 tháng đầu năm 2026, "
        "quý III/2026, năm 2026); số liệu là ước thực hiện."
    )
    assert not [sentence for sentence in others if "ước thực hiện" in sentence]
    result = terminal("calendar", "--year", "2026").out
    assert "  2026-Q1  10/03/2026  kỳ số liệu đến 14/03/2026: số liệu ước thực hiện" in result
    assert f"Lưu ý: {warning}" in result


def test_what_the_plan_states_otherwise_and_asks_for_once_is_told(terminal: Terminal, data: Path) -> None:
    settle_with_deadlines(World(data)).ws.close()
    differing = "Đơn vị báo cáo tháng: kế hoạch ghi ngày 12, thiết lập đang là ngày 15."
    found = calendar(terminal)
    assert [each["day"] for each in found["once"]] == ["2026-03-24"]
    assert found["differences"][0] == differing
    result = terminal("calendar", "--year", "2026").out
    assert "  24/03/2026  Các cơ quan, đơn vị gửi Phòng Văn hóa - Xã hội" in result
    assert f"Khác với kế hoạch: {differing}" in result
    other = json.loads(terminal("calendar", "--year", "2027", "--json").out)
    assert (other["once"], other["differences"]) == ([], [])


@pytest.mark.parametrize("options", [(), ("--workspace", "xa-hai")])
def test_of_several_workspaces_one_is_named(terminal: Terminal, data: Path, options: tuple[str, ...]) -> None:
    commune(data, "xa-mot")
    commune(data, "xa-hai", deadlines={"roll": True})
    result = terminal(*options, "calendar", "--year", "2026", "--json")
    if options:
        assert json.loads(result.out)["rolls"]
    else:
        assert (result.code, result.out) == (2, "")
        assert "Hãy chọn bằng --workspace" in result.err


def test_a_workspace_that_is_named_and_not_there_is_not_found(terminal: Terminal) -> None:
    result = terminal("--workspace", "xa-la", "calendar")
    assert (result.code, result.out) == (1, "")
    assert "Chưa có không gian làm việc «xa-la»" in result.err


def test_the_command_and_the_page_of_the_setting_show_the_same_days(terminal: Terminal, data: Path) -> None:
    own = {"days": [{"day": "2026-01-10", "working": False, "name": "Không làm bù"}]}
    commune(data, "xa-mau", calendar=own)
    now = datetime(2026, 1, 5, tzinfo=UTC)
    ws = commands.open_workspace(data, "xa-mau", lambda: now)
    commands.add_person(ws, "hoa", "Lê Thị Hoa", None, None, Order("system:test", ws.new_id()))
    commands.grant_role(ws, "hoa", "coordinator", Order("system:test", ws.new_id()))
    page = Site(ws).visitor("hoa").get("/xa-mau/settings/calendar?year=2026").text
    rows = re.findall(
        r'<li><span><strong class="number">(.*?)</strong> (.*?)(?:<br>.*?)?</span>(.*?)</li>', page
    )
    chips = [(day, words, re.sub("<.*?>", "", chip)) for day, words, chip in rows]
    on_page = [f"  {day}  {words}" + (f"  ({chip})" if chip else "") for day, words, chip in chips]
    lines = terminal("calendar", "--year", "2026").out.split("\n")
    begin, end = (lines.index(f"{title}:") for title in ("Ngày nghỉ, ngày làm bù năm 2026", OWN))
    assert lines[begin + 1 : end] == on_page
    assert "  10/01/2026  làm việc: Làm bù cho ngày 02/01/2026  (xã nghỉ)" in on_page
    found = calendar(terminal)
    assert found["worked"].keys() == {"2026-01-10", "2026-08-22"} and "2026-01-02" in found["holidays"]


def test_a_coordinator_adds_what_the_state_decides_for_the_next_year(terminal: Terminal, data: Path) -> None:
    exchanged = [
        {"day": "2028-09-01", "working": True, "name": "Không nghỉ"},
        {"day": "2028-02-12", "working": True, "name": "Làm bù thứ Bảy"},
        {"day": "2028-01-31", "working": False, "name": "Nghỉ Tết"},
    ]
    commune(data, "xa-mau", calendar={"days": exchanged}, deadlines={"roll": True})
    shown = terminal("calendar", "--year", "2028").out
    assert "Lưu ý: Bản này chưa có lịch nghỉ năm 2028 do Nhà nước công bố" in shown
    assert "31/01/2028  nghỉ: Nghỉ Tết" in shown and "12/02/2028  làm việc: Làm bù thứ Bảy" in shown
    assert "01/09/2028  Quốc khánh  (dự kiến)  (xã làm việc)" in shown
