"""Administrative procedures: late dossiers and their apologies, feedback and its clocks, announcements."""

from pathlib import Path
from typing import Any

import pytest
from support.procedures import ANNOUNCED, AREA, DOSSIER, FEEDBACK, SENT, UNIT, Centre
from support.world import ASSIGN, RESULT, TASK

from cchc_flow import handling
from cchc_flow.errors import IllegalMove, MissingData, NotAllowed
from cchc_flow.handling.asking import RuleBroken, Warned
from cchc_flow.handling.reacting import catch_up

MONDAY = "2026-03-02"


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    return Centre(tmp_path / "data")


def refused(centre: Centre, why: str, what: Any) -> None:
    size = centre.ws.log.size()
    with pytest.raises(RuleBroken, match=why):
        what()
    assert centre.ws.log.size() == size


# Late dossiers and their apologies


def test_a_late_dossier_opens_its_apology_which_is_due_one_day_before_the_old_date(centre: Centre) -> None:
    centre.write("late_dossier", **DOSSIER)
    (apology,) = centre.all("apology")
    assert (apology.state, apology.due, apology.lead) == ("to_send", "2026-03-04", UNIT)
    assert apology.title == "Xin lỗi và hẹn lại hồ sơ H15-0007"


def test_the_days_that_the_citizen_took_put_the_promise_and_the_apology_off(centre: Centre) -> None:
    centre.write("late_dossier", waited="2", **DOSSIER)  # Thursday 05/03 and two working days: Monday 09/03
    assert (centre.apology().fields["old_due"], centre.apology().due) == ("2026-03-09", "2026-03-08")


def test_the_day_on_which_the_apology_is_due_follows_the_figure(centre: Centre) -> None:
    handling.set_figure(centre.ws, AREA, "apology_days", "2", "Quyết định 9", centre.order("hoa"))
    centre.write("late_dossier", **DOSSIER)
    assert centre.apology().due == "2026-03-03"


def test_an_apology_is_opened_once_whatever_is_made_up_for(centre: Centre) -> None:
    centre.write("late_dossier", **DOSSIER)
    catch_up(centre.ws)
    (centre.ws.private / "reacted").unlink()
    catch_up(centre.ws)
    assert len(centre.all("apology")) == 1


def test_nobody_opens_an_apology_by_hand(centre: Centre) -> None:
    with pytest.raises(NotAllowed, match="theo quy tắc của lĩnh vực"):
        centre.write("apology", "hoa", code="H15-0007", old_due="2026-03-05")


def test_a_sent_apology_gives_the_dossier_its_new_day(centre: Centre) -> None:
    dossier = centre.write("late_dossier", **DOSSIER)
    centre.do(centre.apology().id, "send", **SENT)
    after = centre.now(dossier)
    assert (after.state, after.due, after.fields["old_due"]) == ("reappointed", "2026-03-10", "2026-03-05")


def test_an_apology_that_is_sent_anew_after_an_undo_corrects_the_day(centre: Centre) -> None:
    dossier, apology = centre.write("late_dossier", **DOSSIER), centre.apology().id
    centre.do(apology, "send", **SENT)
    handling.undo_step(centre.ws, apology, centre.order("lan"))
    centre.do(apology, "send", **SENT | {"new_due": "2026-03-11"})
    assert (centre.now(dossier).state, centre.now(dossier).due) == ("reappointed", "2026-03-11")


@pytest.mark.parametrize("day", ["2026-03-05", "2026-03-04"])
def test_the_new_day_lies_after_the_old_one(centre: Centre, day: str) -> None:
    centre.write("late_dossier", **DOSSIER)
    apology = centre.apology().id
    refused(
        centre,
        r"Ngày hẹn mới phải sau ngày hẹn cũ \(05/03/2026\)",
        lambda: centre.do(apology, "send", **SENT | {"new_due": day}),
    )


def test_a_new_day_on_which_nobody_works_is_warned_of(centre: Centre) -> None:
    centre.write("late_dossier", **DOSSIER)
    sunday = SENT | {"new_due": "2026-03-08"}
    with pytest.raises(Warned, match="là ngày nghỉ"):
        centre.do(centre.apology().id, "send", **sunday)
    assert centre.do(centre.apology().id, "send", override="Trực Chủ nhật.", **sunday).state == "sent"


def test_an_apology_that_is_sent_too_late_asks_for_a_reason_and_counts_as_late(centre: Centre) -> None:
    centre.write("late_dossier", **DOSSIER)
    centre.wait(days=3)
    late = SENT | {"sent_on": "2026-03-05"}
    with pytest.raises(Warned, match="Phiếu gửi sau hạn 04/03/2026"):
        centre.do(centre.apology().id, "send", **late)
    centre.do(centre.apology().id, "send", override="Mất điện.", **late)
    assert (centre.measure("apologies").value, centre.measure("apologies").of) == ("0", 1)


def test_an_apology_on_the_last_day_is_in_time(centre: Centre) -> None:
    centre.write("late_dossier", **DOSSIER)
    centre.wait(days=2)
    centre.do(centre.apology().id, "send", **SENT | {"sent_on": "2026-03-04"})
    assert centre.measure("apologies").value == "100"


def test_a_dossier_is_put_off_once_at_most(centre: Centre) -> None:
    dossier = centre.write("late_dossier", **DOSSIER)
    centre.do(centre.apology().id, "send", **SENT)
    refused(
        centre,
        "đã hẹn lại 1 lần, là mức cao nhất",
        lambda: centre.do(dossier, "late_again", reason="Chưa xong."),
    )


def test_where_two_are_allowed_the_second_apology_counts_from_the_first_new_day(centre: Centre) -> None:
    handling.set_figure(centre.ws, AREA, "most_reappointments", "2", "Quyết định 9", centre.order("hoa"))
    dossier = centre.write("late_dossier", **DOSSIER)
    centre.do(centre.apology().id, "send", **SENT)
    assert centre.do(dossier, "late_again", reason="Chưa xong.").state == "late"
    assert len(centre.all("apology")) == 2
    second = centre.apology()
    assert (second.fields["old_due"], second.due) == ("2026-03-10", "2026-03-09")
    centre.do(second.id, "send", **SENT | {"new_due": "2026-03-16"})
    with pytest.raises(RuleBroken, match="đã hẹn lại 2 lần"):
        centre.do(dossier, "late_again", reason="Chưa xong.")


def test_a_late_result_is_not_returned_before_the_apology_was_sent(centre: Centre) -> None:
    dossier = centre.write("late_dossier", **DOSSIER)
    centre.wait(days=4)
    refused(
        centre,
        "Hồ sơ trả sau ngày hẹn 05/03/2026 mà chưa gửi phiếu xin lỗi",
        lambda: centre.do(dossier, "return", returned_on="2026-03-06"),
    )
    centre.do(centre.apology().id, "send", override="Gửi bù.", **SENT | {"sent_on": "2026-03-06"})
    assert centre.do(dossier, "return", returned_on="2026-03-06").state == "returned"
    assert centre.badges(dossier) == ["Trễ hẹn 1 ngày làm việc"]


def test_a_result_in_time_after_all_needs_no_apology(centre: Centre) -> None:
    dossier = centre.write("late_dossier", **DOSSIER)
    centre.wait(days=3)
    assert centre.do(dossier, "return", returned_on="2026-03-05").state == "returned"
    assert centre.apology().state == "not_needed"
    assert centre.badges(dossier) == []


def test_supplements_asked_for_twice_make_a_dossier_late_all_the_same(centre: Centre) -> None:
    dossier = centre.write("late_dossier", supplements="2", **DOSSIER)
    centre.do(dossier, "return", returned_on=MONDAY)
    assert centre.badges(dossier) == ["Tính là trễ hạn"]


def test_an_entry_by_mistake_takes_its_apology_along_and_frees_the_number(centre: Centre) -> None:
    dossier = centre.write("late_dossier", **DOSSIER)
    refused(centre, "Hồ sơ H15-0007 đã có trong sổ", lambda: centre.write("late_dossier", **DOSSIER))
    assert centre.do(dossier, "drop", reason="Nhầm số.").state == "dropped"
    assert centre.apology().state == "not_needed"
    assert centre.write("late_dossier", **DOSSIER)


def test_a_promise_before_the_receipt_is_refused(centre: Centre) -> None:
    wrong = DOSSIER | {"old_due": "2026-02-19"}
    refused(centre, "trước ngày tiếp nhận", lambda: centre.write("late_dossier", **wrong))


def test_a_result_before_the_receipt_is_refused(centre: Centre) -> None:
    dossier = centre.write("late_dossier", **DOSSIER)
    refused(centre, "trước ngày tiếp nhận", lambda: centre.do(dossier, "return", returned_on="2026-02-19"))


@pytest.mark.parametrize("missing", ["code", "received_on", "old_due"])
def test_a_late_dossier_has_number_and_days(centre: Centre, missing: str) -> None:
    with pytest.raises(MissingData) as refusal:
        centre.write("late_dossier", **DOSSIER | {missing: ""})
    assert set(refusal.value.fields) == {missing}


# Feedback and its clocks: Monday 02/03/2026 and 15 working days is Monday 23/03/2026


def test_feedback_is_due_fifteen_working_days_after_it_came(centre: Centre) -> None:
    assert centre.now(centre.write("feedback", **FEEDBACK)).due == "2026-03-23"


def test_a_holiday_of_the_commune_puts_the_clock_off(centre: Centre) -> None:
    days = {"days": [{"day": "2026-03-04", "name": "Lễ hội của xã", "working": False}]}
    handling.change_setting(centre.ws, "calendar", days, "Thông báo 1", centre.order("hoa"))
    assert centre.now(centre.write("feedback", **FEEDBACK)).due == "2026-03-24"


def test_feedback_that_came_on_a_day_off_counts_from_the_next_working_day(centre: Centre) -> None:
    sunday = FEEDBACK | {"received_on": "2026-03-01"}
    assert centre.now(centre.write("feedback", **sunday)).due == "2026-03-23"


def test_an_earlier_day_that_was_set_by_hand_stays_a_later_one_does_not(centre: Centre) -> None:
    earlier = centre.write("feedback", due="2026-03-09", **FEEDBACK)
    later = centre.write("feedback", due="2026-04-09", **FEEDBACK | {"code": "PA-13"})
    assert (centre.now(earlier).due, centre.now(later).due) == ("2026-03-09", "2026-03-23")


def test_the_clock_rests_while_the_citizen_supplements(centre: Centre) -> None:
    feedback = centre.write("feedback", **FEEDBACK)
    centre.wait(days=2)
    waiting = centre.do(feedback, "ask_supplement", asked_on="2026-03-04", request="Thiếu bản vẽ.")
    assert (waiting.state, waiting.due) == ("waiting", None)
    assert centre.badges(feedback) == ["Tạm dừng tính hạn: chờ người dân bổ sung"]
    centre.wait(days=6)
    centre.do(feedback, "supplement", supplemented_on="2026-03-10")
    after = centre.now(feedback)  # 05, 06, 09 and 10/03 do not count: four working days later
    assert (after.state, after.fields["stopped"], after.due) == ("received", "4", "2026-03-27")


def test_each_rest_is_counted_once(centre: Centre) -> None:
    feedback = centre.write("feedback", **FEEDBACK)
    for asked, told in (("2026-03-02", "2026-03-03"), ("2026-03-03", "2026-03-05")):
        centre.time = centre.time.replace(day=int(told[-2:]))
        centre.do(feedback, "ask_supplement", asked_on=asked, request="Thiếu bản vẽ.")
        centre.do(feedback, "supplement", supplemented_on=told)
    catch_up(centre.ws)
    after = centre.now(feedback)
    assert (after.fields["stopped"], after.due) == ("3", "2026-03-26")


def test_feedback_is_refused_within_two_working_days(centre: Centre) -> None:
    feedback, other = (
        centre.write("feedback", **FEEDBACK),
        centre.write("feedback", **FEEDBACK | {"code": "2"}),
    )
    centre.wait(days=3)
    assert centre.do(feedback, "refuse", refused_on="2026-03-04", reason="Trùng.").state == "refused"
    refused(
        centre,
        "Hạn từ chối tiếp nhận đã hết ngày 04/03/2026",
        lambda: centre.do(other, "refuse", refused_on="2026-03-05", reason="Trùng."),
    )


def test_supplements_are_asked_for_within_five_working_days_later_only_with_a_reason(centre: Centre) -> None:
    feedback = centre.write("feedback", **FEEDBACK)
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
    feedback = centre.write("feedback", **FEEDBACK)
    refused(centre, r"trước ngày tiếp nhận \(02/03/2026\)", lambda: centre.do(feedback, step, **data))


def test_a_supplement_comes_after_it_was_asked_for(centre: Centre) -> None:
    feedback = centre.write("feedback", **FEEDBACK)
    centre.wait(days=2)
    centre.do(feedback, "ask_supplement", asked_on="2026-03-04", request="Bản vẽ.")
    refused(
        centre,
        "trước ngày yêu cầu bổ sung",
        lambda: centre.do(feedback, "supplement", supplemented_on="2026-03-03"),
    )


def test_feedback_that_waits_for_its_citizen_is_not_answered(centre: Centre) -> None:
    feedback = centre.write("feedback", **FEEDBACK)
    centre.do(feedback, "ask_supplement", asked_on=MONDAY, request="Bản vẽ.")
    with pytest.raises(IllegalMove):
        centre.do(feedback, "answer", answered_on=MONDAY, answer="Đã sửa.")


def test_feedback_with_the_same_number_is_written_once(centre: Centre) -> None:
    centre.write("feedback", **FEEDBACK)
    refused(centre, "Phản ánh PA-12 đã có trong sổ", lambda: centre.write("feedback", **FEEDBACK))
    assert centre.write("feedback", **FEEDBACK | {"code": ""}) != centre.write(
        "feedback", **FEEDBACK | {"code": ""}
    )


def test_the_marks_of_a_feedback_tell_the_working_days_that_are_left(centre: Centre) -> None:
    feedback = centre.write("feedback", **FEEDBACK)
    assert centre.badges(feedback) == [
        "Trả lời: còn 15 ngày làm việc",
        "Từ chối: còn 2 ngày làm việc",
        "Yêu cầu bổ sung: còn 5 ngày làm việc",
    ]
    centre.wait(days=21)
    assert centre.badges(feedback) == ["Trả lời: hạn hôm nay"]
    centre.wait(days=2)
    assert centre.badges(feedback) == ["Trả lời: quá hạn 2 ngày làm việc"]


# Announcements


def test_procedures_are_made_public_within_five_working_days(centre: Centre) -> None:
    entry = centre.write("procedure_announcement", **ANNOUNCED)
    assert centre.now(entry).due == "2026-03-09"
    assert centre.badges(entry) == ["Công khai: còn 5 ngày làm việc"]
    centre.wait(days=7)
    after = centre.do(entry, "publish", published_on="2026-03-09", place="Bảng niêm yết")
    assert (after.state, centre.measure("announcements").value) == ("published", "100")


def test_a_late_publication_asks_for_a_reason(centre: Centre) -> None:
    entry = centre.write("procedure_announcement", **ANNOUNCED)
    centre.wait(days=8)
    late = {"published_on": "2026-03-10", "place": "Bảng niêm yết"}
    with pytest.raises(Warned, match="Công khai sau hạn 09/03/2026"):
        centre.do(entry, "publish", **late)
    centre.do(entry, "publish", override="Trang bị lỗi.", **late)
    assert centre.measure("announcements").value == "0"


def test_nothing_is_made_public_before_it_was_announced(centre: Centre) -> None:
    entry = centre.write("procedure_announcement", **ANNOUNCED)
    refused(
        centre,
        "trước ngày công bố",
        lambda: centre.do(entry, "publish", published_on="2026-03-01", place="Trang"),
    )


# All registers


@pytest.mark.parametrize(
    ("kind", "fields", "title"),
    [
        ("late_dossier", DOSSIER | {"received_on": "2026-03-03"}, "Ngày tiếp nhận"),
        ("feedback", FEEDBACK | {"received_on": "2026-03-03"}, "Ngày tiếp nhận"),
        ("procedure_announcement", ANNOUNCED | {"announced_on": "2026-03-03"}, "Ngày công bố"),
    ],
)
def test_nothing_is_written_of_a_day_to_come(
    centre: Centre, kind: str, fields: dict[str, str], title: str
) -> None:
    refused(centre, rf"{title} \(03/03/2026\) chưa tới", lambda: centre.write(kind, **fields))


def test_a_task_waits_for_the_entries_that_name_it(centre: Centre) -> None:
    entry = centre.write("procedure_announcement", task=TASK, **ANNOUNCED)
    centre.take("hoa", "assign", **ASSIGN)
    centre.take("lan", "start")
    centre.take("lan", "submit", **RESULT)
    refused(
        centre,
        "Sổ «Công khai thủ tục hành chính» còn 1 mục của nhiệm vụ này chưa xong",
        lambda: centre.take("hoa", "approve", quality="met"),
    )
    centre.do(entry, "publish", published_on=MONDAY, place="Bảng niêm yết")
    centre.take("hoa", "approve", quality="met")
    late = centre.write("late_dossier", task=TASK, **DOSSIER)
    refused(centre, "«Hồ sơ trễ hạn» còn 1 mục", lambda: centre.take("nam", "close"))
    centre.do(late, "return", returned_on=MONDAY)
    assert centre.take("nam", "close").item.state == "closed"


def test_a_task_of_another_area_is_not_kept(centre: Centre) -> None:
    other = "2026-III.1.1"
    centre.write("procedure_announcement", task=other, **ANNOUNCED)
    centre.take("hoa", "assign", other, **ASSIGN)
    centre.take("lan", "start", other)
    centre.take("lan", "submit", other, **RESULT)
    assert centre.take("hoa", "approve", other, quality="met").item.state == "approved"
