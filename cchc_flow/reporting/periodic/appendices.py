"""The appendices of a report: targets, tasks, and the registers of the areas."""

from collections.abc import Iterator
from datetime import date

from cchc_flow.documents.blocks import Appendix, Column, Row, Table
from cchc_flow.projections.cards.queries import due_badge, mark_words
from cchc_flow.reporting.periodic.areas import area_tables
from cchc_flow.reporting.periodic.material import CountedCard, Material
from cchc_flow.workflow import periods

TASK_COLUMNS = (
    Column("TT", "number", 5),
    Column("Mục", width=10),
    Column("Nội dung nhiệm vụ", width=42),
    Column("Đơn vị chủ trì", width=18),
    Column("Trạng thái", width=13),
    Column("Thời hạn", "day", 12),
    Column("Tình trạng", width=15),
)


def all_appendices(material: Material) -> tuple[Appendix, ...]:
    """Return the appendices that have something to show."""
    return tuple(_appendices(material))


def _appendices(material: Material) -> Iterator[Appendix]:
    if material.tasks:
        yield Appendix("Tiến độ thực hiện nhiệm vụ", (_task_table(material),), across=True)
    if tables := tuple(area_tables(material)):
        yield Appendix("Số liệu của các lĩnh vực", tables, across=True)


def _task_table(material: Material) -> Table:
    """Return all tasks by area, in the order of the plan."""
    rows: list[Row] = []
    groups = [(area.code, f"{area.code}. {area.title}") for area in material.areas]
    number = 0
    for code, title in [*groups, (None, "Nhiệm vụ khác")]:
        tasks = material.tasks_of_area(code)
        if tasks:
            rows.append(Row((title,), heading=True))
        for task in sorted(tasks, key=lambda task: task.card.ref or ""):
            number += 1
            rows.append(_task_row(material, task, number))
    return Table(TASK_COLUMNS, tuple(rows))


def _task_row(material: Material, task: CountedCard, number: int) -> Row:
    card = task.card
    badge = due_badge(card, material.cutoff.day, material.settings.deadlines.soon)
    period = f" ({periods.parse(card.period).words()})" if card.period else ""
    return Row(
        (
            number,
            card.ref or "",
            card.title + period,
            material.unit_names.get(card.lead or "", "chưa giao"),
            material.states.get((card.kind, card.state), card.state),
            date.fromisoformat(card.due) if card.due else None,
            " · ".join(filter(None, (badge.words, mark_words(card)))),
        )
    )
