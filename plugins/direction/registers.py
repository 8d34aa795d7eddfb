"""The registers of the area: initiatives, inspections, figures of the offices, readings of the indices."""

from cchc_flow.hookspecs import Field, Workflow
from cchc_flow.plugin_kit import DECIDERS, OPENERS, REASON, choice_field, count_field, day_field, transition
from cchc_flow.workflow.definition import State

from .form_fields import TASK, document_number_field
from .talks import DIALOGUE_REGISTER, PETITION_REGISTER

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
    day_field("counted_to", "Tính đến ngày"),
    count_field("documents", "Số văn bản hành chính đã ban hành trong kỳ"),
    count_field("documents_before", "Số văn bản cùng kỳ năm trước"),
    count_field("meetings", "Số cuộc họp, hội nghị đã tổ chức trong kỳ"),
    count_field("meetings_before", "Số cuộc họp, hội nghị cùng kỳ năm trước"),
)

INITIATIVE_REGISTER = Workflow(
    kind=INITIATIVE,
    version=1,
    title="Sáng kiến cải cách hành chính",
    short="Sáng kiến",
    initial="proposed",
    states=(
        State("proposed", "Đã đề xuất"),
        State("recognised", "Đã công nhận", final=True),
        State("not_recognised", "Không công nhận", final=True),
    ),
    transitions=(
        transition(
            "recognise", "Công nhận", "recognitions",
            document_number_field("decision", "Số quyết định công nhận"),
            day_field("decided_on", "Ngày quyết định"),
            from_=("proposed",), to="recognised", by=DECIDERS,
        ),
        transition(
            "turn_down", "Không công nhận", "rejections",
            day_field("decided_on", "Ngày kết luận"),
            REASON,
            from_=("proposed",), to="not_recognised", by=DECIDERS,
        ),
    ),
    asks=(choice_field("form", "Hình thức", ("initiative", "Sáng kiến"), ("solution", "Giải pháp mới")),),
    openers=OPENERS,
)  # fmt: skip

INSPECTION_REGISTER = Workflow(
    kind=INSPECTION,
    version=1,
    title="Kiểm tra cải cách hành chính",
    short="Kiểm tra",
    initial="planned",
    states=(
        State("planned", "Dự kiến"),
        State("held", "Đã kiểm tra"),
        State("concluded", "Đã kết luận", final=True),
        State("cancelled", "Không kiểm tra", column="", final=True),
    ),
    transitions=(
        transition(
            "hold", "Ghi đã kiểm tra", "holdings",
            day_field("held_on", "Ngày kiểm tra"),
            Field("minutes", "files", "Biên bản"),
            from_=("planned",), to="held",
        ),
        transition(
            "conclude", "Kết luận", "conclusions",
            document_number_field("conclusion", "Số kết luận kiểm tra"),
            day_field("concluded_on", "Ngày kết luận"),
            count_field("findings", "Số tồn tại, hạn chế"),
            Field("files", "files", "Kết luận"),
            from_=("held",), to="concluded", by=(*DECIDERS, "lead_unit"),
        ),
        transition(
            "cancel", "Không kiểm tra", "cancellations", REASON,
            from_=("planned",), to="cancelled", by=DECIDERS,
        ),
    ),
    asks=(
        Field("inspected", "unit", "Đơn vị được kiểm tra", required=True),
        choice_field("form", "Hình thức", ("planned", "Theo kế hoạch"), ("surprise", "Đột xuất")),
        TASK,
    ),
    openers=("coordinator", "inspector", "leader"),
)  # fmt: skip

OFFICE_REGISTER = Workflow(
    kind=FIGURES,
    version=1,
    title="Số liệu văn bản, cuộc họp",
    short="Văn bản, họp",
    initial="awaited",
    states=(
        State("awaited", "Chờ số liệu"),
        State("reported", "Đã báo cáo", final=True),
        State("cancelled", "Đã bỏ", column="", final=True),
    ),
    transitions=(
        transition("report", "Báo cáo số liệu", "figures", *OFFICE_COUNTS, from_=("awaited",), to="reported"),
        transition(
            "correct", "Sửa số liệu", "corrections", *OFFICE_COUNTS, REASON, from_=("reported",), to=None
        ),
        transition("cancel", "Bỏ", "cancellations", REASON, from_=("awaited",), to="cancelled"),
    ),
    asks=(PERIOD,),
    openers=OPENERS,
)

READING_REGISTER = Workflow(
    kind=READING,
    version=1,
    title="Chỉ số hài lòng và chỉ số cải cách hành chính",
    short="Chỉ số",
    initial="awaited",
    states=(
        State("awaited", "Chờ kết quả"),
        State("published", "Đã công bố", final=True),
        State("cancelled", "Đã bỏ", column="", final=True),
    ),
    transitions=(
        transition(
            "publish", "Ghi kết quả", "publications",
            Field("value", "amount", "Kết quả (%)", required=True, hint="Từ 0 đến 100, như 98,5"),
            day_field("published_on", "Ngày công bố"),
            Field("source", "line", "Văn bản công bố", required=True),
            Field("rank", "count", "Xếp hạng năm nay", hint="Chỉ ghi với Chỉ số CCHC của xã"),
            Field("rank_before", "count", "Xếp hạng năm trước", hint="Chỉ ghi với Chỉ số CCHC của xã"),
            from_=("awaited",), to="published",
        ),
        transition("cancel", "Bỏ", "cancellations", REASON, from_=("awaited",), to="cancelled"),
    ),
    asks=(PERIOD, choice_field("subject", "Chỉ số", *SUBJECTS)),
    openers=("coordinator", "officer", "unit_head"),
)  # fmt: skip

REGISTERS = (
    INITIATIVE_REGISTER,
    DIALOGUE_REGISTER,
    PETITION_REGISTER,
    INSPECTION_REGISTER,
    OFFICE_REGISTER,
    READING_REGISTER,
)
