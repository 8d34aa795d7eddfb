"""The forms of the settings, as data: pages draw them, and `parsing` reads what was filled in."""

from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.settings.form_parts import (
    Field,
    Form,
    Table,
    day_of_month_field,
    number_field,
    yes_field,
)

_PERCENT, _POINTS = (0, 100), (0, 100)

FORMS: dict[str, Form] = {
    "calendar": Form(
        table=Table(
            name="days",
            key="day",
            most=400,
            fields=(
                Field(name="day", kind="day", title="Ngày"),
                yes_field("working", "Ngày đó", ("Làm việc (làm bù)", "Nghỉ")),
                Field(name="name", kind="words", title="Tên, lý do"),
            ),
        )
    ),
    "deadlines": Form(
        (
            yes_field(
                "roll",
                "Hạn rơi vào ngày nghỉ",
                ("Chuyển sang ngày làm việc tiếp theo", "Giữ nguyên ngày đó"),
            ),
            yes_field(
                "before_is_exclusive",
                "«Trước ngày 25/01» nghĩa là",
                ("Chậm nhất hết ngày 24/01", "Chậm nhất hết ngày 25/01"),
                "Áp dụng khi nhập kế hoạch.",
            ),
            number_field("soon", "Sắp đến hạn khi còn", (0, 60), "ngày"),
        )
    ),
    "reminders": Form(
        (
            number_field(
                "every", "Qua mốc cuối cùng thì nhắc lại mỗi", (0, 365), "ngày", "Ghi 0: không nhắc nữa."
            ),
            Field(name="then", kind="roles", title="Khi đó nhắc", may_be_empty=True),
        ),
        Table(
            name="stages",
            key="days",
            most=30,
            fields=(
                number_field("days", "Số ngày", (0, 365), ""),
                Field(
                    name="before",
                    kind="yes",
                    title="Trước hay sau hạn",
                    says=("Trước hạn", "Sau hạn"),
                    default=True,
                ),
                Field(name="to", kind="roles", title="Nhắc ai"),
            ),
        ),
    ),
    "grading": Form(
        (
            yes_field(
                "by_decree",
                "Cách tính điểm kết quả",
                (
                    "Tối đa 70 điểm, theo Nghị định 335/2025/NĐ-CP",
                    "Cách tính trước đây của phần mềm, tối đa 100 điểm",
                ),
                "Kỳ đã qua vẫn giữ cách tính có hiệu lực khi kỳ kết thúc.",
            ),
            number_field("quantity", "Tỷ trọng số lượng", _PERCENT, "phần"),
            number_field("quality", "Tỷ trọng chất lượng", _PERCENT, "phần"),
            number_field(
                "progress",
                "Tỷ trọng tiến độ",
                _PERCENT,
                "phần",
                "Ba phần bằng nhau: chưa đối chiếu. Theo cách tính trước đây, ba số cộng lại bằng 100.",
            ),
            number_field(
                "leading",
                "Tỷ trọng mỗi tiêu chí lãnh đạo, quản lý",
                _PERCENT,
                "phần",
                "Ba tiêu chí chỉ tính với người giữ chức vụ lãnh đạo, quản lý; chưa đối chiếu với văn bản.",
            ),
            number_field(
                "loss", "Mỗi lần chưa đạt chất lượng hoặc chậm tiến độ trừ", _PERCENT, "% điểm của sản phẩm"
            ),
            number_field("excellent", "Hoàn thành xuất sắc từ", _POINTS, "điểm"),
            number_field("good", "Hoàn thành tốt từ", _POINTS, "điểm"),
            number_field(
                "done",
                "Hoàn thành từ",
                _POINTS,
                "điểm",
                "Ba mức này là của trang «Chấm điểm»; sổ xếp loại theo số liệu của lĩnh vực công vụ.",
            ),
            number_field("unit_failed", "Đơn vị không hoàn thành khi xong dưới", _PERCENT, "% nhiệm vụ"),
            number_field(
                "unit_late",
                "Đơn vị hoàn thành khi chậm không quá",
                _PERCENT,
                "% nhiệm vụ",
                "Đơn vị sự nghiệp công lập: Nghị định 233/2026/NĐ-CP. Hai số này là của trang «Chấm điểm»; sổ"
                " «Xếp loại đơn vị» theo số liệu của lĩnh vực công vụ.",
            ),
        )
    ),
    "reporting": Form(
        (
            day_of_month_field("monthly_day", "Đơn vị báo cáo tháng vào", "hằng tháng"),
            day_of_month_field("period_day", "Đơn vị báo cáo kỳ vào", "của tháng cuối kỳ"),
            day_of_month_field("commune_monthly_day", "Xã báo cáo tháng vào", "hằng tháng"),
            day_of_month_field("commune_period_day", "Xã báo cáo kỳ vào", "của tháng cuối kỳ"),
            yes_field(
                "all_months",
                "Tháng cuối quý",
                ("Nộp cả báo cáo tháng và báo cáo kỳ", "Báo cáo kỳ thay báo cáo tháng"),
            ),
            yes_field(
                "nine_months",
                "Báo cáo kỳ của tháng 9",
                ("9 tháng", "Quý III"),
                "Bộ Nội vụ lấy kỳ quý III (15/6 đến 14/9); chọn 9 tháng nếu tỉnh yêu cầu.",
            ),
            day_of_month_field(
                "window_from",
                "Số liệu của kỳ tính từ",
                "của tháng trước kỳ",
                "Ngày 15: số liệu tháng 3 từ 15/02 đến 14/03.",
            ),
            Field(
                name="units",
                kind="units",
                title="Đơn vị phải báo cáo",
                hint="Không chọn đơn vị nào: mọi đơn vị đang hoạt động.",
                may_be_empty=True,
            ),
        )
    ),
    "documents": Form(
        (
            yes_field(
                "by_clerk",
                "Ai cấp số văn bản",
                ("Văn thư cấp; ở đây ghi lại số đó", "Hệ thống cấp số kế tiếp"),
                "Mỗi năm một dãy số chung của cơ quan. Chọn văn thư nếu dãy số còn có văn bản không lập ở"
                " đây.",
            ),
            number_field(
                "first_number",
                "Hệ thống cấp từ số",
                (1, 99_999),
                "",
                "Ghi số kế tiếp nếu trong năm đã có văn bản lấy số trên giấy.",
            ),
            Field(
                name="first_year",
                kind="number",
                title="Số bắt đầu đó là của năm",
                bounds=(2000, 2100),
                format="{}",
                hint="Các năm khác bắt đầu từ số 01.",
            ),
            Field(name="report_symbol", kind="words", title="Ký hiệu báo cáo"),
            Field(name="letter_symbol", kind="words", title="Ký hiệu công văn"),
            Field(
                name="superior",
                kind="words",
                title="Cơ quan chủ quản",
                hint="In trên tên cơ quan ban hành; UBND cấp xã để trống.",
                may_be_empty=True,
            ),
            Field(name="addressees", kind="lines", title="Kính gửi", hint="Mỗi nơi một dòng."),
            Field(
                name="recipients",
                kind="lines",
                title="Nơi nhận",
                hint="Mỗi nơi một dòng; dòng cuối là nơi lưu.",
            ),
            Field(
                name="signer_lines",
                kind="lines",
                title="Chức vụ người ký",
                hint="Mỗi dòng in thành một dòng, như «TM. Ủy ban nhân dân», «Chủ tịch». Để trống: theo danh"
                " bạ.",
                may_be_empty=True,
            ),
            Field(
                name="signer",
                kind="words",
                title="Họ và tên người ký",
                hint="Không ghi học hàm, học vị. Để trống: lãnh đạo UBND trong danh bạ.",
                may_be_empty=True,
            ),
        )
    ),
    "witnesses": Form(
        (
            number_field("needed", "Cần ít nhất", (0, 10), "bên chứng kiến"),
            number_field(
                "days",
                "Mỗi bên phải chứng kiến trong vòng",
                (1, 365),
                "ngày",
                "Lâu hơn thì trang Dấu niêm phong và lệnh doctor cảnh báo.",
            ),
        ),
        Table(
            name="witnesses",
            key="key",
            most=10,
            fields=(
                Field(name="key", kind="words", title="Khóa của bên chứng kiến"),
                Field(
                    name="address",
                    kind="words",
                    title="Địa chỉ (để trống: mang tệp đến)",
                    may_be_empty=True,
                ),
            ),
        ),
    ),
    "reads": Form(
        (
            number_field(
                "keep_months", "Giữ sổ của mỗi tháng thêm", (6, 240), "tháng", "Hết hạn thì sổ tự xóa."
            ),
        )
    ),
    "review": Form(
        (
            yes_field(
                "coordinator_closes",
                "Ai xác nhận hoàn thành",
                ("Lãnh đạo UBND hoặc đầu mối CCHC", "Chỉ lãnh đạo UBND"),
            ),
        )
    ),
}


def to_form_row(table: Table, row: JsonObject) -> JsonObject:
    """Return a stored row as the form shows it: days after the due day are positive, with `before` false."""
    if table.name != "stages" or "before" in row or not isinstance(row.get("days"), int):
        return row
    return row | {"days": abs(row["days"]), "before": row["days"] >= 0}
