"""The registers of the area: late dossiers and their apologies, citizens' feedback, announced procedures."""

from cchc_flow.hookspecs import Field, Transition, Workflow
from cchc_flow.workflow.definition import State

WRITERS = ("coordinator", "officer", "unit_head")
DOERS = ("lead_unit", "coordinator")
TASK = Field("task", "task", "Nhiệm vụ của kế hoạch")
REASON = Field("reason", "text", "Lý do", required=True)
NO_NAMES = "Không ghi họ tên, số điện thoại, địa chỉ của người dân."


def step(
    name: str,
    title: str,
    fact: str,
    from_: tuple[str, ...],
    to: str | None,
    *fields: Field,
    by: tuple[str, ...] = DOERS,
) -> Transition:
    """Return a step of a register."""
    return Transition(
        name=name,
        title=title,
        fact=fact,
        event="item.advanced/1",
        from_=from_,
        to=to,
        by=by,
        fields=fields,
    )


LATE_DOSSIER = Workflow(
    "late_dossier",
    1,
    "Hồ sơ trễ hạn",
    "late",
    (
        State("late", "Trễ hạn, chưa hẹn lại"),
        State("reappointed", "Đã hẹn lại"),
        State("returned", "Đã trả kết quả", final=True),
        State("dropped", "Ghi nhầm", column="", final=True),
    ),
    (
        step(
            "reappoint",
            "Ghi ngày hẹn mới",
            "reappointments",
            ("late", "reappointed"),
            "reappointed",
            Field("due", "day", "Ngày hẹn mới", required=True),
            by=("plugin",),
        ),
        step("late_again", "Lại quá ngày hẹn mới", "delays", ("reappointed",), "late", REASON),
        step(
            "return",
            "Trả kết quả",
            "returns",
            ("late", "reappointed"),
            "returned",
            Field("returned_on", "day", "Ngày trả kết quả", required=True),
        ),
        step("drop", "Bỏ vì ghi nhầm", "droppings", ("late", "reappointed"), "dropped", REASON),
    ),
    "Trễ hạn",
    (
        Field("code", "line", "Mã hồ sơ", required=True, hint=NO_NAMES),
        Field("procedure", "line", "Thủ tục"),
        Field("received_on", "day", "Ngày tiếp nhận", required=True),
        Field("old_due", "day", "Ngày hẹn trả ban đầu", required=True),
        Field("waited", "count", "Số ngày làm việc chờ người dân bổ sung", hint="Được trừ khi tính trễ hạn"),
        Field("supplements", "count", "Số lần yêu cầu bổ sung", hint="Quá một lần bị tính là trễ hạn"),
        TASK,
    ),
    WRITERS,
)

APOLOGY = Workflow(
    "apology",
    1,
    "Phiếu xin lỗi và hẹn lại",
    "to_send",
    (
        State("to_send", "Chờ gửi"),
        State("sent", "Đã gửi", final=True),
        State("not_needed", "Không cần gửi", column="", final=True),
    ),
    (
        step(
            "send",
            "Gửi phiếu xin lỗi",
            "sendings",
            ("to_send",),
            "sent",
            Field("sent_on", "day", "Ngày gửi phiếu", required=True),
            Field("new_due", "day", "Ngày hẹn mới", required=True),
            Field("number", "line", "Số phiếu"),
            Field("reason", "text", "Lý do trễ hạn nêu trong phiếu", required=True),
            Field("letter", "files", "Bản phiếu đã gửi"),
        ),
        step(
            "drop",
            "Không cần gửi",
            "droppings",
            ("to_send",),
            "not_needed",
            by=("plugin",),
        ),
    ),
    "Xin lỗi",
    (
        Field("code", "line", "Mã hồ sơ", required=True),
        Field("old_due", "day", "Ngày hẹn cũ", required=True),
        TASK,
    ),
    ("plugin",),
)

FEEDBACK = Workflow(
    "feedback",
    1,
    "Phản ánh, kiến nghị",
    "received",
    (
        State("received", "Đang xử lý"),
        State("waiting", "Chờ người dân bổ sung"),
        State("answered", "Đã trả lời", final=True),
        State("refused", "Từ chối tiếp nhận", column="answered", final=True),
    ),
    (
        step(
            "answer",
            "Trả lời",
            "answers",
            ("received",),
            "answered",
            Field("answered_on", "day", "Ngày trả lời", required=True),
            Field("number", "line", "Số văn bản trả lời"),
            Field("answer", "text", "Nội dung trả lời", required=True),
            Field("evidence", "files", "Văn bản trả lời"),
        ),
        step(
            "ask_supplement",
            "Yêu cầu bổ sung",
            "supplement-requests",
            ("received",),
            "waiting",
            Field("asked_on", "day", "Ngày yêu cầu bổ sung", required=True),
            Field("request", "text", "Nội dung cần bổ sung", required=True),
        ),
        step(
            "supplement",
            "Ghi nhận đã bổ sung",
            "supplements",
            ("waiting",),
            "received",
            Field("supplemented_on", "day", "Ngày người dân bổ sung xong", required=True),
        ),
        step(
            "refuse",
            "Từ chối tiếp nhận",
            "refusals",
            ("received",),
            "refused",
            Field("refused_on", "day", "Ngày từ chối", required=True),
            REASON,
        ),
        step(
            "set_clock",
            "Tính lại hạn trả lời",
            "clocks",
            ("received", "waiting"),
            None,
            Field("due", "day", "Hạn trả lời"),
            Field("stopped", "count", "Số ngày làm việc tạm dừng tính hạn"),
            Field("counted", "day", "Đã tính đến lần bổ sung ngày"),
            by=("plugin",),
        ),
    ),
    "PAKN",
    (
        Field("code", "line", "Mã phản ánh, kiến nghị", hint=NO_NAMES),
        Field("received_on", "day", "Ngày tiếp nhận", required=True),
        Field(
            "channel",
            "choice",
            "Tiếp nhận qua",
            choices=(
                ("portal", "Cổng Dịch vụ công quốc gia"),
                ("in_person", "Trực tiếp"),
                ("phone", "Điện thoại"),
                ("letter", "Văn bản"),
            ),
        ),
        TASK,
    ),
    WRITERS,
)

ANNOUNCEMENT = Workflow(
    "procedure_announcement",
    1,
    "Công khai thủ tục hành chính",
    "announced",
    (State("announced", "Chờ công khai"), State("published", "Đã công khai", final=True)),
    (
        step(
            "publish",
            "Công khai",
            "publications",
            ("announced",),
            "published",
            Field("published_on", "day", "Ngày công khai", required=True),
            Field("place", "line", "Nơi công khai", required=True, hint="Địa chỉ trang, hoặc nơi niêm yết"),
        ),
        step(
            "set_clock",
            "Tính hạn công khai",
            "clocks",
            ("announced",),
            None,
            Field("due", "day", "Hạn công khai"),
            by=("plugin",),
        ),
    ),
    "Công khai TTHC",
    (
        Field("decision", "line", "Số quyết định công bố", required=True),
        Field("announced_on", "day", "Ngày công bố", required=True),
        Field("procedures", "count", "Số thủ tục được công bố", required=True),
        TASK,
    ),
    WRITERS,
)

REGISTERS = (LATE_DOSSIER, APOLOGY, FEEDBACK, ANNOUNCEMENT)
"""All registers but the figures of a period, which have a module of their own."""
FINAL = {workflow.kind: {state.name for state in workflow.states if state.final} for workflow in REGISTERS}
"""The states in which an entry of each register is done."""
