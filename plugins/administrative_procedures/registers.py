"""The registers of the area: late dossiers and their apologies, citizens' feedback, announced procedures."""

from cchc_flow.hookspecs import Field, Workflow
from cchc_flow.plugin_kit import REASON, TASK, count_field, day_field, transition
from cchc_flow.workflow.definition import State

WRITERS = ("coordinator", "officer", "unit_head")
NO_NAMES = "Không ghi họ tên, số điện thoại, địa chỉ của người dân."

LATE_DOSSIER = Workflow(
    kind="late_dossier",
    version=1,
    title="Hồ sơ trễ hạn",
    initial="late",
    states=(
        State("late", "Trễ hạn, chưa hẹn lại"),
        State("reappointed", "Đã hẹn lại"),
        State("returned", "Đã trả kết quả", final=True),
        State("dropped", "Ghi nhầm", column="", final=True),
    ),
    transitions=(
        transition(
            "reappoint",
            "Ghi ngày hẹn mới",
            "reappointments",
            day_field("due", "Ngày hẹn mới"),
            from_=("late", "reappointed"),
            to="reappointed",
            by=("plugin",),
        ),
        transition("late_again", "Lại quá ngày hẹn mới", "delays", REASON, from_=("reappointed",), to="late"),
        transition(
            "return",
            "Trả kết quả",
            "returns",
            day_field("returned_on", "Ngày trả kết quả"),
            from_=("late", "reappointed"),
            to="returned",
        ),
        transition(
            "drop", "Bỏ vì ghi nhầm", "droppings", REASON, from_=("late", "reappointed"), to="dropped"
        ),
    ),
    short="Trễ hạn",
    asks=(
        Field("code", "line", "Mã hồ sơ", required=True, hint=NO_NAMES),
        Field("procedure", "line", "Thủ tục"),
        day_field("received_on", "Ngày tiếp nhận"),
        day_field("old_due", "Ngày hẹn trả ban đầu"),
        Field("waited", "count", "Số ngày làm việc chờ người dân bổ sung", hint="Được trừ khi tính trễ hạn"),
        Field("supplements", "count", "Số lần yêu cầu bổ sung", hint="Quá một lần bị tính là trễ hạn"),
        TASK,
    ),
    openers=WRITERS,
)

# Mẫu số 04 ban hành kèm theo Thông tư 03/2025/TT-VPCP
APOLOGY = Workflow(
    kind="apology",
    version=2,
    title="Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
    initial="to_send",
    states=(
        State("to_send", "Chờ gửi"),
        State("sent", "Đã gửi", final=True),
        State("not_needed", "Không cần gửi", column="", final=True),
    ),
    transitions=(
        transition(
            "send",
            "Gửi văn bản xin lỗi",
            "sendings",
            day_field("sent_on", "Ngày gửi"),
            day_field("new_due", "Ngày hẹn mới"),
            Field("number", "line", "Số văn bản"),
            Field("reason", "text", "Lý do trễ hạn nêu trong văn bản", required=True),
            Field("letter", "files", "Bản đã gửi"),
            from_=("to_send",),
            to="sent",
        ),
        transition("drop", "Không cần gửi", "droppings", from_=("to_send",), to="not_needed", by=("plugin",)),
    ),
    short="Xin lỗi",
    asks=(
        Field("code", "line", "Mã hồ sơ", required=True),
        day_field("old_due", "Ngày hẹn cũ"),
        TASK,
    ),
    openers=("plugin",),
)

FEEDBACK = Workflow(
    kind="feedback",
    version=1,
    title="Phản ánh, kiến nghị",
    initial="received",
    states=(
        State("received", "Đang xử lý"),
        State("waiting", "Chờ người dân bổ sung"),
        State("answered", "Đã trả lời", final=True),
        State("refused", "Từ chối tiếp nhận", column="answered", final=True),
    ),
    transitions=(
        transition(
            "answer",
            "Trả lời",
            "answers",
            day_field("answered_on", "Ngày trả lời"),
            Field("number", "line", "Số văn bản trả lời"),
            Field("answer", "text", "Nội dung trả lời", required=True),
            Field("evidence", "files", "Văn bản trả lời"),
            from_=("received",),
            to="answered",
        ),
        transition(
            "ask_supplement",
            "Yêu cầu bổ sung",
            "supplement-requests",
            day_field("asked_on", "Ngày yêu cầu bổ sung"),
            Field("request", "text", "Nội dung cần bổ sung", required=True),
            from_=("received",),
            to="waiting",
        ),
        transition(
            "supplement",
            "Ghi nhận đã bổ sung",
            "supplements",
            day_field("supplemented_on", "Ngày người dân bổ sung xong"),
            from_=("waiting",),
            to="received",
        ),
        transition(
            "refuse",
            "Từ chối tiếp nhận",
            "refusals",
            day_field("refused_on", "Ngày từ chối"),
            REASON,
            from_=("received",),
            to="refused",
        ),
        transition(
            "set_clock",
            "Tính lại hạn trả lời",
            "clocks",
            Field("due", "day", "Hạn trả lời"),
            Field("stopped", "count", "Số ngày làm việc tạm dừng tính hạn"),
            Field("counted", "day", "Đã tính đến lần bổ sung ngày"),
            from_=("received", "waiting"),
            to=None,
            by=("plugin",),
        ),
    ),
    short="PAKN",
    asks=(
        Field("code", "line", "Mã phản ánh, kiến nghị", hint=NO_NAMES),
        day_field("received_on", "Ngày tiếp nhận"),
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
    openers=WRITERS,
)

ANNOUNCEMENT = Workflow(
    kind="procedure_announcement",
    version=1,
    title="Công khai thủ tục hành chính",
    initial="announced",
    states=(State("announced", "Chờ công khai"), State("published", "Đã công khai", final=True)),
    transitions=(
        transition(
            "publish",
            "Công khai",
            "publications",
            day_field("published_on", "Ngày công khai"),
            Field("place", "line", "Nơi công khai", required=True, hint="Địa chỉ trang, hoặc nơi niêm yết"),
            from_=("announced",),
            to="published",
        ),
        transition(
            "set_clock",
            "Tính hạn công khai",
            "clocks",
            Field("due", "day", "Hạn công khai"),
            from_=("announced",),
            to=None,
            by=("plugin",),
        ),
    ),
    short="Công khai TTHC",
    asks=(
        Field("decision", "line", "Số quyết định công bố", required=True),
        day_field("announced_on", "Ngày công bố"),
        count_field("procedures", "Số thủ tục được công bố"),
        TASK,
    ),
    openers=WRITERS,
)

REGISTERS = (LATE_DOSSIER, APOLOGY, FEEDBACK, ANNOUNCEMENT)
"""All registers but the figures of a period, which have a module of their own."""
FINAL = {workflow.kind: {state.name for state in workflow.states if state.final} for workflow in REGISTERS}
"""The states in which an entry of each register is done."""
