"""What the items of the built-in workflows are called in sentences: their event types are those of tasks."""

from collections.abc import Mapping

import msgspec

from cchc_flow.audit.words import Names, event_type_title
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.events.base import Move
from cchc_flow.workflow.inspection import AUDIT, ESTABLISH, FINDING
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK

KIND = "kind:"
"""The key under which the names of an item have its kind; no id of a person has a colon."""


class KindWords(msgspec.Struct, frozen=True):
    """How a kind's items are spoken of: the item, what is handed in, and that the item is finished."""

    flow: Workflow
    item: str
    result: str = "kết quả"
    closed: str = "đã xác nhận công việc hoàn thành"


WORDS = {
    words.flow.kind: words
    for words in (
        KindWords(TASK, "công việc"),
        KindWords(REPORT, "báo cáo", "báo cáo", "đã tiếp nhận báo cáo"),
        KindWords(FINDING, "phát hiện", "kết quả khắc phục", "đã chấp nhận kết quả khắc phục"),
        KindWords(AUDIT, "cuộc kiểm tra"),
    )
}
"""By kind; the entries of registers are spoken of as tasks are."""
STEP_CLAUSES: Mapping[tuple[str, str], str] = {
    (FINDING.kind, ESTABLISH): "đã kết luận đây là một phát hiện, yêu cầu khắc phục",
    (FINDING.kind, "drop"): "đã kết luận đây không phải là phát hiện, có nêu lý do",
    (AUDIT.kind, "conclude"): "đã kết luận cuộc kiểm tra",
    (AUDIT.kind, "drop"): "đã quyết định không tiến hành cuộc kiểm tra, có nêu lý do",
}
"""What a step of an inspection did, by the kind and the name of the step."""
_REPORT_STATES = {state.name for state in REPORT.states} - {state.name for state in TASK.states}


def kind_words(names: Names, move: Move | None = None) -> KindWords:
    """Return the words for the item that `names` tell of; where they have no kind, by a move's states."""
    kind = names.get(KIND)
    if kind is None and move and {move.from_, move.to} & _REPORT_STATES:
        kind = REPORT.kind
    return WORDS.get(kind or TASK.kind, WORDS[TASK.kind])


def step_clause(step: str, names: Names) -> str | None:
    """Return what a step of an inspection did, None for a step of anything else."""
    return STEP_CLAUSES.get((names.get(KIND, ""), step))


def undone_step_title(data: ev.ItemUndone, names: Names) -> str:
    """Return the title of the step that was undone; only a task's steps are titled as their event types."""
    flow = kind_words(names, data).flow
    steps = flow.transitions if flow is not TASK else ()
    titles = (step.title for step in steps if (step.event, step.to) == (data.step, data.from_))
    return next(titles, event_type_title(data.step))
