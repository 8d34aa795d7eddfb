"""The area of direction: the steps of its registers, and what its rules keep out."""

import pytest
from support import directing
from support.directing import AREA, KINH_TE, VHXH, Y_TE, DirectionCommune

from cchc_flow.errors import MissingData, NotAllowed
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned

commune = directing.commune

CONCLUSION = {"conclusion": "12/KL-UBND", "concluded_on": "2026-03-02", "findings": 3}
COUNTS = {"documents": 85, "documents_before": 100, "meetings": 9, "meetings_before": 10}


# Initiatives


def test_an_initiative_is_proposed_by_its_unit_and_recognised_by_a_leader(commune: DirectionCommune) -> None:
    entry = commune.open("initiative", "officer", KINH_TE, form="solution")
    after = commune.do(entry, "recognise", "leader", decision="45/QĐ-UBND", decided_on="2026-03-02")
    assert (after.state, after.fields["decision"]) == ("recognised", "45/QĐ-UBND")


def test_a_unit_does_not_recognise_its_own_initiative(commune: DirectionCommune) -> None:
    entry = commune.initiative(KINH_TE)
    with pytest.raises(NotAllowed):
        commune.do(entry, "recognise", "unit_head", decision="45/QĐ-UBND", decided_on="2026-03-02")


def test_an_initiative_is_not_recognised_only_with_a_reason(commune: DirectionCommune) -> None:
    entry = commune.initiative(KINH_TE)
    with pytest.raises(MissingData):
        commune.do(entry, "turn_down", decided_on="2026-03-02")
    assert commune.do(entry, "turn_down", decided_on="2026-03-02", reason="Đã có ở nơi khác.").state == (
        "not_recognised"
    )


@pytest.mark.parametrize("missing", ["decision", "decided_on"])
def test_an_initiative_is_recognised_only_with_number_and_day(
    commune: DirectionCommune, missing: str
) -> None:
    given = {"decision": "45/QĐ-UBND", "decided_on": "2026-03-02"} | {missing: ""}
    with pytest.raises(MissingData) as refusal:
        commune.do(commune.initiative(KINH_TE), "recognise", **given)
    assert set(refusal.value.fields) == {missing}


@pytest.mark.parametrize("number", ["45", "QĐ-UBND", "45/", "/QĐ"])
def test_a_number_without_its_symbol_is_refused(commune: DirectionCommune, number: str) -> None:
    entry = commune.initiative(KINH_TE)
    commune.refuses(
        "chưa đủ số và ký hiệu",
        lambda: commune.do(entry, "recognise", decision=number, decided_on="2026-03-02"),
    )


# Days


def test_nothing_is_written_of_a_day_to_come(commune: DirectionCommune) -> None:
    entry = commune.inspection(KINH_TE)
    commune.refuses(
        r"Ngày kiểm tra: ngày 03/03/2026 chưa đến",
        lambda: commune.do(entry, "hold", held_on="2026-03-03"),
    )
    assert commune.do(entry, "hold", held_on="2026-03-02").state == "held"


# Inspections


def test_an_inspection_is_planned_held_and_concluded(commune: DirectionCommune) -> None:
    after = commune.inspect(KINH_TE, findings=3)
    assert (after.state, after.fields["findings"]) == ("concluded", "3")


@pytest.mark.parametrize("missing", ["conclusion", "concluded_on", "findings"])
def test_an_inspection_is_concluded_only_with_number_day_and_findings(
    commune: DirectionCommune, missing: str
) -> None:
    held = commune.do(commune.inspection(KINH_TE), "hold", held_on="2026-03-02")
    with pytest.raises(MissingData) as refusal:
        commune.do(held, "conclude", **(CONCLUSION | {missing: ""}))
    assert set(refusal.value.fields) == {missing}


def test_an_inspection_is_not_concluded_before_it_was_held(commune: DirectionCommune) -> None:
    held = commune.do(commune.inspection(KINH_TE), "hold", held_on="2026-03-02")
    given = CONCLUSION | {"concluded_on": "2026-03-01"}
    commune.refuses("trước ngày tổ chức", lambda: commune.do(held, "conclude", **given))
    with pytest.raises(RuleBroken, match="chưa đủ số"):
        commune.do(held, "conclude", **(CONCLUSION | {"conclusion": "12"}))


def test_a_unit_does_not_inspect_itself(commune: DirectionCommune) -> None:
    commune.refuses("không tự kiểm tra mình", lambda: commune.inspection(VHXH))


def test_a_second_inspection_of_a_unit_in_the_year_is_warned_of(commune: DirectionCommune) -> None:
    commune.inspection(KINH_TE)
    with pytest.raises(Warned, match="Phòng Kinh tế đã có trong sổ kiểm tra của năm"):
        commune.inspection(KINH_TE)
    assert commune.inspection(KINH_TE, override="Kiểm tra lại kết luận trước.").state == "planned"


def test_a_cancelled_inspection_does_not_warn_of_the_next(commune: DirectionCommune) -> None:
    commune.do(commune.inspection(KINH_TE), "cancel", reason="Đổi kế hoạch.")
    assert commune.inspection(KINH_TE).state == "planned"


# Figures of documents and meetings


def test_a_unit_reports_and_corrects_its_figures(commune: DirectionCommune) -> None:
    entry = commune.figures(KINH_TE, "2026-02", 85, 100, 9, 10)
    counts = COUNTS | {"documents": 84, "counted_to": "2026-03-01", "reason": "Đếm trùng một văn bản."}
    after = commune.do(entry, "correct", "officer", **counts)
    assert (after.state, after.fields["documents"]) == ("reported", "84")


@pytest.mark.parametrize("period", ["2026-02", "2026-Q1", "2026-H1", "2026"])
def test_a_unit_does_not_report_the_same_time_twice(commune: DirectionCommune, period: str) -> None:
    commune.figures(KINH_TE, "2026-02", 85, 100, 9, 10)
    commune.refuses("trùng thời gian", lambda: commune.open("office_figures", lead=KINH_TE, period=period))
    assert commune.open("office_figures", lead=Y_TE, period=period).state == "awaited"


def test_a_dropped_entry_of_figures_makes_room_for_another(commune: DirectionCommune) -> None:
    entry = commune.open("office_figures", lead=KINH_TE, period="2026-02")
    commune.do(entry, "cancel", "officer", reason="Chọn nhầm kỳ.")
    assert commune.open("office_figures", lead=KINH_TE, period="2026-01").state == "awaited"
    assert commune.open("office_figures", lead=KINH_TE, period="2026-02").state == "awaited"


@pytest.mark.parametrize(
    ("period", "why"), [("2026-04", "Chưa đến tháng 4/2026"), ("2020-05", "không ghi tháng 5/2020")]
)
def test_figures_of_a_time_that_cannot_be_are_refused(
    commune: DirectionCommune, period: str, why: str
) -> None:
    commune.refuses(why, lambda: commune.open("office_figures", lead=KINH_TE, period=period))


def test_figures_are_not_counted_before_their_period(commune: DirectionCommune) -> None:
    entry = commune.open("office_figures", lead=KINH_TE, period="2026-02")
    given = COUNTS | {"counted_to": "2026-01-31"}
    commune.refuses("trước tháng 2/2026", lambda: commune.do(entry, "report", **given))


# Readings


def test_a_reading_is_a_percent(commune: DirectionCommune) -> None:
    with pytest.raises(RuleBroken, match="từ 0 đến 100"):
        commune.reading("par", "100,01")
    assert commune.reading("par", "100").state == "published"


def test_a_rank_begins_at_one(commune: DirectionCommune) -> None:
    with pytest.raises(RuleBroken, match="tính từ 1"):
        commune.reading("par", "88", rank=0, rank_before=3)


@pytest.mark.parametrize(("year", "why"), [("2020", "không ghi năm 2020"), ("2027", "Chưa đến năm 2027")])
def test_a_reading_is_of_a_year_that_has_begun(commune: DirectionCommune, year: str, why: str) -> None:
    commune.refuses(why, lambda: commune.reading("sipas", "98", period=year))


def test_a_reading_is_kept_with_its_source_or_dropped(commune: DirectionCommune) -> None:
    assert commune.reading("sipas", "98,5").fields["value"] == "98.5"
    entry = commune.open("sipas_reading", period="2026", subject="health")
    assert commune.do(entry, "cancel", reason="Tỉnh không khảo sát.").state == "cancelled"


# Tasks of the plan


def test_a_task_is_not_approved_before_the_inspections_that_name_it_are_concluded(
    commune: DirectionCommune,
) -> None:
    task = commune.submitted_task(AREA)
    entry = commune.inspection(Y_TE, task=task)
    commune.refuses(
        "Sổ «Kiểm tra cải cách hành chính» còn 1 mục",
        lambda: commune.take("coordinator", "approve", task, quality="met"),
    )
    commune.do(commune.do(entry, "hold", held_on="2026-03-02"), "conclude", **CONCLUSION)
    commune.take("coordinator", "approve", task, quality="met")


def test_a_task_is_not_closed_before_the_dialogues_that_name_it_ended(commune: DirectionCommune) -> None:
    task = commune.submitted_task(AREA)
    commune.take("coordinator", "approve", task, quality="met")
    entry = commune.open("dialogue", audience="people", task=task)
    commune.refuses("Sổ «Đối thoại", lambda: commune.take("leader", "close", task))
    commune.do(entry, "cancel", reason="Không tổ chức.")
    commune.take("leader", "close", task)


def test_a_task_of_another_area_is_not_held_up(commune: DirectionCommune) -> None:
    task = commune.submitted_task()
    commune.inspection(Y_TE, task=task)
    assert commune.take("coordinator", "approve", task, quality="met").state == "approved"
