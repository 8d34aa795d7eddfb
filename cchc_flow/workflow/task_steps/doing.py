"""The steps of the units that do the work: they take it up, report on it and hand in the result."""

from cchc_flow.workflow.common_steps import REASON, withdraw_step
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.task_steps.forms import EVIDENCE

START = Transition(
    name="start",
    title="Nhận việc",
    fact="starts",
    event="item.started/1",
    from_=("assigned",),
    to="in_progress",
    by=("lead_unit",),
)
DECLINE = Transition(
    name="decline",
    title="Trả lại nhiệm vụ",
    fact="refusals",
    event="item.declined/1",
    from_=("assigned",),
    to="planned",
    by=("lead_head",),
    fields=(REASON,),
)
REPORT_PROGRESS = Transition(
    name="report_progress",
    title="Báo cáo tiến độ",
    fact="progress-reports",
    event="item.progress_reported/1",
    from_=("in_progress",),
    to=None,
    by=("lead_unit", "support_unit"),
    fields=(
        Field("percent", "percent", "Tiến độ (%)", required=True),
        Field("note", "text", "Nội dung đã làm"),
        EVIDENCE,
    ),
)
SUBMIT = Transition(
    name="submit",
    title="Nộp kết quả",
    fact="submissions",
    event="item.submitted/1",
    from_=("in_progress",),
    to="submitted",
    by=("lead_unit",),
    fields=(Field("result", "text", "Kết quả", required=True), EVIDENCE),
)
WITHDRAW = withdraw_step("Rút lại kết quả", to="in_progress")
