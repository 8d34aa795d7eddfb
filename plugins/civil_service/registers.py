"""The register of training, and which states of all are unfinished; the others have modules of their own.

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

from .evaluation_registers import EVALUATION, UNIT_EVALUATION
from .form_fields import LEAD_OR_DECIDERS
from .rotation_register import ROTATION

SORTS = (
    ("politics", "Lý luận chính trị"),
    ("state", "Quản lý nhà nước"),
    ("profession", "Chuyên môn, nghiệp vụ"),
    ("digital", "Kỹ năng số"),
    ("other", "Nội dung khác"),
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

OPEN = {
    workflow.kind: tuple(state.name for state in workflow.states if not state.final)
    for workflow in (TRAINING, ROTATION, EVALUATION, UNIT_EVALUATION)
}
"""The states of unfinished entries; discipline has none here, as it belongs to no task of the plan."""
