"""The registers of the area: monthly figures, tasks of the digital plan, accounts, reports on the systems."""

from cchc_flow.hookspecs import Field, Transition, Workflow
from cchc_flow.workflow.definition import State

ADVANCED = "item.advanced/1"
DOCUMENTS, SERVICES = "signed_documents", "online_services"
PLANNED, ROLL_OUT, REPORT = "digital_task", "account_rollout", "system_report"
WRITERS = ("coordinator", "unit_head", "officer")
DOERS = ("lead_unit", "coordinator")
CHIEFS = ("lead_head", "coordinator")

TASK = Field(
    "task", "task", "Nhiệm vụ của kế hoạch", hint="Nhiệm vụ này chỉ được đóng khi việc ghi ở đây đã xong"
)
MONTH = Field("period", "period", "Tháng", required=True, choices=(("month", "Tháng"),))
REASON = Field("reason", "text", "Lý do", required=True)
EVIDENCE = Field("evidence", "files", "Minh chứng")
VOID = State("void", "Đã hủy", column="", final=True)


def _step(
    name: str,
    title: str,
    fact: str,
    from_: tuple[str, ...],
    to: str | None,
    by: tuple[str, ...],
    *fields: Field,
) -> Transition:
    return Transition(
        name=name, title=title, fact=fact, event=ADVANCED, from_=from_, to=to, by=by, fields=fields
    )


def _void(*from_: str) -> Transition:
    return _step("void", "Hủy mục ghi nhầm", "voidings", from_, "void", ("coordinator",), REASON)


def _number(name: str, title: str, hint: str = "") -> Field:
    return Field(name, "amount", title, required=True, hint=hint)


def _count(name: str, title: str) -> Field:
    return Field(name, "count", title, required=True)


def _day(name: str, title: str) -> Field:
    return Field(name, "day", title, required=True)


def _monthly(kind: str, title: str, short: str, *numbers: Field) -> Workflow:
    """Return a register whose entries are the numbers of one unit and month."""
    return Workflow(
        kind,
        1,
        title,
        "reported",
        (State("reported", "Đã báo số"), State("confirmed", "Đã chốt", final=True), VOID),
        (
            _step("correct", "Sửa số liệu", "corrections", ("reported",), None, DOERS, *numbers),
            _step("confirm", "Chốt số liệu", "confirmations", ("reported",), "confirmed", CHIEFS),
            _step(
                "reconsider",
                "Mở lại số liệu",
                "reconsiderations",
                ("confirmed",),
                "reported",
                ("coordinator",),
                REASON,
            ),
            _void("reported"),
        ),
        short,
        (MONTH, *numbers),
        WRITERS,
    )


DOCUMENTS_REGISTER = _monthly(
    DOCUMENTS,
    "Văn bản điện tử ký số hằng tháng",
    "Văn bản ký số",
    _number("total", "Văn bản gửi cơ quan nhà nước", "Tất cả, kể cả văn bản mật"),
    _number("secret", "Trong đó văn bản mật"),
    _number("signed", "Văn bản gửi điện tử có chữ ký số", "Không tính văn bản mật"),
)
SERVICES_REGISTER = _monthly(
    SERVICES,
    "Dịch vụ công trực tuyến hằng tháng",
    "Dịch vụ công",
    _number("services", "Dịch vụ công toàn trình đủ điều kiện"),
    _number("mobile", "Trong đó dùng được trên nhiều phương tiện", "Kể cả điện thoại di động"),
    _number("users", "Người dân, doanh nghiệp dùng dịch vụ trong tháng"),
    _number("identified", "Trong đó được định danh, xác thực điện tử"),
)

PLANNED_REGISTER = Workflow(
    PLANNED,
    1,
    "Nhiệm vụ Kế hoạch chuyển đổi số",
    "planned",
    (
        State("planned", "Chưa thực hiện"),
        State("doing", "Đang thực hiện"),
        State("finished", "Đã hoàn thành", final=True),
        State("dropped", "Đưa ra khỏi kế hoạch", column="", final=True),
        VOID,
    ),
    (
        _step("begin", "Bắt đầu thực hiện", "beginnings", ("planned",), "doing", DOERS),
        _step(
            "finish",
            "Ghi hoàn thành",
            "finishings",
            ("doing",),
            "finished",
            DOERS,
            _day("done_on", "Ngày hoàn thành"),
            Field("document", "line", "Số văn bản, sản phẩm", required=True),
            EVIDENCE,
        ),
        _step("reopen", "Mở lại nhiệm vụ", "reopenings", ("finished",), "doing", ("coordinator",), REASON),
        _step(
            "drop",
            "Đưa ra khỏi kế hoạch",
            "droppings",
            ("planned", "doing"),
            "dropped",
            ("coordinator", "leader"),
            Field("decision", "line", "Số quyết định điều chỉnh", required=True, hint="Như 45/QĐ-UBND"),
            _day("decided_on", "Ngày quyết định"),
        ),
        _void("planned", "doing"),
    ),
    "Nhiệm vụ số",
    (
        Field("year", "period", "Năm kế hoạch", required=True, choices=(("year", "Năm"),)),
        Field("number", "line", "Số thứ tự trong kế hoạch", required=True),
        Field("product", "line", "Sản phẩm"),
        TASK,
    ),
    WRITERS,
)

ROLL_OUT_REGISTER = Workflow(
    ROLL_OUT,
    1,
    "Tài khoản, chứng thư số của đơn vị",
    "rolling",
    (State("rolling", "Đang cấp"), State("complete", "Đã cấp đủ", final=True), VOID),
    (
        _step(
            "update",
            "Cập nhật số đã cấp",
            "updates",
            ("rolling", "complete"),
            "rolling",
            DOERS,
            _count("people", "Số người thuộc diện cấp"),
            _count("accounts", "Số người có tài khoản"),
            _count("certificates", "Số người có chứng thư số"),
            _day("counted_on", "Tính đến ngày"),
        ),
        _step("complete", "Xác nhận đã cấp đủ", "completions", ("rolling",), "complete", CHIEFS),
        _void("rolling"),
    ),
    "Chứng thư số",
    (_count("people", "Số người thuộc diện cấp"), TASK),
    WRITERS,
)

REPORT_REGISTER = Workflow(
    REPORT,
    1,
    "Báo cáo trên hệ thống điện tử",
    "waiting",
    (State("waiting", "Chưa gửi"), State("sent", "Đã gửi", final=True), VOID),
    (
        _step(
            "send",
            "Ghi đã gửi",
            "sendings",
            ("waiting",),
            "sent",
            DOERS,
            _day("sent_on", "Ngày gửi"),
            Field("receipt", "line", "Số hoặc mã báo cáo", required=True),
            EVIDENCE,
        ),
        _step("take_back", "Gửi lại báo cáo", "retakings", ("sent",), "waiting", ("coordinator",), REASON),
        _void("waiting"),
    ),
    "Báo cáo số",
    (
        Field("system", "line", "Hệ thống báo cáo", required=True),
        Field("receiver", "line", "Cơ quan nhận", required=True),
        TASK,
    ),
    WRITERS,
)
REGISTERS = (DOCUMENTS_REGISTER, SERVICES_REGISTER, PLANNED_REGISTER, ROLL_OUT_REGISTER, REPORT_REGISTER)
