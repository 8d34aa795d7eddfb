"""What came too late, too quickly, or not at all: each question with a planted hit and a near miss."""

from datetime import timedelta

from support.asking import ask, words_of
from support.world import RESULT, TASK, World

from cchc_flow import commands
from cchc_flow.audit import reads
from cchc_flow.commands.due_reminders import remind_if_due

FIRST, SECOND = "2026-III.1.1", TASK


def begin(world: World, item: str, due: str | None = "2026-03-06") -> None:
    world.take("hoa", "assign", item, lead="phong-kinh-te", support=[], due=due)
    world.take("lan", "start", item)


def test_an_extension_granted_after_the_day_is_found_and_one_on_the_day_is_not(world: World) -> None:
    for item in (FIRST, SECOND):
        begin(world, item)
        world.take("lan", "ask_extension", item, due="2026-03-20", reason="Chờ số liệu.")
    world.wait(days=4)  # 06/03, the last day
    world.take("hoa", "grant_extension", SECOND, due="2026-03-20")
    world.wait(days=1)
    world.take("hoa", "grant_extension", FIRST, due="2026-03-20")
    (hit,) = ask(world.ws, "extension-after-due").hits
    assert [card.id for card in hit.cards] == [FIRST]
    assert hit.words == (
        "Đồng ý gia hạn khi đã qua hạn 1 ngày (hạn 06/03/2026); đề nghị gửi ngày 02/03/2026;"
        " hạn mới 20/03/2026."
    )
    assert [link.title for link in hit.links] == ["Giao việc", "Xin gia hạn", "Đồng ý gia hạn"]
    assert ask(world.ws, "extension-after-due", days=2).total == 0


def test_a_day_that_was_set_by_hand_after_the_old_one_is_found_when_it_is_asked_for(world: World) -> None:
    begin(world, FIRST)
    world.wait(days=6)
    world.take("hoa", "set_due", FIRST, due="2026-03-31", reason="Theo công văn mới.")
    assert ask(world.ws, "extension-after-due").total == 0
    assert words_of(ask(world.ws, "extension-after-due", decision="set")) == [
        "Tự đặt hạn khác khi đã qua hạn 2 ngày (hạn 06/03/2026); hạn mới 31/03/2026."
    ]
    assert ask(world.ws, "extension-after-due", decision="all").total == 1


def test_a_submission_on_the_last_day_is_found_and_one_the_day_before_is_not(world: World) -> None:
    for item in (FIRST, SECOND):
        begin(world, item)
    world.wait(days=3)
    world.take("lan", "submit", SECOND, **RESULT)
    world.wait(days=1)
    world.take("lan", "submit", FIRST, **RESULT)
    assert words_of(ask(world.ws, "submitted-late")) == ["Nộp đúng ngày cuối của hạn (06/03/2026)."]
    assert ask(world.ws, "submitted-late", days=1).total == 0


def test_the_latest_submission_stands_first(world: World) -> None:
    for item in (FIRST, SECOND):
        begin(world, item)
    for item in (FIRST, SECOND):
        world.wait(days=5)
        world.take("lan", "submit", item, **RESULT)
    assert words_of(ask(world.ws, "submitted-late", days=1)) == [
        "Nộp sau hạn 6 ngày (hạn 06/03/2026).",
        "Nộp sau hạn 1 ngày (hạn 06/03/2026).",
    ]


def test_an_approval_a_second_too_late_is_not_too_soon(world: World) -> None:
    for item in (FIRST, SECOND):
        begin(world, item, due=None)
        world.take("lan", "submit", item, **RESULT)
    world.wait(seconds=30)
    world.take("hoa", "approve", FIRST, quality="met")
    world.wait(seconds=1)
    world.take("hoa", "approve", SECOND, quality="met")
    (hit,) = ask(world.ws, "approved-too-soon", seconds=30).hits
    assert hit.words == "Duyệt sau khi nộp 30 giây; người nộp: Trần Thị Lan."
    assert [card.id for card in hit.cards] == [FIRST]


def test_who_approved_without_opening_anything_is_found_and_who_opened_a_file_is_not(world: World) -> None:
    reads.record_read(world.ws, "thu", reads.OPENED, "item-x")  # reads are known from here on
    world.wait(hours=2)
    for item in (FIRST, SECOND):
        begin(world, item, due=None)
        world.take("lan", "submit", item, **RESULT)
    world.wait(hours=2)
    submitted = world.ws.log.stream(f"item-{SECOND}")[-1]
    digest = submitted.data["evidence"][0]["content"]["digest"]
    reads.record_read(world.ws, "hoa", reads.PREVIEWED, reads.content_thing(digest))
    world.wait(seconds=40)
    for item in (FIRST, SECOND):
        world.take("hoa", "approve", item, quality="met")
    answer = ask(world.ws, "approved-unopened")
    assert words_of(answer) == ["Duyệt mà không mở trang công việc, không mở tệp minh chứng nào từ lúc nộp."]
    assert [card.id for card in answer.hits[0].cards] == [FIRST]
    assert answer.remarks == (
        "Lượt xem được ghi từ 8 giờ 00 ngày 02/03/2026: kết quả nộp trước lúc đó không tính.",
    )
    soon = ask(world.ws, "approved-too-soon", since="opening", seconds=40)
    assert words_of(soon) == ["Duyệt sau khi mở xem lần đầu 40 giây."]
    assert [card.id for card in soon.hits[0].cards] == [SECOND]
    assert ask(world.ws, "approved-too-soon", since="opening", seconds=39).total == 0


def test_who_opened_the_page_but_no_file_is_found_unless_only_nothing_at_all_counts(world: World) -> None:
    begin(world, FIRST, due=None)
    reads.record_read(world.ws, "thu", reads.OPENED, "item-x")
    world.take("lan", "submit", FIRST, **RESULT)
    reads.record_read(world.ws, "hoa", reads.OPENED, reads.item_thing(FIRST))
    world.wait(minutes=5)
    world.take("hoa", "approve", FIRST, quality="met")
    assert words_of(ask(world.ws, "approved-unopened")) == [
        "Duyệt mà không mở tệp nào trong 1 tệp minh chứng từ lúc nộp."
    ]
    assert ask(world.ws, "approved-unopened", what="anything").total == 0


def test_what_was_submitted_before_reads_were_recorded_is_no_hit_and_that_is_said(world: World) -> None:
    begin(world, FIRST, due=None)
    world.take("lan", "submit", FIRST, **RESULT)
    assert ask(world.ws, "approved-unopened").remarks == (
        "Chưa có lượt xem nào được ghi, nên chưa biết ai đã mở xem gì.",
    )
    world.wait(hours=1)
    reads.record_read(world.ws, "thu", reads.OPENED, "item-x")
    world.wait(hours=1)
    world.take("hoa", "approve", FIRST, quality="met")
    assert ask(world.ws, "approved-unopened").total == 0


def test_an_approval_without_a_look_that_is_undone_is_no_hit_any_more(world: World) -> None:
    reads.record_read(world.ws, "thu", reads.OPENED, "item-x")
    begin(world, FIRST, due=None)
    world.take("lan", "submit", FIRST, **RESULT)
    world.take("hoa", "approve", FIRST, quality="met")
    assert ask(world.ws, "approved-unopened").total == 1
    commands.undo_step(world.ws, FIRST, world.order("hoa"))
    assert ask(world.ws, "approved-unopened").total == 0


def test_a_silence_of_so_many_days_is_found_past_and_present_and_a_shorter_one_is_not(world: World) -> None:
    begin(world, FIRST)
    world.wait(days=8)
    begin(world, SECOND, due=None)
    world.wait(days=2)
    world.take("lan", "report_progress", FIRST, percent="20")
    world.wait(days=9)
    answer = ask(world.ws, "no-event-for-days", days=10)
    assert words_of(answer) == [
        "Đến nay 19 ngày không có sự kiện nào, kể từ ngày 02/03/2026.",  # the third task, which nobody has
        "Đến nay 11 ngày không có sự kiện nào, kể từ ngày 10/03/2026.",
        "10 ngày không có sự kiện nào trước sự kiện này, kể từ ngày 02/03/2026.",
    ]
    assert [hit.cards[0].id for hit in answer.hits] == ["2026-III.2.10", SECOND, FIRST]
    assert words_of(ask(world.ws, "no-event-for-days", days=11)) == words_of(answer)[:2]


def test_work_that_rests_or_is_finished_is_not_silent_and_a_reminder_of_the_clock_ends_no_silence(
    world: World,
) -> None:
    begin(world, FIRST)
    world.take("hoa", "suspend", FIRST, decision="Công văn số 12", reason="Chờ tỉnh.")
    world.take("nam", "cancel", SECOND, decision="Quyết định số 3", reason="Không còn.")
    begin(world, "2026-III.2.10", due="2026-03-20")
    world.wait(days=17)
    assert remind_if_due(world.ws, "2026-III.2.10").sent
    world.wait(days=3)
    answer = ask(world.ws, "no-event-for-days", days=20)
    assert [hit.cards[0].id for hit in answer.hits] == ["2026-III.2.10"]


def test_hits_are_asked_for_by_day_and_by_unit(world: World) -> None:
    for item in (FIRST, SECOND):
        begin(world, item)
    world.wait(days=10)
    world.take("lan", "submit", FIRST, **RESULT)
    day = (world.time + timedelta(hours=7)).date()
    after = day + timedelta(days=1)
    assert ask(world.ws, "submitted-late", from_=day, to=day).total == 1
    assert ask(world.ws, "submitted-late", from_=after).total == 0
    assert ask(world.ws, "submitted-late", unit="phong-kinh-te").total == 1
    assert ask(world.ws, "submitted-late", unit="tram-y-te").total == 0


def test_pages_follow_each_other_without_a_gap_and_a_double(world: World) -> None:
    items = (FIRST, SECOND, "2026-III.2.10")
    for item in items:
        begin(world, item)
    world.wait(days=10)
    for item in items:
        world.take("lan", "submit", item, **RESULT)
    first = ask(world.ws, "submitted-late", limit=2)
    assert first.after and first.total == 3
    second = ask(world.ws, "submitted-late", limit=2, after=f"{first.after[0]}_{first.after[1]}")
    assert second.after is None and second.total == 3
    assert [hit.cards[0].id for hit in (*first.hits, *second.hits)] == [items[2], items[1], items[0]]
