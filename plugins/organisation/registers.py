"""The registers of the area: public service units with their autonomy group, and staff in number."""

from cchc_flow.hookspecs import Field, Transition, Workflow
from cchc_flow.workflow.definition import State

ADVANCED = "item.advanced/1"
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
TASK = Field("task", "task", "Nhiệm vụ của kế hoạch")
DECISION = (
    Field("decision_number", "line", "Số quyết định", required=True, hint="Ví dụ 45/QĐ-UBND"),
    Field("decision_date", "day", "Ngày quyết định", required=True),
)
SHARE = Field("share", "amount", "Mức tự bảo đảm chi thường xuyên (%)", required=True)
CLOSING = (
    Field("closing_number", "line", "Số quyết định", required=True, hint="Ví dụ 45/QĐ-UBND"),
    Field("closing_date", "day", "Ngày quyết định", required=True),
)
WHY = Field("reason", "text", "Lý do", required=True)
LIVE_UNIT = ("ungrouped", "grouped")
OWNERS = ("coordinator", "leader")

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
        State("dropped", "Ghi nhầm, đã bỏ", column="", final=True),
    ),
    transitions=(
        Transition(
            name="set_group",
            title="Ghi quyết định xếp nhóm",
            fact="groupings",
            event=ADVANCED,
            from_=LIVE_UNIT,
            to="grouped",
            by=OWNERS,
            fields=(
                Field("group", "choice", "Nhóm tự chủ", required=True, choices=GROUPS),
                SHARE,
                *DECISION,
                Field(
                    "group_before",
                    "choice",
                    "Nhóm cuối năm trước",
                    required=True,
                    choices=((NO_GROUP, "Chưa xếp nhóm"), *GROUPS),
                    hint="Nhóm của đơn vị ngày 31/12 của năm trước năm ban hành quyết định",
                ),
                Field("decision_files", "files", "Tệp quyết định"),
            ),
        ),
        Transition(
            name="record_share",
            title="Ghi mức tự bảo đảm",
            fact="shares",
            event=ADVANCED,
            from_=LIVE_UNIT,
            to=None,
            by=("lead_unit", *OWNERS),
            fields=(SHARE, Field("share_on", "day", "Số liệu tính đến ngày", required=True)),
        ),
        Transition(
            name="merge",
            title="Sáp nhập",
            fact="mergers",
            event=ADVANCED,
            from_=LIVE_UNIT,
            to="merged",
            by=OWNERS,
            fields=(*CLOSING, Field("merged_into", "line", "Đơn vị nhận sáp nhập", required=True)),
        ),
        Transition(
            name="dissolve",
            title="Giải thể",
            fact="dissolutions",
            event=ADVANCED,
            from_=LIVE_UNIT,
            to="dissolved",
            by=OWNERS,
            fields=CLOSING,
        ),
        Transition(
            name="drop",
            title="Bỏ mục ghi nhầm",
            fact="droppings",
            event=ADVANCED,
            from_=LIVE_UNIT,
            to="dropped",
            by=OWNERS,
            fields=(WHY,),
        ),
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
        Transition(
            name="assign",
            title="Ghi số được giao",
            fact="staff-assignments",
            event=ADVANCED,
            from_=("unassigned", "assigned"),
            to="assigned",
            by=OWNERS,
            fields=(
                Field("assigned", "count", "Số được giao", required=True),
                Field(
                    "assigned_before",
                    "count",
                    "Số được giao cuối năm trước",
                    required=True,
                    hint="Số của ngày 31/12 của năm trước năm ban hành quyết định; chưa có thì ghi 0",
                ),
                *DECISION,
                Field("decision_files", "files", "Tệp quyết định"),
            ),
        ),
        Transition(
            name="count",
            title="Ghi số có mặt",
            fact="head-counts",
            event=ADVANCED,
            from_=("assigned",),
            to=None,
            by=("lead_unit", *OWNERS),
            fields=(
                Field("present", "count", "Số có mặt", required=True),
                Field("counted_on", "day", "Tính đến ngày", required=True),
            ),
        ),
        Transition(
            name="end",
            title="Thôi theo dõi",
            fact="endings",
            event=ADVANCED,
            from_=("unassigned", "assigned"),
            to="ended",
            by=OWNERS,
            fields=(WHY,),
        ),
    ),
    asks=(Field("staff", "choice", "Loại", required=True, choices=STAFF), TASK),
    openers=("coordinator",),
)
