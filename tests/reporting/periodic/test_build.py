"""The commune's report: its parts, its numbers with the events behind them, and what it lacks."""

from typing import Any

import pytest
from support.reports import numbers_of, sentences_of
from support.world import World

from cchc_flow.commands.report_sections import edit_section
from cchc_flow.documents.blocks import Heading
from cchc_flow.errors import BadInput
from cchc_flow.reporting.periodic import BuiltReport, Edition, Passage, build_report
from cchc_flow.workflow import periods

MARCH = periods.parse("2026-03")


def build(world: World, period: periods.Period = MARCH, **edition: Any) -> BuiltReport:
    """Return the report of a period as of now."""
    ws = world.ws
    return build_report(ws, period, ws.cutoff(), Edition(**edition))


def test_the_parts_follow_the_outline(world: World) -> None:
    headings = [block for block in build(world).document.blocks if isinstance(block, Heading)]
    assert [heading.mark for heading in headings if heading.level == 1] == ["I.", "II.", "III.", "IV.", "V."]
    assert [heading.words for heading in headings if heading.level == 2][3:5] == [
        "Cải cách thể chế",
        "Cải cách thủ tục hành chính",
    ]


def test_the_sentence_of_the_four_counts_has_their_numbers(world: World) -> None:
    world.submitted()
    world.take("hoa", "approve", quality="met")
    world.wait(days=10)
    words = sentences_of(build(world).document.blocks)
    assert (
        "Tính đến hết ngày 12/03/2026, đã hoàn thành 1/3 nhiệm vụ (đạt 33,33\N{NO-BREAK SPACE}%), gồm 01"
        " nhiệm vụ có thời hạn; trong đó 01 nhiệm vụ hoàn thành đúng hạn." in words
    )
    assert (
        "Chưa hoàn thành: 01 nhiệm vụ trong hạn (trong đó 01 nhiệm vụ chưa triển khai), 01 nhiệm vụ quá hạn."
        in words
    )


def test_every_number_is_among_the_figures_with_the_events_that_it_rests_on(world: World) -> None:
    world.submitted()
    world.take("hoa", "approve", quality="met")
    built = build(world)
    figures = {figure.key: figure for figure in built.figures}
    assert {number.key for number in numbers_of(built.document)} == set(figures)
    assert figures["counts.done"].value == "1"
    assert figures["counts.done"].positions == (world.ws.log.size(),)
    assert len(figures["counts.total"].positions) == 3


def test_without_a_plan_of_its_year_there_is_no_report(world: World) -> None:
    with pytest.raises(BadInput, match="Chưa có kế hoạch cải cách hành chính năm 2027"):
        build(world, periods.parse("2027-01"))


def test_the_words_of_the_coordinator_stand_in_their_section(world: World) -> None:
    words = "- Tiếp tục rà soát.\n- Niêm yết công khai."
    edit_section(world.ws, "2026-Q1", "next", words, world.order("hoa"))
    built = build(world, periods.parse("2026-Q1"))
    assert "Niêm yết công khai." in sentences_of(built.document.blocks)
    section = next(section for section in built.sections if section.key == "next")
    assert section.coordinator == Passage("Lê Thị Hoa", words, world.ws.log.size())


def test_a_report_without_a_signer_or_before_the_end_of_its_days_says_so(world: World) -> None:
    missing = {gap.words: gap.blocks for gap in build(world).missing}
    assert missing["Kỳ số liệu đến hết ngày 14/03/2026 chưa kết thúc: số liệu là ước thực hiện."] is False
    assert "Chưa biết người ký báo cáo." not in missing  # the commune has one leader
    world.time = world.time.replace(day=20)
    assert not any("chưa kết thúc" in gap.words for gap in build(world).missing)


@pytest.mark.parametrize(
    ("name", "title", "following"),
    [
        ("2026-01", "tháng 01 năm 2026", "2026-02"),
        ("2026-03", "tháng 3 năm 2026", "2026-04"),
        ("2026-12", "tháng 12 năm 2026", "2027-01"),
        ("2026-Q1", "quý I năm 2026", "2026-Q2"),
        ("2026-Q4", "quý IV năm 2026", "2027-Q1"),
        ("2026-H1", "6 tháng đầu năm 2026", "2026-H2"),
        ("2026-9M", "9 tháng đầu năm 2026", "2026-Q4"),
        ("2026", "năm 2026", "2027"),
    ],
)
def test_a_period_has_a_title_and_another_that_follows(name: str, title: str, following: str) -> None:
    period = periods.parse(name)
    assert (period.title_words(), period.following().name) == (title, following)
    assert period.following() == periods.parse(following)


def test_the_same_cut_off_gives_the_same_report_whatever_happened_after(world: World) -> None:
    cutoff = world.ws.cutoff()
    before = build_report(world.ws, MARCH, cutoff)
    world.submitted()
    world.take("hoa", "approve", quality="met")
    assert build_report(world.ws, MARCH, cutoff) == before
