"""The tasks of a plan in a report: each once, with the parts that its units and periods have."""

from support.dividing import MINE, distribute, finish
from support.reports import rows_of, sentences_of
from support.world import World

from cchc_flow.documents.blocks import Table
from cchc_flow.reporting.periodic import BuiltReport, build_report
from cchc_flow.workflow import periods


def build(world: World) -> BuiltReport:
    ws = world.ws
    return build_report(ws, periods.parse("2026-03"), ws.cutoff())


def task_rows(built: BuiltReport) -> list[tuple[str, ...]]:
    table = built.document.appendices[-1].blocks[0]
    assert isinstance(table, Table)
    return rows_of(table)


def test_a_task_for_two_units_is_one_row_that_says_how_many_parts_are_done(world: World) -> None:
    distribute(world, due="2026-06-30")
    finish(world, MINE, "lan")
    row = next(row for row in task_rows(build(world)) if "III.2.3.1" in row)
    assert row[3:] == ("Phòng Kinh tế, Trạm Y tế", "30/06/2026", "2", "1", "0", "Đang thực hiện")


def test_tasks_stand_under_their_areas_in_the_order_of_the_plan(world: World) -> None:
    rows = task_rows(build(world))
    assert [row[0] if len(row) == 1 else row[1] for row in rows] == [
        "1. Cải cách thể chế",
        "III.1.1",
        "2. Cải cách thủ tục hành chính",
        "III.2.3.1",
        "III.2.10",
    ]


def test_how_parts_are_counted_is_said_where_there_are_any(world: World) -> None:
    words = (
        "Kế hoạch có 03 nhiệm vụ; nhiệm vụ giao cho nhiều đơn vị hoặc thực hiện theo kỳ được tính theo từng"
        " đơn vị, từng kỳ, tổng cộng 4 nhiệm vụ."
    )
    assert words not in sentences_of(build(world).document.blocks)
    distribute(world)
    assert words in sentences_of(build(world).document.blocks)


def test_late_tasks_are_named_with_their_units_and_days(world: World) -> None:
    world.wait(days=5)
    words = sentences_of(build(world).document.blocks)
    assert "Còn 01 nhiệm vụ quá hạn chưa hoàn thành:" in words
    assert "Công khai thủ tục (chưa giao đơn vị, hạn 04/03/2026)." in words
