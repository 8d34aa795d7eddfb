"""The registers of the area: legal documents from draft to self-check, and the following of enforcement."""

from cchc_flow.hookspecs import Field, Transition, Workflow
from cchc_flow.workflow.definition import State

ADVANCED = "item.advanced/1"
RESOLUTION, DECISION = "council_resolution", "committee_decision"
FORMS = ((RESOLUTION, "Nghị quyết của HĐND"), (DECISION, "Quyết định của UBND"))
FIT, UNFIT = "fit", "unfit"
LAWFUL, UNLAWFUL = "lawful", "unlawful"
ACTIVITIES = (
    ("inspection", "Kiểm tra tình hình thi hành pháp luật"),
    ("survey", "Điều tra, khảo sát"),
    ("collection", "Thu thập, tổng hợp thông tin"),
    ("training", "Phổ biến, hướng dẫn, tập huấn"),
    ("follow_up", "Xử lý, kiến nghị xử lý kết quả theo dõi"),
)

TASK = Field("task", "task", "Nhiệm vụ của kế hoạch")
REASON = Field("reason", "text", "Lý do", required=True)
GROUNDS = Field("decision", "line", "Số, ngày văn bản cho phép", required=True)
NUMBER = Field("number", "line", "Số, ký hiệu văn bản", required=True, hint="Ví dụ: 05/2026/QĐ-UBND")
PUBLISHED_ON = Field("published_on", "day", "Ngày công bố, đăng tải", required=True)
ADDRESS = Field(
    "address",
    "line",
    "Nơi công bố, đăng tải",
    required=True,
    hint="Địa chỉ trên Trang thông tin điện tử, hoặc nơi niêm yết",
)
EFFECTIVE_ON = Field("effective_on", "day", "Ngày có hiệu lực", required=True)

WRITERS = ("lead_unit", "coordinator")
DECIDERS = ("coordinator", "leader")
OPENERS = ("coordinator", "officer", "unit_head")
BEFORE_SIGNING = ("drafting", "posted", "opinions_closed", "appraised")

LEGAL_DOCUMENT = Workflow(
    kind="legal_document",
    version=1,
    title="Văn bản quy phạm pháp luật",
    short="VB QPPL",
    initial="drafting",
    states=(
        State("drafting", "Đang soạn thảo"),
        State("posted", "Đang lấy ý kiến"),
        State("opinions_closed", "Đã lấy ý kiến"),
        State("appraised", "Đã thẩm định"),
        State("signed", "Đã ký, chờ công bố"),
        State("published", "Đã công bố", final=True),
        State("self_checked", "Đã tự kiểm tra", final=True),
        State("dropped", "Thôi ban hành", column="", final=True),
    ),
    transitions=(
        Transition(
            name="post",
            title="Đăng dự thảo lấy ý kiến",
            fact="draft-postings",
            event=ADVANCED,
            from_=("drafting",),
            to="posted",
            by=WRITERS,
            fields=(
                Field("posted_on", "day", "Ngày đăng dự thảo", required=True),
                Field("draft_address", "line", "Nơi đăng dự thảo", required=True),
                Field("draft", "files", "Dự thảo"),
            ),
        ),
        Transition(
            name="close_opinions",
            title="Kết thúc lấy ý kiến",
            fact="opinion-closings",
            event=ADVANCED,
            from_=("posted",),
            to="opinions_closed",
            by=WRITERS,
            fields=(
                Field("opinions_closed_on", "day", "Ngày kết thúc lấy ý kiến", required=True),
                Field("opinions", "count", "Số ý kiến nhận được", required=True),
                Field("answers", "text", "Tiếp thu, giải trình"),
                Field("summary", "files", "Bản tổng hợp ý kiến"),
            ),
        ),
        Transition(
            name="appraise",
            title="Ghi kết quả thẩm định",
            fact="appraisals",
            event=ADVANCED,
            from_=("drafting", "opinions_closed"),
            to="appraised",
            by=WRITERS,
            fields=(
                Field("appraised_on", "day", "Ngày thẩm định", required=True),
                Field("appraisal_number", "line", "Số báo cáo thẩm định"),
                Field(
                    "appraisal",
                    "choice",
                    "Kết luận thẩm định",
                    required=True,
                    choices=((FIT, "Đủ điều kiện trình"), (UNFIT, "Chưa đủ điều kiện trình")),
                ),
                Field("appraisal_report", "files", "Báo cáo thẩm định"),
            ),
        ),
        Transition(
            name="sign",
            title="Ghi việc ký ban hành",
            fact="signings",
            event=ADVANCED,
            from_=("appraised",),
            to="signed",
            by=WRITERS,
            fields=(Field("signed_on", "day", "Ngày ký", required=True), EFFECTIVE_ON),
        ),
        Transition(
            name="publish",
            title="Công bố, đăng tải",
            fact="publications",
            event=ADVANCED,
            from_=("signed",),
            to="published",
            by=WRITERS,
            fields=(NUMBER, PUBLISHED_ON, ADDRESS, Field("published", "files", "Văn bản đã công bố")),
        ),
        Transition(
            name="self_check",
            title="Tự kiểm tra",
            fact="self-checks",
            event=ADVANCED,
            from_=("published",),
            to="self_checked",
            by=WRITERS,
            fields=(
                Field("checked_on", "day", "Ngày tự kiểm tra", required=True),
                Field(
                    "outcome",
                    "choice",
                    "Kết quả tự kiểm tra",
                    required=True,
                    choices=((LAWFUL, "Phù hợp quy định"), (UNLAWFUL, "Có nội dung phải xử lý")),
                ),
                Field("findings", "text", "Nội dung phát hiện"),
                Field("check_report", "files", "Kết quả tự kiểm tra (tệp)"),
            ),
        ),
        Transition(
            name="handle",
            title="Ghi kết quả xử lý văn bản",
            fact="handlings",
            event=ADVANCED,
            from_=("self_checked",),
            to=None,
            by=WRITERS,
            fields=(
                Field("handled_on", "day", "Ngày xử lý xong", required=True),
                Field("handled_by", "line", "Số, ký hiệu văn bản xử lý", required=True),
            ),
        ),
        Transition(
            name="correct",
            title="Sửa thông tin công bố ghi sai",
            fact="corrections",
            event=ADVANCED,
            from_=("published", "self_checked"),
            to=None,
            by=WRITERS,
            fields=(NUMBER, PUBLISHED_ON, ADDRESS, EFFECTIVE_ON, REASON),
        ),
        Transition(
            name="revise",
            title="Trả lại để soạn thảo lại",
            fact="revisions",
            event=ADVANCED,
            from_=("posted", "opinions_closed", "appraised"),
            to="drafting",
            by=WRITERS,
            fields=(REASON,),
        ),
        Transition(
            name="drop",
            title="Thôi ban hành",
            fact="droppings",
            event=ADVANCED,
            from_=BEFORE_SIGNING,
            to="dropped",
            by=DECIDERS,
            fields=(GROUNDS, REASON),
        ),
    ),
    asks=(Field("form", "choice", "Loại văn bản", required=True, choices=FORMS), TASK),
    openers=OPENERS,
)

ENFORCEMENT_MONITORING = Workflow(
    kind="enforcement_monitoring",
    version=1,
    title="Theo dõi thi hành pháp luật",
    short="Theo dõi THPL",
    initial="planned",
    states=(
        State("planned", "Chưa thực hiện"),
        State("done", "Đã thực hiện", final=True),
        State("dropped", "Thôi thực hiện", column="", final=True),
    ),
    transitions=(
        Transition(
            name="conclude",
            title="Ghi kết quả theo dõi",
            fact="conclusions",
            event=ADVANCED,
            from_=("planned",),
            to="done",
            by=WRITERS,
            fields=(
                Field("done_on", "day", "Ngày hoàn thành", required=True),
                Field("report_number", "line", "Số, ký hiệu báo cáo kết quả", required=True),
                Field("proposals", "count", "Số kiến nghị xử lý", required=True),
                Field("results", "text", "Kết quả"),
                Field("report", "files", "Báo cáo kết quả"),
            ),
        ),
        Transition(
            name="drop",
            title="Thôi thực hiện",
            fact="droppings",
            event=ADVANCED,
            from_=("planned",),
            to="dropped",
            by=DECIDERS,
            fields=(GROUNDS, REASON),
        ),
    ),
    asks=(
        Field("activity", "choice", "Hoạt động", required=True, choices=ACTIVITIES),
        Field("plan_number", "line", "Số, ngày kế hoạch theo dõi", required=True),
        TASK,
    ),
    openers=OPENERS,
)

REGISTERS = [LEGAL_DOCUMENT, ENFORCEMENT_MONITORING]
