"""The registers of the area: investment projects, revenue by period, recommendations of auditors."""

from cchc_flow.hookspecs import Field, Workflow
from cchc_flow.plugin_kit import (
    DECIDERS,
    EVIDENCE,
    OPENERS,
    REASON,
    VOID,
    WAITING_TASK,
    amount_field,
    choice_field,
    day_field,
    transition,
    void_transition,
    year_field,
)
from cchc_flow.workflow.definition import State

PROJECT, REVENUE, RECOMMENDATION = "investment_project", "revenue", "audit_recommendation"
SOURCES = (
    ("state_audit", "Kiểm toán nhà nước"),
    ("inspectorate", "Cơ quan thanh tra"),
    ("check", "Cơ quan kiểm tra, thẩm tra quyết toán"),
)


def _dong_field(name: str, title: str, hint: str = "Bằng đồng, không ghi số lẻ") -> Field:
    """Return a field for a sum in whole đồng, which must be filled in."""
    return amount_field(name, title, hint)


ALLOTMENT = (
    _dong_field("planned", "Kế hoạch vốn được giao"),
    Field("decision", "line", "Số quyết định giao vốn", required=True, hint="Như 45/QĐ-UBND"),
    day_field("decided_on", "Ngày quyết định"),
)
PAYMENT = (
    _dong_field("amount", "Số tiền lần này"),
    _dong_field(
        "paid_total", "Lũy kế sau lần này", hint="Ghi theo Kho bạc; phải khớp với số đã ghi trước đó"
    ),
    day_field("paid_on", "Ngày thanh toán"),
    Field("voucher", "line", "Số chứng từ", required=True),
    Field("evidence", "files", "Chứng từ kèm theo"),
)
PROJECT_REGISTER = Workflow(
    kind=PROJECT,
    version=1,
    title="Dự án đầu tư công",
    short="Dự án",
    initial="waiting",
    states=(
        State("waiting", "Chờ giao vốn"),
        State("allotted", "Đã giao vốn"),
        State("paying", "Đang giải ngân"),
        State("finished", "Kết thúc giải ngân", final=True),
        VOID,
    ),
    transitions=(
        transition("allot", "Giao vốn", "allotments", *ALLOTMENT, from_=("waiting",), to="allotted"),
        transition(
            "pay", "Ghi thanh toán", "payments", *PAYMENT, from_=("allotted", "paying"), to="paying"
        ),
        transition(
            "recover", "Ghi thu hồi, giảm trừ", "recoveries", *PAYMENT, REASON,
            from_=("paying",), to="paying",
        ),
        transition(
            "adjust", "Điều chỉnh vốn", "adjustments", *ALLOTMENT, from_=("allotted", "paying"), to=None
        ),
        transition(
            "finish", "Kết thúc giải ngân", "finishings",
            from_=("allotted", "paying"), to="finished", by=("coordinator",),
        ),
        transition(
            "resume", "Giải ngân tiếp", "resumptions", REASON,
            from_=("finished",), to="paying", by=("coordinator",),
        ),
        void_transition("waiting", "allotted"),
    ),
    asks=(
        Field("code", "line", "Mã dự án", required=True),
        year_field("budget_year", "Năm kế hoạch vốn"),
        WAITING_TASK,
    ),
    openers=OPENERS,
)  # fmt: skip

REVENUE_SUMS = (
    _dong_field("this_year", "Thu trong kỳ năm nay"),
    _dong_field("last_year", "Thu cùng kỳ năm trước"),
)
REVENUE_REGISTER = Workflow(
    kind=REVENUE,
    version=1,
    title="Thu ngân sách theo kỳ",
    short="Thu ngân sách",
    initial="estimated",
    states=(
        State("estimated", "Số ước"),
        State("confirmed", "Đã đối chiếu Kho bạc", final=True),
        VOID,
    ),
    transitions=(
        transition("correct", "Sửa số ước", "corrections", *REVENUE_SUMS, from_=("estimated",), to=None),
        transition(
            "confirm", "Ghi số đã đối chiếu", "confirmations",
            *REVENUE_SUMS,
            Field("document", "line", "Số văn bản đối chiếu", required=True),
            day_field("confirmed_on", "Ngày đối chiếu"),
            Field("evidence", "files", "Bảng đối chiếu"),
            from_=("estimated",), to="confirmed",
        ),
        transition(
            "reconsider", "Xem lại số liệu", "reconsiderations", REASON,
            from_=("confirmed",), to="estimated", by=("coordinator",),
        ),
        void_transition("estimated"),
    ),
    asks=(Field("period", "period", "Kỳ thu", required=True), *REVENUE_SUMS, WAITING_TASK),
    openers=OPENERS,
)  # fmt: skip

RECOMMENDATION_REGISTER = Workflow(
    kind=RECOMMENDATION,
    version=1,
    title="Kiến nghị thanh tra, kiểm toán",
    short="KN kiểm toán",
    initial="received",
    states=(
        State("received", "Chưa thực hiện"),
        State("doing", "Đang thực hiện"),
        State("closed", "Đã thực hiện xong", final=True),
        VOID,
    ),
    transitions=(
        transition(
            "record", "Ghi kết quả thực hiện", "results",
            _dong_field("done_amount", "Số tiền đã thực hiện, lũy kế"),
            day_field("done_on", "Thực hiện đến ngày"),
            EVIDENCE,
            Field("note", "text", "Nội dung đã thực hiện"),
            from_=("received", "doing"), to="doing",
        ),
        transition(
            "close", "Kết thúc kiến nghị", "closings",
            day_field("closed_on", "Ngày thực hiện xong"),
            Field("evidence", "files", "Minh chứng bổ sung"),
            from_=("doing",), to="closed", by=DECIDERS,
        ),
        transition(
            "reopen", "Mở lại kiến nghị", "reopenings", REASON, from_=("closed",), to="doing", by=DECIDERS
        ),
        void_transition("received", "doing"),
    ),
    asks=(
        Field(
            "number", "line", "Số kiến nghị", required=True, hint="Số thứ tự trong kết luận, như 1 hoặc 2.b"
        ),
        choice_field("source", "Cơ quan kiến nghị", *SOURCES),
        Field("document", "line", "Số văn bản kết luận", required=True),
        day_field("issued_on", "Ngày văn bản"),
        _dong_field("amount", "Số tiền kiến nghị", hint="Bằng đồng; ghi 0 khi kiến nghị không có số tiền"),
        WAITING_TASK,
    ),
    openers=OPENERS,
)  # fmt: skip
REGISTERS = (PROJECT_REGISTER, REVENUE_REGISTER, RECOMMENDATION_REGISTER)
