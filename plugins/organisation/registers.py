"""The registers of the area: public service units with their autonomy groups, and numbers of staff."""

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

NO_GROUP = "none"
GROUPS = (
    ("1", "Nhóm 1: tự bảo đảm chi thường xuyên và chi đầu tư"),
    ("2", "Nhóm 2: tự bảo đảm chi thường xuyên"),
    ("3a", "Nhóm 3: tự bảo đảm từ 70% đến dưới 100% chi thường xuyên"),
    ("3b", "Nhóm 3: tự bảo đảm từ 30% đến dưới 70% chi thường xuyên"),
    ("3c", "Nhóm 3: tự bảo đảm từ 10% đến dưới 30% chi thường xuyên"),
    ("4", "Nhóm 4: tự bảo đảm dưới 10% chi thường xuyên"),
)
SECTORS = (
    ("education", "Giáo dục"),
    ("health", "Y tế"),
    ("culture", "Văn hóa, thể thao, thông tin"),
    ("economy", "Kinh tế, hạ tầng, môi trường"),
    ("other", "Lĩnh vực khác"),
)
STAFF = (
    ("civil", "Cán bộ, công chức"),
    ("budget", "Viên chức hưởng lương từ ngân sách"),
    ("income", "Viên chức hưởng lương từ nguồn thu sự nghiệp"),
)
SHARE = amount_field("share", "Mức tự bảo đảm chi thường xuyên (%)")
CLOSING = decision_fields("closing")
LIVE = ("ungrouped", "grouped")
"""The states of a service unit that was not merged, dissolved or dropped."""

SERVICE_UNIT = Workflow(
    kind="service_unit",
    version=1,
    title="Đơn vị sự nghiệp công lập",
    short="ĐVSNCL",
    initial="ungrouped",
    states=(
        State("ungrouped", "Chưa xếp nhóm tự chủ"),
        State("grouped", "Đã xếp nhóm tự chủ"),
        State("merged", "Đã sáp nhập", column="", final=True),
        State("dissolved", "Đã giải thể", column="", final=True),
        DROPPED,
    ),
    transitions=(
        transition(
            "set_group",
            "Ghi quyết định xếp nhóm",
            "groupings",
            Field("group", "choice", "Nhóm tự chủ", required=True, choices=GROUPS),
            SHARE,
            *decision_fields(),
            Field(
                "group_before",
                "choice",
                "Nhóm cuối năm trước",
                required=True,
                choices=((NO_GROUP, "Chưa xếp nhóm"), *GROUPS),
                hint="Nhóm của đơn vị ngày 31/12 của năm trước năm ban hành quyết định",
            ),
            Field("decision_files", "files", "Tệp quyết định"),
            from_=LIVE,
            to="grouped",
            by=DECIDERS,
        ),
        transition(
            "record_share",
            "Ghi mức tự bảo đảm",
            "shares",
            SHARE,
            day_field("share_on", "Số liệu tính đến ngày"),
            from_=LIVE,
            to=None,
            by=("lead_unit", *DECIDERS),
        ),
        transition(
            "merge",
            "Sáp nhập",
            "mergers",
            *CLOSING,
            Field("merged_into", "line", "Đơn vị nhận sáp nhập", required=True),
            from_=LIVE,
            to="merged",
            by=DECIDERS,
        ),
        transition("dissolve", "Giải thể", "dissolutions", *CLOSING, from_=LIVE, to="dissolved", by=DECIDERS),
        drop_transition(*LIVE),
    ),
    asks=(Field("sector", "choice", "Lĩnh vực sự nghiệp", required=True, choices=SECTORS), TASK),
    openers=("coordinator",),
)

STAFFING = Workflow(
    kind="staffing",
    version=1,
    title="Biên chế, số lượng người làm việc",
    short="Biên chế",
    initial="unassigned",
    states=(
        State("unassigned", "Chưa được giao"),
        State("assigned", "Đã giao"),
        State("ended", "Thôi theo dõi", column="", final=True),
    ),
    transitions=(
        transition(
            "assign",
            "Ghi số được giao",
            "staff-assignments",
            count_field("assigned", "Số được giao"),
            count_field(
                "assigned_before",
                "Số được giao cuối năm trước",
                hint="Số của ngày 31/12 của năm trước năm ban hành quyết định; chưa có thì ghi 0",
            ),
            *decision_fields(),
            Field("decision_files", "files", "Tệp quyết định"),
            from_=("unassigned", "assigned"),
            to="assigned",
            by=DECIDERS,
        ),
        transition(
            "count",
            "Ghi số có mặt",
            "head-counts",
            count_field("present", "Số có mặt"),
            day_field("counted_on", "Tính đến ngày"),
            from_=("assigned",),
            to=None,
            by=("lead_unit", *DECIDERS),
        ),
        transition(
            "end",
            "Thôi theo dõi",
            "endings",
            REASON,
            from_=("unassigned", "assigned"),
            to="ended",
            by=DECIDERS,
        ),
    ),
    asks=(Field("staff", "choice", "Loại", required=True, choices=STAFF), TASK),
    openers=("coordinator",),
)
