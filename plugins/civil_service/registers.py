"""The registers of the area: training, rotation of posts, yearly evaluation, discipline.

They name officials and their acts in office; why somebody is left out, and what a case is about, is told in
words that can be erased.
"""

from cchc_flow.hookspecs import Field, Transition, Workflow
from cchc_flow.workflow.definition import State

ADVANCED = "item.advanced/1"
OWNERS = ("coordinator", "leader")
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
TASK = Field("task", "task", "Nhiệm vụ của kế hoạch")
PERSON = Field("person", "line", "Họ và tên", required=True, hint="Của cán bộ, công chức, viên chức")
POST = Field("post", "line", "Chức vụ, vị trí việc làm", required=True)
DECISION = (
    Field("decision_number", "line", "Số quyết định", required=True, hint="Ví dụ 45/QĐ-UBND"),
    Field("decision_date", "day", "Ngày quyết định", required=True),
)
WHY = Field("reason", "text", "Lý do", required=True)
DROPPED = State("dropped", "Ghi nhầm, đã bỏ", column="", final=True)


def dropping(*states: str) -> Transition:
    """Return the step that takes an entry out which was written by mistake."""
    return Transition(
        name="drop",
        title="Bỏ mục ghi nhầm",
        fact="droppings",
        event=ADVANCED,
        from_=states,
        to="dropped",
        by=OWNERS,
        fields=(WHY,),
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
        Transition(
            name="hold",
            title="Ghi lớp đã học",
            fact="courses-held",
            event=ADVANCED,
            from_=("planned",),
            to="held",
            by=("lead_unit", *OWNERS),
            fields=(
                Field("begun_on", "day", "Ngày khai giảng", required=True),
                Field("ended_on", "day", "Ngày bế giảng", required=True),
                Field("days", "amount", "Số ngày học", required=True),
                Field("attended", "count", "Số người học", required=True),
                Field("course_files", "files", "Danh sách, quyết định cử đi học"),
            ),
        ),
        Transition(
            name="finish",
            title="Ghi chứng chỉ và kết thúc",
            fact="course-ends",
            event=ADVANCED,
            from_=("held",),
            to="finished",
            by=("lead_unit", *OWNERS),
            fields=(
                Field("certificates", "count", "Số chứng chỉ được cấp", required=True),
                Field("certificate", "line", "Tên chứng chỉ, chứng nhận"),
                Field("certificate_files", "files", "Tệp chứng chỉ"),
            ),
        ),
        Transition(
            name="cancel",
            title="Không tổ chức",
            fact="cancelled-courses",
            event=ADVANCED,
            from_=("planned",),
            to="cancelled",
            by=OWNERS,
            fields=(*DECISION, WHY),
        ),
        dropping("planned", "held"),
    ),
    asks=(
        Field("sort", "choice", "Nội dung", required=True, choices=SORTS),
        Field("planned_people", "count", "Số người theo kế hoạch", required=True),
        Field("planned_days", "amount", "Số ngày học theo kế hoạch", required=True),
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
        Transition(
            name="notify",
            title="Ghi thông báo",
            fact="rotation-notices",
            event=ADVANCED,
            from_=("planned", "notified"),
            to="notified",
            by=("lead_unit", *OWNERS),
            fields=(
                Field("notice_number", "line", "Số thông báo", required=True, hint="Ví dụ 12/TB-UBND"),
                Field("notified_on", "day", "Ngày thông báo", required=True),
                Field("due", "day", "Ngày chuyển đổi", required=True),
            ),
        ),
        Transition(
            name="rotate",
            title="Ghi quyết định chuyển đổi",
            fact="rotations",
            event=ADVANCED,
            from_=("notified",),
            to="rotated",
            by=OWNERS,
            fields=(
                *DECISION,
                Field("new_post", "line", "Vị trí mới", required=True),
                Field("rotated_on", "day", "Ngày nhận vị trí mới", required=True),
            ),
        ),
        Transition(
            name="exclude",
            title="Chưa chuyển đổi",
            fact="exclusions",
            event=ADVANCED,
            from_=("planned", "notified"),
            to="excluded",
            by=OWNERS,
            fields=(
                Field("ground", "choice", "Trường hợp", required=True, choices=GROUNDS),
                Field("retires_on", "day", "Ngày nghỉ hưu", hint="Chỉ ghi khi sắp đến tuổi nghỉ hưu"),
                WHY,
            ),
        ),
        dropping("planned", "notified"),
    ),
    asks=(PERSON, POST, Field("held_since", "day", "Giữ vị trí từ ngày", required=True), TASK),
    openers=("coordinator", "unit_head"),
)

EVALUATION = Workflow(
    kind="evaluation",
    version=1,
    title="Đánh giá, xếp loại hằng năm",
    short="Đánh giá",
    initial="waiting",
    states=(
        State("waiting", "Chờ đánh giá"),
        State("graded", "Đã xếp loại", final=True),
        DROPPED,
    ),
    transitions=(
        Transition(
            name="grade",
            title="Ghi kết quả xếp loại",
            fact="gradings",
            event=ADVANCED,
            from_=("waiting",),
            to="graded",
            by=("lead_head", *OWNERS),
            fields=(
                Field("score", "amount", "Điểm", required=True, hint="Từ 0 đến 100"),
                Field("grade", "choice", "Xếp loại", required=True, choices=GRADES),
                *DECISION,
                Field("remarks", "text", "Nhận xét"),
            ),
        ),
        Transition(
            name="revise",
            title="Đánh giá lại",
            fact="revisions",
            event=ADVANCED,
            from_=("graded",),
            to="waiting",
            by=("leader",),
            fields=(WHY,),
        ),
        dropping("waiting"),
    ),
    asks=(PERSON, POST, Field("year", "line", "Năm đánh giá", required=True, hint="Ví dụ 2026"), TASK),
    openers=("coordinator", "unit_head", "leader"),
)

DISCIPLINE = Workflow(
    kind="discipline",
    version=1,
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
        Transition(
            name="decide",
            title="Ghi quyết định kỷ luật",
            fact="discipline-decisions",
            event=ADVANCED,
            from_=("considered",),
            to="decided",
            by=OWNERS,
            fields=(
                Field("form", "choice", "Hình thức", required=True, choices=FORMS),
                *DECISION,
                Field("content", "text", "Nội dung vi phạm"),
            ),
        ),
        Transition(
            name="clear",
            title="Không xử lý kỷ luật",
            fact="clearances",
            event=ADVANCED,
            from_=("considered",),
            to="cleared",
            by=OWNERS,
            fields=(Field("cleared_on", "day", "Ngày kết luận", required=True), WHY),
        ),
        dropping("considered"),
    ),
    asks=(PERSON, POST, Field("found_on", "day", "Ngày phát hiện", required=True)),
    openers=OWNERS,
)
