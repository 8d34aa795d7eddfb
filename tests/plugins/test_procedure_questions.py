"""What an inspector asks of feedback: 15 working days after Monday 02/03/2026 is Monday 23/03/2026."""

from support import procedures
from support.procedures import FEEDBACK, Centre

centre = procedures.centre


def hits(centre: Centre, **given: int | str) -> list[tuple[str, ...]]:
    found = centre.hits("administrative_procedures", "late-answers", **given)
    return [(*hit.items, hit.words) for hit in found]


def test_feedback_answered_a_working_day_late_is_a_hit_and_on_the_last_day_is_none(centre: Centre) -> None:
    late, in_time = (centre.entry("feedback", **FEEDBACK | {"code": code}) for code in ("PA-1", "PA-2"))
    centre.wait(days=21)
    centre.do(in_time, "answer", answered_on="2026-03-23", answer="Đã sửa đường.")
    centre.wait(days=1)
    centre.do(late, "answer", answered_on="2026-03-24", answer="Đã sửa đường.")
    assert hits(centre) == [(late, "Trả lời ngày 24/03/2026, muộn 1 ngày làm việc (hạn 23/03/2026).")]
    assert hits(centre, days=2) == []


def test_feedback_that_is_not_answered_is_a_hit_by_today_unless_only_answers_are_asked_for(
    centre: Centre,
) -> None:
    feedback = centre.entry("feedback", **FEEDBACK)
    centre.wait(days=26)  # Saturday 28/03
    assert hits(centre) == [(feedback, "Đến nay chưa trả lời, muộn 4 ngày làm việc (hạn 23/03/2026).")]
    assert hits(centre, which="answered") == []


def test_days_spent_waiting_for_the_citizen_do_not_count(centre: Centre) -> None:
    feedback = centre.entry("feedback", **FEEDBACK)
    centre.wait(days=2)
    centre.do(feedback, "ask_supplement", asked_on="2026-03-04", request="Thiếu bản vẽ.")
    centre.wait(days=6)
    centre.do(feedback, "supplement", supplemented_on="2026-03-10")
    centre.wait(days=17)
    centre.do(feedback, "answer", answered_on="2026-03-27", answer="Đã sửa đường.")
    assert hits(centre) == []


def test_the_page_asks_the_areas_question(centre: Centre) -> None:
    page = centre.page("questions/administrative_procedures.late-answers", by="inspector")
    assert "Quyết định 29/2026/QĐ-TTg" in page and "Không có trường hợp nào" in page
    assert "Trả lời phản ánh, kiến nghị sau hạn" in centre.page("questions", by="inspector")
