"""The workflow of a plan's task, version 1 (DOMAIN: chưa giao → … → hoàn thành). Published: never edited."""

from cchc_flow.workflow.definition import Field, State, Transition, Workflow

QUALITY = (("met", "Đạt yêu cầu"), ("good", "Tốt"), ("excellent", "Xuất sắc"))
CADENCE = (
    ("once", "Một lần"),
    ("monthly", "Hằng tháng"),
    ("quarterly", "Hằng quý"),
    ("half_yearly", "6 tháng"),
    ("yearly", "Hằng năm"),
)
REASON = Field("reason", "text", "Lý do", required=True)
EVIDENCE = Field("evidence", "files", "Minh chứng")

STATES = (
    State("planned", "Chưa giao"),
    State("assigned", "Đã giao"),
    State("in_progress", "Đang thực hiện"),
    State("submitted", "Chờ duyệt"),
    State("approved", "Đã duyệt"),
    State("closed", "Hoàn thành", final=True),
)

TRANSITIONS = (
    Transition(
        name="assign",
        title="Giao việc",
        fact="assignments",
        event="item.assigned/1",
        from_=("planned", "assigned", "in_progress"),
        to="assigned",
        by=("coordinator", "leader"),
        fields=(
            Field("lead", "unit", "Đơn vị chủ trì", required=True),
            Field("support", "units", "Đơn vị phối hợp"),
            Field("officer", "person", "Công chức phụ trách"),
            Field("due", "day", "Hạn hoàn thành"),
            Field("cadence", "choice", "Định kỳ", choices=CADENCE),
        ),
    ),
    Transition(
        name="start",
        title="Nhận việc",
        fact="starts",
        event="item.started/1",
        from_=("assigned",),
        to="in_progress",
        by=("lead_unit",),
    ),
    Transition(
        name="decline",
        title="Trả lại nhiệm vụ",
        fact="refusals",
        event="item.declined/1",
        from_=("assigned",),
        to="planned",
        by=("lead_head",),
        fields=(REASON,),
    ),
    Transition(
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
    ),
    Transition(
        name="submit",
        title="Nộp kết quả",
        fact="submissions",
        event="item.submitted/1",
        from_=("in_progress",),
        to="submitted",
        by=("lead_unit",),
        fields=(Field("result", "text", "Kết quả", required=True), EVIDENCE),
    ),
    Transition(
        name="withdraw",
        title="Rút lại kết quả",
        fact="withdrawals",
        event="item.withdrawn/1",
        from_=("submitted",),
        to="in_progress",
        by=("submitter",),
        fields=(REASON,),
    ),
    Transition(
        name="return",
        title="Trả lại kết quả",
        fact="returns",
        event="item.returned/1",
        from_=("submitted",),
        to="in_progress",
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
        four_eyes=True,
    ),
    Transition(
        name="approve",
        title="Duyệt",
        fact="approvals",
        event="item.approved/1",
        from_=("submitted",),
        to="approved",
        by=("coordinator", "leader"),
        fields=(
            Field("quality", "choice", "Chất lượng", required=True, choices=QUALITY),
            Field("comment", "text", "Ý kiến"),
        ),
        four_eyes=True,
    ),
    Transition(
        name="close",
        title="Hoàn thành",
        fact="closures",
        event="item.closed/1",
        from_=("approved",),
        to="closed",
        by=("leader",),
        four_eyes=True,
    ),
    Transition(
        name="reopen",
        title="Mở lại",
        fact="reopenings",
        event="item.reopened/1",
        from_=("closed",),
        to="in_progress",
        by=("leader",),
        fields=(REASON,),
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

TASK = Workflow("task", 1, "Nhiệm vụ của kế hoạch", "planned", STATES, TRANSITIONS)
