"""The registers of the area: legal documents from draft to self-check, and the monitoring of enforcement."""

from cchc_flow.hookspecs import Field, Workflow
from cchc_flow.plugin_kit import DECIDERS, REASON, TASK, count_field, day_field, transition
from cchc_flow.workflow.definition import State

ORDINARY, SHORTENED = "ordinary", "shortened"
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

PERMISSION = Field("decision", "line", "Số, ngày văn bản cho phép", required=True)
NUMBER = Field("number", "line", "Số, ký hiệu văn bản", required=True, hint="Ví dụ: 05/2026/QĐ-UBND")
PUBLISHED_ON = day_field("published_on", "Ngày công bố, đăng tải")
ADDRESS = Field(
    "address",
    "line",
    "Nơi công bố, đăng tải",
    required=True,
    hint="Địa chỉ trên Trang thông tin điện tử, hoặc nơi niêm yết",
)
ADOPTED_ON = Field(
    "adopted_on", "day", "Ngày thông qua", hint="Ghi với nghị quyết của HĐND: hiệu lực tính từ ngày này"
)
PROCEDURE = Field(
    "procedure",
    "choice",
    "Trình tự ban hành",
    choices=((ORDINARY, "Thông thường"), (SHORTENED, "Rút gọn")),
    hint="Để trống là thông thường; rút gọn thì được có hiệu lực ngay",
)
EFFECTIVE_ON = day_field("effective_on", "Ngày có hiệu lực")

OPENERS = ("coordinator", "officer", "unit_head")
BEFORE_SIGNING = ("drafting", "posted", "opinions_closed", "appraised")

LEGAL_DOCUMENT = Workflow(
    kind="legal_document",
    version=2,
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
        transition(
            "post",
            "Đăng dự thảo lấy ý kiến",
            "draft-postings",
            day_field("posted_on", "Ngày đăng dự thảo"),
            Field("draft_address", "line", "Nơi đăng dự thảo", required=True),
            Field("draft", "files", "Dự thảo"),
            from_=("drafting",),
            to="posted",
        ),
        transition(
            "close_opinions",
            "Kết thúc lấy ý kiến",
            "opinion-closings",
            day_field("opinions_closed_on", "Ngày kết thúc lấy ý kiến"),
            count_field("opinions", "Số ý kiến nhận được"),
            Field("answers", "text", "Tiếp thu, giải trình"),
            Field("summary", "files", "Bản tổng hợp ý kiến"),
            from_=("posted",),
            to="opinions_closed",
        ),
        transition(
            "appraise",
            "Ghi kết quả thẩm định",
            "appraisals",
            day_field("appraised_on", "Ngày thẩm định"),
            Field("appraisal_number", "line", "Số báo cáo thẩm định"),
            Field(
                "appraisal",
                "choice",
                "Kết luận thẩm định",
                required=True,
                choices=((FIT, "Đủ điều kiện trình"), (UNFIT, "Chưa đủ điều kiện trình")),
            ),
            Field("appraisal_report", "files", "Báo cáo thẩm định"),
            from_=("drafting", "opinions_closed"),
            to="appraised",
        ),
        transition(
            "sign",
            "Ghi việc ký ban hành",
            "signings",
            ADOPTED_ON,
            day_field("signed_on", "Ngày ký"),
            PROCEDURE,
            EFFECTIVE_ON,
            from_=("appraised",),
            to="signed",
        ),
        transition(
            "publish",
            "Công bố, đăng tải",
            "publications",
            NUMBER,
            PUBLISHED_ON,
            ADDRESS,
            Field("published", "files", "Văn bản đã công bố"),
            from_=("signed",),
            to="published",
        ),
        transition(
            "self_check",
            "Tự kiểm tra",
            "self-checks",
            day_field("checked_on", "Ngày tự kiểm tra"),
            Field(
                "outcome",
                "choice",
                "Kết quả tự kiểm tra",
                required=True,
                choices=((LAWFUL, "Phù hợp quy định"), (UNLAWFUL, "Có nội dung phải xử lý")),
            ),
            Field("findings", "text", "Nội dung phát hiện"),
            Field("check_report", "files", "Kết quả tự kiểm tra (tệp)"),
            from_=("published",),
            to="self_checked",
        ),
        transition(
            "handle",
            "Ghi kết quả xử lý văn bản",
            "handlings",
            day_field("handled_on", "Ngày xử lý xong"),
            Field("handled_by", "line", "Số, ký hiệu văn bản xử lý", required=True),
            from_=("self_checked",),
            to=None,
        ),
        transition(
            "correct",
            "Sửa thông tin công bố ghi sai",
            "corrections",
            NUMBER,
            PUBLISHED_ON,
            ADDRESS,
            ADOPTED_ON,
            PROCEDURE,
            EFFECTIVE_ON,
            REASON,
            from_=("published", "self_checked"),
            to=None,
        ),
        transition(
            "revise",
            "Trả lại để soạn thảo lại",
            "revisions",
            REASON,
            from_=("posted", "opinions_closed", "appraised"),
            to="drafting",
        ),
        transition(
            "drop",
            "Thôi ban hành",
            "droppings",
            PERMISSION,
            REASON,
            from_=BEFORE_SIGNING,
            to="dropped",
            by=DECIDERS,
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
        transition(
            "conclude",
            "Ghi kết quả theo dõi",
            "conclusions",
            day_field("done_on", "Ngày hoàn thành"),
            Field("report_number", "line", "Số, ký hiệu báo cáo kết quả", required=True),
            count_field("proposals", "Số kiến nghị xử lý"),
            Field("results", "text", "Kết quả"),
            Field("report", "files", "Báo cáo kết quả"),
            from_=("planned",),
            to="done",
        ),
        transition(
            "drop",
            "Thôi thực hiện",
            "droppings",
            PERMISSION,
            REASON,
            from_=("planned",),
            to="dropped",
            by=DECIDERS,
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
