"""The registers of training and of yearly evaluation; rotation and discipline have modules of their own.

All of them name officials and their acts in office. Why somebody is not rotated, and what a case is about,
stands in fields of kind text, whose content can be erased. Evaluation is read by few: a matter of the person
is not that of all colleagues. Training is read by all.
"""

from cchc_flow.hookspecs import Field, Workflow
from cchc_flow.plugin_kit import (
    DECIDERS,
    DROPPED,
    REASON,
    TASK,
    amount_field,
    count_field,
    day_field,
    decision_fields,
    drop_transition,
    transition,
)
from cchc_flow.workflow.definition import State

from .form_fields import JUDGES, LEAD_OR_DECIDERS, PERSON, POST
from .rotation_register import ROTATION

SORTS = (
    ("politics", "Lý luận chính trị"),
    ("state", "Quản lý nhà nước"),
    ("profession", "Chuyên môn, nghiệp vụ"),
    ("digital", "Kỹ năng số"),
    ("other", "Nội dung khác"),
)
GRADES = (
    ("excellent", "Hoàn thành xuất sắc nhiệm vụ"),
    ("good", "Hoàn thành tốt nhiệm vụ"),
    ("done", "Hoàn thành nhiệm vụ"),
    ("failed", "Không hoàn thành nhiệm vụ"),
)

TRAINING = Workflow(
    kind="training",
    version=1,
    title="Đào tạo, bồi dưỡng",
    short="Đào tạo",
    initial="planned",
    states=(
        State("planned", "Theo kế hoạch"),
        State("held", "Đã học xong"),
        State("finished", "Đã kết thúc", final=True),
        State("cancelled", "Không tổ chức", final=True),
        DROPPED,
    ),
    transitions=(
        transition(
            "hold",
            "Ghi lớp đã học",
            "courses-held",
            day_field("begun_on", "Ngày khai giảng"),
            day_field("ended_on", "Ngày bế giảng"),
            amount_field("days", "Số ngày học"),
            count_field("attended", "Số người học"),
            Field("course_files", "files", "Danh sách, quyết định cử đi học"),
            from_=("planned",),
            to="held",
            by=LEAD_OR_DECIDERS,
        ),
        transition(
            "finish",
            "Ghi chứng chỉ và kết thúc",
            "course-ends",
            count_field("certificates", "Số chứng chỉ được cấp"),
            Field("certificate", "line", "Tên chứng chỉ, chứng nhận"),
            Field("certificate_files", "files", "Tệp chứng chỉ"),
            from_=("held",),
            to="finished",
            by=LEAD_OR_DECIDERS,
        ),
        transition(
            "cancel",
            "Không tổ chức",
            "cancelled-courses",
            *decision_fields(),
            REASON,
            from_=("planned",),
            to="cancelled",
            by=DECIDERS,
        ),
        drop_transition("planned", "held"),
    ),
    asks=(
        Field("sort", "choice", "Nội dung", required=True, choices=SORTS),
        count_field("planned_people", "Số người theo kế hoạch"),
        amount_field("planned_days", "Số ngày học theo kế hoạch"),
        TASK,
    ),
    openers=("coordinator", "unit_head", "officer"),
)

EVALUATION = Workflow(
    kind="evaluation",
    version=2,
    title="Đánh giá, xếp loại hằng năm",
    short="Đánh giá",
    initial="waiting",
    states=(
        State("waiting", "Chờ đánh giá"),
        State("graded", "Đã xếp loại", final=True),
        DROPPED,
    ),
    transitions=(
        transition(
            "grade",
            "Ghi kết quả xếp loại",
            "gradings",
            amount_field("score", "Điểm", hint="Từ 0 đến 100"),
            Field("grade", "choice", "Xếp loại", required=True, choices=GRADES),
            *decision_fields(),
            Field("remarks", "text", "Nhận xét"),
            from_=("waiting",),
            to="graded",
            by=("lead_head", *DECIDERS),
        ),
        transition(
            "revise", "Đánh giá lại", "revisions", REASON, from_=("graded",), to="waiting", by=("leader",)
        ),
        drop_transition("waiting"),
    ),
    asks=(PERSON, POST, Field("year", "line", "Năm đánh giá", required=True, hint="Ví dụ 2026"), TASK),
    openers=("coordinator", "unit_head", "leader"),
    readers=(*JUDGES, "lead_head"),
)

OPEN = {
    workflow.kind: tuple(state.name for state in workflow.states if not state.final)
    for workflow in (TRAINING, ROTATION, EVALUATION)
}
"""The states of unfinished entries; discipline has none here, as it belongs to no task of the plan."""
