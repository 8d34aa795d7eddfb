"""Says where a row of the appendix tells its task otherwise than the text does; a person decides."""

from collections.abc import Iterator
from datetime import date

from cchc_flow.plan_import.proposal import AnnexRow, Proposal, Remark, Task, leaves
from cchc_flow.plan_import.review.ranking import make_remark


def appendix_conflicts(proposal: Proposal) -> Iterator[Remark]:
    """Yield a remark for each row whose unit in charge or day differs from those of the task it repeats."""
    tasks = {leaf.ref: leaf for area in proposal.areas for task in area.tasks for leaf in leaves(task)}
    for row in proposal.annex:
        task = tasks.get(row.matches or "")
        words = list(_differences(row, task)) if task else []
        if words:
            message = f"Phụ lục (dòng {row.ref.rpartition('.')[2]}) ghi khác phần lời: {'; '.join(words)}."
            yield make_remark("appendix_conflict", row.matches or "", message)


def _differences(row: AnnexRow, task: Task) -> Iterator[str]:
    """Yield in words what the row and the task say of the unit in charge and of the day."""
    if "lead" in row.differs:
        yield f"chủ trì «{row.lead}», phần lời «{task.lead}»"
    if "due" in row.differs and row.due.last_day and task.due:
        yield f"hạn {_day_words(row.due.last_day)}, phần lời {_day_words(task.due)}"


def _day_words(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"
