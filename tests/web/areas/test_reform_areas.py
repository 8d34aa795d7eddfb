"""The page of each reform area, the forms of its registers, and what its rules ask of every form."""

import re
from typing import Any

import pytest
from support import petitions
from support.forms import send
from support.petitions import petition
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.errors import MissingData
from cchc_flow.projections.cards import items

plugins, world, site = petitions.plugins, petitions.world, petitions.site


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


def test_the_empty_table_of_a_register_is_named_by_its_title_without_marks(get: Any) -> None:
    answer = get("hoa", "areas/registers/petition/table.csv")
    assert 'filename="phan-anh-kien-nghi.csv"' in answer.headers["Content-Disposition"]


def test_an_area_is_switched_off_and_on(site: Site, get: Any) -> None:
    page, action = "/xa-mau/areas/petitions", "/xa-mau/areas/petitions/switches"
    assert f'action="{action}"' not in get("hoa", "areas/petitions").text
    assert get("lan", "areas/petitions/switches/new").status_code == 403
    asked = get("hoa", "areas/petitions/switches/new").text
    assert "không bước nào còn được hỏi quy tắc" in asked and "thước đo" in asked
    assert send(site.visitor("hoa"), f"{action}/new", action, reason="Chờ bản mới").status_code == 303
    assert "Thước đo không được tính khi các quy tắc đang tắt." in get("lan", "areas/petitions").text
    off = get("lan", "areas/petitions").text
    assert "Các quy tắc đang tắt." in off and "Nội dung cho báo cáo" not in off
    assert get("hoa", "areas/petitions/switches/new").status_code == 303
    send(site.visitor("hoa"), page, action)
    assert "Các quy tắc đang được áp dụng." in get("lan", "areas/petitions").text


def test_an_area_is_not_switched_off_without_a_reason_and_what_was_typed_is_kept(site: Site) -> None:
    action = "/xa-mau/areas/petitions/switches"
    for typed, kept in (("  ", ""), ("Chờ bản mới. " * 200, "Chờ bản mới. ")):
        answer = send(site.visitor("hoa"), f"{action}/new", action, reason=typed)
        assert answer.status_code == 422
        assert "Lý do tắt: cần từ 1 đến 2000 ký tự." in answer.text and f">{kept}" in answer.text
    assert "Các quy tắc đang được áp dụng." in site.visitor("lan").get("/xa-mau/areas/petitions").text


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
    (entry,) = items.items_of_kind(world.ws.read(), "petition", None, {"number": "PA-12"})
    assert "Đường hỏng" in get("lan", "board?kind=petition").text
    item = f"/xa-mau/items/{entry.id}"
    assert send(site.visitor("lan"), f"{item}/answers/new", f"{item}/answers").status_code == 303
    assert items.item(world.ws.read(), entry.id).state == "answered"


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
            commands.open_entry(world.ws, "petition", given, world.order("hoa"))


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
    assert "Chưa có tệp nào. Tệp được gắn ở bước «Trả lời»." in text
    for absent in ("Trao đổi", "Không đặt hạn", "Phối hợp", "Chưa phân công", "đã lập công việc"):
        assert absent not in text
    listed = get("lan", "items?kind=petition&figure=all&plan=all").text
    assert '<span class="due none"></span>' in listed


def test_the_page_of_a_task_goes_on_to_show_files_talk_and_due_day(get: Any) -> None:
    text = get("lan", "items/2026-III.1.1").text
    for words in ("Tệp được gắn ở bước «Báo cáo tiến độ», «Nộp kết quả».", "Trao đổi", "Không đặt hạn"):
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
    without = commands.open_workspace(world.data, "xa-mau", world.ws.now)
    answer = Site(without).visitor("lan").get("/xa-mau/areas/petitions")
    assert "không còn đi kèm chương trình" in answer.text


def test_the_board_lists_registers_apart_from_the_cores_own_kinds(get: Any) -> None:
    text = get("hoa", "board").text
    tabs, _, listed = text.partition('<div class="registers">')
    assert "board?kind=report" in tabs and "board?kind=petition" not in tabs
    assert "board?kind=petition" in listed
    shown = get("hoa", "board?kind=petition").text
    assert 'kind=petition" aria-current="page"' in shown and '<div class="registers">' not in shown
