"""The register of rotations: who leaves a post, in which sector it lies, and who is left out on what ground.

It is read by all: plans to rotate posts have to be public (Nghị định 59/2019/NĐ-CP).
"""

from cchc_flow.hookspecs import Field, Workflow
from cchc_flow.plugin_kit import (
    DECIDERS,
    DROPPED,
    REASON,
    TASK,
    day_field,
    decision_fields,
    drop_transition,
    transition,
)
from cchc_flow.workflow.definition import State

from .form_fields import LEAD_OR_DECIDERS, PERSON, POST

SECTORS = (
    ("finance", "Tài chính"),
    ("investment", "Kế hoạch và đầu tư"),
    ("information", "Thông tin và truyền thông"),
    ("inspection", "Thanh tra"),
    ("justice", "Tư pháp"),
)
"""The sectors whose years in a post differ from the general ones (Nghị định 59/2019/NĐ-CP)."""
OTHER_SECTOR = ("other", "Lĩnh vực khác")
GROUNDS = (
    ("law", "Thuộc trường hợp chưa chuyển đổi theo quy định"),
    ("retiring", "Sắp đến tuổi nghỉ hưu"),
    ("commune", "Lý do khác do xã quyết định"),
)
_SECTOR_HINT = "Quyết định số năm giữ vị trí; để trống thì theo số năm chung"


def _sector_field(name: str, title: str) -> Field:
    return Field(name, "choice", title, choices=(*SECTORS, OTHER_SECTOR), hint=_SECTOR_HINT)


ROTATION = Workflow(
    kind="rotation",
    version=2,
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
            _sector_field("new_sector", "Lĩnh vực của vị trí mới"),
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
    asks=(
        PERSON,
        POST,
        _sector_field("sector", "Lĩnh vực"),
        day_field("held_since", "Giữ vị trí từ ngày"),
        TASK,
    ),
    openers=("coordinator", "unit_head"),
)
