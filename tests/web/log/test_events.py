import hashlib
import json
from pathlib import Path

import pytest
from eventlog.forging import open_without_triggers
from support.history import ITEM, commune
from support.visitors import Site

from cchc_flow import commands
from cchc_flow.commands import Order


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A commune that nothing here changes."""
    return Site(commune(tmp_path_factory.mktemp("data")))


@pytest.fixture
def own_site(tmp_path: Path) -> Site:
    """A commune of the test's own, which it may change."""
    return Site(commune(tmp_path))


def page(site: Site, path: str = "", login: str = "ha.nguyen") -> str:
    answer = site.visitor(login).get(f"/ea-thu/events{path}")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("login", ["ha.nguyen", "hoa.le", "thang.nie", "quan.ho"])
def test_inspector_coordinator_leader_and_administrator_read_the_whole_history(site, login):
    text = page(site, login=login)
    assert "Y Thắng Niê đã xác nhận công việc hoàn thành." in text
    assert "Hồ Minh Quân đã thêm đơn vị «Phòng Kinh tế»." in text


def test_an_officer_is_told_who_may_read_the_whole_history_and_where_his_own_is(site):
    answer = site.visitor("b.tran").get("/ea-thu/events")
    assert answer.status_code == 403
    assert "đầu mối CCHC, lãnh đạo UBND, kiểm tra, quản trị" in answer.text
    assert "ở trang của công việc đó" in answer.text


def test_the_history_of_one_item_is_everybodys(site):
    text = page(site, f"?item={ITEM}", login="b.tran")
    assert shown_positions(text) == [29, 28, 27, 26, 25, 24, 23, 21]
    assert site.visitor("b.tran").get("/ea-thu/events?item=IX.9").status_code == 403


def test_the_menu_leads_only_those_to_the_history_who_may_read_it(site):
    assert 'href="/ea-thu/events"' in page(site)
    assert 'href="/ea-thu/events"' not in site.visitor("b.tran").get("/ea-thu/account").text


def test_the_newest_event_stands_first_and_leads_to_its_item_and_its_own_page(site):
    text = page(site)
    newest = site.ws.log.size()
    assert text.index(f'id="event-{newest}"') < text.index('id="event-1"')
    assert f'href="/ea-thu/events/{newest}"' in text
    assert f'href="/ea-thu/items/{ITEM}"' in text


def test_filters_narrow_the_history_to_a_person_a_type_an_item_and_a_day(site):
    assert shown_positions(page(site, "?person=b.tran")) == [27, 25, 24]
    assert shown_positions(page(site, "?type=item.submitted/1")) == [27, 25]
    assert (
        shown_positions(page(site, "?item=III.1.2"))
        == shown_positions(page(site, "?item=2026-III.1.2"))
        == [22]
    )
    assert len(shown_positions(page(site, "?day=2026-03-02"))) == site.ws.log.size()
    assert shown_positions(page(site, "?person=b.tran&type=item.started/1&item=iii.1.1&day=2026-03-02")) == [
        24
    ]


def test_a_search_that_finds_nothing_says_so_and_leads_back(site):
    text = page(site, "?day=2020-01-01")
    assert "Không có sự kiện nào khớp bộ lọc." in text


def test_an_item_or_day_that_cannot_be_understood_is_named_in_a_sentence(site):
    assert "Không có công việc nào có mục hoặc mã «IX.9»." in page(site, "?item=IX.9")
    assert "«hôm qua» không phải là một ngày" in page(site, "?day=hôm+qua")


def test_a_long_history_is_paged_a_hundred_at_a_time_and_keeps_its_filter(own_site):
    for number in range(120):
        commands.add_unit(own_site.ws, f"Thôn {number}", [], Order("quan.ho", f"village-{number}"))
    first = page(own_site, "?person=quan.ho")
    assert len(shown_positions(first)) == 100
    older = min(shown_positions(first))
    assert f"before={older}&amp;person=quan.ho" in first
    second = page(own_site, f"?person=quan.ho&before={older}")
    assert shown_positions(second) == sorted(shown_positions(second), reverse=True)
    assert max(shown_positions(second)) < older


def test_htmx_gets_the_rows_without_the_page_around_them(site):
    answer = site.visitor("ha.nguyen").get("/ea-thu/events?person=b.tran", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert shown_positions(answer.text) == [27, 25, 24]


def test_the_page_of_an_event_shows_the_exact_bytes_their_hash_and_a_proof_that_holds(site):
    text = page(site, "/27")
    body = site.ws.log.body(27)
    assert hashlib.sha256(b"\x00" + body).hexdigest() in text
    assert "nằm nguyên vẹn dưới dấu niêm phong của 29 sự kiện" in text
    assert "Trần Văn B (Phòng Kinh tế) đã nộp kết quả kèm 1 tệp minh chứng." in text
    assert 'href="/ea-thu/events/26"' in text


def test_the_page_of_an_event_tells_what_was_typed_and_leads_to_the_files_handed_in(site):
    handed_in = max(
        event.position for event in site.ws.log.stream(f"item-{ITEM}") if "evidence" in event.data
    )
    text = page(site, f"/{handed_in}")
    assert "<b>Kết quả:</b> " in text
    assert f"/items/{ITEM}/evidence/" in text


def test_the_raw_event_is_sent_byte_for_byte_as_a_file_that_no_browser_opens(site):
    answer = site.visitor("ha.nguyen").get("/ea-thu/events/27/body")
    assert answer.data == site.ws.log.body(27)
    assert json.loads(answer.data)["type"] == "item.submitted/1"
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_everybody_may_open_an_events_page_of_an_item_but_not_of_the_directory(site):
    officer = site.visitor("b.tran")
    assert officer.get("/ea-thu/events/27").status_code == 200
    assert officer.get("/ea-thu/events/27/body").status_code == 200
    assert officer.get("/ea-thu/events/9").status_code == 403
    assert officer.get("/ea-thu/events/9/body").status_code == 403


@pytest.mark.parametrize(
    ("position", "words"), [("0", "0"), ("30", "30"), (f"1{'0' * 30}", f"1{'.000' * 10}")]
)
def test_a_position_beyond_the_log_is_not_found(site, position, words):
    answer = site.visitor("ha.nguyen").get(f"/ea-thu/events/{position}")
    assert answer.status_code == 404
    assert f"Nhật ký không có sự kiện số {words}, hoặc bạn không được xem." in answer.text


def test_a_changed_event_is_called_out_on_its_page_and_does_not_stop_the_history(own_site):
    site = own_site
    page(site)
    forge(site, 27, site.ws.log.body(27).replace(b"b.tran", b"h.khac"))
    assert "KHÔNG khớp với dấu niêm phong" in page(site, "/27")
    forge(site, 27, b"\xff{")
    assert "Nội dung được lưu không phải là một sự kiện đọc được." in page(site, "/27")
    assert "Không đọc được sự kiện này trong nhật ký" in page(site)


def shown_positions(text: str) -> list[int]:
    return [int(part.split('"')[0]) for part in text.split('id="event-')[1:]]


def forge(site: Site, position: int, body: bytes) -> None:
    with open_without_triggers(site.ws.folder) as connection:
        connection.execute("UPDATE events SET body = ? WHERE position = ?", [body, position])
