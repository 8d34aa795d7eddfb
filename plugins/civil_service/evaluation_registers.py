"""The registers of grades: those of officials, by year or by a shorter period, and those of units, by year.

Points, cases and decisions are entered by who is entitled (Nghị định 335/2025/NĐ-CP); the results of the work
are counted by the program. An entry with the account of its person is read by that person too. Version 1 and
2 knew years only, and no points but the sum.
"""

from cchc_flow.hookspecs import Field, Workflow
from cchc_flow.plugin_kit import (
    DECIDERS,
    DROPPED,
    REASON,
    TASK,
    amount_field,
    choice_field,
    count_field,
    day_field,
    decision_fields,
    drop_transition,
    transition,
    year_field,
)
from cchc_flow.workflow.definition import State

from .form_fields import JUDGES, PERSON, POST

GRADES = (
    ("excellent", "Hoàn thành xuất sắc nhiệm vụ"),
    ("good", "Hoàn thành tốt nhiệm vụ"),
    ("done", "Hoàn thành nhiệm vụ"),
    ("failed", "Không hoàn thành nhiệm vụ"),
)
GROUPS = (
    ("head", "Người đứng đầu đơn vị"),
    ("deputy", "Cấp phó, chức vụ lãnh đạo, quản lý khác"),
    ("profession", "Chuyên môn, nghiệp vụ"),
    ("support", "Hỗ trợ, phục vụ"),
)
"""Groups of like tasks: within one of them, and one unit, the share of the best grade is limited."""
CASES = (
    (
        "degradation",
        "Có kết luận suy thoái, vi phạm những điều đảng viên không được làm, trách nhiệm nêu gương",
    ),
    ("discipline", "Bị kỷ luật vì vi phạm liên quan đến hoạt động công vụ, chưa có trong sổ Kỷ luật"),
    ("corruption", "Đơn vị phụ trách có tham ô, tham nhũng, lãng phí bị xử lý (lãnh đạo, quản lý)"),
    ("off_duty", "Vi phạm bị kỷ luật trong năm không liên quan đến hoạt động công vụ"),
    ("none", "Không có trường hợp nào (rút lại điều đã ghi)"),
)
LEADING = ("unit_results", "organising", "unity")
"""The criteria that only leaders have, in the decree's order."""
GENERAL = amount_field("general", "Điểm tiêu chí chung", hint="Từ 0 đến 30")
CORRECTION = Field(
    "correction", "text", "Lý do sửa", hint="Bắt buộc khi đã chấm; điểm trước vẫn còn trong lịch sử"
)
DUE = transition(
    "schedule", "Đặt hạn xếp loại", "gradings-due", day_field("due", "Hạn"),
    from_=("waiting",), to=None, by=("plugin", *DECIDERS),
)  # fmt: skip
STATES = (State("waiting", "Chờ đánh giá"), State("graded", "Đã xếp loại", final=True), DROPPED)
REVISE = transition(
    "revise", "Đánh giá lại", "revisions", REASON, from_=("graded",), to="waiting", by=("leader",)
)

EVALUATION = Workflow(
    kind="evaluation",
    version=3,
    title="Đánh giá, xếp loại",
    short="Đánh giá",
    initial="waiting",
    states=STATES,
    transitions=(
        transition(
            "score",
            "Chấm điểm tiêu chí chung",
            "general-points",
            GENERAL,
            CORRECTION,
            from_=("waiting",),
            to=None,
            by=("lead_head", "leader"),
        ),
        transition(
            "score_leader",
            "Chấm điểm người giữ chức vụ lãnh đạo, quản lý",
            "leaders-points",
            GENERAL,
            Field("unit_results", "percent", "Kết quả hoạt động của đơn vị (%)", required=True),
            Field("organising", "percent", "Khả năng tổ chức triển khai (%)", required=True),
            Field("unity", "percent", "Năng lực tập hợp, đoàn kết (%)", required=True),
            CORRECTION,
            from_=("waiting",),
            to=None,
            by=("leader",),
        ),
        transition(
            "fail",
            "Ghi trường hợp không hoàn thành",
            "failures",
            choice_field("case", "Trường hợp", *CASES),
            Field("conclusion", "line", "Số, ngày kết luận, quyết định", required=True),
            from_=("waiting",),
            to=None,
            by=DECIDERS,
        ),
        DUE,
        transition(
            "grade",
            "Ghi kết quả xếp loại",
            "gradings",
            amount_field("score", "Tổng điểm", hint="Từ 0 đến 100: điểm kết quả và điểm tiêu chí chung"),
            Field("grade", "choice", "Xếp loại", required=True, choices=GRADES),
            *decision_fields(),
            Field("remarks", "text", "Nhận xét"),
            from_=("waiting",),
            to="graded",
            by=("lead_head", *DECIDERS),
        ),
        REVISE,
        drop_transition("waiting"),
    ),
    asks=(
        PERSON,
        Field("account", "person", "Tài khoản", hint="Để người đó xem được, và điểm vào trang Chấm điểm"),
        POST,
        choice_field("group", "Nhóm nhiệm vụ", *GROUPS),
        Field(
            "period",
            "period",
            "Kỳ đánh giá",
            required=True,
            choices=(("month", "Tháng"), ("quarter", "Quý"), ("year", "Năm")),
        ),
        TASK,
    ),
    openers=("coordinator", "unit_head", "leader"),
    readers=(*JUDGES, "lead_head", "subject"),
)

UNIT_EVALUATION = Workflow(
    kind="unit_evaluation",
    version=1,
    title="Xếp loại đơn vị",
    short="Xếp loại đơn vị",
    initial="waiting",
    states=STATES,
    transitions=(
        transition(
            "grade",
            "Ghi kết quả xếp loại",
            "gradings",
            count_field("assigned", "Số nhiệm vụ được giao"),
            count_field("done", "Số nhiệm vụ đã xong"),
            count_field("late", "Trong đó xong chậm"),
            Field("grade", "choice", "Xếp loại", required=True, choices=GRADES),
            choice_field("outstanding", "Thành tích xuất sắc, nổi trội", ("no", "Không"), ("yes", "Có")),
            *decision_fields(),
            from_=("waiting",),
            to="graded",
            by=DECIDERS,
        ),
        DUE,
        REVISE,
        drop_transition("waiting"),
    ),
    asks=(
        year_field("period", "Năm đánh giá"),
        choice_field(
            "sort", "Loại đơn vị", ("service", "Đơn vị sự nghiệp công lập"), ("agency", "Cơ quan hành chính")
        ),
        TASK,
    ),
    openers=DECIDERS,
)
