"""The workflow of a unit's periodic report, version 3. Published: never edited, a change is a new version.

In version 1 the head of the unit could not give the report to one of its people; up to version 2 a report was
a summary and files, and a return had one reason for all of it.
"""

from msgspec.structs import replace

from cchc_flow.workflow.common_steps import REASON, comment_step, remind_step, return_step, withdraw_step
from cchc_flow.workflow.definition import Field, State, Transition, Workflow
from cchc_flow.workflow.giving import giving_steps

STATES = (
    State("due", "Chưa nộp"),
    State("submitted", "Chờ tiếp nhận"),
    State("accepted", "Đã tiếp nhận", final=True),
    State("excused", "Được miễn", column="", final=True),
)


def _return_step() -> Transition:
    """Return the step that sends a report back, with remarks on its sections."""
    step = return_step("Trả lại báo cáo", to="due")
    return replace(step, fields=(*step.fields, Field("remarks", "remarks", "Nhận xét từng mục")))


TRANSITIONS = (
    Transition(
        name="submit",
        title="Nộp báo cáo",
        fact="submissions",
        event="item.submitted/1",
        from_=("due",),
        to="submitted",
        by=("lead_unit",),
        fields=(
            Field("report", "report", "Nội dung báo cáo"),
            Field("result", "text", "Tóm tắt chung"),
            Field("evidence", "files", "Tệp kèm theo"),
        ),
        rules=("report_has_content",),
    ),
    *giving_steps(("due",)),
    withdraw_step("Rút lại báo cáo", to="due"),
    _return_step(),
    Transition(
        name="accept",
        title="Tiếp nhận",
        fact="acceptances",
        event="item.closed/1",
        from_=("submitted",),
        to="accepted",
        by=("coordinator", "leader"),
        four_eyes="submitter",
    ),
    Transition(
        name="reopen",
        title="Mở lại",
        fact="reopenings",
        event="item.reopened/1",
        from_=("accepted",),
        to="due",
        by=("coordinator", "leader"),
        fields=(REASON,),
    ),
    Transition(
        name="excuse",
        title="Miễn báo cáo",
        fact="exemptions",
        event="item.excused/1",
        from_=("due", "submitted"),
        to="excused",
        by=("coordinator", "leader"),
        fields=(REASON,),
    ),
    remind_step(("due",)),
    comment_step(STATES),
)

REPORT = Workflow("report", 3, "Báo cáo định kỳ của đơn vị", "due", STATES, TRANSITIONS, "Báo cáo")
