"""The steps by which work rests and goes on, or is given up by a decision."""

import msgspec

from cchc_flow.workflow.common_steps import REASON
from cchc_flow.workflow.definition import BACK, Transition
from cchc_flow.workflow.task_steps.forms import DECISION

OPEN = ("planned", "assigned", "in_progress", "distributed", "submitted", "approved", "suspended")
"""The states of unfinished work."""

SUSPEND = Transition(
    name="suspend",
    title="Tạm dừng",
    fact="suspensions",
    event="item.suspended/1",
    from_=("planned", "assigned", "in_progress", "distributed"),
    to="suspended",
    by=("leader", "coordinator"),
    fields=(DECISION, REASON),
    rules=("decision_numbered",),
)
RESUME = Transition(
    name="resume",
    title="Tiếp tục",
    fact="resumptions",
    event="item.resumed/1",
    from_=("suspended",),
    to=BACK,
    by=("leader", "coordinator"),
)
CANCEL = Transition(
    name="cancel",
    title="Hủy công việc",
    fact="cancellations",
    event="item.cancelled/1",
    from_=OPEN,
    to="cancelled",
    by=("leader", "coordinator"),
    fields=(msgspec.structs.replace(DECISION, required=True), REASON),
    rules=("decision_numbered",),
)
EXCUSE = Transition(
    name="excuse",
    title="Miễn phần việc",
    fact="exemptions",
    event="item.excused/1",
    from_=tuple(state for state in OPEN if state != "distributed"),
    to="excused",
    by=("leader", "coordinator"),
    fields=(REASON,),
    when=("part_only",),
)
