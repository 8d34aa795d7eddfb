"""Assignments that stand in a table of units."""

from cchc_flow.plan_import.document import Table
from cchc_flow.plan_import.extraction.unit_tables import unit_rows

HEAD = ("STT", "Đơn vị", "Nội dung công việc", "Thời hạn báo cáo")


def test_each_line_of_a_cell_is_an_assignment_of_the_unit_beside_it():
    table = Table(
        (
            HEAD,
            ("1", "Văn phòng xã", "- Theo dõi chung\n- Báo cáo", "ngày 20 hằng tháng"),
            ("2", "Các phòng, đơn vị", "Soát quy chế", ""),
        ),
        place=7,
    )
    rows = list(unit_rows(table, "IV"))
    assert [(row.place, row.assignment.name, row.days) for row in rows] == [
        (8, "Văn phòng xã", "ngày 20 hằng tháng"), (9, None, ""),
    ]  # fmt: skip
    assert [(part.ref, part.text) for part in rows[0].assignment.statements] == [
        ("IV.1", "Theo dõi chung"), ("IV.1", "Báo cáo"),
    ]  # fmt: skip


def test_a_table_of_tasks_or_of_units_of_measure_holds_no_assignments():
    for head in (("TT", "Nhiệm vụ", "Đơn vị chủ trì"), ("TT", "Chỉ tiêu", "Đơn vị tính"), ("A", "B", "C")):
        assert not list(unit_rows(Table((head, ("1", "Soát quy chế", "Văn phòng"))), "IV"))
