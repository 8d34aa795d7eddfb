"""The steps about the due day: it is set, a later one is asked for and decided, and people are reminded."""

from cchc_flow.workflow.common_steps import REASON, remind_step
from cchc_flow.workflow.definition import Field, Transition

SET_DUE = Transition(
    name="set_due",
    title="Đặt hạn",
    fact="due-days",
    event="item.due_set/1",
    from_=("assigned", "in_progress"),
    to=None,
    by=("coordinator", "leader"),
    fields=(Field("due", "day", "Hạn hoàn thành", required=True), REASON),
    when=("no_request_to_decide",),
    rules=("another_due", "due_within_plan"),
)
ASK_EXTENSION = Transition(
    name="ask_extension",
    title="Xin gia hạn",
    fact="extension-requests",
    event="item.extension_requested/1",
    from_=("assigned", "in_progress"),
    to=None,
    by=("lead_unit",),
    fields=(Field("due", "day", "Hạn mới đề nghị", required=True), REASON),
    when=("has_due", "no_request_open"),
    rules=("due_later", "due_within_plan"),
)
GRANT_EXTENSION = Transition(
    name="grant_extension",
    title="Đồng ý gia hạn",
    fact="extensions",
    event="item.extension_granted/1",
    from_=("assigned", "in_progress", "submitted"),
    to=None,
    by=("coordinator", "leader"),
    fields=(
        Field("due", "day", "Hạn mới", required=True, hint="Ngày được đề nghị, hoặc một ngày khác"),
        Field("comment", "text", "Ý kiến"),
    ),
    four_eyes="requester",
    when=("request_open",),
    rules=("due_later", "due_within_plan"),
)
REFUSE_EXTENSION = Transition(
    name="refuse_extension",
    title="Từ chối gia hạn",
    fact="extension-refusals",
    event="item.extension_refused/1",
    from_=("assigned", "in_progress", "submitted"),
    to=None,
    by=("coordinator", "leader"),
    fields=(REASON,),
    four_eyes="requester",
    when=("request_open",),
)
REMIND = remind_step(("assigned", "in_progress"))
