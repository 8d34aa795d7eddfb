"""The workflows of an inspection and of what it finds, version 1. Published: a change is a new version.

The kinds are `audit` and `finding`: `inspection` is the register in which the commune keeps its own
inspections (the area «chỉ đạo, điều hành»), while these belong to whoever inspects the commune by a decision.
"""

from msgspec.structs import replace

from cchc_flow.workflow.common_steps import REASON, comment_step, remind_step, return_step, withdraw_step
from cchc_flow.workflow.definition import Field, State, Transition, Workflow
from cchc_flow.workflow.giving import giving_steps
from cchc_flow.workflow.hands import AUDIT_KIND, FINDING_KIND
from cchc_flow.workflow.task_steps.deadlines import ASK_EXTENSION, GRANT_EXTENSION, REFUSE_EXTENSION

INSPECTOR = ("inspector",)
ESTABLISH = "establish"
"""The step by which an observation becomes a finding."""
TO_REMEDY = "found"
"""The state of a finding that waits for the unit to remedy it."""
SEVERITIES = (
    ("remark", "Lưu ý, rút kinh nghiệm"),
    ("shortcoming", "Tồn tại, hạn chế"),
    ("breach", "Vi phạm quy định"),
)


def _inspecting_step(name: str, title: str, fact: str, **parts: object) -> Transition:
    """Return a step of the inspector that records what its form asks for."""
    step = Transition(
        name=name, title=title, fact=fact, event="item.advanced/1", from_=(), to=None, by=INSPECTOR
    )
    return replace(step, **parts)


def _dropping_step(title: str, states: tuple[str, ...], to: str, fields: tuple[Field, ...]) -> Transition:
    return _inspecting_step("drop", title, "droppings", from_=states, to=to, fields=fields)


def _reopening_step(state: str, to: str) -> Transition:
    return Transition(
        name="reopen",
        title="Mở lại",
        fact="reopenings",
        event="item.reopened/1",
        from_=(state,),
        to=to,
        by=INSPECTOR,
        fields=(REASON,),
    )


def _talking_step(states: tuple[State, ...]) -> Transition:
    """Return the step by which the inspector and everybody else who reads the item writes about it."""
    return replace(comment_step(states), by=(*INSPECTOR, "anyone"))


AUDIT_STATES = (
    State("open", "Đang kiểm tra"),
    State("concluded", "Đã kết luận", final=True),
    State("dropped", "Không tiến hành", column="", final=True),
)
AUDIT = Workflow(
    kind=AUDIT_KIND,
    version=1,
    title="Cuộc kiểm tra theo quyết định",
    initial="open",
    states=AUDIT_STATES,
    transitions=(
        _inspecting_step(
            "conclude",
            "Kết luận",
            "conclusions",
            from_=("open",),
            to="concluded",
            fields=(
                Field("conclusion", "line", "Số kết luận kiểm tra", required=True, hint="Như 21/KL-UBND"),
                Field("concluded_on", "day", "Ngày kết luận", required=True),
                Field("summary", "text", "Nội dung kết luận", required=True),
                Field("files", "files", "Kết luận đã ký"),
            ),
        ),
        _dropping_step("Không tiến hành", ("open",), "dropped", (REASON,)),
        _reopening_step("concluded", "open"),
        _talking_step(AUDIT_STATES),
    ),
    short="Kiểm tra",
    asks=(
        Field("decision", "line", "Số quyết định", required=True, hint="Như 15/QĐ-UBND"),
        Field("decided_on", "day", "Ngày quyết định", required=True),
        Field("decided_by", "line", "Người ký quyết định"),
        Field("units", "units", "Đơn vị được kiểm tra", hint="Để trống: mọi đơn vị"),
        Field("scope", "line", "Nội dung, lĩnh vực kiểm tra"),
        Field("first", "day", "Thời kỳ được kiểm tra: từ ngày", required=True),
        Field("last", "day", "Thời kỳ được kiểm tra: đến ngày", required=True),
    ),
    openers=INSPECTOR,
)

FINDING_STATES = (
    State("observed", "Ghi nhận"),
    State(TO_REMEDY, "Chờ khắc phục"),
    State("submitted", "Chờ xem xét"),
    State("accepted", "Đã khắc phục", final=True),
    State("dropped", "Không thành phát hiện", column="", final=True),
)
_DUE = Field("due", "day", "Hạn khắc phục", required=True)
_ESTABLISH = _inspecting_step(
    ESTABLISH,
    "Kết luận phát hiện",
    "findings",
    from_=("observed",),
    to=TO_REMEDY,
    fields=(
        Field("severity", "choice", "Mức độ", required=True, choices=SEVERITIES),
        Field("basis", "line", "Căn cứ, quy định không được thực hiện đúng"),
        Field("facts", "text", "Nội dung phát hiện", required=True),
        Field("remedy", "text", "Yêu cầu khắc phục", required=True),
        _DUE,
        Field("proof", "files", "Tài liệu kèm theo"),
    ),
    rules=("due_ahead",),
)
_ANSWER = Transition(
    name="submit",
    title="Trả lời, báo cáo khắc phục",
    fact="submissions",
    event="item.submitted/1",
    from_=(TO_REMEDY,),
    to="submitted",
    by=("lead_unit",),
    fields=(
        Field("result", "text", "Giải trình, kết quả khắc phục", required=True),
        Field("evidence", "files", "Minh chứng"),
    ),
)
_ACCEPT = Transition(
    name="accept",
    title="Chấp nhận, kết thúc",
    fact="acceptances",
    event="item.closed/1",
    from_=("submitted",),
    to="accepted",
    by=INSPECTOR,
    four_eyes="submitter",
)
_REFUSE = replace(return_step("Chưa chấp nhận", to=TO_REMEDY), by=INSPECTOR, fields=(REASON,))
_ASK_EXTENSION = replace(ASK_EXTENSION, from_=(TO_REMEDY,), rules=("due_later", "due_ahead"))
_GRANT_EXTENSION = replace(
    GRANT_EXTENSION, from_=(TO_REMEDY, "submitted"), by=INSPECTOR, rules=("due_later", "due_ahead")
)
_REFUSE_EXTENSION = replace(REFUSE_EXTENSION, from_=(TO_REMEDY, "submitted"), by=INSPECTOR)
FINDING = Workflow(
    kind=FINDING_KIND,
    version=1,
    title="Phát hiện khi kiểm tra",
    initial="observed",
    states=FINDING_STATES,
    transitions=(
        _ESTABLISH,
        _ANSWER,
        *giving_steps((TO_REMEDY,)),
        withdraw_step("Rút lại trả lời", to=TO_REMEDY),
        _ACCEPT,
        _REFUSE,
        _ASK_EXTENSION,
        _GRANT_EXTENSION,
        _REFUSE_EXTENSION,
        replace(remind_step((TO_REMEDY,)), by=(*INSPECTOR, "coordinator", "leader")),
        _dropping_step("Không thành phát hiện", ("observed", TO_REMEDY, "submitted"), "dropped", (REASON,)),
        _reopening_step("accepted", TO_REMEDY),
        _talking_step(FINDING_STATES),
    ),
    short="Phát hiện",
    asks=(
        Field("audit", "entry", "Cuộc kiểm tra", required=True, choices=((AUDIT_KIND, AUDIT.title),)),
        Field("about", "entry", "Công việc được kiểm tra"),
    ),
    openers=INSPECTOR,
    readers=("inspector", "coordinator", "leader", "lead_unit"),
)
"""What an inspector observes is read by those whom it concerns: the unit, and those who direct the work."""
