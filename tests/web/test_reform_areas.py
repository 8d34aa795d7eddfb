"""The page of each reform area, the forms of its registers, and what its rules ask of every form."""

import re
from pathlib import Path
from typing import Any

import pytest
from support.forms import send
from support.plugging import plugged
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow import handling
from cchc_flow.errors import MissingData
from cchc_flow.hookspecs import (
    Area,
    Facts,
    Figure,
    Measure,
    Panel,
    Rule,
    Violation,
    hookimpl,
)
from cchc_flow.plugins import Plugins
from cchc_flow.projections import items
from cchc_flow.web import create_app
from cchc_flow.workflow.definition import Field, State, Transition, Workflow
from cchc_flow.workflow.item import Item

REGISTER = Workflow(
    "petition",
    1,
    "Phản ánh, kiến nghị",
    "received",
    (State("received", "Đã tiếp nhận"), State("answered", "Đã trả lời", final=True),
     State("dropped", "Đã bỏ", column="", final=True)),
    (Transition(name="answer", title="Trả lời", fact="answers", event="item.advanced/1",
                from_=("received",), to="answered", by=("lead_unit",),
                fields=(Field("answered_on", "day", "Ngày trả lời"), Field("words", "text", "Trả lời"),
                        Field("way", "choice", "Hình thức", choices=(("letter", "Văn bản"), ("talk", "Gặp"))),
                        Field("paid", "amount", "Kinh phí"), Field("file", "files", "Tệp"))),
     Transition(name="drop", title="Bỏ", fact="droppings", event="item.advanced/1",
                from_=("received",), to="dropped", by=("coordinator",))),
    "PAKN",
    (Field("number", "line", "Số phản ánh", required=True), Field("task", "task", "Nhiệm vụ"),
     Field("period", "period", "Kỳ"), Field("month", "period", "Tháng", choices=(("month", "Tháng"),))),
    ("coordinator",),
)  # fmt: skip


class Petitions:
    """Phản ánh, kiến nghị"""

    @hookimpl
    def areas(self) -> list[Area]:
        return [Area("petitions", "Phản ánh, kiến nghị", "PA", "#123456", ("phan anh",))]

    @hookimpl
    def rules(self) -> list[Rule]:
        return [Rule("evidence", "Kết quả phải kèm tệp."), Rule("slow", "Việc nhận chậm thì cảnh báo.")]

    @hookimpl
    def figures(self) -> list[Figure]:
        return [Figure("days", "Số ngày trả lời", "15", "ngày", "Nghị định 61", low="1", high="60")]

    @hookimpl
    def workflows(self) -> list[Workflow]:
        return [REGISTER]

    @hookimpl
    def fields(self, kind: str, step: str, item: Item | None) -> list[Field]:
        return [Field("cost", "count", "Kinh phí")] if step == "report_progress" else []

    @hookimpl
    def check(self, item: Item, step: Transition) -> list[Violation]:
        if step.name == "open" and item.fields["number"] == "PA-0":
            return [Violation("number", "Không có số PA-0.", "Hãy xem lại.")]
        if step.name == "approve":
            return [Violation("published", "Kết quả chưa được công bố.", "Hãy công bố rồi duyệt.")]
        warning = Violation("slow", "Việc này đã quá 10 ngày.", "Hãy nêu lý do.", blocks=False)
        return [warning] if step.name == "start" else []

    @hookimpl
    def measures(self, facts: Facts) -> list[Measure]:
        found = facts.items("petition")
        done = [one.id for one in found if one.state == "answered"]
        return [Measure(key="answered", title="Tỷ lệ trả lời", unit="%", value="0" if found else None,
                        count=len(done), of=len(found), items=tuple(one.id for one in found))]  # fmt: skip

    @hookimpl
    def panel(self, facts: Facts) -> Panel:
        return Panel("Hôm nay", "khong-co.html")


class Broken:
    """Lĩnh vực hỏng"""

    @hookimpl
    def measures(self, facts: Facts) -> list[Measure]:
        raise RuntimeError("chia cho 0")


@pytest.fixture
def plugins() -> Plugins:
    return plugged(petitions=Petitions(), broken=Broken())


@pytest.fixture
def world(tmp_path: Path, plugins: Plugins) -> World:
    return World(tmp_path / "data", plugins=plugins).settle()


@pytest.fixture
def site(world: World, plugins: Plugins) -> Site:
    site = Site(world.ws)
    site.app = create_app(world.data, world.ws.now, plugins=plugins)
    return site


def test_the_page_of_an_area_tells_its_rules_figures_registers_measures_and_version(get: Any) -> None:
    text = get("lan", "areas/petitions").text
    for words in (
        "Kết quả phải kèm tệp.",
        "15 ngày",
        "Nghị định 61",
        "Chưa có số liệu",
        "board?kind=petition",
    ):
        assert words in text


def test_what_cannot_be_drawn_is_told_and_the_rest_is_drawn(get: Any) -> None:
    text = get("lan", "areas/petitions").text
    assert "Không vẽ được phần riêng của lĩnh vực" in text and "Số ngày trả lời" in text
    index = get("lan", "areas").text
    assert "Không lấy được các thước đo của «Lĩnh vực hỏng»: RuntimeError: chia cho 0" in index
    assert "1 sổ theo dõi" in index


def test_a_coordinator_changes_a_figure_and_others_see_no_form(site: Site, get: Any) -> None:
    assert "Căn cứ" not in get("lan", "areas/petitions").text
    page, action = "/xa-mau/areas/petitions", "/xa-mau/areas/petitions/figures/days"
    answer = send(site.visitor("hoa"), page, action, value="99", source="QĐ 2")
    assert answer.status_code == 422 and "phải từ 1 đến 60" in answer.text and 'value="99"' in answer.text
    assert send(site.visitor("hoa"), page, action, value="20", source="QĐ 2").status_code == 303
    assert "20 ngày" in get("lan", "areas/petitions").text


def test_changes_of_figures_are_told_by_title_unit_and_decimal_comma(world: World, get: Any) -> None:
    handling.set_figure(world.ws, "petitions", "days", "20.5", "QĐ 2", world.order("hoa"))
    said = "đặt «Số ngày trả lời» là 20,5 ngày, căn cứ: QĐ 2"
    assert f"Lê Thị Hoa {said}" in get("lan", "areas/petitions").text
    of_the_log = "đã đặt «Số ngày trả lời» của «Phản ánh, kiến nghị» là 20,5 ngày, căn cứ: QĐ 2."
    for path in ("events", f"events/{world.ws.log.size()}"):
        assert of_the_log in get("thu", path).text


def test_the_log_of_a_plugin_that_is_gone_has_its_title_and_the_key_of_its_figure(world: World) -> None:
    handling.set_figure(world.ws, "petitions", "days", "20", "QĐ 2", world.order("hoa"))
    handling.switch_plugin(world.ws, "petitions", False, world.order("hoa"))
    site = Site(handling.open_workspace(world.data, "xa-mau", world.ws.now))
    text = site.visitor("thu").get("/xa-mau/events").text
    assert "đã đặt «days» của «Phản ánh, kiến nghị» là 20, căn cứ: QĐ 2." in text
    assert "đã tắt các quy tắc của lĩnh vực «Phản ánh, kiến nghị»." in text


def test_a_change_of_a_figure_leads_to_its_event_for_who_may_open_it(world: World, get: Any) -> None:
    handling.set_figure(world.ws, "petitions", "days", "20", "QĐ 2", world.order("hoa"))
    link = f'href="/xa-mau/events/{world.ws.log.size()}"'
    entry = petition(world)
    opened = world.ws.log.stream(f"item-{entry}")[0].position
    for path in ("areas/petitions", f"events/{opened}"):
        assert link in get("thu", path).text
        for login in ("lan", "binh"):
            assert link not in get(login, path).text


def test_the_empty_table_of_a_register_is_named_by_its_title_without_marks(get: Any) -> None:
    answer = get("hoa", "areas/registers/petition/table.csv")
    assert 'filename="phan-anh-kien-nghi.csv"' in answer.headers["Content-Disposition"]


def test_an_area_is_switched_off_and_on(site: Site, get: Any) -> None:
    page, action = "/xa-mau/areas/petitions", "/xa-mau/areas/petitions/switches"
    assert f'action="{action}"' not in get("hoa", "areas/petitions").text
    assert get("lan", "areas/petitions/switches/new").status_code == 403
    asked = get("hoa", "areas/petitions/switches/new").text
    assert "không bước nào còn được hỏi quy tắc" in asked and "thước đo" in asked
    assert send(site.visitor("hoa"), f"{action}/new", action).status_code == 303
    assert "Thước đo không được tính khi các quy tắc đang tắt." in get("lan", "areas/petitions").text
    assert "Các quy tắc đang tắt." in get("lan", "areas/petitions").text
    send(site.visitor("hoa"), page, action)
    assert "Các quy tắc đang được áp dụng." in get("lan", "areas/petitions").text


def test_an_area_that_there_is_not_is_not_found(get: Any) -> None:
    assert get("lan", "areas/khong-co").status_code == 404


def test_an_entry_is_written_by_its_form_and_stands_on_its_board(site: Site, world: World, get: Any) -> None:
    page, action = "/xa-mau/areas/registers/petition/new", "/xa-mau/areas/registers/petition"
    wrong = send(site.visitor("hoa"), page, action, title="Đường hỏng", lead="phong-kinh-te")
    assert wrong.status_code == 422 and "Hãy nhập số phản ánh." in wrong.text and "Đường hỏng" in wrong.text
    filled = {"title": "Đường hỏng", "lead": "phong-kinh-te", "number": "PA-12", "due": "2026-03-20"}
    broken = send(site.visitor("hoa"), page, action, **filled | {"number": "PA-0"})
    assert broken.status_code == 422 and "Không có số PA-0. Hãy xem lại." in broken.text
    assert 'value="PA-0"' in broken.text and 'name="override"' not in broken.text
    hoa = site.visitor("hoa")
    written = send(hoa, page, action, **filled)
    assert written.status_code == 303
    assert "Đã ghi «Đường hỏng» vào sổ «Phản ánh, kiến nghị»." in hoa.get(written.location).text
    (entry,) = items.of_kind(world.ws.read(), "petition", None, {"number": "PA-12"})
    assert "Đường hỏng" in get("lan", "board?kind=petition").text
    item = f"/xa-mau/items/{entry.id}"
    assert send(site.visitor("lan"), f"{item}/answers/new", f"{item}/answers").status_code == 303
    assert items.item(world.ws.read(), entry.id).state == "answered"


def petition(world: World) -> str:
    given = {"title": "Đường hỏng", "lead": "phong-kinh-te", "number": "PA-12", "task": TASK}
    return handling.open_entry(world.ws, "petition", given, world.order("hoa")).item.id


def test_a_task_is_chosen_from_the_plans_below_its_area(site: Site) -> None:
    text = site.visitor("hoa").get("/xa-mau/areas/registers/petition/new").text
    assert '<optgroup label="Cải cách thể chế">' in text
    assert f'<option value="{TASK}">III.2.3.1. Rà soát thủ tục</option>' in text


def test_a_task_that_is_finished_comes_last_and_says_so(site: Site, world: World) -> None:
    page = "/xa-mau/areas/registers/petition/new"
    other = '<option value="2026-III.2.10">III.2.10. Công khai thủ tục</option>'
    finished = f'<option value="{TASK}">III.2.3.1. Rà soát thủ tục (đã hoàn thành)</option>'
    assert "(đã hoàn thành)" not in site.visitor("hoa").get(page).text
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start", override="Đã báo lãnh đạo.")
    world.take("lan", "submit", **RESULT)
    world.take("nam", "approve", quality="met")
    world.take("nam", "close")
    text = site.visitor("hoa").get(page).text
    assert text.index(other) < text.index(finished)


def test_a_period_is_chosen_by_its_words_of_the_sorts_that_its_field_names(site: Site) -> None:
    text = site.visitor("hoa").get("/xa-mau/areas/registers/petition/new").text
    names = ("period", "month")
    whole, month = (re.search(rf'<select id="{name}".*?</select>', text, re.S) for name in names)
    assert whole and month
    assert '<optgroup label="Quý">' in whole[0] and '<option value="2026-Q1">Quý I/2026</option>' in whole[0]
    assert "optgroup" not in month[0]
    assert re.findall(r'value="([^"]+)"', month[0])[:2] == ["2026-03", "2026-02"]
    assert '<option value="2026-03">Tháng 3/2026</option>' in month[0]


def test_a_task_that_is_not_in_the_plan_cannot_be_chosen(world: World) -> None:
    entry = petition(world)
    for wrong in ("khong-co", entry):
        given = {"title": "A", "lead": "phong-kinh-te", "number": "1", "task": wrong}
        with pytest.raises(MissingData, match="không có nhiệm vụ này trong kế hoạch"):
            handling.open_entry(world.ws, "petition", given, world.order("hoa"))


def test_the_page_of_an_entry_shows_what_it_keeps_under_the_titles_of_its_form(
    world: World, get: Any
) -> None:
    entry = petition(world)
    world.take("lan", "answer", entry, answered_on="2026-03-04", words="Đã vá đường.")
    text = get("lan", f"items/{entry}").text
    assert "<dt>Số phản ánh</dt><dd>PA-12</dd>" in text
    assert "<dt>Ngày trả lời</dt><dd>04/03/2026</dd>" in text
    assert f'<dd><a href="/xa-mau/items/{TASK}">Rà soát thủ tục</a></dd>' in text
    assert "đã ghi bước «Trả lời»" in text
    assert '<b>Trả lời:</b> <span class="typed">Đã vá đường.</span>' in text


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


def test_fields_and_rules_of_a_plugin_that_is_gone_are_told_by_their_keys(world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start", override="Chờ số liệu.")
    world.take("lan", "report_progress", percent="20", cost="12")
    site = Site(handling.open_workspace(world.data, "xa-mau", world.ws.now))
    text = site.visitor("thu").get("/xa-mau/events").text
    assert "<b>cost:</b> 12" in text and "của quy tắc «petitions.slow», có nêu lý do." in text


def test_an_entry_is_marked_by_the_area_of_its_register(world: World, get: Any) -> None:
    entry = petition(world)
    card, page = get("lan", "board?kind=petition").text, get("lan", f"items/{entry}").text
    assert ">PA</b>" in page and ">Phản ánh, kiến nghị</a></dd>" in page and ">PA<" in card
    assert "Tiến độ" not in page


def test_the_board_of_a_register_offers_a_new_entry_instead_of_the_official_counts(get: Any) -> None:
    empty = get("hoa", "board?kind=petition").text
    assert "Sổ «Phản ánh, kiến nghị» chưa có mục nào." in empty
    assert "Mục mới vào đây khi đầu mối CCHC ghi vào sổ." in empty
    assert 'href="/xa-mau/areas/registers/petition/new">Ghi mới</a>' in empty
    assert 'class="standings"' not in empty and 'class="standings"' in get("hoa", "board").text
    assert ">Ghi mới</a>" not in get("lan", "board?kind=petition").text


def test_entries_that_left_the_board_are_found_in_the_list_that_board_and_area_page_lead_to(
    world: World, get: Any
) -> None:
    link = "/xa-mau/items?kind=petition&amp;figure=all&amp;plan=all"
    assert "chưa có mục nào" in get("lan", "areas/petitions").text
    entry = petition(world)
    world.take("hoa", "drop", entry)
    board = get("lan", "board?kind=petition").text
    assert "Không có mục nào của sổ «Phản ánh, kiến nghị» đang ở trên bảng này." in board
    assert f'href="{link}">Mọi mục đã ghi (1)</a>' in board and "0 mục" in board
    assert f'href="{link}">1 mục<' in get("lan", "areas/petitions").text
    shown = get("lan", "items?kind=petition&figure=all&plan=all").text
    assert f'<a href="/xa-mau/items/{entry}">Đường hỏng</a>' in shown and "<strong>1</strong> mục" in shown
    assert "<h1>Phản ánh, kiến nghị: tất cả, kể cả đã rời bảng</h1>" in shown


def test_the_page_of_an_entry_shows_only_what_its_register_has(world: World, get: Any) -> None:
    text = get("lan", f"items/{petition(world)}").text
    assert "Phòng Kinh tế chủ trì" in text and "vào sổ «Phản ánh, kiến nghị»" in text
    assert "Chưa có tệp nào. Tệp được gắn khi trả lời." in text
    for absent in ("Trao đổi", "Không đặt hạn", "Phối hợp", "Chưa phân công", "đã lập công việc"):
        assert absent not in text
    listed = get("lan", "items?kind=petition&figure=all&plan=all").text
    assert '<span class="due none"></span>' in listed


def test_the_page_of_a_task_goes_on_to_show_files_talk_and_due_day(get: Any) -> None:
    text = get("lan", "items/2026-III.1.1").text
    for words in ("Tệp được gắn khi báo cáo tiến độ hoặc nộp kết quả.", "Trao đổi", "Không đặt hạn"):
        assert words in text


def test_an_item_lists_what_names_it_and_an_entry_leads_to_its_area(world: World, get: Any) -> None:
    assert "Liên quan" not in get("lan", f"items/{TASK}").text
    entry = petition(world)
    named, naming = get("lan", f"items/{TASK}").text, get("lan", f"items/{entry}").text
    assert f'<a href="/xa-mau/items/{entry}">Đường hỏng</a>' in named and "Liên quan" in named
    assert "Phản ánh, kiến nghị · Đã tiếp nhận" in named
    assert "Liên quan" not in naming and f'<a href="/xa-mau/items/{TASK}">Rà soát thủ tục</a>' in naming
    assert '<dd><a href="/xa-mau/areas/petitions">Phản ánh, kiến nghị</a></dd>' in naming


def test_the_items_behind_a_measure_are_named(world: World, get: Any) -> None:
    entry = petition(world)
    assert f'<a href="/xa-mau/items/{entry}">Đường hỏng</a>' in get("lan", "areas/petitions").text


def test_a_form_asks_what_a_plugin_asks_besides(site: Site, world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start", override="Chờ số liệu.")
    page = f"/xa-mau/items/{TASK}/progress-reports"
    assert "Kinh phí" in site.visitor("lan").get(f"{page}/new").text
    assert send(site.visitor("lan"), f"{page}/new", page, percent="20", cost="12").status_code == 303
    assert items.item(world.ws.read(), TASK).fields["cost"] == "12"


def test_a_warning_asks_for_a_reason_in_the_form_of_the_step(site: Site, world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    page = f"/xa-mau/items/{TASK}"
    asked = send(site.visitor("lan"), page, f"{page}/starts")
    assert asked.status_code == 422
    assert "Việc này đã quá 10 ngày." in asked.text and "Lý do vẫn làm" in asked.text
    assert "Vẫn nhận việc</button>" in asked.text
    world.take("lan", "start", override="Chờ số liệu của tỉnh.")
    assert items.item(world.ws.read(), TASK).state == "in_progress"


def test_a_rule_that_blocks_says_what_to_do_and_does_not_offer_to_go_on(site: Site, world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start", override="Chờ số liệu.")
    world.take("lan", "submit", **RESULT)
    page = f"/xa-mau/items/{TASK}/approvals"
    answer = send(site.visitor("hoa"), f"{page}/new", page, quality="good", comment="Số liệu đầy đủ.")
    assert answer.status_code == 422 and "Số liệu đầy đủ." in answer.text
    assert "Không thể duyệt: Kết quả chưa được công bố.</strong> Hãy công bố rồi duyệt." in answer.text
    assert "khắc phục xong thì bấm «Duyệt» lần nữa" in answer.text
    assert "Vẫn duyệt" not in answer.text and "vẫn muốn" not in answer.text


def test_a_plugin_that_is_gone_is_told_on_its_page(world: World) -> None:
    without = handling.open_workspace(world.data, "xa-mau", world.ws.now)
    answer = Site(without).visitor("lan").get("/xa-mau/areas/petitions")
    assert "không còn đi kèm chương trình" in answer.text


def test_the_inspectors_history_tells_steps_of_registers_by_their_titles(
    site: Site, world: World, get: Any
) -> None:
    given = {"title": "Đường hỏng", "lead": "phong-kinh-te", "number": "PA-12"}
    entry = handling.open_entry(world.ws, "petition", given, world.order("hoa")).item
    world.take("lan", "answer", entry.id)
    handling.undo_step(world.ws, entry.id, world.order("lan"))
    for path in ("events", f"items/{entry.id}"):
        text = get("thu", path).text
        assert "đã ghi bước «Trả lời»" in text and "trở lại «Đã tiếp nhận»" in text


def test_the_board_lists_registers_apart_from_the_cores_own_kinds(get: Any) -> None:
    text = get("hoa", "board").text
    tabs, _, listed = text.partition('<details class="registers">')
    assert "board?kind=report" in tabs and "board?kind=petition" not in tabs
    assert "board?kind=petition" in listed
    shown = get("hoa", "board?kind=petition").text
    assert 'kind=petition" aria-current="page"' in shown and '<details class="registers">' not in shown


def test_the_page_of_an_event_shows_the_figures_that_were_in_force_then(world: World, get: Any) -> None:
    given = {"title": "Đường hỏng", "lead": "phong-kinh-te", "number": "PA-12"}
    entry = handling.open_entry(world.ws, "petition", given, world.order("hoa")).item
    opened = world.ws.log.stream(f"item-{entry.id}")[0].position
    handling.set_figure(world.ws, "petitions", "days", "20", "QĐ 2", world.order("hoa"))
    world.take("lan", "answer", entry.id)
    answered = world.ws.log.size()
    assert "15 ngày" in get("thu", f"events/{opened}").text
    after = get("thu", f"events/{answered}").text
    assert "20 ngày" in after and "15 ngày" not in after
