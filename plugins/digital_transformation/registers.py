"""The registers of the area: monthly figures, tasks of the digital plan, accounts, reports on the systems."""

from cchc_flow.hookspecs import Field, Workflow
from cchc_flow.plugin_kit import (
    DECIDERS,
    EVIDENCE,
    OPENERS,
    REASON,
    VOID,
    WAITING_TASK,
    amount_field,
    count_field,
    day_field,
    transition,
    void_transition,
    year_field,
)
from cchc_flow.workflow.definition import State

DOCUMENTS, SERVICES = "signed_documents", "online_services"
PLANNED, ROLL_OUT, REPORT = "digital_task", "account_rollout", "system_report"
CONFIRMERS = ("lead_head", "coordinator")


def _monthly_register(kind: str, title: str, short: str, *numbers: Field) -> Workflow:
    """Return a register whose entries are the numbers of one unit and month."""
    return Workflow(
        kind=kind,
        version=1,
        title=title,
        short=short,
        initial="reported",
        states=(State("reported", "Đã báo số"), State("confirmed", "Đã chốt", final=True), VOID),
        transitions=(
            transition("correct", "Sửa số liệu", "corrections", *numbers, from_=("reported",), to=None),
            transition(
                "confirm", "Chốt số liệu", "confirmations",
                from_=("reported",), to="confirmed", by=CONFIRMERS,
            ),
            transition(
                "reconsider", "Mở lại số liệu", "reconsiderations", REASON,
                from_=("confirmed",), to="reported", by=("coordinator",),
            ),
            void_transition("reported"),
        ),
        asks=(
            Field("period", "period", "Tháng", required=True, choices=(("month", "Tháng"),)),
            *numbers,
        ),
        openers=OPENERS,
    )  # fmt: skip


DOCUMENTS_REGISTER = _monthly_register(
    DOCUMENTS,
    "Văn bản điện tử ký số hằng tháng",
    "Văn bản ký số",
    amount_field("total", "Văn bản gửi cơ quan nhà nước", "Tất cả, kể cả văn bản mật"),
    amount_field("secret", "Trong đó văn bản mật"),
    amount_field("signed", "Văn bản gửi điện tử có chữ ký số", "Không tính văn bản mật"),
)
SERVICES_REGISTER = _monthly_register(
    SERVICES,
    "Dịch vụ công trực tuyến hằng tháng",
    "Dịch vụ công",
    amount_field("services", "Dịch vụ công toàn trình đủ điều kiện"),
    amount_field("mobile", "Trong đó dùng được trên nhiều phương tiện", "Kể cả điện thoại di động"),
    amount_field("users", "Người dân, doanh nghiệp dùng dịch vụ trong tháng"),
    amount_field("identified", "Trong đó được định danh, xác thực điện tử"),
)

PLANNED_REGISTER = Workflow(
    kind=PLANNED,
    version=1,
    title="Nhiệm vụ Kế hoạch chuyển đổi số",
    short="Nhiệm vụ số",
    initial="planned",
    states=(
        State("planned", "Chưa thực hiện"),
        State("doing", "Đang thực hiện"),
        State("finished", "Đã hoàn thành", final=True),
        State("dropped", "Đưa ra khỏi kế hoạch", column="", final=True),
        VOID,
    ),
    transitions=(
        transition("begin", "Bắt đầu thực hiện", "beginnings", from_=("planned",), to="doing"),
        transition(
            "finish", "Ghi hoàn thành", "finishings",
            day_field("done_on", "Ngày hoàn thành"),
            Field("document", "line", "Số văn bản, sản phẩm", required=True),
            EVIDENCE,
            from_=("doing",), to="finished",
        ),
        transition(
            "reopen", "Mở lại nhiệm vụ", "reopenings", REASON,
            from_=("finished",), to="doing", by=("coordinator",),
        ),
        transition(
            "drop", "Đưa ra khỏi kế hoạch", "droppings",
            Field("decision", "line", "Số quyết định điều chỉnh", required=True, hint="Như 45/QĐ-UBND"),
            day_field("decided_on", "Ngày quyết định"),
            from_=("planned", "doing"), to="dropped", by=DECIDERS,
        ),
        void_transition("planned", "doing"),
    ),
    asks=(
        year_field("year", "Năm kế hoạch"),
        Field("number", "line", "Số thứ tự trong kế hoạch", required=True),
        Field("product", "line", "Sản phẩm"),
        WAITING_TASK,
    ),
    openers=OPENERS,
)  # fmt: skip

ROLL_OUT_REGISTER = Workflow(
    kind=ROLL_OUT,
    version=1,
    title="Tài khoản, chứng thư số của đơn vị",
    short="Chứng thư số",
    initial="rolling",
    states=(State("rolling", "Đang cấp"), State("complete", "Đã cấp đủ", final=True), VOID),
    transitions=(
        transition(
            "update", "Cập nhật số đã cấp", "updates",
            count_field("people", "Số người thuộc diện cấp"),
            count_field("accounts", "Số người có tài khoản"),
            count_field("certificates", "Số người có chứng thư số"),
            day_field("counted_on", "Tính đến ngày"),
            from_=("rolling", "complete"), to="rolling",
        ),
        transition(
            "complete", "Xác nhận đã cấp đủ", "completions",
            from_=("rolling",), to="complete", by=CONFIRMERS,
        ),
        void_transition("rolling"),
    ),
    asks=(count_field("people", "Số người thuộc diện cấp"), WAITING_TASK),
    openers=OPENERS,
)  # fmt: skip

REPORT_REGISTER = Workflow(
    kind=REPORT,
    version=1,
    title="Báo cáo trên hệ thống điện tử",
    short="Báo cáo số",
    initial="waiting",
    states=(State("waiting", "Chưa gửi"), State("sent", "Đã gửi", final=True), VOID),
    transitions=(
        transition(
            "send", "Ghi đã gửi", "sendings",
            day_field("sent_on", "Ngày gửi"),
            Field("receipt", "line", "Số hoặc mã báo cáo", required=True),
            EVIDENCE,
            from_=("waiting",), to="sent",
        ),
        transition(
            "take_back", "Gửi lại báo cáo", "retakings", REASON,
            from_=("sent",), to="waiting", by=("coordinator",),
        ),
        void_transition("waiting"),
    ),
    asks=(
        Field("system", "line", "Hệ thống báo cáo", required=True),
        Field("receiver", "line", "Cơ quan nhận", required=True),
        WAITING_TASK,
    ),
    openers=OPENERS,
)  # fmt: skip
TASK_REGISTERS = (PLANNED_REGISTER, ROLL_OUT_REGISTER, REPORT_REGISTER)
"""Those whose entries may name a task of the plan, which then waits for them."""
REGISTERS = (DOCUMENTS_REGISTER, SERVICES_REGISTER, *TASK_REGISTERS)
