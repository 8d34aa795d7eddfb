"""The rows of a plan's appendix beside the tasks of its text: the same, new, or told otherwise."""

import msgspec

from cchc_flow.plan_import.annex_choices import KEEP_TEXT, TAKE_ROW, RowChoices, fitting_area
from cchc_flow.plan_import.proposal import AnnexRow, Proposal, Task
from cchc_flow.web.plans.form import work_items


class Difference(msgspec.Struct, frozen=True):
    """A row that contradicts the text about a task; `choice` is what a person took, "" for nothing yet."""

    row: AnnexRow
    task: Task
    choice: str


class NewRow(msgspec.Struct, frozen=True):
    """A row of which the text has no task: the area that it would join, and the one it was put into or ""."""

    row: AnnexRow
    area: str
    choice: str


class RowReview(msgspec.Struct, frozen=True):
    """The rows that a person should look at, and how many say the same as the text."""

    different: tuple[Difference, ...] = ()
    new: tuple[NewRow, ...] = ()
    same: int = 0

    @property
    def waiting(self) -> int:
        """How many rows nobody has decided about."""
        return sum(not one.choice for one in self.different) + sum(not one.choice for one in self.new)


def review_rows(proposal: Proposal, choices: RowChoices) -> RowReview:
    """Return the rows of the appendix that a person should look at, given what was decided."""
    tasks = {task.ref: task for _, task in work_items(proposal)}
    different, new, same = [], [], 0
    for row in proposal.annex:
        choice = choices.get(row.place, "")
        if row.ref in tasks and not choice:  # the text has no tasks but those of the appendix
            same += 1
        elif row.matches is None:
            new.append(NewRow(row, fitting_area(row, proposal), choice))
        elif row.differs and row.matches in tasks:
            known = choice if choice in (KEEP_TEXT, TAKE_ROW) else ""
            different.append(Difference(row, tasks[row.matches], known))
        else:
            same += 1
    return RowReview(tuple(different), tuple(new), same)
