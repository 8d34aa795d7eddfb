"""Who answers for a measure, readings by hand and from reports, and corrections with the figure before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.plugging import plugged
from support.targets import OWNER, accept_report, record, set_owner, targets_world
from support.world import World

from cchc_flow.commands import measures
from cchc_flow.commands.targets import record_computed_readings
from cchc_flow.errors import BadInput, ItemMoved, MissingData, NotAllowed, NotFound
from cchc_flow.hookspecs import Facts, Measure, hookimpl
from cchc_flow.projections import plans, targets
from cchc_flow.projections.report_outlines import asked_readings
from cchc_flow.workflow.target_readings import Reading

PLACE = ("2026", "II.1", 1)


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[World]:
    world = targets_world(tmp_path / "data")
    yield world
    world.ws.close()


def readings(world: World) -> list[Reading]:
    return targets.readings(world.ws.read(), "2026")


def correct(
    world: World, actor: str, value: str, reason: str = "Nhập nhầm.", period: str = "2026-02"
) -> bool:
    data = {"value": value, "reason": reason}
    return measures.correct_reading(world.ws, PLACE, period, data, world.order(actor))


def test_a_coordinator_says_who_answers(commune: World) -> None:
    set_owner(commune, baseline="4.210", baseline_unit="văn bản")
    setting = targets.measure_settings(commune.ws.read(), "2026")["II.1", 1].data
    assert (setting.owner, setting.source) == (OWNER, "reported")
    assert (setting.baseline, setting.baseline_unit) == ("4210", "văn bản")


def test_saying_the_same_again_changes_nothing(commune: World) -> None:
    set_owner(commune)
    size = commune.ws.log.size()
    set_owner(commune)
    assert commune.ws.log.size() == size


@pytest.mark.parametrize("actor", ["lan", "binh", "thu"])
def test_others_do_not_say_who_answers(commune: World, actor: str) -> None:
    with pytest.raises(NotAllowed):
        measures.set_measure(commune.ws, PLACE, {"owner": OWNER, "source": "reported"}, commune.order(actor))


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"owner": "phong-khong-co"}, "owner"),
        ({"source": "guessed"}, "source"),
        ({"source": "computed"}, "computed"),
        ({"source": "computed", "computed": "direction:nothing"}, "computed"),
        ({"baseline": "1,250"}, "baseline"),
        ({"baseline": "n/a"}, "baseline"),
    ],
)
def test_what_cannot_be_used_is_refused_by_field(commune: World, data: dict[str, str], field: str) -> None:
    with pytest.raises(MissingData) as refusal:
        set_owner(commune, **data)
    assert set(refusal.value.fields) == {field}


def test_a_closed_unit_stays_where_it_is_and_is_not_chosen_anew(commune: World) -> None:
    from cchc_flow import commands

    set_owner(commune)
    commands.change_unit(commune.ws, OWNER, "Phòng Kinh tế", (), False, commune.order())
    set_owner(commune, baseline="10")
    with pytest.raises(MissingData):
        set_owner(commune, number=2)


def test_the_unit_that_answers_records_its_reading(commune: World) -> None:
    set_owner(commune)
    record(commune, "lan", "2026-02", "12,5 %")
    [reading] = readings(commune)
    assert (reading.value, reading.unit, reading.actor) == ("12.5", OWNER, "lan")


def test_a_figure_of_a_period_that_is_not_over_is_an_estimate(commune: World) -> None:
    for period in ("2026-02", "2026-Q1"):  # their days end on 14/02 and 14/03; today is 02/03
        record(commune, "hoa", period, "3")
    assert {reading.period: reading.estimate for reading in readings(commune)} == {
        "2026-02": False,
        "2026-Q1": True,
    }


def test_another_unit_does_not(commune: World) -> None:
    set_owner(commune, owner="tram-y-te")
    with pytest.raises(NotAllowed):
        record(commune, "lan", "2026-02", "12,5")


def test_while_nobody_answers_the_coordinator_records(commune: World) -> None:
    with pytest.raises(NotAllowed):
        record(commune, "binh", "2026-02", "3")
    record(commune, "hoa", "2026-02", "-3")
    assert readings(commune)[0].value == "-3"  # a change for the worse


@pytest.mark.parametrize("value", ["1,250", "n/a", "", "12,5 người", "-3"])
def test_a_reading_that_cannot_be_told_is_refused(commune: World, value: str) -> None:
    with pytest.raises(MissingData) as refusal:
        record(commune, "hoa", "2026-02", value, "II.2")
    assert set(refusal.value.fields) == {"value"}
    assert refusal.value.fields["value"].startswith("Số liệu: ")


@pytest.mark.parametrize("reason", ["chữ " * 50_000, "e" + "\u0301" * 9, "  ", "\u200b"])
def test_a_reason_that_cannot_be_kept_is_refused_in_one_sentence(commune: World, reason: str) -> None:
    record(commune, "hoa", "2026-02", "3")
    size = commune.ws.log.size()
    with pytest.raises(MissingData) as refusal:
        correct(commune, "hoa", "4", reason)
    assert set(refusal.value.fields) == {"reason"} and commune.ws.log.size() == size


def test_typed_words_are_kept_composed_and_without_what_nobody_sees(commune: World) -> None:
    data = {"period": "2026-02", "value": "3", "note": "Ca\u0302\u0300n\x07 <b>rà soát</b>\u200b"}
    measures.record_reading(commune.ws, PLACE, data, commune.order("hoa"))
    [reading] = readings(commune)
    assert reading.note and commune.ws.vault.load(reading.note.digest).decode() == "Cần <b>rà soát</b>"


def test_nothing_arose_is_a_reading_of_its_own(commune: World) -> None:
    record(commune, "hoa", "2026-02", "Không phát sinh", "II.2")
    assert readings(commune)[0].value is None


@pytest.mark.parametrize("period", ["2026", "2026-Q2", "2025-12", "tháng hai", ""])
def test_a_period_to_come_or_of_another_year_is_refused(commune: World, period: str) -> None:
    with pytest.raises(MissingData) as refusal:
        record(commune, "hoa", period, "3")
    assert set(refusal.value.fields) == {"period"}


def test_a_second_reading_of_a_period_is_refused_with_the_first_as_people_write_it(commune: World) -> None:
    record(commune, "hoa", "2026-02", "12,5")
    with pytest.raises(MissingData, match=r"đã có số liệu \(12,5.%\)"):
        record(commune, "hoa", "2026-02", "4")


def test_a_target_without_figures_is_judged(commune: World) -> None:
    record(commune, "hoa", "2026-02", "1", "II.4", 0)
    for typed in ("7", ""):
        with pytest.raises(MissingData, match="hãy chọn «Đạt» hoặc «Chưa đạt»"):
            record(commune, "hoa", "2026-03", typed, "II.4", 0)


def test_what_the_plan_does_not_have_is_not_found(commune: World) -> None:
    for target, number in (("II.9", 1), ("II.1", 3), ("II.4", 1), ("II.1", 0)):
        with pytest.raises(NotFound):
            record(commune, "hoa", "2026-02", "1", target, number)


def test_a_correction_keeps_the_figure_before_and_the_reason(commune: World) -> None:
    record(commune, "hoa", "2026-02", "3")
    then = commune.ws.log.size()
    assert correct(commune, "nam", "4")
    [now] = readings(commune)
    assert (now.value, now.previous, now.corrections, now.actor) == ("4", "3", 1, "nam")
    assert now.reason and commune.ws.vault.load(now.reason.digest).decode() == "Nhập nhầm."
    [before] = targets.readings(commune.ws.read(), "2026", then)
    assert (before.value, before.corrections) == ("3", 0)
    assert targets.corrected_readings(commune.ws.read(), "2026") == [now]
    assert targets.corrected_readings(commune.ws.read(), "2026", then) == []


def test_a_correction_needs_a_reason_and_another_figure(commune: World) -> None:
    record(commune, "hoa", "2026-02", "3")
    with pytest.raises(MissingData) as refusal:
        correct(commune, "hoa", "n/a", "")
    assert set(refusal.value.fields) == {"value", "reason"}
    assert not correct(commune, "hoa", "3")


def test_there_is_nothing_to_correct_before_a_reading(commune: World) -> None:
    with pytest.raises(BadInput):
        correct(commune, "hoa", "3")


def test_a_unit_does_not_correct_what_it_reported(commune: World) -> None:
    set_owner(commune)
    record(commune, "lan", "2026-02", "3")
    with pytest.raises(NotAllowed):
        correct(commune, "binh", "4")


def test_an_old_page_overwrites_nothing(commune: World) -> None:
    record(commune, "hoa", "2026-02", "3")
    with pytest.raises(ItemMoved):
        measures.correct_reading(
            commune.ws, PLACE, "2026-02", {"value": "5", "reason": "x"}, commune.order("nam"), seen=0
        )


def test_a_unit_is_asked_for_what_it_answers_for(commune: World) -> None:
    set_owner(commune)
    set_owner(commune, "II.4", number=0)
    set_owner(commune, "II.3", owner="tram-y-te")
    [plan] = plans.plans(commune.ws.read())
    asked = asked_readings(commune.ws.read(), plan, OWNER)
    assert [(reading.target, reading.measure) for reading in asked] == [("II.1", 1), ("II.4", 0)]


def test_an_accepted_report_brings_the_readings_of_its_unit(commune: World) -> None:
    set_owner(commune)
    set_owner(commune, "II.3", owner="tram-y-te")
    accept_report(commune, "2026-02", ("II.1", 1, "8"), ("II.3", 1, "1"))
    [reading] = readings(commune)
    assert (reading.target, reading.value, reading.item) == ("II.1", "8", f"2026-02:{OWNER}")


def test_a_report_that_is_accepted_again_corrects_what_it_said(commune: World) -> None:
    set_owner(commune)
    accept_report(commune, "2026-02", ("II.1", 1, "8"))
    size = commune.ws.log.size()
    commune.wait(days=1)
    accept_report(commune, "2026-02", ("II.1", 1, "8"))
    assert commune.ws.log.size() == size
    accept_report(commune, "2026-02", ("II.1", 1, "9"))
    [reading] = readings(commune)
    assert (reading.value, reading.previous) == ("9", "8")


class DayOfYear:
    """An area whose measure says which day of the year it is."""

    @hookimpl
    def measures(self, facts: Facts) -> list[Measure]:
        value = str(facts.today.timetuple().tm_yday)
        return [Measure(key="day", title="Ngày trong năm", unit="%", value=value)]


def test_a_computed_reading_is_never_later_than_the_end_of_its_period(tmp_path: Path) -> None:
    world = targets_world(tmp_path / "data", plugged(days=DayOfYear()))
    set_owner(world, source="computed", computed="days:day")
    assert record_computed_readings(world.ws, "2026", "2026-03", world.order("hoa")) == 1
    assert readings(world)[0].value == "61"  # 02/03
    world.wait(days=20)
    record_computed_readings(world.ws, "2026", "2026-03", world.order("hoa"))
    world.wait(days=60)
    record_computed_readings(world.ws, "2026", "2026-03", world.order("hoa"))
    [reading] = readings(world)
    assert (reading.value, reading.previous, reading.corrections) == ("90", "81", 2)  # 31/03, after 22/03
    assert record_computed_readings(world.ws, "2026", "2026-03", world.order("hoa")) == 0
    world.ws.close()


def test_read_models_of_targets_are_what_the_log_makes_of_them(commune: World) -> None:
    set_owner(commune)
    record(commune, "lan", "2026-02", "3")
    correct(commune, "hoa", "4")
    set_owner(commune, owner="tram-y-te")
    assert commune.ws.differences() == []
