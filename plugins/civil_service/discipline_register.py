"""The register of cases of discipline: who is concerned, in which form it ends, why it takes longer.

It is read by few: a matter of the person is not that of all colleagues.
"""

from cchc_flow.hookspecs import Field, Workflow
from cchc_flow.plugin_kit import (
    DECIDERS,
    DROPPED,
    REASON,
    choice_field,
    day_field,
    decision_fields,
    drop_transition,
    transition,
)
from cchc_flow.workflow.definition import State

from .form_fields import JUDGES, PERSON, POST

CADRE, LEADER, OFFICIAL, MANAGER, EMPLOYEE = "cadre", "leader", "official", "manager", "employee"
STAFF = (
    (CADRE, "Cán bộ"),
    (LEADER, "Công chức lãnh đạo, quản lý"),
    (OFFICIAL, "Công chức không giữ chức vụ lãnh đạo, quản lý"),
    (MANAGER, "Viên chức quản lý"),
    (EMPLOYEE, "Viên chức không giữ chức vụ quản lý"),
)
FORMS = (
    ("reprimand", "Khiển trách"),
    ("warning", "Cảnh cáo"),
    ("removal", "Cách chức"),
    ("recall", "Bãi nhiệm"),
    ("dismissal", "Buộc thôi việc"),
)
"""The forms of discipline since 01/07/2025 (Nghị định 172/2025/NĐ-CP)."""
ABOLISHED_FORMS = (("salary", "Hạ bậc lương"), ("demotion", "Giáng chức"))
"""Forms that only decisions before that day have: they are no longer offered, but read and counted."""

DISCIPLINE = Workflow(
    kind="discipline",
    version=3,
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
            choice_field("staff", "Đối tượng", *STAFF),
            Field("form", "choice", "Hình thức", required=True, choices=FORMS, retired=ABOLISHED_FORMS),
            *decision_fields(),
            Field("content", "text", "Nội dung vi phạm"),
            from_=("considered",),
            to="decided",
            by=DECIDERS,
        ),
        transition(
            "prolong",
            "Kéo dài thời hạn vì vụ việc phức tạp",
            "prolongations",
            day_field("prolonged_on", "Ngày quyết định kéo dài"),
            REASON,
            from_=("considered",),
            to=None,
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
