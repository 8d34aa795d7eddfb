"""The history is searched by days of either clock, by what events have, and by words; nothing is ignored."""

import re
from datetime import timedelta

import pytest
from support.vaults import content_file
from support.visitors import Site
from support.world import TASK, World

from cchc_flow import commands
from cchc_flow.audit import event_words
from cchc_flow.audit.event_search import parse_search
from cchc_flow.audit.flags import FLAGS
from cchc_flow.audit.found import find_events
from cchc_flow.projections import trail_items
from cchc_flow.projections.reading import reader_of
from cchc_flow.projections.trail import TrailSearch
from cchc_flow.workflow.commands import TakeStep

REASON = {"reason": "Thiếu biên bản nghiệm thu của Đắk Lắk.", "defects": "1"}


@pytest.fixture
def returned(world: World) -> int:
    """The position of a return with a typed reason."""
    world.submitted()
    world.take("hoa", "return", **REASON)
    return world.ws.log.size()


def positions(world: World, **parameters: str) -> list[int]:
    query = parse_search(world.ws, parameters.items(), None)
    assert query.is_usable, query.errors
    return list(find_events(world.ws, query.search, None).oldest_first())


def erase_reason(world: World, position: int) -> None:
    digest = world.ws.log.event(position).data["reason"]["digest"]
    commands.grant_role(world.ws, "thu", "admin", world.order())
    commands.erase_content(world.ws, digest, "Lộ thông tin cá nhân.", world.order("thu"))


@pytest.mark.parametrize("words", ["bien ban nghiem thu", "BIÊN BẢN", '"dak lak"', "thieu dak"])
def test_typed_words_are_found_without_diacritics_and_in_any_case(world: World, returned, words) -> None:
    assert positions(world, q=words) == [returned]


@pytest.mark.parametrize("words", ['"ban bien"', "bien ban khac", '"thieu dak"'])
def test_all_words_have_to_be_there_and_those_in_quotation_marks_side_by_side(
    world: World, returned, words
) -> None:
    assert positions(world, q=words) == []


@pytest.mark.parametrize(
    "words", ["bien\0ban", "NEAR(bien ban)", "bien* AND", "-bien", "{text}: bien", "it's", "^bien"]
)
def test_words_are_never_taken_for_orders_of_the_index(world: World, returned, words) -> None:
    client = Site(world.ws).visitor("thu")
    assert client.get("/xa-mau/events", query_string={"q": words}).status_code == 200
    assert positions(world, q="'; bien! (ban)") == [returned]


def test_what_was_found_is_marked_and_a_typed_text_is_shown_around_it(world: World, returned) -> None:
    page = Site(world.ws).visitor("thu").get("/xa-mau/events?q=nghiem+tra").text
    assert "đã <mark>trả</mark> lại" in page
    assert "Thiếu biên bản <mark>nghiệm</mark> thu của Đắk Lắk." in page


def test_sentences_and_titles_are_found_too_and_words_go_with_other_filters(world: World, returned) -> None:
    assert returned in positions(world, q="tra lai")
    of_item = positions(world, item=TASK)
    assert positions(world, q="ra soat thu tuc", item=TASK) == of_item
    assert positions(world, q="ra soat thu tuc", person="hoa", type="item.returned") == [returned]


def test_erased_words_leave_the_index_and_its_file(world: World, returned) -> None:
    assert positions(world, q="nghiem thu") == [returned]
    erase_reason(world, returned)
    assert positions(world, q="nghiem thu") == []
    assert returned in positions(world, q="tra lai")  # what the event itself says is still found
    world.ws.close()
    for file in world.ws.folder.glob("words*"):
        assert b"nghiem" not in file.read_bytes(), file


def test_an_index_made_before_the_vault_is_cleared_forgets_the_words_as_well(world: World, returned) -> None:
    digest = world.ws.log.event(returned).data["reason"]["digest"]
    content = content_file(world.ws, digest).read_bytes()
    erase_reason(world, returned)
    content_file(world.ws, digest).write_bytes(content)  # the machine went down between event and deletion
    assert positions(world, q="nghiem thu") == []


def test_a_rebuilt_index_has_its_words_again_and_no_others(world: World, returned) -> None:
    planted = event_words.read_words(world.ws)
    planted.execute("INSERT INTO words (rowid, text) VALUES (?, 'nghiem thu')", [returned + 1000])
    event_words.rebuild_index(world.ws)
    assert positions(world, q="nghiem thu") == [returned]
    assert event_words.read_words(world.ws).execute("SELECT max(rowid) FROM words").fetchone() == (returned,)


def test_a_search_before_the_index_is_whole_says_up_to_where_it_looked(
    world: World, returned, monkeypatch
) -> None:
    monkeypatch.setattr(event_words, "PATIENCE", 0.0)
    found = find_events(world.ws, TrailSearch(words="nghiem thu"), None)
    assert found.indexed == 0
    assert (
        Site(world.ws).visitor("thu").get("/xa-mau/events?q=nghiem+thu").text.count("mới lập đến sự kiện")
        == 1
    )


def test_of_frequent_words_the_newest_are_looked_at_and_the_search_goes_on_from_there(
    world: World, monkeypatch
) -> None:
    monkeypatch.setattr(event_words, "WINDOW", 3)
    monkeypatch.setattr(event_words, "FEW", 0)
    page = Site(world.ws).visitor("thu").get("/xa-mau/events?q=da").text
    shown = [int(number) for number in re.findall(r'id="event-(\d+)"', page)]
    assert len(shown) == 3
    assert f"before={min(shown)}" in page and "Tìm tiếp ở các sự kiện cũ hơn" in page
    assert "Ít nhất 3 sự kiện" in page


def test_days_are_those_of_the_clock_that_is_asked_for(world: World) -> None:
    given = world.time - timedelta(days=3)
    order = commands.Order("hoa", world.ws.new_id(), given=given)
    commands.take_step(world.ws, TASK, TakeStep("assign", {"lead": "phong-kinh-te"}), order)
    late, day = world.ws.log.size(), "27/02/2026"
    assert positions(world, **{"from": day, "to": day, "clock": "happened"}) == [late]
    assert positions(world, **{"from": day, "to": day}) == []
    assert positions(world, to="2026-02-28", clock="happened") == [late]
    assert late in positions(world, **{"from": "02/03/2026"})
    assert positions(world, flag="backdated") == [late]


@pytest.mark.parametrize("name", ["persn", "personn", "từ", "as_of"])
def test_a_parameter_that_there_is_not_is_told_and_nothing_is_shown(world: World, name: str) -> None:
    page = Site(world.ws).visitor("thu").get(f"/xa-mau/events?{name}=lan").text
    assert f"Nhật ký không có điều kiện lọc «{name}»." in page
    assert 'id="event-' not in page


def test_a_misspelt_parameter_is_told_what_it_may_mean(world: World) -> None:
    assert "Có phải ý bạn là «person»?" in parse_search(world.ws, [("persn", "lan")], None).errors["persn"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("person=ai.do", "Người thực hiện: không có «ai.do»"),
        ("unit=phong-khac", "không có «phong-khac»"),
        ("role=boss", "Vai trò: không có «boss»"),
        ("channel=fax", "Kênh thao tác: không có «fax»"),
        ("type=item.eaten", "Loại việc: không có «item.eaten»"),
        ("type=item.submitted/9", "không có «item.submitted/9»"),
        ("kind=secret", "Loại công việc: không có «secret»"),
        ("area=99", "Lĩnh vực: không có «99»"),
        ("flag=purple", "Dấu hiệu: không có «purple»"),
        ("clock=sand", "Không có cách tính ngày «sand»"),
        ("from=03/02/2026&to=01/02/2026", "Ngày cuối 01/02/2026 ở trước ngày đầu 03/02/2026"),
        ("day=01/02/2026&from=01/02/2026", "Đã chọn một ngày thì không chọn thêm"),
        ("q=%3F%21", "không có chữ hay số nào để tìm"),
        (f"q={'a' * 201}", "Chỉ tìm được nhiều nhất 200 ký tự"),
        ("person=lan&person=hoa", "Điều kiện «person» có hai giá trị"),
    ],
)
def test_a_value_that_nothing_can_have_is_told_and_nothing_is_shown(world: World, query, words) -> None:
    page = Site(world.ws).visitor("thu").get(f"/xa-mau/events?{query}").text
    assert words in page
    assert 'id="event-' not in page


def test_every_filter_is_counted_and_leads_to_as_many_events(world: World, returned) -> None:
    client = Site(world.ws).visitor("thu")
    page = client.get("/xa-mau/events").text
    links = re.findall(r'<li><a href="([^"]*)"><span class="number">([\d.]+)</span> <span>([^<]*)<', page)
    assert {re.search(r"\?(\w+)=", address)[1] for address, *_ in links} >= {
        *("person", "unit", "role", "channel", "type", "kind", "area", "flag", "item")
    }
    for address, number, title in links:
        shown = client.get(address.replace("&amp;", "&")).text.count('id="event-')
        assert shown == min(int(number), 100), (address, title)


def test_flags_tell_what_was_late_returned_moved_and_taken_back(world: World) -> None:
    world.submitted()
    due = {"due": "2026-05-30", "reason": "Theo công văn mới."}
    world.take("hoa", "return", **REASON)
    world.take("hoa", "set_due", **due)
    moved = world.ws.log.size()
    world.wait(days=120)
    world.take("lan", "submit", result="Đã làm.")
    late = world.ws.log.size()
    assert positions(world, flag="returned") == [moved - 1]
    assert positions(world, flag="due_moved") == [moved]
    assert positions(world, flag="late") == [late]


def test_every_flag_has_its_rule_in_words() -> None:
    assert tuple(FLAGS) == trail_items.FLAGS


def test_who_may_read_one_item_only_searches_within_it(world: World, returned) -> None:
    client = Site(world.ws).visitor("lan")
    assert client.get("/xa-mau/events?q=nghiem").status_code == 403
    assert f'id="event-{returned}"' in client.get(f"/xa-mau/events?q=nghiem&item={TASK}").text


def test_a_reader_who_is_given_changes_nothing_where_all_may_be_read(world: World, returned) -> None:
    reader = reader_of(world.ws.read(), "thu")
    found = find_events(world.ws, TrailSearch(person="hoa"), reader)
    assert list(found.oldest_first()) == positions(world, person="hoa")
