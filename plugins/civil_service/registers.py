"""The registers of the area: training, rotation of posts, yearly evaluation, discipline.

They name officials and their acts in office. Why somebody is not rotated, and what a case is about, stands in
fields of kind text, whose content can be erased.

Evaluation and discipline are read by few: a matter of the person is not that of all colleagues. Rotation and
training are read by all: plans to rotate posts have to be public (Nghị định 59/2019/NĐ-CP).
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

JUDGES = (*DECIDERS, "inspector")
"""Who reads a case of discipline: while it is considered, it is not the business of its unit either."""
LEAD_OR_DECIDERS = ("lead_unit", *DECIDERS)
SORTS = (
    ("politics", "Lý luận chính trị"),
    ("state", "Quản lý nhà nước"),
    ("profession", "Chuyên môn, nghiệp vụ"),
    ("digital", "Kỹ năng số"),
    ("other", "Nội dung khác"),
)
GROUNDS = (
    ("law", "Thuộc trường hợp chưa chuyển đổi theo quy định"),
    ("retiring", "Sắp đến tuổi nghỉ hưu"),
    ("commune", "Lý do khác do xã quyết định"),
)
GRADES = (
    ("excellent", "Hoàn thành xuất sắc nhiệm vụ"),
    ("good", "Hoàn thành tốt nhiệm vụ"),
    ("done", "Hoàn thành nhiệm vụ"),
    ("failed", "Không hoàn thành nhiệm vụ"),
)
FORMS = (
    ("reprimand", "Khiển trách"),
    ("warning", "Cảnh cáo"),
    ("salary", "Hạ bậc lương"),
    ("demotion", "Giáng chức"),
    ("removal", "Cách chức"),
    ("dismissal", "Buộc thôi việc"),
)
PERSON = Field("person", "line", "Họ và tên", required=True, hint="Của cán bộ, công chức, viên chức")
POST = Field("post", "line", "Chức vụ, vị trí việc làm", required=True)

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

ROTATION = Workflow(
    kind="rotation",
    version=1,
    title="Chuyển đổi vị trí công tác",
    short="Chuyển đổi vị trí",
    initial="planned",
    states=(
        State("planned", "Theo kế hoạch"),
        State("notified", "Đã thông báo"),
        State("rotated", "Đã chuyển đổi", final=True),
        State("excluded", "Chưa chuyển đổi", final=True),
        DROPPED,
    ),
    transitions=(
        transition(
            "notify",
            "Ghi thông báo",
            "rotation-notices",
            Field("notice_number", "line", "Số thông báo", required=True, hint="Ví dụ 12/TB-UBND"),
            day_field("notified_on", "Ngày thông báo"),
            day_field("due", "Ngày chuyển đổi"),
            from_=("planned", "notified"),
            to="notified",
            by=LEAD_OR_DECIDERS,
        ),
        transition(
            "rotate",
            "Ghi quyết định chuyển đổi",
            "rotations",
            *decision_fields(),
            Field("new_post", "line", "Vị trí mới", required=True),
            day_field("rotated_on", "Ngày nhận vị trí mới"),
            from_=("notified",),
            to="rotated",
            by=DECIDERS,
        ),
        transition(
            "exclude",
            "Chưa chuyển đổi",
            "exclusions",
            Field("ground", "choice", "Trường hợp", required=True, choices=GROUNDS),
            Field("retires_on", "day", "Ngày nghỉ hưu", hint="Chỉ ghi khi sắp đến tuổi nghỉ hưu"),
            REASON,
            from_=("planned", "notified"),
            to="excluded",
            by=DECIDERS,
        ),
        drop_transition("planned", "notified"),
    ),
    asks=(PERSON, POST, day_field("held_since", "Giữ vị trí từ ngày"), TASK),
    openers=("coordinator", "unit_head"),
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

DISCIPLINE = Workflow(
    kind="discipline",
    version=2,
    title="Xử lý kỷ luật",
    short="Kỷ luật",
    initial="considered",
    states=(
        State("considered", "Đang xem xét"),
        State("decided", "Đã kỷ luật", final=True),
        State("cleared", "Không kỷ luật", final=True),
        DROPPED,
    ),
    transitions=(
        transition(
            "decide",
            "Ghi quyết định kỷ luật",
            "discipline-decisions",
            Field("form", "choice", "Hình thức", required=True, choices=FORMS),
            *decision_fields(),
            Field("content", "text", "Nội dung vi phạm"),
            from_=("considered",),
            to="decided",
            by=DECIDERS,
        ),
        transition(
            "clear",
            "Không xử lý kỷ luật",
            "clearances",
            day_field("cleared_on", "Ngày kết luận"),
            REASON,
            from_=("considered",),
            to="cleared",
            by=DECIDERS,
        ),
        drop_transition("considered"),
    ),
    asks=(PERSON, POST, day_field("found_on", "Ngày phát hiện")),
    openers=DECIDERS,
    readers=JUDGES,
)

OPEN = {
    workflow.kind: tuple(state.name for state in workflow.states if not state.final)
    for workflow in (TRAINING, ROTATION, EVALUATION)
}
"""The states of unfinished entries; discipline has none here, as it belongs to no task of the plan."""
