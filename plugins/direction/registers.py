"""The registers of the area: what each entry is, what its steps ask for, and who takes them."""

from cchc_flow.workflow.definition import Field, State, Workflow

from .steps import CHIEFS, DOERS, REASON, TASK, choice, count, day, number, step
from .talks import DIALOGUES, PETITIONS

INITIATIVE, INSPECTION, FIGURES, READING = "initiative", "inspection", "office_figures", "sipas_reading"

SURVEYS = (
    ("sipas", "Hài lòng với cơ quan hành chính (SIPAS)"),
    ("health", "Hài lòng với dịch vụ y tế công lập"),
    ("education", "Hài lòng với dịch vụ giáo dục công lập"),
    ("par", "Chỉ số CCHC của xã (PAR Index), do tỉnh công bố"),
)
PARTS = (
    ("part_direction", "Chỉ đạo, điều hành"),
    ("part_institutions", "Thể chế"),
    ("part_procedures", "Thủ tục hành chính"),
    ("part_organisation", "Tổ chức bộ máy"),
    ("part_service", "Chế độ công vụ"),
    ("part_finance", "Tài chính công"),
    ("part_digital", "Chuyển đổi số"),
)
"""The contents of the PAR index that the commune assesses itself; their weights are figures."""
SUBJECTS = (*SURVEYS, *((key, f"Tự chấm PAR Index: {title}") for key, title in PARTS))

PERIOD = Field("period", "period", "Kỳ", required=True)
OFFICE_COUNTS = (
    day("counted_to", "Tính đến ngày"),
    count("documents", "Số văn bản hành chính đã ban hành trong kỳ"),
    count("documents_before", "Số văn bản cùng kỳ năm trước"),
    count("meetings", "Số cuộc họp, hội nghị đã tổ chức trong kỳ"),
    count("meetings_before", "Số cuộc họp, hội nghị cùng kỳ năm trước"),
)

INITIATIVES = Workflow(
    INITIATIVE,
    1,
    "Sáng kiến cải cách hành chính",
    "proposed",
    (
        State("proposed", "Đã đề xuất"),
        State("recognised", "Đã công nhận", final=True),
        State("not_recognised", "Không công nhận", final=True),
    ),
    (
        step(
            "recognise",
            "Công nhận",
            "recognitions",
            "proposed",
            "recognised",
            CHIEFS,
            number("decision", "Số quyết định công nhận"),
            day("decided_on", "Ngày quyết định"),
        ),
        step(
            "turn_down",
            "Không công nhận",
            "rejections",
            "proposed",
            "not_recognised",
            CHIEFS,
            day("decided_on", "Ngày kết luận"),
            REASON,
        ),
    ),
    "Sáng kiến",
    (choice("form", "Hình thức", ("initiative", "Sáng kiến"), ("solution", "Giải pháp mới")),),
    ("coordinator", "unit_head", "officer"),
)

INSPECTIONS = Workflow(
    INSPECTION,
    1,
    "Kiểm tra cải cách hành chính",
    "planned",
    (
        State("planned", "Dự kiến"),
        State("held", "Đã kiểm tra"),
        State("concluded", "Đã kết luận", final=True),
        State("cancelled", "Không kiểm tra", column="", final=True),
    ),
    (
        step(
            "hold",
            "Ghi đã kiểm tra",
            "holdings",
            "planned",
            "held",
            DOERS,
            day("held_on", "Ngày kiểm tra"),
            Field("minutes", "files", "Biên bản"),
        ),
        step(
            "conclude",
            "Kết luận",
            "conclusions",
            "held",
            "concluded",
            (*CHIEFS, "lead_unit"),
            number("conclusion", "Số kết luận kiểm tra"),
            day("concluded_on", "Ngày kết luận"),
            count("findings", "Số tồn tại, hạn chế"),
            Field("files", "files", "Kết luận"),
        ),
        step("cancel", "Không kiểm tra", "cancellations", "planned", "cancelled", CHIEFS, REASON),
    ),
    "Kiểm tra",
    (
        Field("inspected", "unit", "Đơn vị được kiểm tra", required=True),
        choice("form", "Hình thức", ("planned", "Theo kế hoạch"), ("surprise", "Đột xuất")),
        TASK,
    ),
    ("coordinator", "inspector", "leader"),
)

OFFICE_FIGURES = Workflow(
    FIGURES,
    1,
    "Số liệu văn bản, cuộc họp",
    "awaited",
    (
        State("awaited", "Chờ số liệu"),
        State("reported", "Đã báo cáo", final=True),
        State("cancelled", "Đã bỏ", column="", final=True),
    ),
    (
        step("report", "Báo cáo số liệu", "figures", "awaited", "reported", DOERS, *OFFICE_COUNTS),
        step("correct", "Sửa số liệu", "corrections", "reported", None, DOERS, *OFFICE_COUNTS, REASON),
        step("cancel", "Bỏ", "cancellations", "awaited", "cancelled", DOERS, REASON),
    ),
    "Văn bản, họp",
    (PERIOD,),
    ("coordinator", "unit_head", "officer"),
)

READINGS = Workflow(
    READING,
    1,
    "Chỉ số hài lòng và chỉ số cải cách hành chính",
    "awaited",
    (
        State("awaited", "Chờ kết quả"),
        State("published", "Đã công bố", final=True),
        State("cancelled", "Đã bỏ", column="", final=True),
    ),
    (
        step(
            "publish",
            "Ghi kết quả",
            "publications",
            "awaited",
            "published",
            DOERS,
            Field("value", "amount", "Kết quả (%)", required=True, hint="Từ 0 đến 100, như 98,5"),
            day("published_on", "Ngày công bố"),
            Field("source", "line", "Văn bản công bố", required=True),
            Field("rank", "count", "Xếp hạng năm nay", hint="Chỉ ghi với Chỉ số CCHC của xã"),
            Field("rank_before", "count", "Xếp hạng năm trước", hint="Chỉ ghi với Chỉ số CCHC của xã"),
        ),
        step("cancel", "Bỏ", "cancellations", "awaited", "cancelled", DOERS, REASON),
    ),
    "Chỉ số",
    (PERIOD, choice("subject", "Chỉ số", *SUBJECTS)),
    ("coordinator", "officer", "unit_head"),
)

REGISTERS = (INITIATIVES, DIALOGUES, PETITIONS, INSPECTIONS, OFFICE_FIGURES, READINGS)
BY_KIND = {workflow.kind: workflow for workflow in REGISTERS}
