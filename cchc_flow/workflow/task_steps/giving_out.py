"""The steps of who gives work out: to a unit or to many, with whose support, and to another one."""

import msgspec

from cchc_flow.workflow.common_steps import REASON
from cchc_flow.workflow.definition import Field, Transition
from cchc_flow.workflow.periods import CADENCE
from cchc_flow.workflow.task_steps.forms import SUPPORT

DUE_DAY_HINT = "Với việc theo kỳ: ngày trong tháng cuối của kỳ; bỏ trống là ngày cuối cùng"

ASSIGN = Transition(
    name="assign",
    title="Giao việc",
    fact="assignments",
    event="item.assigned/1",
    from_=("planned", "assigned", "in_progress"),
    to="assigned",
    by=("coordinator", "leader"),
    fields=(
        Field("lead", "unit", "Đơn vị chủ trì", required=True),
        SUPPORT,
        Field("officer", "person", "Công chức phụ trách"),
        Field("due", "day", "Hạn hoàn thành"),
    ),
    rules=("team", "due_within_plan"),
)
DISTRIBUTE = Transition(
    name="distribute",
    title="Giao nhiều đơn vị, nhiều kỳ",
    fact="distributions",
    event="item.distributed/2",
    from_=("planned", "assigned", "distributed"),
    to="distributed",
    by=("coordinator", "leader"),
    fields=(
        Field("units", "units", "Các đơn vị thực hiện", required=True),
        Field(
            "cadence",
            "choice",
            "Định kỳ",
            choices=CADENCE,
            hint="Mỗi đơn vị có một phần việc cho mỗi kỳ; phần việc của kỳ mở ra khi kỳ bắt đầu",
        ),
        msgspec.structs.replace(SUPPORT, hint="Phối hợp với phần việc của mọi đơn vị, mọi kỳ mở từ nay"),
        Field("due", "day", "Hạn hoàn thành", hint="Chỉ với việc làm một lần"),
        Field("due_day", "count", "Ngày đến hạn trong kỳ", hint=DUE_DAY_HINT),
        Field("since", "day", "Bắt đầu từ ngày", hint="Bỏ trống: từ kỳ đang diễn ra"),
    ),
    when=("whole_only",),
    rules=("parts_make_sense",),
)
HAND_OVER = Transition(
    name="hand_over",
    title="Chuyển xử lý",
    fact="handovers",
    event="item.handed_over/1",
    from_=("assigned", "in_progress", "submitted", "approved", "suspended"),
    to=None,
    by=("coordinator", "leader"),
    fields=(
        Field("lead", "unit", "Đơn vị chủ trì mới", required=True),
        Field("officer", "person", "Công chức phụ trách"),
        REASON,
    ),
    when=("given_out",),
    rules=("team", "another_team"),
)
CHANGE_SUPPORT = Transition(
    name="change_support",
    title="Đổi đơn vị phối hợp",
    fact="support-changes",
    event="item.support_changed/1",
    from_=("assigned", "in_progress", "submitted", "suspended"),
    to=None,
    by=("coordinator", "leader"),
    fields=(SUPPORT, REASON),
    when=("given_out",),
    rules=("other_support",),
)
