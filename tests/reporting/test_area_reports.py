"""What areas say in a report: blocks whose numbers name figures, with the events behind each."""

from datetime import date
from decimal import Decimal

import pytest
from support.plugging import plugged
from support.registers import plain_section
from support.world import ASSIGN, RESULT, TASK, World

from cchc_flow.documents.blocks import Number, Paragraph, Row, Table
from cchc_flow.hookspecs import (
    Column,
    Facts,
    Item,
    Measure,
    Period,
    Report,
    ReportTable,
    Section,
    hookimpl,
)
from cchc_flow.plugin_host.facts import call_drawing_hook
from cchc_flow.plugin_kit import ReportDraft, tally, total
from cchc_flow.projections.cards.moves import moves_of_items, positions_behind
from cchc_flow.reporting.area_reports import AreaFigures, as_report, cite_figures, items_of_figures
from cchc_flow.reporting.figures import Figure, Figures
from cchc_flow.web.areas.report_text import cell_words, text_markup
from cchc_flow.workflow.periods import parse

SETTLED = Measure(key="settled", title="Hồ sơ đã giải quyết", unit="hồ sơ", value="1500", items=("a", "b"))
SHARE = Measure(key="share", title="Tỷ lệ đúng hạn", unit="%", value="97.5", items=("b",))
OWN = AreaFigures("procedures", "d1", {"a": (2, 7), "b": (4,)})


def draft() -> ReportDraft:
    draft = ReportDraft("Thủ tục")
    draft.say("Đã giải quyết {settled} hồ sơ, đúng hạn {share}.", settled=SETTLED, share=SHARE)
    return draft


def test_a_sentence_prints_measures_as_officials_write_numbers() -> None:
    report = draft().finish()
    assert plain_section(report).paragraphs == ("Đã giải quyết 1.500 hồ sơ, đúng hạn 97,5\xa0%.",)
    assert report.figures == (SETTLED, SHARE)


def test_a_measure_without_a_value_is_told_in_words() -> None:
    nothing = Measure(key="none", title="Không có", unit="%", value=None)
    assert nothing.number() == Number("Chưa có số liệu", "none")


def test_words_with_braces_are_no_places() -> None:
    report = ReportDraft("Thủ tục")
    report.say("Báo cáo trễ hạn: {titles}.", titles="{0} và {settled}")
    assert plain_section(report.finish()).paragraphs == ("Báo cáo trễ hạn: {0} và {settled}.",)


def test_one_key_stands_for_one_value() -> None:
    report = draft()
    report.say("Lại nói {settled}.", settled=SETTLED)
    with pytest.raises(ValueError, match="'settled' is '1500' and '0'"):
        report.say("Nay là {settled}.", settled=tally("settled", "Hồ sơ", []))


def test_a_number_without_its_measure_and_a_row_that_does_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="the figure 'lost' of the number '5' is missing"):
        Report("Thủ tục", (Paragraph((Number("5", "lost"),)),))
    with pytest.raises(ValueError, match="two figures of the section have the key 'share'"):
        Report("Thủ tục", figures=(SHARE, SHARE))
    with pytest.raises(ValueError, match="more or fewer cells"):
        Report("Thủ tục", (ReportTable((Column("Một"),), (("a", "b"),)),))


def test_a_total_is_an_exact_decimal_string() -> None:
    assert [total("sum", "Tổng", value, []).value for value in (0, 12, 1500)] == ["0", "12", "1500"]


def test_the_figures_of_a_section_have_keys_of_their_area_and_the_events_behind_them() -> None:
    figures = Figures()
    (paragraph,) = cite_figures(draft().finish(), OWN, figures)
    assert isinstance(paragraph, Paragraph)
    cited = [run.key for run in paragraph.text if isinstance(run, Number)]
    assert cited == ["areas.procedures.settled", "areas.procedures.share"]
    assert figures.all()[0] == Figure(
        key="areas.procedures.settled",
        title="Hồ sơ đã giải quyết",
        value="1500",
        unit="hồ sơ",
        source="plugin:procedures",
        positions=(2, 4, 7),
        rules="d1",
    )


def test_the_cells_of_a_table_have_their_types() -> None:
    report = ReportDraft("Thủ tục")
    columns = (Column("Tên"), Column("Ngày", "day"), Column("Số", "number"))
    report.add_table(columns, [("A", "2026-03-05", SHARE), ("B", "chưa rõ", 7)])
    (table,) = cite_figures(report.finish(), OWN, Figures())
    assert isinstance(table, Table) and table.title == "Thủ tục"
    share = Number("97,5\xa0%", "areas.procedures.share", Decimal("97.5"))
    assert table.rows == (Row(("A", date(2026, 3, 5), share)), Row(("B", "chưa rõ", 7)))


def test_a_section_of_plain_words_becomes_paragraphs_and_a_table() -> None:
    plain = Section("Thủ tục", ("Một câu.",), ("Nội dung", "Số"), (("A", "5"),))
    report = as_report(plain)
    assert plain_section(report) == plain
    assert items_of_figures([report, draft().finish()]) == {"a", "b"}
    assert as_report(Section("Thủ tục", columns=("Nội dung",))).blocks == ()


class Telling:
    """Lĩnh vực kể"""

    @hookimpl
    def report_section(self, period: Period, facts: Facts) -> Report:
        tasks = facts.items("task")
        done: list[Item] = [task for task in tasks if task.state == "submitted"]
        told = ReportDraft("Lĩnh vực kể")
        told.say(
            "{done}/{all} việc đã nộp.", done=tally("done", "Đã nộp", done), all=tally("all", "Việc", tasks)
        )
        return told.finish()


class Wrong:
    """Lĩnh vực sai"""

    @hookimpl
    def report_section(self) -> object:
        number = {"type": "number", "words": "5", "key": "x"}
        return {"type": "report", "title": "Sai", "blocks": [{"type": "paragraph", "text": [number]}]}


def test_a_section_passes_through_the_host_and_a_number_without_a_measure_is_a_fault(world: World) -> None:
    world.ws.plugins = plugged(telling=Telling(), wrong=Wrong())
    source, period = world.ws.fact_source(), parse("2026-03")
    told, wrong = call_drawing_hook(source, "report_section", frozenset({"telling", "wrong"}), period=period)
    assert plain_section(told.value).paragraphs == ("0/3 việc đã nộp.",)
    assert "the figure 'x'" in wrong.fault


def test_a_figure_of_an_area_rests_on_the_events_that_moved_its_items(world: World) -> None:
    (opened,) = moves_of_items(world.ws.read(), [TASK])[TASK]
    world.take("hoa", "assign", **ASSIGN)
    assigned = world.ws.log.size()
    world.take("lan", "start")
    world.take("hoa", "comment", text="Cố lên.")
    world.take("lan", "report_progress", percent="50", note="Đang làm.")
    moves = moves_of_items(world.ws.read(), [TASK, "2026-không-có"])
    assert moves == {TASK: (opened, assigned, assigned + 1)}
    assert positions_behind(moves, [TASK, "2026-không-có", TASK]) == moves[TASK]
    cutoff = world.ws.cutoff()
    world.take("lan", "submit", **RESULT)
    assert moves_of_items(world.ws.read_as_of(cutoff), [TASK]) == moves


def test_the_page_of_an_area_shows_words_as_words() -> None:
    assert text_markup(("<b>", Number("5", "x"))) == "&lt;b&gt;5"
    assert [cell_words(cell, "day") for cell in ("2026-03-05", "chưa rõ", None, 1500)] == [
        "05/03/2026", "chưa rõ", "", "1.500"
    ]  # fmt: skip
