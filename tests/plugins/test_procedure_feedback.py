"""Feedback and its clocks: 15 working days after Monday 02/03/2026 is Monday 23/03/2026."""

import pytest
from support import procedures
from support.procedures import FEEDBACK, MONDAY, Centre, refused

from cchc_flow import commands
from cchc_flow.commands.dispatch import catch_up_reactions
from cchc_flow.errors import IllegalMove
from cchc_flow.plugin_host.rule_checks import Warned

centre = procedures.centre


def test_feedback_is_due_fifteen_working_days_after_it_came(centre: Centre) -> None:
    assert centre.then(centre.entry("feedback", **FEEDBACK)).due == "2026-03-23"


def test_a_holiday_of_the_commune_puts_the_clock_off(centre: Centre) -> None:
    days = {"days": [{"day": "2026-03-04", "name": "Lễ hội của xã", "working": False}]}
    commands.change_setting(centre.ws, "calendar", days, "Thông báo 1", centre.order("coordinator"))
    assert centre.then(centre.entry("feedback", **FEEDBACK)).due == "2026-03-24"


def test_feedback_that_came_on_a_day_off_counts_from_the_next_working_day(centre: Centre) -> None:
    sunday = FEEDBACK | {"received_on": "2026-03-01"}
    assert centre.then(centre.entry("feedback", **sunday)).due == "2026-03-23"


def test_an_earlier_day_that_was_set_by_hand_stays_a_later_one_does_not(centre: Centre) -> None:
    earlier = centre.entry("feedback", due="2026-03-09", **FEEDBACK)
    later = centre.entry("feedback", due="2026-04-09", **FEEDBACK | {"code": "PA-13"})
    assert (centre.then(earlier).due, centre.then(later).due) == ("2026-03-09", "2026-03-23")


def test_the_clock_rests_while_the_citizen_supplements(centre: Centre) -> None:
    feedback = centre.entry("feedback", **FEEDBACK)
    centre.wait(days=2)
    waiting = centre.do(feedback, "ask_supplement", asked_on="2026-03-04", request="Thiếu bản vẽ.")
    assert (waiting.state, waiting.due) == ("waiting", None)
    assert centre.badges(feedback) == ["Tạm dừng tính hạn: chờ người dân bổ sung"]
    centre.wait(days=6)
    centre.do(feedback, "supplement", supplemented_on="2026-03-10")
    after = centre.then(feedback)  # 05, 06, 09 and 10/03 do not count: four working days later
    assert (after.state, after.fields["stopped"], after.due) == ("received", "4", "2026-03-27")


def test_each_rest_is_counted_once(centre: Centre) -> None:
    feedback = centre.entry("feedback", **FEEDBACK)
    for asked, told in (("2026-03-02", "2026-03-03"), ("2026-03-03", "2026-03-05")):
        centre.time = centre.time.replace(day=int(told[-2:]))
        centre.do(feedback, "ask_supplement", asked_on=asked, request="Thiếu bản vẽ.")
        centre.do(feedback, "supplement", supplemented_on=told)
    catch_up_reactions(centre.ws)
    after = centre.then(feedback)
    assert (after.fields["stopped"], after.due) == ("3", "2026-03-26")


def test_feedback_that_is_refused_after_two_working_days_wants_a_reason_as_the_term_is_not_checked(
    centre: Centre,
) -> None:
    feedback, other = (
        centre.entry("feedback", **FEEDBACK),
        centre.entry("feedback", **FEEDBACK | {"code": "2"}),
    )
    centre.wait(days=3)
    assert centre.do(feedback, "refuse", refused_on="2026-03-04", reason="Trùng.").state == "refused"
    late = {"refused_on": "2026-03-05", "reason": "Trùng."}
    with pytest.raises(Warned, match="Hạn từ chối tiếp nhận đã hết ngày 04/03/2026"):
        centre.do(other, "refuse", **late)
    assert centre.do(other, "refuse", override="Nhận muộn.", **late).state == "refused"


def test_supplements_are_asked_for_within_five_working_days_later_only_with_a_reason(centre: Centre) -> None:
    feedback = centre.entry("feedback", **FEEDBACK)
    centre.wait(days=8)
    late = {"asked_on": "2026-03-10", "request": "Thiếu bản vẽ."}
    with pytest.raises(Warned, match="Hạn yêu cầu bổ sung đã hết ngày 09/03/2026"):
        centre.do(feedback, "ask_supplement", **late)
    in_time = late | {"asked_on": "2026-03-09"}
    assert centre.do(feedback, "ask_supplement", **in_time).state == "waiting"


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("answer", {"answered_on": "2026-03-01", "answer": "Đã sửa."}),
        ("refuse", {"refused_on": "2026-03-01", "reason": "Trùng."}),
        ("ask_supplement", {"asked_on": "2026-03-01", "request": "Bản vẽ."}),
    ],
)
def test_nothing_befalls_a_feedback_before_it_came(centre: Centre, step: str, data: dict[str, str]) -> None:
    feedback = centre.entry("feedback", **FEEDBACK)
    refused(centre, r"trước ngày tiếp nhận \(02/03/2026\)", lambda: centre.do(feedback, step, **data))


def test_a_supplement_comes_after_it_was_asked_for(centre: Centre) -> None:
    feedback = centre.entry("feedback", **FEEDBACK)
    centre.wait(days=2)
    centre.do(feedback, "ask_supplement", asked_on="2026-03-04", request="Bản vẽ.")
    refused(
        centre,
        "trước ngày yêu cầu bổ sung",
        lambda: centre.do(feedback, "supplement", supplemented_on="2026-03-03"),
    )


def test_feedback_that_waits_for_its_citizen_is_not_answered(centre: Centre) -> None:
    feedback = centre.entry("feedback", **FEEDBACK)
    centre.do(feedback, "ask_supplement", asked_on=MONDAY, request="Bản vẽ.")
    with pytest.raises(IllegalMove):
        centre.do(feedback, "answer", answered_on=MONDAY, answer="Đã sửa.")


def test_feedback_with_the_same_number_is_written_once(centre: Centre) -> None:
    centre.entry("feedback", **FEEDBACK)
    refused(centre, "Phản ánh PA-12 đã có trong sổ", lambda: centre.entry("feedback", **FEEDBACK))
    assert centre.entry("feedback", **FEEDBACK | {"code": ""}) != centre.entry(
        "feedback", **FEEDBACK | {"code": ""}
    )


def test_the_marks_of_a_feedback_tell_the_working_days_that_are_left(centre: Centre) -> None:
    feedback = centre.entry("feedback", **FEEDBACK)
    assert centre.badges(feedback) == [
        "Trả lời: còn 15 ngày làm việc",
        "Từ chối: còn 2 ngày làm việc",
        "Yêu cầu bổ sung: còn 5 ngày làm việc",
    ]
    centre.wait(days=21)
    assert centre.badges(feedback) == ["Trả lời: hạn hôm nay"]
    centre.wait(days=2)
    assert centre.badges(feedback) == ["Trả lời: quá hạn 2 ngày làm việc"]
