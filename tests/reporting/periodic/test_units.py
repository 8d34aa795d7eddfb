"""What units told in the commune's report: their words, their documents and meetings, and what is missing."""

from datetime import datetime
from typing import Any

import pytest
from support.reports import rows_of, sentences_of
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.report_sections import edit_section
from cchc_flow.documents.blocks import Table
from cchc_flow.reporting.periodic import BuiltReport, Passage, build_report
from cchc_flow.workflow import periods
from cchc_flow.workflow.calendar import ZONE

UNIT = "phong-kinh-te"
DOCUMENTS = {"documents": "14", "documents_before": "20", "meetings": "3", "meetings_before": "2"}


@pytest.fixture
def commune(world: World) -> World:
    """The commune, with the reports of the first quarter opened."""
    commands.do_scheduled_work(world.ws)
    return world


def hand_in(world: World, period: str = "2026-Q1", *, accept: bool = True, **report: Any) -> None:
    """Submit the report of the economic office, and accept it."""
    item = f"2026-report:{UNIT}:{period}"
    world.take("lan", "submit", item, report=report)
    if accept:
        world.take("hoa", "accept", item)


def hand_in_of_april(world: World, **report: Any) -> None:
    """Let April begin to be reported on, and submit the report of the economic office on it."""
    world.time = datetime(2026, 4, 3, 9, 0, tzinfo=ZONE)
    commands.do_scheduled_work(world.ws)
    hand_in(world, "2026-04", **report)


def build(world: World, name: str = "2026-Q1") -> BuiltReport:
    return build_report(world.ws, periods.parse(name), world.ws.cutoff())


def words(world: World, name: str = "2026-Q1") -> list[str]:
    return sentences_of(build(world, name).document.blocks)


def office_rows(world: World, name: str = "2026-Q1") -> list[tuple[str, ...]]:
    appendices = build(world, name).document.appendices
    [blocks] = [each.blocks for each in appendices if each.title.startswith("Văn bản")]
    assert isinstance(blocks[0], Table)
    return rows_of(blocks[0])


def gaps(world: World, name: str = "2026-Q1") -> dict[str, bool]:
    return {gap.words: gap.blocks for gap in build(world, name).missing}


def test_the_words_of_units_stand_in_their_sections_with_their_names(commune: World) -> None:
    hand_in(commune, **{"words:2": "Đã rà soát 40 thủ tục.", "words:proposals": "Bổ sung máy quét."})
    told = words(commune)
    assert "Phòng Kinh tế: Đã rà soát 40 thủ tục." in told
    assert "Phòng Kinh tế: Bổ sung máy quét." in told
    assert "Không có kiến nghị, đề xuất." not in told


def test_the_coordinators_words_are_printed_and_those_of_the_units_stay_beside_them(commune: World) -> None:
    hand_in(commune, **{"words:2": "Đã rà soát 40 thủ tục."})
    edit_section(commune.ws, "2026-Q1", "2", "Toàn xã đã rà soát 40 thủ tục.", commune.order("hoa"))
    assert "Toàn xã đã rà soát 40 thủ tục." in words(commune)
    assert "Phòng Kinh tế: Đã rà soát 40 thủ tục." not in words(commune)
    section = next(section for section in build(commune).sections if section.key == "2")
    assert [passage.who for passage in section.units] == ["Phòng Kinh tế"]
    assert isinstance(section.coordinator, Passage)


def test_what_is_not_accepted_yet_does_not_count_is_told_and_does_not_block_the_issue(commune: World) -> None:
    hand_in(commune, accept=False, **{"words:2": "Đã rà soát 40 thủ tục."}, **DOCUMENTS)
    assert not any("40 thủ tục" in sentence for sentence in words(commune))
    assert gaps(commune)["Báo cáo quý I/2026 của Phòng Kinh tế: chờ tiếp nhận."] is False
    assert gaps(commune)["Báo cáo quý I/2026 của Trạm Y tế: chưa nộp."] is False
    assert office_rows(commune)[0][3:] == ("", "", "", "", "", "")


def test_documents_and_meetings_are_summed_and_compared_with_the_year_before(commune: World) -> None:
    hand_in(commune, **DOCUMENTS)
    told = words(commune)
    assert (
        "Các đơn vị ban hành 14 văn bản hành chính trong kỳ, giảm 30\xa0% so với cùng kỳ năm 2025 (20)."
        in told
    )
    assert any("tăng 50\xa0% so với cùng kỳ năm 2025 (2)" in sentence for sentence in told)
    assert office_rows(commune)[-1] == ("", "Tổng cộng", "", "14", "14", "20", "3", "3", "2")


def test_the_figure_of_a_unit_rests_on_the_event_that_told_it(commune: World) -> None:
    hand_in(commune, **DOCUMENTS)
    figure = next(each for each in build(commune).figures if each.key == f"documents.{UNIT}.count")
    assert (figure.value, figure.source) == ("14", "reported")
    assert [commune.ws.log.event(position).type for position in figure.positions] == ["item.reported/1"]


def test_nothing_arose_is_told_and_is_not_the_same_as_an_open_field(commune: World) -> None:
    hand_in(commune, nothing="1")
    assert office_rows(commune)[0][2] == "Không phát sinh"


def test_a_running_total_that_is_not_the_sum_of_its_periods_is_told(commune: World) -> None:
    hand_in(commune, **DOCUMENTS)
    hand_in_of_april(commune, documents="5", documents_total="21")
    said = "Phòng Kinh tế: lũy kế văn bản hành chính báo cáo là 21 văn bản"
    sentence = f"{said}, cộng các kỳ đã báo cáo là 19 văn bản."
    assert gaps(commune, "2026-04")[sentence] is False


def test_a_unit_in_which_nothing_arose_keeps_its_running_total(commune: World) -> None:
    hand_in(commune, **DOCUMENTS)
    hand_in_of_april(commune, nothing="1")
    assert office_rows(commune, "2026-04")[0][2:5] == ("Không phát sinh", "0", "14")


def test_the_summary_of_a_report_stands_among_the_results(commune: World) -> None:
    item = f"2026-report:{UNIT}:2026-Q1"
    commune.take("lan", "submit", item, result="Hoàn thành các việc được giao.", report={"documents": "14"})
    commune.take("hoa", "accept", item)
    assert "Phòng Kinh tế: Hoàn thành các việc được giao." in words(commune)


def test_the_running_total_is_told_where_it_is_more_than_that_of_the_period(commune: World) -> None:
    hand_in(commune, **DOCUMENTS)
    hand_in_of_april(commune, documents="6", documents_before="25")
    told = "Các đơn vị ban hành 6 văn bản hành chính trong kỳ, lũy kế từ đầu năm 20 văn bản, giảm 20\xa0%"
    assert any(sentence.startswith(told) for sentence in words(commune, "2026-04"))


def test_the_same_words_of_two_units_stand_once_after_both_names(commune: World) -> None:
    hand_in(commune, **{"words:2": "Đã niêm yết\ncông khai."})
    commands.add_person(commune.ws, "mai", "Bùi Thị Mai", None, "tram-y-te", commune.order())
    commands.grant_role(commune.ws, "mai", "officer", commune.order())
    item = "2026-report:tram-y-te:2026-Q1"
    commune.take("mai", "submit", item, report={"words:2": "Đã niêm yết công khai."})
    commune.take("hoa", "accept", item)
    assert "Phòng Kinh tế, Trạm Y tế: Đã niêm yết công khai." in words(commune)
    section = next(section for section in build(commune).sections if section.key == "2")
    assert len(section.units) == 2


def test_of_a_unit_that_told_less_this_time_its_newest_report_with_both_years_is_compared(
    commune: World,
) -> None:
    hand_in(commune, **DOCUMENTS)
    hand_in_of_april(commune, nothing="1")
    told = (
        "Trong kỳ các đơn vị không ban hành văn bản hành chính nào, lũy kế từ đầu năm 14 văn bản; so với cùng"
        " kỳ năm 2025 giảm 30\xa0% (theo báo cáo gần nhất của 01 đơn vị: 14 so với 20)."
    )
    assert told in words(commune, "2026-04")
