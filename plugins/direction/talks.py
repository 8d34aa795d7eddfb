"""The registers of dialogues and of the petitions that they raise."""

from cchc_flow.workflow.definition import Field, State, Transition, Workflow

from .steps import CHIEFS, DOERS, REASON, TASK, choice, count, day, number, step

DIALOGUE, PETITION = "dialogue", "petition"

DIALOGUES = Workflow(
    DIALOGUE,
    1,
    "Đối thoại với người dân, doanh nghiệp",
    "planned",
    (
        State("planned", "Dự kiến"),
        State("held", "Đã tổ chức"),
        State("closed", "Đã kết thúc", final=True),
        State("cancelled", "Không tổ chức", column="", final=True),
    ),
    (
        step(
            "hold",
            "Ghi kết quả tổ chức",
            "holdings",
            "planned",
            "held",
            DOERS,
            day("held_on", "Ngày tổ chức"),
            count("people", "Số người dự"),
            count("petitions", "Số kiến nghị", "Mỗi kiến nghị được mở thành một mục để theo dõi"),
            Field("minutes", "files", "Biên bản"),
        ),
        step(
            "recount",
            "Sửa số kiến nghị",
            "recounts",
            "held",
            None,
            DOERS,
            count("petitions", "Số kiến nghị"),
            REASON,
        ),
        step(
            "close",
            "Kết thúc",
            "closures",
            "held",
            "closed",
            (*CHIEFS, "lead_unit"),
            number("notice", "Số thông báo kết luận đối thoại"),
            day("noticed_on", "Ngày thông báo"),
        ),
        step("cancel", "Không tổ chức", "cancellations", "planned", "cancelled", CHIEFS, REASON),
    ),
    "Đối thoại",
    (
        choice(
            "audience",
            "Đối tượng đối thoại",
            ("people", "Người dân"),
            ("business", "Doanh nghiệp"),
            ("both", "Người dân và doanh nghiệp"),
        ),
        TASK,
    ),
    ("coordinator", "leader"),
)

PETITIONS = Workflow(
    PETITION,
    1,
    "Kiến nghị sau đối thoại",
    "received",
    (
        State("received", "Đã tiếp nhận"),
        State("handled", "Đã giải quyết", final=True),
        State("dropped", "Không phải giải quyết", column="", final=True),
    ),
    (
        step(
            "describe",
            "Ghi nội dung",
            "descriptions",
            "received",
            None,
            DOERS,
            Field("content", "text", "Nội dung kiến nghị", required=True),
        ),
        Transition(
            name="hand_over",
            title="Chuyển đơn vị giải quyết",
            fact="handovers",
            event="item.handed_over/1",
            from_=("received",),
            to=None,
            by=CHIEFS,
            fields=(
                Field("lead", "unit", "Đơn vị giải quyết", required=True),
                Field("officer", "person", "Công chức phụ trách"),
                REASON,
            ),
            rules=("team", "another_team"),
        ),
        step(
            "handle",
            "Ghi kết quả giải quyết",
            "answers",
            "received",
            "handled",
            DOERS,
            day("handled_on", "Ngày giải quyết"),
            choice(
                "result",
                "Kết quả",
                ("settled", "Đã giải quyết"),
                ("explained", "Đã trả lời, giải thích"),
                ("forwarded", "Đã kiến nghị cấp có thẩm quyền"),
            ),
            Field("answer", "line", "Số văn bản", hint="Bắt buộc khi kiến nghị cấp có thẩm quyền"),
            Field("note", "text", "Nội dung trả lời"),
        ),
        step("drop", "Không phải giải quyết", "removals", "received", "dropped", CHIEFS, REASON),
    ),
    "Kiến nghị",
    (
        Field("dialogue", "entry", "Cuộc đối thoại", required=True, choices=((DIALOGUE, "Đối thoại"),)),
        Field("number", "count", "Kiến nghị thứ"),
    ),
    ("coordinator", "officer", "unit_head"),
)
