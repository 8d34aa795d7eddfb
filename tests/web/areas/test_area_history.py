"""What the history tells of areas and of the entries of their registers: in titles and words, not in keys."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace
from support import petitions
from support.petitions import REGISTER, Petitions, petition
from support.plugging import plugged
from support.visitors import Site
from support.world import ASSIGN, TASK, World

from cchc_flow import commands
from cchc_flow.hookspecs import hookimpl
from cchc_flow.workflow.definition import Workflow

plugins, world, site = petitions.plugins, petitions.world, petitions.site


def test_changes_of_figures_are_told_by_title_unit_and_decimal_comma(world: World, get: Any) -> None:
    commands.set_figure(world.ws, "petitions", "days", "20.5", "QĐ 2", world.order("hoa"))
    said = "đặt «Số ngày trả lời» là 20,5 ngày từ ngày 02/03/2026, căn cứ: QĐ 2"
    assert f"Lê Thị Hoa {said}" in get("lan", "areas/petitions").text
    of_the_log = (
        "đã đặt «Số ngày trả lời» của «Phản ánh, kiến nghị» là 20,5 ngày từ ngày 02/03/2026, căn cứ: QĐ 2."
    )
    for path in ("events", f"events/{world.ws.log.size()}"):
        assert of_the_log in get("thu", path).text


def test_the_log_of_a_plugin_that_is_gone_has_its_title_and_the_key_of_its_figure(world: World) -> None:
    commands.set_figure(world.ws, "petitions", "days", "20", "QĐ 2", world.order("hoa"))
    commands.switch_plugin(world.ws, "petitions", False, world.order("hoa"), reason="Thử")
    site = Site(commands.open_workspace(world.data, "xa-mau", world.ws.now))
    text = site.visitor("thu").get("/xa-mau/events").text
    assert "đã đặt «days» của «Phản ánh, kiến nghị» là 20 từ ngày 02/03/2026, căn cứ: QĐ 2." in text
    assert "đã tắt các quy tắc của lĩnh vực «Phản ánh, kiến nghị», có nêu lý do." in text


def test_the_page_of_an_area_tells_when_it_was_loaded_and_why_it_was_switched_off(
    world: World, get: Any
) -> None:
    commands.switch_plugin(world.ws, "petitions", False, world.order("hoa"), reason="Chờ <bản> mới.")
    link = f'href="/xa-mau/events/{world.ws.log.size()}"'
    for login in ("thu", "lan"):
        page = get(login, "areas/petitions").text
        assert "đã nạp lĩnh vực «Phản ánh, kiến nghị»" in page
        assert "có nêu lý do. Lý do: Chờ &lt;bản&gt; mới." in page
        assert (link in page) == (login == "thu")


def test_a_change_of_a_figure_leads_to_its_event_for_who_may_open_it(world: World, get: Any) -> None:
    commands.set_figure(world.ws, "petitions", "days", "20", "QĐ 2", world.order("hoa"))
    link = f'href="/xa-mau/events/{world.ws.log.size()}"'
    entry = petition(world)
    opened = world.ws.log.stream(f"item-{entry}")[0].position
    for path in ("areas/petitions", f"events/{opened}"):
        assert link in get("thu", path).text
        for login in ("lan", "binh"):
            assert link not in get(login, path).text


def test_the_history_tells_each_field_of_a_step_by_its_title_with_its_value_in_words(
    world: World, get: Any
) -> None:
    entry = petition(world)
    given = {"answered_on": "2026-03-04", "words": "Đã vá.", "way": "letter", "paid": "1250,5"}
    world.take("lan", "answer", entry, **given)
    for path in (f"items/{entry}", "events", f"events/{world.ws.log.size()}"):
        text = get("thu", path).text
        assert "đã ghi bước «Trả lời»." in text
        for words in ("<b>Ngày trả lời:</b> 04/03/2026", "<b>Hình thức:</b> Văn bản"):
            assert words in text
        assert "<b>Kinh phí:</b> 1.250,5" in text
    opened = world.ws.log.stream(f"item-{entry}")[0].position
    assert f'<b>Nhiệm vụ:</b> <a href="/xa-mau/items/{TASK}">' in get("thu", f"events/{opened}").text
    log = get("thu", "events").text
    assert f'<b>Trả lời:</b> <a href="/xa-mau/items/{entry}">có nội dung kèm theo</a>' in log
    assert "Đã vá." not in log
    assert "<b>Trả lời:</b> Đã vá." in get("thu", f"events/{world.ws.log.size()}").text


def test_the_history_tells_what_a_plugin_asked_besides_and_the_words_of_the_rule_that_was_overridden(
    world: World, get: Any
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start", override="Chờ số liệu.")
    world.take("lan", "report_progress", percent="20", cost="12")
    for path in (f"items/{TASK}", "events"):
        text = get("thu", path).text
        assert "<b>Kinh phí:</b> 12" in text
        warned = "dù có cảnh báo của quy tắc «Việc nhận chậm thì cảnh báo», có nêu lý do."
        assert f"đã làm bước «Nhận việc» {warned}" in text


def test_an_entry_that_was_written_in_spite_of_a_warning_says_so_in_words(world: World, get: Any) -> None:
    entry = petition(world, number="PA-9", override="Đã đối chiếu.")
    text = get("thu", f"items/{entry}").text
    assert "đã ghi mục này dù có cảnh báo của quy tắc «Việc nhận chậm thì cảnh báo», có nêu lý do." in text


def test_fields_and_rules_of_a_plugin_that_is_gone_are_told_by_their_keys(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start", override="Chờ số liệu.")
    world.take("lan", "report_progress", percent="20", cost="12")
    site = Site(commands.open_workspace(world.data, "xa-mau", world.ws.now))
    text = site.visitor("thu").get("/xa-mau/events").text
    assert "<b>cost:</b> 12" in text and "của quy tắc «petitions.slow», có nêu lý do." in text


def test_the_inspectors_history_tells_steps_of_registers_by_their_titles(
    site: Site, world: World, get: Any
) -> None:
    given = {"title": "Đường hỏng", "lead": "phong-kinh-te", "number": "PA-12"}
    entry = commands.open_entry(world.ws, "petition", given, world.order("hoa")).item
    world.take("lan", "answer", entry.id)
    commands.undo_step(world.ws, entry.id, world.order("lan"))
    for path in ("events", f"items/{entry.id}"):
        text = get("thu", path).text
        assert "đã ghi bước «Trả lời»" in text and "trở lại «Đã tiếp nhận»" in text


def test_the_page_of_an_event_shows_the_figures_that_were_in_force_then(world: World, get: Any) -> None:
    given = {"title": "Đường hỏng", "lead": "phong-kinh-te", "number": "PA-12"}
    entry = commands.open_entry(world.ws, "petition", given, world.order("hoa")).item
    opened = world.ws.log.stream(f"item-{entry.id}")[0].position
    commands.set_figure(world.ws, "petitions", "days", "20", "QĐ 2", world.order("hoa"))
    world.take("lan", "answer", entry.id)
    answered = world.ws.log.size()
    assert "15 ngày" in get("thu", f"events/{opened}").text
    after = get("thu", f"events/{answered}").text
    assert "20 ngày" in after and "15 ngày" not in after


class Zeals:
    """Thi đua: a register whose steps have the names of another one's, and words of their own."""

    @hookimpl
    def workflows(self) -> list[Workflow]:
        steps = tuple(replace(one, title="Gạch tên") for one in REGISTER.transitions)
        return [replace(REGISTER, kind="zeal", title="Thi đua", transitions=steps)]


def test_the_log_calls_a_step_as_the_register_of_its_entry_does(tmp_path: Path) -> None:
    world = World(tmp_path / "data", plugins=plugged(petitions=Petitions(), zeals=Zeals())).settle()
    world.take("hoa", "drop", petition(world))
    given = {"title": "Một đợt", "lead": "phong-kinh-te", "number": "1"}
    world.take("hoa", "drop", commands.open_entry(world.ws, "zeal", given, world.order("hoa")).item.id)
    thu, newest = Site(world.ws).visitor("thu"), world.ws.log.size()
    log = thu.get("/xa-mau/events").text
    assert "đã ghi bước «Bỏ»." in log and "đã ghi bước «Gạch tên»." in log
    assert "đã ghi bước «Gạch tên»." in thu.get(f"/xa-mau/events/{newest}").text
