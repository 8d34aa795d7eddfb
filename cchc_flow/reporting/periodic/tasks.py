"""The tasks of a plan as a report names them: a task for many units or periods once, with its parts."""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from cchc_flow.documents.blocks import Block, Column, Listing, Paragraph, Row, Table, Text
from cchc_flow.reporting.periodic.material import CountedCard, Material
from cchc_flow.reporting.periodic.sentences import padded
from cchc_flow.reporting.periodic.standing import Tally
from cchc_flow.workflow.calendar import day_words

MOST_NAMED = 12
"""How many tasks a section of the text names; the appendix has all."""
MOST_UNITS = 2
"""Of how many units a task is said to be by their names."""
COLUMNS = (
    Column("TT", "number", 6),
    Column("Mục", width=13),
    Column("Nội dung nhiệm vụ", width=44),
    Column("Đơn vị chủ trì", width=22),
    Column("Thời hạn", "day", 13),
    Column("Số phần việc", "number", 9),
    Column("Hoàn thành", "number", 9),
    Column("Quá hạn", "number", 9),
    Column("Tình trạng", width=18),
)


class PlanTask(msgspec.Struct, frozen=True):
    """A task of the plan: the cards of its parts, or its own."""

    parts: tuple[CountedCard, ...]

    @property
    def first(self) -> CountedCard:
        """The part that is due first."""
        return self.parts[0]

    @property
    def key(self) -> str:
        """The id of the task, whichever of its parts are meant."""
        return self.first.card.parent or self.first.card.id

    @property
    def title(self) -> str:
        """What is to be done."""
        return self.first.card.title

    def of(self, figure: str) -> list[CountedCard]:
        """Return the parts that count in a figure."""
        return [part for part in self.parts if figure in part.figures]

    @property
    def due(self) -> date | None:
        """The day on which its next open part is due; of one that is done, that of the last part."""
        days = [part.card.due for part in self.parts if part.card.due]
        pending = [part.card.due for part in self.parts if part.card.due and "done" not in part.figures]
        day = min(pending) if pending else max(days, default=None)
        return date.fromisoformat(day) if day else None


def by_task(cards: Iterable[CountedCard]) -> list[PlanTask]:
    """Return the tasks to which cards belong, in the order of their first cards."""
    groups: dict[str, list[CountedCard]] = {}
    for card in cards:
        groups.setdefault(card.card.parent or card.card.id, []).append(card)
    return [PlanTask(tuple(parts)) for parts in groups.values()]


def named_tasks(material: Material, opening: Text, cards: Sequence[CountedCard]) -> list[Block]:
    """Return a sentence with a list of the tasks to which cards belong; of many a dozen, the dated first."""
    tasks = sorted(by_task(cards), key=lambda task: len(task.of("regular")) == len(task.parts))
    names = [task_words(material, task) for task in tasks[:MOST_NAMED]]
    if len(tasks) > MOST_NAMED:
        names.append(f"Và {padded(len(tasks) - MOST_NAMED)} nhiệm vụ khác (có phụ lục kèm theo)")
    entries = [(f"{name};",) for name in names[:-1]]
    return [Paragraph((*opening, ":")), Listing((*entries, (f"{names[-1]}.",)))]


def task_words(material: Material, task: PlanTask) -> str:
    """Return a task in words: its title, who is to do it, and by when."""
    due = {part.card.due for part in task.parts}
    day = next(iter(due)) if len(due) == 1 else None
    by = f", hạn {day_words(date.fromisoformat(day))}" if day else ""
    return f"{task.title} ({lead_words(material, task)}{by})"


def lead_words(material: Material, task: PlanTask) -> str:
    """Return the names of the units that lead a task, or how many they are."""
    leads = list(dict.fromkeys(part.card.lead for part in task.parts))
    if len(leads) > MOST_UNITS:
        return f"{padded(len(leads))} đơn vị"
    return ", ".join(material.unit_names.get(lead or "", "chưa giao đơn vị") for lead in leads)


def task_table(material: Material) -> Table:
    """Return all tasks by area in the order of the plan, each with how many parts it has and are done."""
    rows: list[Row] = []
    number = 0
    groups = [(area.code, f"{area.code}. {area.title}") for area in material.areas]
    for code, title in [*groups, (None, "Nhiệm vụ khác")]:
        tasks = by_task(material.tasks_of_area(code))
        if tasks:
            rows.append(Row((title,), heading=True))
        for task in sorted(tasks, key=lambda task: material.order_of(task.first.card)):
            number += 1
            rows.append(_row(material, task, number))
    return Table(COLUMNS, tuple(rows))


def _row(material: Material, task: PlanTask, number: int) -> Row:
    card = task.first.card
    tally = Tally(
        material, f"tasks.{task.key}", f"Nhiệm vụ {card.ref or task.title}", task.parts, "phần việc"
    )
    return Row(
        (
            number,
            card.ref or "",
            task.title,
            lead_words(material, task),
            task.due,
            tally.cell("total"),
            tally.cell("done"),
            tally.cell("open_late"),
            standing_words(task),
        )
    )


def standing_words(task: PlanTask) -> str:
    """Return how a task stands: done, late, under way, not begun, or given up."""
    done, late = len(task.of("done")), task.of("open_late")
    if not task.of("total"):
        return "Đã hủy hoặc được miễn"
    if done == len(task.of("total")):
        return "Hoàn thành, có phần quá hạn" if task.of("done_late") else "Hoàn thành đúng hạn"
    if late:
        return "Quá hạn"
    if len(task.of("not_started")) == len(task.of("total")):
        return "Chưa triển khai"
    return "Đang thực hiện"
