"""A longer period is the sum of its shorter ones, and says why it differs from what was reported of them."""

from datetime import datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from support.reports import rows_of, sentences_of
from support.world import TASK, World
from support.year import Year

from cchc_flow.commands.commune_reports import (
    Frozen,
    Issue,
    Issuing,
    issue_report,
    recall_report,
)
from cchc_flow.documents.blocks import Table
from cchc_flow.reporting.periodic import BuiltReport, build_report
from cchc_flow.reporting.periodic.sums import Reported
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import ZONE, reporting_window


def build(world: World, name: str) -> BuiltReport:
    return build_report(world.ws, periods.parse(name), world.ws.cutoff())


def sum_table(built: BuiltReport) -> Table:
    table = built.document.appendices[0].blocks[0]
    assert isinstance(table, Table)
    return table


def values(built: BuiltReport) -> dict[str, Decimal]:
    return {figure.key: Decimal(figure.value) for figure in built.figures if figure.value is not None}


def freeze(issuing: Issuing) -> Frozen:
    return Frozen(subject="Kết quả CCHC quý I năm 2026", make_files=tuple)


def test_a_quarter_shows_its_months_and_a_year_its_quarters(world: World) -> None:
    assert [row[0] for row in rows_of(sum_table(build(world, "2026-Q1")))] == [
        "Tháng 1/2026",
        "Tháng 2/2026",
        "Tháng 3/2026",
        "Cộng",
    ]
    assert [row[0] for row in rows_of(sum_table(build(world, "2026")))][:2] == ["Quý I/2026", "Quý II/2026"]
    assert not any("theo kỳ" in each.title for each in build(world, "2026-02").document.appendices)


@pytest.mark.parametrize("begins_on", [1, 15, 31])
def test_the_days_of_the_parts_of_a_period_follow_each_other_without_a_gap(begins_on: int) -> None:
    for name in ("2026-Q1", "2026-H1", "2026-H2", "2026-9M", "2026"):
        whole = periods.parse(name)
        windows = [reporting_window(part, begins_on) for part in periods.shorter_periods(whole)]
        assert (windows[0][0], windows[-1][1]) == reporting_window(whole, begins_on)
        gaps = [after[0] - before[1] for before, after in pairwise(windows)]
        assert {gap.days for gap in gaps} == {1}


def test_a_result_that_was_approved_after_a_report_was_issued_is_told(world: World) -> None:
    world.submitted()  # on 2/3
    world.time = datetime(2026, 3, 20, 9, 0, tzinfo=ZONE)
    issue = Issue(day="20/03/2026", signer="Phạm Nam", signer_lines=("TM. Ủy ban nhân dân", "Chủ tịch"))
    issue_report(world.ws, "2026-Q1", issue, world.order("hoa"), freeze)
    assert _sums(world) == ["Khớp với báo cáo đã ban hành: quý I/2026 (số 01/BC-UBND)."]
    world.take("hoa", "approve", TASK, quality="met")
    assert (
        "Báo cáo quý I/2026 (số 01/BC-UBND) ghi 0 nhiệm vụ hoàn thành trong kỳ, nay là 01: 01 nhiệm vụ nộp"
        " kết quả trong kỳ được duyệt sau ngày chốt số liệu." in _sums(world)
    )


def test_a_recalled_report_is_not_compared_but_at_a_cut_off_before_it_was(world: World) -> None:
    world.submitted()
    world.time = datetime(2026, 3, 20, 9, 0, tzinfo=ZONE)
    issue = Issue(day="20/03/2026", signer="Phạm Nam", signer_lines=("TM. Ủy ban nhân dân", "Chủ tịch"))
    issue_report(world.ws, "2026-Q1", issue, world.order("hoa"), freeze)
    world.take("hoa", "approve", TASK, quality="met")
    cutoff, told = world.ws.cutoff(), _sums(world)
    recall_report(world.ws, "2026-Q1", "Sai số liệu.", world.order("hoa"))
    assert not any("Báo cáo quý I/2026" in words for words in _sums(world))
    before = build_report(world.ws, periods.parse("2026"), cutoff).document
    assert sentences_of(before.appendices[0].blocks) == told


def _sums(world: World) -> list[str]:
    return sentences_of(build(world, "2026").document.appendices[0].blocks)


def test_what_was_opened_again_is_a_reason_too() -> None:
    march = periods.parse("2026-03")
    assert Reported(march, "07/BC-UBND", 3, 3, 1, 1).words() == (
        "Báo cáo tháng 3/2026 (số 07/BC-UBND) ghi 03 nhiệm vụ hoàn thành trong kỳ, nay là 03: 01 nhiệm vụ nộp"
        " kết quả trong kỳ được duyệt sau ngày chốt và 01 nhiệm vụ được mở lại hoặc điều chỉnh sau ngày chốt"
        " số liệu."
    )


def test_the_sums_of_the_simulated_year_are_those_of_its_periods(year: Year) -> None:
    cutoff = year.ws.cutoff()
    whole = {name: values(build_report(year.ws, periods.parse(name), cutoff)) for name in PERIODS}
    for figure in ("done", "done_in_time", "done_late"):
        months = [whole[f"2026-{month:02d}"].get(f"period.{figure}", 0) for month in range(1, 13)]
        quarters = [whole["2026"][f"period.2026-Q{number}.{figure}"] for number in range(1, 5)]
        assert whole["2026"][f"period.{figure}"] == sum(months) == sum(quarters) > 0
        assert whole["2026-9M"][f"period.{figure}"] == sum(months[:9])
        assert whole["2026-H1"][f"period.{figure}"] == sum(months[:6])
        assert whole["2026-Q1"][f"period.2026-01.{figure}"] == months[0]


PERIODS = [*(f"2026-{month:02d}" for month in range(1, 13)), "2026-Q1", "2026-H1", "2026-9M", "2026"]
