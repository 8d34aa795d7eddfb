"""Pages record who read what; the page of reads tells it to auditors."""

import html
import re

import pytest
from support.world import TASK, World

from cchc_flow.audit import reads
from cchc_flow.audit.read_rows import HIDDEN, ReadSearch, load_reads
from cchc_flow.projections import directory
from cchc_flow.projections.reading import Reader


def recorded(world: World) -> list[tuple[str, str, str]]:
    return [(entry.person, entry.act, entry.thing) for entry in reads.reads_of(world.ws)][::-1]


def evidence_digest(world: World) -> str:
    events = world.ws.log.stream(f"item-{TASK}")
    return next(e.data["evidence"][0]["content"]["digest"] for e in events if e.data.get("evidence"))


def test_opening_an_item_is_recorded_once_an_hour(world, get):
    for _ in range(3):
        assert get("lan", f"items/{TASK}").status_code == 200
    assert recorded(world) == [("lan", "opened", f"item-{TASK}")]


def test_a_page_that_was_refused_is_not_recorded(world, get):
    assert get("lan", "items/khong-co").status_code == 404
    assert get("lan", "events").status_code == 403
    assert recorded(world) == []


def test_looking_into_evidence_and_taking_it_are_told_apart(world, get):
    world.submitted()
    digest = evidence_digest(world)
    get("hoa", f"items/{TASK}/evidence/{digest}/preview")
    get("hoa", f"items/{TASK}/evidence/{digest}")
    assert recorded(world) == [
        ("hoa", "previewed", f"content-{digest}"),
        ("hoa", "downloaded", f"content-{digest}"),
    ]


def test_an_auditors_search_is_recorded_without_what_she_typed(world, get):
    get("thu", "events?person=lan&item=III.2.3.1&type=item.submitted/1")
    get("thu", "events/3")
    get("thu", "events/3/body")
    assert recorded(world) == [
        ("thu", "searched", "events?item&person=lan&type=item.submitted/1"),
        ("thu", "opened", "event-3"),
        ("thu", "downloaded", "event-3"),
    ]


def test_a_page_is_shown_though_its_reading_cannot_be_recorded(world, get):
    (world.ws.folder / "reads").write_text("một tệp ở chỗ của thư mục")
    assert get("lan", f"items/{TASK}").status_code == 200


def test_lists_that_are_taken_and_comparisons_are_recorded(world, get):
    assert get("hoa", "documents/work-list.xlsx?unit=phong-kinh-te&q=Nguyen").status_code == 200
    assert get("hoa", "comparisons?from=2026-03-01&area=2").status_code == 200
    assert get("hoa", "questions/no-such").status_code == 404
    assert recorded(world) == [
        ("hoa", "exported", "documents/danh-sach.xlsx?q&unit=phong-kinh-te"),
        ("hoa", "searched", "comparisons?area=2&from=2026-03-01"),
    ]
    text = page(get)
    assert "Lê Thị Hoa xuất ra tệp: Tài liệu danh-sach.xlsx, lọc theo đơn vị «Phòng Kinh tế»" in text
    assert "Lê Thị Hoa tra cứu: So hai thời điểm, lọc theo" in text


def page(get, query: str = "", login: str = "thu") -> str:
    answer = get(login, f"reads{query}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.text.partition('id="reads"')[2]))


def test_only_auditors_open_the_record_of_reads(get):
    assert get("lan", "reads").status_code == 403
    assert get("binh", "reads").status_code == 403
    assert get("thu", "reads").status_code == 200


def test_the_page_says_who_read_what_and_that_it_was_looked_at(world, get):
    world.submitted()
    digest = evidence_digest(world)
    get("lan", f"items/{TASK}")
    get("hoa", f"items/{TASK}/evidence/{digest}")
    get("thu", "events?from=2026-03-01&item=III.2.3.1")
    text = page(get)
    assert "Trần Thị Lan mở xem: III.2.3.1 · Rà soát thủ tục" in text
    assert "Lê Thị Hoa tải tệp về: Tệp «báo cáo.pdf» của III.2.3.1 · Rà soát thủ tục" in text
    assert "Nguyễn Thu tra cứu: Nhật ký, lọc theo từ ngày 01/03/2026, có điều kiện đã gõ" in text
    assert "Nguyễn Thu tra cứu: Lượt xem" in page(get, "?person=thu")


def test_a_value_that_is_none_of_the_filters_is_not_recorded(world, get):
    get("thu", "events?person=NguyenVanA&unit=phong-kinh-te")
    assert recorded(world) == [("thu", "searched", "events?unit=phong-kinh-te")]


def test_the_record_is_filtered_by_person_item_with_its_files_act_and_day(world, get):
    world.submitted()
    get("lan", f"items/{TASK}")
    get("lan", "items/2026-III.1.1")
    get("hoa", f"items/{TASK}/evidence/{evidence_digest(world)}/preview")
    assert page(get, "?person=lan").count("Trần Thị Lan") == 2
    of_item = page(get, f"?item={TASK}")
    assert "Trần Thị Lan" in of_item and "báo cáo.pdf" in of_item and "Ban hành" not in of_item
    assert "Trần Thị Lan" not in page(get, "?act=previewed")
    assert "Trần Thị Lan" in page(get, "?from=02/03/2026&to=02/03/2026")
    assert "Không có lượt xem nào khớp bộ lọc" in page(get, "?from=03/03/2026")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?person=khong-co", "Không có người dùng «khong-co»."),
        ("?act=eaten", "Không có cách xem «eaten»."),
        ("?item=IX.9", "Không có công việc nào có mục hoặc mã «IX.9»."),
        ("?from=32/01/2026", "«32/01/2026» không phải là một ngày."),
        ("?to=31/12/9999", "«31/12/9999» không phải là một ngày."),
        ("?from=02/03/2026&to=01/03/2026", "Ngày cuối ở trước ngày đầu."),
        ("?before=x", "Địa chỉ trang tiếp không đúng"),
        ("?before=٢٠٢٦-03:5", "Địa chỉ trang tiếp không đúng"),
        ("?persn=lan", "Có phải ý bạn là «person»?"),
        ("?person=lan&person=thu", "Địa chỉ có điều kiện «person» nhiều lần"),
    ],
)
def test_a_filter_that_there_is_not_is_told(get, query, words):
    assert words in get("thu", f"reads{query}").text


def test_older_entries_are_on_the_next_page(world, get, monkeypatch):
    monkeypatch.setattr("cchc_flow.audit.read_rows.PAGE_SIZE", 2)
    for number in range(5):
        reads.record_read(world.ws, "lan", reads.OPENED, f"event-{number + 1}")
        world.wait(days=20)
    seen, address = [], "reads?person=lan"
    while address:
        text = get("thu", address).text
        seen += re.findall(r"Sự kiện số (\d)", text)
        found = re.search(r'rel="next" href="/xa-mau/([^"]+)"', text)
        address = html.unescape(found[1]) if found else ""
    assert seen == ["5", "4", "3", "2", "1"]


def test_an_auditor_who_may_not_read_an_item_learns_nothing_of_it(world):
    reads.record_read(world.ws, "binh", reads.OPENED, f"item-{TASK}")
    reader = Reader(directory.actor(world.ws.read(), "nam"), {})
    row = load_reads(world.ws, ReadSearch(), reader).rows[0]

    assert (row.words, row.card, row.event) == (HIDDEN, None, None)


def test_a_damaged_file_is_told_in_a_sentence(world, get):
    (world.ws.folder / "reads").mkdir()
    (world.ws.folder / "reads" / "2026-02.db").write_bytes(b"x" * 9_000)
    answer = get("thu", "reads")
    assert answer.status_code == 200 and "Sổ lượt xem tháng 02/2026 không đọc được" in answer.text


def test_the_page_of_an_item_leads_auditors_to_who_saw_it(get):
    assert f'href="/xa-mau/reads?item={TASK}"' in get("hoa", f"items/{TASK}").text
    assert "Ai đã xem" not in get("lan", f"items/{TASK}").text
