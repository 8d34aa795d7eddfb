"""The steps that judge a result, and finish the work or bring it back."""

from cchc_flow.workflow.common_steps import REASON, return_step
from cchc_flow.workflow.definition import Field, Transition

QUALITY = (("met", "Đạt yêu cầu"), ("good", "Tốt"), ("excellent", "Xuất sắc"))

SEND_BACK = return_step("Trả lại kết quả", to="in_progress")
APPROVE = Transition(
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
    four_eyes="submitter",
)
CLOSE = Transition(
    name="close",
    title="Hoàn thành",
    fact="closures",
    event="item.closed/1",
    from_=("approved",),
    to="closed",
    by=("leader", "closing_coordinator"),
    four_eyes="submitter",
)
REOPEN = Transition(
    name="reopen",
    title="Mở lại",
    fact="reopenings",
    event="item.reopened/1",
    from_=("closed",),
    to="in_progress",
    by=("leader",),
    fields=(REASON,),
    when=("without_parts",),
)
