"""The step that says as how many products the work counts when it is graded (quy đổi)."""

from cchc_flow.workflow.definition import Field, Transition

WEIGH = Transition(
    name="weigh",
    title="Quy đổi sản phẩm",
    fact="weights",
    event="item.weighted/1",
    from_=("assigned", "in_progress", "submitted", "approved", "closed", "suspended"),
    to=None,
    by=("coordinator", "leader"),
    fields=(
        Field(
            "weight",
            "amount",
            "Hệ số quy đổi",
            required=True,
            hint="Việc này tính bằng mấy sản phẩm khi chấm điểm; chưa đặt là 1. Ví dụ 0,5 hoặc 2",
        ),
    ),
    when=("without_parts",),
    rules=("another_weight",),
)
