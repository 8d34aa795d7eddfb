import re

import pytest
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASK, TASKS, World, adoption
from web.conftest import Send

from cchc_flow import commands
from cchc_flow.commands import NewTask
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.projections.directory import Unit
from cchc_flow.projections.unit_names import short_unit_name
from cchc_flow.web.board.cards import area_mark, short_person_name, short_title

HTMX = {"HX-Request": "true"}
CARD = re.compile(r'<li id="i-.*?(?=<li |</ol>|$)', re.DOTALL)


def cards_of(page: str) -> list[str]:
    return re.findall(r'<li id="i-([^"]+)"', page)


def lane_of(page: str, state: str) -> str:
    return page.split(f'id="c-{state}"')[1].split("</section>")[0]


def count_of(page: str, state: str) -> int:
    return int(re.search(rf'id="n-{state}" class="count"[^>]*>(\d+)<', page)[1])


@pytest.fixture
def world_with_areas(tmp_path):
    """The commune with the areas that are shipped."""
    return World(tmp_path / "ruled", plugins=load_plugins()).settle()


@pytest.fixture
def crowd(new_world: World) -> World:
    """A commune whose plan has 120 tasks, each with as long a title as a card can have."""
    title = "Rà soát, đánh giá thủ tục hành chính thuộc thẩm quyền giải quyết của cấp xã ngay"
    assert len(title) == 80
    many = tuple(
        NewTask(ref=f"III.2.{number}", title=title, text=title, area="2", due=f"2026-06-{number % 28 + 1:02}")
        for number in range(1, 121)
    )
    commands.adopt_plan(new_world.ws, adoption(tasks=many), new_world.order())
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    commands.grant_role(new_world.ws, "hoa", "coordinator", new_world.order())
    return new_world


def test_the_board_has_a_column_for_each_state_on_it_with_its_count(get):
    page = get("hoa", "board").text
    assert re.findall(r'<section class="lane" data-state="(\w+)"', page) == [
        "planned",
        "assigned",
        "in_progress",
        "submitted",
        "approved",
        "closed",
    ]
    assert count_of(page, "planned") == 3
    assert count_of(page, "closed") == 0


def test_cards_stand_in_the_order_of_due_day_then_reference(get):
    assert cards_of(get("hoa", "board").text) == ["2026-III.2.10", "2026-III.2.3.1", "2026-III.1.1"]


def test_a_card_shows_title_area_reference_unit_and_due_day_in_words(world_with_areas):
    world_with_areas.take("hoa", "assign", "2026-III.2.10", **ASSIGN | {"due": "2026-03-04"})
    card = lane_of(Site(world_with_areas.ws).visitor("hoa").get("/xa-mau/board").text, "assigned")
    for words in ("Công khai thủ tục", "TTHC", "III.2.10", "Phòng Kinh tế", "Còn 2 ngày"):
        assert words in card
    assert 'href="items/2026-III.2.10"' in card
    assert 'href="items/2026-III.2.10/steps"' in card
    assert "<progress" not in card


def test_a_card_shows_progress_while_the_work_is_under_way(world, get):
    world.take("hoa", "assign", **ASSIGN)
    world.take("lan", "start")
    world.take("lan", "report_progress", percent="40", note="", evidence=[])
    assert "<progress max=100 value=40></progress>40 %" in lane_of(get("hoa", "board").text, "in_progress")


def test_no_card_is_heavier_than_half_a_kilobyte_and_eight_elements(crowd):
    for number in range(1, 6):
        crowd.take("hoa", "assign", f"2026-III.2.{number}", **ASSIGN)
    page = Site(crowd.ws).visitor("hoa").get("/xa-mau/board").text
    weights = [len(card.encode()) for card in CARD.findall(page)]
    assert len(weights) == 55
    assert max(weights) <= 500
    assert max(len(re.findall(r"<[a-z]", card)) for card in CARD.findall(page)) <= 8


def test_a_column_shows_its_first_fifty_cards_and_the_way_to_the_next(crowd):
    visitor = Site(crowd.ws).visitor("hoa")
    first = visitor.get("/xa-mau/board").text
    assert count_of(first, "planned") == 120
    assert len(cards_of(first)) == 50
    seen = cards_of(first)
    more = re.search(r'<li class="more"><a href="([^"]+)"', first)
    while more:
        page = visitor.get(more[1].replace("&amp;", "&"), headers=HTMX).text
        assert "<html" not in page
        seen += cards_of(page)
        more = re.search(r'<li class="more"><a href="([^"]+)"', page)
    assert len(seen) == len(set(seen)) == 120


def test_the_next_cards_of_a_column_are_a_page_of_their_own_without_javascript(crowd):
    visitor = Site(crowd.ws).visitor("hoa")
    more = re.search(r'<li class="more"><a href="([^"]+)"', visitor.get("/xa-mau/board?area=2").text)[1]
    page = visitor.get(more.replace("&amp;", "&")).text
    assert "<html" in page
    assert 'href="../../items/' in page
    assert "area=2" in more


def test_a_board_of_five_hundred_stays_small_on_the_wire(new_world):
    many = tuple(
        NewTask(ref=f"III.1.{number}", title=f"Việc số {number} của kế hoạch", text="x", area="1")
        for number in range(500)
    )
    commands.adopt_plan(new_world.ws, adoption(tasks=many), new_world.order())
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    page = Site(new_world.ws).visitor("hoa").get("/xa-mau/board")
    assert len(page.data) < 80_000


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("area=1", ["2026-III.1.1"]),
        ("words=dak+lak", ["2026-III.2.3.1"]),
        ("words=CONG+KHAI", ["2026-III.2.10"]),
        ("due=soon", ["2026-III.2.10"]),
        ("due=none", ["2026-III.1.1"]),
        ("due=late", []),
        ("area=2&words=thu+tuc", ["2026-III.2.10", "2026-III.2.3.1"]),
    ],
)
def test_a_filter_in_the_address_narrows_the_board(get, asked, found):
    assert cards_of(get("hoa", f"board?{asked}").text) == found


def test_who_decides_finds_the_requests_for_an_extension_on_the_board(world, get):
    world.take("hoa", "assign", **ASSIGN)
    assert cards_of(get("nam", "board?due=asked").text) == []
    world.take("lan", "ask_extension", due="2026-07-20", reason="Chờ số liệu.")
    page = get("nam", "board?due=asked").text
    assert cards_of(page) == [TASK] and "· xin gia hạn</time>" in page
    world.take("hoa", "grant_extension", due="2026-07-15")
    assert cards_of(get("nam", "board?due=asked").text) == []


def test_mine_are_the_works_of_ones_unit(world, get):
    world.take("hoa", "assign", **ASSIGN)
    assert cards_of(get("lan", "board?mine=1").text) == [TASK]
    assert cards_of(get("hoa", "board?mine=1").text) == []


def test_mine_of_who_has_no_unit_are_the_works_one_is_in_charge_of(world, get):
    world.take("hoa", "assign", **ASSIGN, officer="lan")
    assert cards_of(get("nam", "board?mine=1").text) == []
    assert cards_of(get("lan", "board?mine=1&unit=phong-kinh-te").text) == [TASK]


@pytest.mark.parametrize("path", ["board", "items"])
def test_mine_is_offered_to_whom_has_a_unit_or_a_task_in_charge(world, get, path):
    world.take("hoa", "assign", **ASSIGN, officer="lan")
    offered = {login: 'name="mine"' in get(login, path).text for login in ("lan", "hoa", "nam", "thu")}
    assert offered == {"lan": True, "hoa": True, "nam": False, "thu": False}
    assert 'name="mine"' in get("nam", f"{path}?mine=1").text
    commands.change_person(world.ws, "lan", "Trần Thị Lan", None, None, True, world.order())
    assert 'name="mine"' in get("lan", path).text


def test_htmx_gets_the_columns_alone(get):
    page = get("hoa", "board?area=1", headers=HTMX).text
    assert page.lstrip().startswith('<div id="board"')
    assert cards_of(page) == ["2026-III.1.1"]


def test_going_back_in_history_gets_the_whole_page(get):
    assert "<html" in get("hoa", "board", headers=HTMX | {"HX-History-Restore-Request": "true"}).text


def test_an_empty_board_says_what_to_do_and_who_does_it(new_world):
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    commands.grant_role(new_world.ws, "hoa", "viewer", new_world.order())
    page = Site(new_world.ws).visitor("hoa").get("/xa-mau/board").text
    assert "Chưa có công việc nào. Đầu mối CCHC bắt đầu bằng việc" in page


def test_an_empty_column_says_which_step_fills_it_and_who_takes_it(get):
    page = get("hoa", "board").text
    assert "Việc vào đây khi đơn vị chủ trì chọn «Nhận việc»." in lane_of(page, "in_progress")
    assert "Việc vào đây khi lãnh đạo UBND hoặc đầu mối CCHC được giao quyền chọn «Hoàn thành»." in lane_of(
        page, "closed"
    )


def test_a_search_that_finds_nothing_says_so_and_leads_back(get):
    page = get("hoa", "board?words=khongco").text
    assert "Không có công việc nào khớp." in page
    assert '<a href="/xa-mau/board">Bỏ lọc</a>' in page


def test_the_board_of_today_says_that_the_day_is_not_over(get):
    assert "Bảng của hôm nay, 02/03/2026, tính đến lúc này." in get("hoa", "board?as_of=2026-03-02").text


def test_each_filter_that_is_on_is_a_chip_with_the_way_to_the_board_without_it(get):
    chips = re.findall(r'href="([^"]+)" data-off="(\w+)"', get("hoa", "board?area=2&mine=1&words=niem").text)
    assert chips == [
        ("/xa-mau/board?mine=1&amp;words=niem", "area"),
        ("/xa-mau/board?area=2&amp;words=niem", "mine"),
    ]
    assert "data-off" not in get("hoa", "board").text
    assert 'id="f-on" class="on" hx-swap-oob="true"' in get("hoa", "board?area=2", headers=HTMX).text


def test_the_board_of_a_past_day_shows_that_day_and_no_step(world, get):
    world.wait(days=3)
    world.take("hoa", "assign", **ASSIGN)
    then, now = get("hoa", "board?as_of=2026-03-02").text, get("hoa", "board").text
    assert TASK in lane_of(then, "planned")
    assert TASK in lane_of(now, "assigned")
    assert "Bảng như lúc hết ngày 02/03/2026." in then
    assert "/steps" not in then
    assert "Quá hạn 1 ngày" in now
    assert "Còn 2 ngày" in then


def test_the_board_of_today_as_a_day_is_that_of_now(world, get):
    world.take("hoa", "assign", **ASSIGN)
    assert TASK in lane_of(get("hoa", "board?as_of=2026-03-02").text, "assigned")


@pytest.mark.parametrize("path", ["board", "items", "overview"])
def test_no_day_to_come_can_be_chosen(get, path):
    assert re.search(r'name="as_of"[^>]* data-max="2026-03-02"', get("hoa", path).text)


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_only_the_board_of_now_offers_a_new_task(get, headers):
    assert "Thêm công việc<" in get("hoa", "board", headers=headers).text
    assert "Thêm công việc<" not in get("hoa", "board?as_of=2026-03-02", headers=headers).text


def test_a_refusal_leaves_the_address_as_it_is(get):
    answer = get("hoa", "board?as_of=2026-03-03", headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Push-Url"]) == (422, "false")


def test_before_the_log_began_there_is_nothing_and_the_page_says_so(get):
    assert "Hết ngày 01/01/2020 chưa có công việc nào." in get("hoa", "board?as_of=2020-01-01").text


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("as_of=h%C3%B4m+qua", "«hôm qua» không phải là một ngày."),
        ("as_of=2026-02-30", "«2026-02-30» không phải là một ngày."),
        ("as_of=2026-03-03", "Ngày 03/03/2026 chưa đến: chỉ xem được hôm nay và những ngày đã qua."),
        ("as_of=9999-12-31", "Ngày 31/12/9999 chưa đến: chỉ xem được hôm nay và những ngày đã qua."),
        ("due=muon", "Không có tình trạng hạn «muon»."),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(get, asked, why):
    answer = get("hoa", f"board?{asked}")
    assert answer.status_code == 422
    assert why in answer.text
    assert 'href="/xa-mau/board">Về bảng công việc</a>' in answer.text


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("board/columns/nowhere", "không có trạng thái «nowhere»"),
        ("board/columns/planned?after=x", "Đường dẫn tới trang thẻ tiếp theo không đúng."),
    ],
)
def test_a_page_of_a_column_that_cannot_be_is_not_found(get, path, why):
    answer = get("hoa", path)
    assert answer.status_code == 404
    assert why in answer.text


def test_parameters_that_nobody_asked_for_do_not_stand_in_the_way(crowd):
    page = Site(crowd.ws).visitor("hoa").get("/xa-mau/board?state=x&_external=1&after=y&words=")
    assert page.status_code == 200
    assert "_external" not in page.text


def test_what_people_typed_is_drawn_as_text(new_world):
    task = NewTask(ref='III.1.1"><b>', title="<script>alert(1)</script>", text="<img src=x>", area="1")
    commands.adopt_plan(new_world.ws, adoption(tasks=(task,)), new_world.order())
    commands.add_person(new_world.ws, "hoa", "Lê Thị Hoa", None, None, new_world.order())
    page = Site(new_world.ws).visitor("hoa").get("/xa-mau/board").text
    assert "<script>alert" not in page
    assert '"><b>' not in page


def test_the_colours_of_areas_come_from_their_plugins(world_with_areas):
    sheet = Site(world_with_areas.ws).visitor("hoa").get("/xa-mau/board/areas.css")
    assert sheet.mimetype == "text/css"
    assert re.search(r"\.a-0\{--area:#[0-9a-f]{6}\}", sheet.text)


def test_an_area_that_no_plugin_knows_shows_its_number_in_the_plan():
    assert area_mark("9", "Trồng rừng", load_plugins()).label == "9"


@pytest.mark.parametrize(
    ("name", "aliases", "short"),
    [
        ("Phòng Kinh tế", (), "Phòng Kinh tế"),
        ("Phòng Văn hóa - Xã hội", (), "P.VH-XH"),
        ("Phòng Văn hóa – Xã hội", ("Phòng VH-XH",), "Phòng VH-XH"),
        ("Trung tâm Phục vụ hành chính công", (), "TT PVHCC"),
        ("Văn phòng HĐND và UBND xã", (), "VP HĐND và UBND xã"),
    ],
)
def test_a_card_shortens_a_units_name_as_offices_do(name, aliases, short):
    assert short_unit_name(Unit("x", name, aliases, True)) == short


def test_a_long_title_is_cut_between_words():
    title = "Việc " * 30
    assert len(short_title(title)) <= 81
    assert short_title(title).endswith("Việc…")
    assert short_title(TASKS[0].title) == TASKS[0].title


def test_the_board_needs_a_sign_in(site):
    answer = site.app.test_client().get("/xa-mau/board?area=1")
    assert answer.status_code == 303
    assert "next=" in answer.headers["Location"]


@pytest.mark.parametrize(
    ("name", "short"),
    [("Trần Thị Lan", "T.T. Lan"), ("Y Thắng Niê", "Y.T. Niê"), ("Nam", "Nam"), ("", "")],
)
def test_a_person_is_known_by_initials_and_given_name(name: str, short: str) -> None:
    assert short_person_name(name) == short


def test_a_card_names_who_has_the_work_in_hand_until_it_is_done(world: World, get: Send) -> None:
    def person_on_card() -> str:
        card = get("hoa", "board").text.split(f'<li id="i-{TASK}"')[1].partition("<li ")[0]
        return "T.T. Lan" if "T.T. Lan" in card else "V. Bình" if "V. Bình" in card else ""

    world.take("hoa", "assign", TASK, **ASSIGN)
    assert person_on_card() == ""
    world.take("lan", "start", TASK)
    assert person_on_card() == "T.T. Lan"
    world.take("hoa", "hand_over", TASK, lead="phong-kinh-te", officer="binh", reason="Phân công lại.")
    assert person_on_card() == "V. Bình"
    world.take("binh", "submit", TASK, **RESULT)
    world.take("hoa", "approve", TASK, quality="met")
    assert person_on_card() == ""
