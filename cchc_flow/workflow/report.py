"""The workflow of a unit's periodic report, version 2. Published: never edited, a change is a new version.

In version 1 the head of the unit could not give the report to one of its people.
"""

from cchc_flow.workflow.definition import Field, State, Transition, Workflow
from cchc_flow.workflow.giving import giving_steps

REASON = Field("reason", "text", "Lý do", required=True)

STATES = (
    State("due", "Chưa nộp"),
    State("submitted", "Chờ tiếp nhận"),
    State("accepted", "Đã tiếp nhận", final=True),
    State("excused", "Được miễn", column="", final=True),
)

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
            Field("result", "text", "Tóm tắt báo cáo", required=True),
            Field("evidence", "files", "Tệp báo cáo"),
        ),
    ),
    *giving_steps(("due",)),
    Transition(
        name="withdraw",
        title="Rút lại báo cáo",
        fact="withdrawals",
        event="item.withdrawn/1",
        from_=("submitted",),
        to="due",
        by=("submitter",),
        fields=(REASON,),
    ),
    Transition(
        name="return",
        title="Trả lại báo cáo",
        fact="returns",
        event="item.returned/1",
        from_=("submitted",),
        to="due",
        by=("coordinator", "leader"),
        fields=(
            REASON,
            Field(
                "defects",
                "count",
                "Số lỗi chất lượng",
                required=True,
                hint="0 nếu trả lại không do lỗi chất lượng",
            ),
        ),
        four_eyes="submitter",
    ),
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
    Transition(
        name="remind",
        title="Đôn đốc",
        fact="reminders",
        event="item.reminded/1",
        from_=("due",),
        to=None,
        by=("coordinator", "leader"),
        fields=(Field("text", "text", "Nội dung đôn đốc", required=True),),
        rules=("somebody_to_remind",),
    ),
    Transition(
        name="comment",
        title="Trao đổi",
        fact="comments",
        event="item.commented/1",
        from_=tuple(state.name for state in STATES),
        to=None,
        by=("anyone",),
        fields=(Field("text", "text", "Nội dung trao đổi", required=True),),
    ),
)

REPORT = Workflow("report", 2, "Báo cáo định kỳ của đơn vị", "due", STATES, TRANSITIONS, "Báo cáo")
