"""The registers of dialogues and of the petitions that they raise."""

from cchc_flow.hookspecs import Field, Transition, Workflow
from cchc_flow.plugin_kit import DECIDERS, REASON, choice_field, count_field, day_field, transition
from cchc_flow.workflow.definition import State

from .form_fields import TASK, document_number_field

DIALOGUE, PETITION = "dialogue", "petition"

DIALOGUE_REGISTER = Workflow(
    kind=DIALOGUE,
    version=1,
    title="Đối thoại với người dân, doanh nghiệp",
    short="Đối thoại",
    initial="planned",
    states=(
        State("planned", "Dự kiến"),
        State("held", "Đã tổ chức"),
        State("closed", "Đã kết thúc", final=True),
        State("cancelled", "Không tổ chức", column="", final=True),
    ),
    transitions=(
        transition(
            "hold", "Ghi kết quả tổ chức", "holdings",
            day_field("held_on", "Ngày tổ chức"),
            count_field("people", "Số người dự"),
            count_field("petitions", "Số kiến nghị", "Mỗi kiến nghị được mở thành một mục để theo dõi"),
            Field("minutes", "files", "Biên bản"),
            from_=("planned",), to="held",
        ),
        transition(
            "recount", "Sửa số kiến nghị", "recounts",
            count_field("petitions", "Số kiến nghị"),
            REASON,
            from_=("held",), to=None,
        ),
        transition(
            "close", "Kết thúc", "closures",
            document_number_field("notice", "Số thông báo kết luận đối thoại"),
            day_field("noticed_on", "Ngày thông báo"),
            from_=("held",), to="closed", by=(*DECIDERS, "lead_unit"),
        ),
        transition(
            "cancel", "Không tổ chức", "cancellations", REASON,
            from_=("planned",), to="cancelled", by=DECIDERS,
        ),
    ),
    asks=(
        choice_field(
            "audience",
            "Đối tượng đối thoại",
            ("people", "Người dân"),
            ("business", "Doanh nghiệp"),
            ("both", "Người dân và doanh nghiệp"),
        ),
        TASK,
    ),
    openers=("coordinator", "leader"),
)  # fmt: skip

PETITION_REGISTER = Workflow(
    kind=PETITION,
    version=1,
    title="Kiến nghị sau đối thoại",
    short="Kiến nghị",
    initial="received",
    states=(
        State("received", "Đã tiếp nhận"),
        State("handled", "Đã giải quyết", final=True),
        State("dropped", "Không phải giải quyết", column="", final=True),
    ),
    transitions=(
        transition(
            "describe", "Ghi nội dung", "descriptions",
            Field("content", "text", "Nội dung kiến nghị", required=True),
            from_=("received",), to=None,
        ),
        Transition(
            name="hand_over",
            title="Chuyển đơn vị giải quyết",
            fact="handovers",
            event="item.handed_over/1",
            from_=("received",),
            to=None,
            by=DECIDERS,
            fields=(
                Field("lead", "unit", "Đơn vị giải quyết", required=True),
                Field("officer", "person", "Công chức phụ trách"),
                REASON,
            ),
            rules=("team", "another_team"),
        ),
        transition(
            "handle", "Ghi kết quả giải quyết", "answers",
            day_field("handled_on", "Ngày giải quyết"),
            choice_field(
                "result",
                "Kết quả",
                ("settled", "Đã giải quyết"),
                ("explained", "Đã trả lời, giải thích"),
                ("forwarded", "Đã kiến nghị cấp có thẩm quyền"),
            ),
            Field("answer", "line", "Số văn bản", hint="Bắt buộc khi kiến nghị cấp có thẩm quyền"),
            Field("note", "text", "Nội dung trả lời"),
            from_=("received",), to="handled",
        ),
        transition(
            "drop", "Không phải giải quyết", "removals", REASON,
            from_=("received",), to="dropped", by=DECIDERS,
        ),
    ),
    asks=(
        Field("dialogue", "entry", "Cuộc đối thoại", required=True, choices=((DIALOGUE, "Đối thoại"),)),
        Field("number", "count", "Kiến nghị thứ"),
    ),
    openers=("coordinator", "officer", "unit_head"),
)  # fmt: skip
