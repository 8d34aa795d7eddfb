"""The pages of the settings: who reads, who changes, what a form asks, and how it comes back when refused."""

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from support.forms import hidden, send
from support.visitors import Site
from support.world import World
from werkzeug.test import TestResponse

from cchc_flow import commands
from cchc_flow.projections import settings
from cchc_flow.workflow.settings.values import Grading, Settings

S = "/xa-mau/settings"
NAMES = sorted(Settings.__struct_fields__)
GROUNDS = "Quy chế làm việc của UBND xã"


@pytest.fixture
def hoa(site: Site) -> FlaskClient:
    """The browser of the coordinator."""
    return site.visitor("hoa")


def change(client: FlaskClient, name: str, **typed: Any) -> TestResponse:
    """Send the form of a setting as its page gives it, with some inputs filled in otherwise."""
    page = client.get(f"{S}/{name}").text
    action = f"{S}/{name}/changes"
    return client.post(action, data=hidden(page, action) | inputs(page) | {"source": GROUNDS} | typed)


def inputs(page: str) -> dict[str, Any]:
    """Return what the inputs of a page hold, as a browser would send it."""
    held: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]+>", page):
        name, value = attribute(tag, "name"), attribute(tag, "value")
        if 'type="checkbox"' in tag and " checked" in tag:
            held.setdefault(name, []).append(value)
        elif 'type="checkbox"' not in tag and 'type="hidden"' not in tag:
            held[name] = value
    for name, options in re.findall(r'<select id="[^"]+" name="([^"]+)".*?>(.*?)</select>', page, re.DOTALL):
        held[name] = re.findall(r'value="([^"]*)" selected', options)[0]
    for tag, words in re.findall(r"(<textarea[^>]+>)\n?(.*?)</textarea>", page, re.DOTALL):
        held[attribute(tag, "name")] = unescape(words)
    return held


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def in_force(world: World) -> Settings:
    return settings.effective_settings(world.ws.read())


@pytest.mark.parametrize("login", ["hoa", "nam", "thu"])
def test_coordinator_leader_and_inspector_find_the_settings_in_the_menu(site: Site, login: str) -> None:
    page = site.visitor(login).get("/xa-mau/board").text
    assert f'href="{S}"' in page
    assert "Đang áp dụng" in site.visitor(login).get(f"{S}/calendar").text


@pytest.mark.parametrize("login", ["lan", "binh"])
def test_others_do_not_and_are_told_who_may(site: Site, login: str) -> None:
    client = site.visitor(login)
    assert f'href="{S}"' not in client.get("/xa-mau/board").text
    for path in (S, f"{S}/deadlines"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "đầu mối CCHC hoặc quản trị hoặc lãnh đạo UBND hoặc kiểm tra" in answer.text


def test_every_setting_stands_with_its_value_and_what_its_default_rests_on(hoa: FlaskClient) -> None:
    page = hoa.get(S).text
    for words in (
        "Giữ nguyên ngày đó",
        "Chậm nhất hết ngày 24/01",
        "7 ngày trước hạn",
        "Căn cứ: Nghị định 335/2025/NĐ-CP (hiệu lực từ 01/01/2026)",
        "Mặc định, chưa ai sửa · Căn cứ: ",
        "mọi đơn vị đang hoạt động",
    ):
        assert words in page
    assert page.count(">Sửa<") == len(NAMES)


def test_a_change_says_who_set_it_when_and_on_what_grounds_and_opens_its_event(
    hoa: FlaskClient, site: Site, world: World
) -> None:
    assert change(hoa, "deadlines", roll="yes").status_code == 303
    position = world.ws.log.size()
    page = site.visitor("thu").get(f"{S}/deadlines").text
    assert "Chuyển sang ngày làm việc tiếp theo" in page
    assert f"Căn cứ: {GROUNDS} · Lê Thị Hoa đặt, áp dụng từ" in page
    assert page.count(f'href="/xa-mau/events/{position}"') == 2
    assert "8 giờ 00 ngày 02/03/2026" in page
    assert "đã sửa thiết lập «Cách tính hạn»" in hoa.get(f"/xa-mau/events/{position}").text


def test_the_history_tells_the_value_of_each_change(hoa: FlaskClient, world: World) -> None:
    for soon in ("5", "7"):
        change(hoa, "deadlines", soon=soon)
        world.wait(hours=1)
    page = hoa.get(f"{S}/deadlines").text
    history = page[page.index("Các lần sửa") :]
    assert history.index("7 ngày") < history.index("5 ngày")


@pytest.mark.parametrize("login", ["nam", "thu"])
def test_who_may_only_read_sees_no_form_and_may_not_send_one(site: Site, world: World, login: str) -> None:
    client = site.visitor(login)
    page = client.get(f"{S}/deadlines").text
    assert 'name="source"' not in page
    assert ">Sửa<" not in client.get(S).text
    tokens = hidden(client.get("/xa-mau/account").text, "/xa-mau/sessions/end")
    sent = {"command_id": world.ws.new_id(), "seen": "0", "soon": "5", "roll": "yes", "source": GROUNDS}
    answer = client.post(f"{S}/deadlines/changes", data=tokens | sent | {"before_is_exclusive": "yes"})
    assert answer.status_code == 403
    assert "đầu mối CCHC hoặc quản trị" in answer.text
    assert in_force(world).deadlines == Settings().deadlines


def test_the_administrator_changes_settings_too(admin: FlaskClient, world: World) -> None:
    assert change(admin, "review", coordinator_closes="yes").status_code == 303
    assert in_force(world).review.coordinator_closes


def test_the_lines_of_a_field_are_kept_one_by_one_without_empty_ones(hoa: FlaskClient, world: World) -> None:
    typed = "Sở Nội vụ\r\n\r\n  Ban chỉ đạo   CCHC tỉnh "
    assert change(hoa, "documents", addressees=typed, signer="").status_code == 303
    assert in_force(world).documents.addressees == ("Sở Nội vụ", "Ban chỉ đạo CCHC tỉnh")
    assert "Sở Nội vụ; Ban chỉ đạo CCHC tỉnh" in hoa.get(f"{S}/documents").text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Kính gửi: cần ít nhất một dòng."),
        ("x" * 201, "Kính gửi: mỗi dòng nhiều nhất 200 ký tự."),
        ("dòng\n" * 31, "Kính gửi: nhiều nhất 30 dòng."),
    ],
)
def test_lines_that_cannot_be_used_are_told_and_kept(hoa: FlaskClient, typed: str, words: str) -> None:
    answer = change(hoa, "documents", addressees=typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert typed.strip() in answer.text


@pytest.mark.parametrize("name", NAMES)
def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(
    hoa: FlaskClient, world: World, name: str
) -> None:
    size = world.ws.log.size()
    assert change(hoa, name).status_code == 303
    assert world.ws.log.size() == size
    assert "không có gì thay đổi" in hoa.get(S).text


def test_days_are_added_changed_and_dropped_in_one_form(hoa: FlaskClient, world: World) -> None:
    add = {"days-0-day": "2026-03-09", "days-0-working": "no", "days-0-name": "Nghỉ bão"}
    more = {"days-2-day": "2026-01-03", "days-2-working": "yes", "days-2-name": "Làm bù"}
    assert change(hoa, "calendar", **add, **more).status_code == 303
    days = [(str(one.day), one.working, one.name) for one in in_force(world).calendar.days]
    assert days == [("2026-01-03", True, "Làm bù"), ("2026-03-09", False, "Nghỉ bão")]
    assert "09/03/2026" in hoa.get(S).text
    change(hoa, "calendar", **{"days-0-drop": "yes", "days-1-name": "Nghỉ lụt"})
    assert [one.name for one in in_force(world).calendar.days] == ["Nghỉ lụt"]


def test_the_holidays_of_a_year_stand_beside_the_calendar(hoa: FlaskClient) -> None:
    change(hoa, "calendar", **{"days-0-day": "2026-08-22", "days-0-name": "Không làm bù"})
    page = " ".join(hoa.get(f"{S}/calendar").text.split())
    assert '<strong class="number">17/02/2026</strong> Tết Nguyên đán (mồng một)' in page
    saturday = page.split("22/08/2026</strong>")[1].split("</li>")[0]
    assert " làm việc: Làm bù cho ngày 31/08/2026" in saturday and "xã nghỉ</span>" in saturday
    assert "Công văn 12729/VPCP-KGVX ngày 25/12/2025" in page and "Bản này chưa có" not in page
    announced = hoa.get(f"{S}/calendar?year=2027").text
    assert "06/02/2027" in announced and "Công văn 10065/VPCP-KGVX ngày 02/10/2026" in announced
    assert "dự kiến" not in announced
    expected = hoa.get(f"{S}/calendar?year=2028").text
    assert "Bản này chưa có lịch nghỉ năm 2028" in expected and ">dự kiến</span>" in expected
    for odd in ("0", "99999", "năm nay", "2101"):
        assert "năm 2026" in hoa.get(f"{S}/calendar?year={odd}").text


def test_the_table_of_reminders_says_whom_and_when(hoa: FlaskClient, world: World) -> None:
    change(
        hoa,
        "reminders",
        **{
            "stages-0-to": ["officer", "leader"],
            "stages-5-drop": "yes",
            "stages-6-days": "0",
            "stages-6-to": ["coordinator"],
            "every": "0",
            "then": [],
        },
    )
    found = in_force(world).reminders
    assert [(one.days, one.to) for one in found.stages] == [
        (7, ("officer", "leader")),
        (3, ("officer",)),
        (1, ("officer", "unit_head")),
        (0, ("coordinator",)),
        (-1, ("officer", "unit_head")),
        (-2, ("officer", "unit_head")),
    ]
    assert (found.every, found.then) == (0, ())
    assert "Đúng ngày hạn" in hoa.get(S).text


def test_grading_and_reporting_are_changed(hoa: FlaskClient, world: World) -> None:
    change(hoa, "grading", quantity="50", quality="25", progress="25")
    change(hoa, "reporting", monthly_day="12", units=["tram-y-te"])
    assert in_force(world).grading == Grading(50, 25, 25, by_decree=True)
    assert (in_force(world).reporting.monthly_day, in_force(world).reporting.units) == (12, ("tram-y-te",))
    assert "Trạm Y tế" in hoa.get(S).text


def test_reports_that_are_due_before_their_figures_are_there_are_warned_of(hoa: FlaskClient) -> None:
    assert "ước thực hiện" in hoa.get(f"{S}/reporting").text
    change(hoa, "reporting", period_day="18")
    assert "ước thực hiện" not in hoa.get(f"{S}/reporting").text


def test_what_is_wrong_stands_beside_its_input_and_what_was_typed_is_kept(
    hoa: FlaskClient, world: World
) -> None:
    size = world.ws.log.size()
    answer = change(
        hoa,
        "calendar",
        **{"days-0-day": "hôm nào đó", "days-0-name": "<b>Nghỉ</b>", "days-1-name": "Chưa có ngày"},
        source="",
    )
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert world.ws.log.size() == size
    assert "hãy sửa 3 chỗ" in page
    for name in ("days-0-day", "days-1-day", "source"):
        assert f'id="{name}-error"' in page
        assert re.search(rf'<input id="{name}"[^>]*aria-invalid="true"', page, re.DOTALL)
    assert "Dòng 1, Ngày: phải là một ngày" in page
    assert 'value="hôm nào đó"' in page
    assert 'value="Chưa có ngày"' in page
    assert "<b>Nghỉ</b>" not in answer.text


def test_weights_that_make_no_whole_are_refused_with_their_sum(hoa: FlaskClient) -> None:
    former = {"quantity": "41", "quality": "30", "progress": "30", "by_decree": "no"}
    answer = change(hoa, "grading", **former)
    assert answer.status_code == 422
    assert "Ba tỷ trọng: cộng lại phải bằng 100\xa0%; hiện là 101\xa0%." in answer.text
    assert 'value="41"' in answer.text
    nothing = change(hoa, "grading", quantity="0", quality="0", progress="0")
    assert nothing.status_code == 422
    assert "ít nhất một tỷ trọng phải lớn hơn 0" in nothing.text


def test_the_changes_of_a_colleague_are_not_written_over(hoa: FlaskClient, world: World) -> None:
    page = hoa.get(f"{S}/deadlines").text
    commands.add_person(world.ws, "mai", "Đỗ Mai", None, None, world.order())
    commands.grant_role(world.ws, "mai", "coordinator", world.order())
    commands.change_setting(world.ws, "deadlines", {"roll": "yes"}, GROUNDS, world.order("mai"))
    action = f"{S}/deadlines/changes"
    typed = hidden(page, action) | inputs(page) | {"soon": "9", "source": GROUNDS}
    answer = hoa.post(action, data=typed)
    assert answer.status_code == 409
    assert "Đỗ Mai đã sửa thiết lập này" in answer.text
    assert re.search(r"<li>8 giờ 00 ngày 02/03/2026: Đỗ Mai đã sửa thiết lập «", answer.text)
    assert 'value="9"' in answer.text
    assert in_force(world).deadlines.soon == 3
    assert hoa.post(action, data=typed | hidden(answer.text, action)).status_code == 303
    assert in_force(world).deadlines.soon == 9


def test_a_form_sent_twice_is_one_change(hoa: FlaskClient, world: World) -> None:
    page, action = hoa.get(f"{S}/deadlines").text, f"{S}/deadlines/changes"
    form = hidden(page, action) | inputs(page) | {"soon": "9", "source": GROUNDS}
    assert [hoa.post(action, data=form).status_code for _ in range(2)] == [303, 303]
    assert len(settings.setting_changes(world.ws.read(), "deadlines")) == 1


def test_a_setting_that_there_is_not_is_not_found(hoa: FlaskClient) -> None:
    assert hoa.get(f"{S}/colours").status_code == 404
    assert send(hoa, f"{S}/review", f"{S}/review/changes", seen="x", source="x").status_code == 422
