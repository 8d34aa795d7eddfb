"""The registers of the area: investment projects, revenue by period, recommendations of auditors."""

from cchc_flow.hookspecs import Field, Transition, Workflow
from cchc_flow.workflow.definition import State

ADVANCED = "item.advanced/1"
PROJECT, REVENUE, RECOMMENDATION = "investment_project", "revenue", "audit_recommendation"
WRITERS = ("coordinator", "unit_head", "officer")
DOERS = ("lead_unit", "coordinator")
SOURCES = (
    ("state_audit", "Kiểm toán nhà nước"),
    ("inspectorate", "Cơ quan thanh tra"),
    ("check", "Cơ quan kiểm tra, thẩm tra quyết toán"),
)

TASK = Field(
    "task", "task", "Nhiệm vụ của kế hoạch", hint="Nhiệm vụ này chỉ được đóng khi việc ghi ở đây đã xong"
)
YEARS = (("year", "Năm"),)
REASON = Field("reason", "text", "Lý do", required=True)
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


def _day(name: str, title: str) -> Field:
    return Field(name, "day", title, required=True)


def _dong(name: str, title: str, hint: str = "Bằng đồng, không ghi số lẻ") -> Field:
    return Field(name, "amount", title, required=True, hint=hint)


ALLOTTING = (
    _dong("planned", "Kế hoạch vốn được giao"),
    Field("decision", "line", "Số quyết định giao vốn", required=True, hint="Như 45/QĐ-UBND"),
    _day("decided_on", "Ngày quyết định"),
)
PAYING = (
    _dong("amount", "Số tiền lần này"),
    _dong("paid_total", "Lũy kế sau lần này", hint="Ghi theo Kho bạc; phải khớp với số đã ghi trước đó"),
    _day("paid_on", "Ngày thanh toán"),
    Field("voucher", "line", "Số chứng từ", required=True),
    Field("evidence", "files", "Chứng từ kèm theo"),
)
PROJECT_REGISTER = Workflow(
    PROJECT,
    1,
    "Dự án đầu tư công",
    "waiting",
    (
        State("waiting", "Chờ giao vốn"),
        State("allotted", "Đã giao vốn"),
        State("paying", "Đang giải ngân"),
        State("finished", "Kết thúc giải ngân", final=True),
        VOID,
    ),
    (
        _step("allot", "Giao vốn", "allotments", ("waiting",), "allotted", DOERS, *ALLOTTING),
        _step("pay", "Ghi thanh toán", "payments", ("allotted", "paying"), "paying", DOERS, *PAYING),
        _step(
            "recover", "Ghi thu hồi, giảm trừ", "recoveries", ("paying",), "paying", DOERS, *PAYING, REASON
        ),
        _step("adjust", "Điều chỉnh vốn", "adjustments", ("allotted", "paying"), None, DOERS, *ALLOTTING),
        _step(
            "finish", "Kết thúc giải ngân", "finishings", ("allotted", "paying"), "finished", ("coordinator",)
        ),
        _step("resume", "Giải ngân tiếp", "resumptions", ("finished",), "paying", ("coordinator",), REASON),
        _void("waiting", "allotted"),
    ),
    "Dự án",
    (
        Field("code", "line", "Mã dự án", required=True),
        Field("budget_year", "period", "Năm kế hoạch vốn", required=True, choices=YEARS),
        TASK,
    ),
    WRITERS,
)

COLLECTED = (
    _dong("this_year", "Thu trong kỳ năm nay"),
    _dong("last_year", "Thu cùng kỳ năm trước"),
)
REVENUE_REGISTER = Workflow(
    REVENUE,
    1,
    "Thu ngân sách theo kỳ",
    "estimated",
    (
        State("estimated", "Số ước"),
        State("confirmed", "Đã đối chiếu Kho bạc", final=True),
        VOID,
    ),
    (
        _step("correct", "Sửa số ước", "corrections", ("estimated",), None, DOERS, *COLLECTED),
        _step(
            "confirm",
            "Ghi số đã đối chiếu",
            "confirmations",
            ("estimated",),
            "confirmed",
            DOERS,
            *COLLECTED,
            Field("document", "line", "Số văn bản đối chiếu", required=True),
            _day("confirmed_on", "Ngày đối chiếu"),
            Field("evidence", "files", "Bảng đối chiếu"),
        ),
        _step(
            "reconsider",
            "Xem lại số liệu",
            "reconsiderations",
            ("confirmed",),
            "estimated",
            ("coordinator",),
            REASON,
        ),
        _void("estimated"),
    ),
    "Thu ngân sách",
    (
        Field("period", "period", "Kỳ thu", required=True),
        *COLLECTED,
        TASK,
    ),
    WRITERS,
)

RECOMMENDATION_REGISTER = Workflow(
    RECOMMENDATION,
    1,
    "Kiến nghị thanh tra, kiểm toán",
    "received",
    (
        State("received", "Chưa thực hiện"),
        State("doing", "Đang thực hiện"),
        State("closed", "Đã thực hiện xong", final=True),
        VOID,
    ),
    (
        _step(
            "record",
            "Ghi kết quả thực hiện",
            "results",
            ("received", "doing"),
            "doing",
            DOERS,
            _dong("done_amount", "Số tiền đã thực hiện, lũy kế"),
            _day("done_on", "Thực hiện đến ngày"),
            Field("evidence", "files", "Minh chứng"),
            Field("note", "text", "Nội dung đã thực hiện"),
        ),
        _step(
            "close",
            "Kết thúc kiến nghị",
            "closings",
            ("doing",),
            "closed",
            ("coordinator", "leader"),
            _day("closed_on", "Ngày thực hiện xong"),
            Field("evidence", "files", "Minh chứng bổ sung"),
        ),
        _step(
            "reopen",
            "Mở lại kiến nghị",
            "reopenings",
            ("closed",),
            "doing",
            ("coordinator", "leader"),
            REASON,
        ),
        _void("received", "doing"),
    ),
    "KN kiểm toán",
    (
        Field(
            "number", "line", "Số kiến nghị", required=True, hint="Số thứ tự trong kết luận, như 1 hoặc 2.b"
        ),
        Field("source", "choice", "Cơ quan kiến nghị", required=True, choices=SOURCES),
        Field("document", "line", "Số văn bản kết luận", required=True),
        _day("issued_on", "Ngày văn bản"),
        _dong("amount", "Số tiền kiến nghị", hint="Bằng đồng; ghi 0 khi kiến nghị không có số tiền"),
        TASK,
    ),
    WRITERS,
)
REGISTERS = (PROJECT_REGISTER, REVENUE_REGISTER, RECOMMENDATION_REGISTER)
