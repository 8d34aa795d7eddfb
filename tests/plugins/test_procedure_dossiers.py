"""Late dossiers: their apologies, new days and returned results."""

import pytest
from support import procedures
from support.procedures import AREA, DOSSIER, MONDAY, SENT, UNIT, Centre, refused

from cchc_flow import commands
from cchc_flow.commands.dispatch import catch_up_reactions
from cchc_flow.errors import MissingData, NotAllowed
from cchc_flow.plugin_host.rule_checks import Warned
from cchc_flow.projections.cards import queries

centre = procedures.centre


def test_a_late_dossier_opens_its_apology_which_is_due_one_day_before_the_old_date(centre: Centre) -> None:
    centre.entry("late_dossier", **DOSSIER)
    (apology,) = centre.entries("apology")
    assert (apology.state, apology.due, apology.lead) == ("to_send", "2026-03-04", UNIT)
    assert apology.title == "Xin lỗi và hẹn lại hồ sơ H15-0007"


def test_a_late_dossier_and_its_apology_lead_to_each_other(centre: Centre) -> None:
    dossier = centre.entry("late_dossier", **DOSSIER)
    apology = centre.apology().id
    for here, there, words in (
        (dossier, apology, "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết · Chờ gửi"),
        (apology, dossier, "Hồ sơ trễ hạn · Trễ hạn"),
    ):
        text = centre.page(f"items/{here}", "officer").partition("Liên quan")[2].partition("</section>")[0]
        assert f'href="/xa-mau/items/{there}"' in text and words in text


def test_the_days_that_the_citizen_took_put_the_promise_and_the_apology_off(centre: Centre) -> None:
    centre.entry("late_dossier", waited="2", **DOSSIER)  # Thursday 05/03 and two working days: Monday 09/03
    assert (centre.apology().fields["old_due"], centre.apology().due) == ("2026-03-09", "2026-03-06")


@pytest.mark.parametrize("roll", [True, False])
def test_a_weekend_before_the_old_date_brings_the_apology_forward_and_never_puts_it_off(
    centre: Centre, roll: bool
) -> None:
    commands.change_setting(centre.ws, "deadlines", {"roll": roll}, "Quy chế", centre.order("coordinator"))
    centre.entry("late_dossier", **DOSSIER | {"old_due": "2026-11-30"})  # a Monday
    card = queries.card(centre.ws.read(), centre.apology().id)
    assert (card.due, card.deadline) == ("2026-11-27", "2026-11-27")


def test_the_day_on_which_the_apology_is_due_follows_the_figure(centre: Centre) -> None:
    commands.set_figure(centre.ws, AREA, "apology_days", "2", "Quyết định 9", centre.order("coordinator"))
    centre.entry("late_dossier", **DOSSIER)
    assert centre.apology().due == "2026-03-03"


def test_an_apology_is_opened_once_whatever_is_made_up_for(centre: Centre) -> None:
    centre.entry("late_dossier", **DOSSIER)
    catch_up_reactions(centre.ws)
    (centre.ws.private / "reacted").unlink()
    catch_up_reactions(centre.ws)
    assert len(centre.entries("apology")) == 1


def test_nobody_opens_an_apology_by_hand(centre: Centre) -> None:
    with pytest.raises(NotAllowed, match="theo quy tắc của lĩnh vực"):
        centre.entry("apology", "coordinator", code="H15-0007", old_due="2026-03-05")


def test_a_sent_apology_gives_the_dossier_its_new_day(centre: Centre) -> None:
    dossier = centre.entry("late_dossier", **DOSSIER)
    centre.do(centre.apology().id, "send", **SENT)
    after = centre.then(dossier)
    assert (after.state, after.due, after.fields["old_due"]) == ("reappointed", "2026-03-10", "2026-03-05")


def test_the_new_day_is_set_once_whatever_is_made_up_for(centre: Centre) -> None:
    dossier = centre.entry("late_dossier", **DOSSIER)
    centre.do(centre.apology().id, "send", **SENT)
    (centre.ws.private / "reacted").unlink(missing_ok=True)
    catch_up_reactions(centre.ws)
    steps = [event.data.get("step") for event in centre.ws.log.stream(f"item-{dossier}")]
    assert steps.count("reappoint") == 1


def test_an_apology_that_is_sent_anew_after_an_undo_corrects_the_day(centre: Centre) -> None:
    dossier, apology = centre.entry("late_dossier", **DOSSIER), centre.apology().id
    centre.do(apology, "send", **SENT)
    commands.undo_step(centre.ws, apology, centre.order("officer"))
    centre.do(apology, "send", **SENT | {"new_due": "2026-03-11"})
    assert (centre.then(dossier).state, centre.then(dossier).due) == ("reappointed", "2026-03-11")


@pytest.mark.parametrize("day", ["2026-03-05", "2026-03-04"])
def test_the_new_day_lies_after_the_old_one(centre: Centre, day: str) -> None:
    centre.entry("late_dossier", **DOSSIER)
    apology = centre.apology().id
    refused(
        centre,
        r"Ngày hẹn mới phải sau ngày hẹn cũ \(05/03/2026\)",
        lambda: centre.do(apology, "send", **SENT | {"new_due": day}),
    )


def test_a_new_day_on_which_nobody_works_is_warned_of(centre: Centre) -> None:
    centre.entry("late_dossier", **DOSSIER)
    sunday = SENT | {"new_due": "2026-03-08"}
    with pytest.raises(Warned, match="là ngày nghỉ"):
        centre.do(centre.apology().id, "send", **sunday)
    assert centre.do(centre.apology().id, "send", override="Trực Chủ nhật.", **sunday).state == "sent"


def test_an_apology_that_is_sent_too_late_asks_for_a_reason_and_counts_as_late(centre: Centre) -> None:
    centre.entry("late_dossier", **DOSSIER)
    centre.wait(days=3)
    late = SENT | {"sent_on": "2026-03-05"}
    with pytest.raises(Warned, match="Văn bản gửi sau hạn 04/03/2026"):
        centre.do(centre.apology().id, "send", **late)
    centre.do(centre.apology().id, "send", override="Mất điện.", **late)
    assert (centre.measure(AREA, "apologies").value, centre.measure(AREA, "apologies").of) == ("0", 1)


def test_an_apology_on_the_last_day_is_in_time(centre: Centre) -> None:
    centre.entry("late_dossier", **DOSSIER)
    centre.wait(days=2)
    centre.do(centre.apology().id, "send", **SENT | {"sent_on": "2026-03-04"})
    assert centre.measure(AREA, "apologies").value == "100"


def test_putting_a_dossier_off_a_second_time_warns_as_no_law_was_found_that_forbids_it(
    centre: Centre,
) -> None:
    dossier = centre.entry("late_dossier", **DOSSIER)
    centre.do(centre.apology().id, "send", **SENT)
    with pytest.raises(Warned, match="đã hẹn lại 1 lần, là mức cao nhất"):
        centre.do(dossier, "late_again", reason="Chưa xong.")
    again = centre.do(dossier, "late_again", reason="Chưa xong.", override="Chờ cơ quan cấp tỉnh.")
    assert again.state == "late"


def test_where_two_are_allowed_the_second_apology_counts_from_the_first_new_day(centre: Centre) -> None:
    commands.set_figure(
        centre.ws, AREA, "most_reappointments", "2", "Quyết định 9", centre.order("coordinator")
    )
    dossier = centre.entry("late_dossier", **DOSSIER)
    centre.do(centre.apology().id, "send", **SENT)
    assert centre.do(dossier, "late_again", reason="Chưa xong.").state == "late"
    assert len(centre.entries("apology")) == 2
    second = centre.apology()
    assert (second.fields["old_due"], second.due) == ("2026-03-10", "2026-03-09")
    centre.do(second.id, "send", **SENT | {"new_due": "2026-03-16"})
    with pytest.raises(Warned, match="đã hẹn lại 2 lần"):
        centre.do(dossier, "late_again", reason="Chưa xong.")


def test_a_late_result_is_not_returned_before_the_apology_was_sent(centre: Centre) -> None:
    dossier = centre.entry("late_dossier", **DOSSIER)
    centre.wait(days=4)
    refused(
        centre,
        "Hồ sơ trả sau ngày hẹn 05/03/2026 mà chưa gửi văn bản xin lỗi",
        lambda: centre.do(dossier, "return", returned_on="2026-03-06"),
    )
    centre.do(centre.apology().id, "send", override="Gửi bù.", **SENT | {"sent_on": "2026-03-06"})
    assert centre.do(dossier, "return", returned_on="2026-03-06").state == "returned"
    assert centre.badges(dossier) == ["Trễ hẹn 1 ngày làm việc"]


def test_a_result_in_time_after_all_needs_no_apology(centre: Centre) -> None:
    dossier = centre.entry("late_dossier", **DOSSIER)
    centre.wait(days=3)
    assert centre.do(dossier, "return", returned_on="2026-03-05").state == "returned"
    assert centre.apology().state == "not_needed"
    assert centre.badges(dossier) == []


def test_supplements_asked_for_twice_make_a_dossier_late_all_the_same(centre: Centre) -> None:
    dossier = centre.entry("late_dossier", supplements="2", **DOSSIER)
    centre.do(dossier, "return", returned_on=MONDAY)
    assert centre.badges(dossier) == ["Tính là trễ hạn"]


def test_an_entry_by_mistake_takes_its_apology_along_and_frees_the_number(centre: Centre) -> None:
    dossier = centre.entry("late_dossier", **DOSSIER)
    refused(centre, "Hồ sơ H15-0007 đã có trong sổ", lambda: centre.entry("late_dossier", **DOSSIER))
    assert centre.do(dossier, "drop", reason="Nhầm số.").state == "dropped"
    assert centre.apology().state == "not_needed"
    assert centre.entry("late_dossier", **DOSSIER)


def test_a_promise_before_the_receipt_is_refused(centre: Centre) -> None:
    wrong = DOSSIER | {"old_due": "2026-02-19"}
    refused(centre, "trước ngày tiếp nhận", lambda: centre.entry("late_dossier", **wrong))


def test_a_result_before_the_receipt_is_refused(centre: Centre) -> None:
    dossier = centre.entry("late_dossier", **DOSSIER)
    refused(centre, "trước ngày tiếp nhận", lambda: centre.do(dossier, "return", returned_on="2026-02-19"))


@pytest.mark.parametrize("missing", ["code", "received_on", "old_due"])
def test_a_late_dossier_has_number_and_days(centre: Centre, missing: str) -> None:
    with pytest.raises(MissingData) as refusal:
        centre.entry("late_dossier", **DOSSIER | {missing: ""})
    assert set(refusal.value.fields) == {missing}
