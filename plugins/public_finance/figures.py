"""The numbers that the rules and measures rest on, and the rules in plain words."""

from functools import partial

from cchc_flow.hookspecs import Figure, Rule
from cchc_flow.plugin_kit import OF_THE_PLAN, percent_figure

PAYMENT_SOURCE = "Luật Đầu tư công: vốn của một năm được thanh toán đến hết 31/01 năm sau"
_aim = partial(percent_figure, source=OF_THE_PLAN, checked=False)
FIGURES = (
    _aim("disbursement", "Tỷ lệ giải ngân vốn đầu tư công tối thiểu", "95"),
    Figure(
        "revenue_growth",
        "Mức tăng thu ngân sách tối thiểu",
        "10",
        "%",
        OF_THE_PLAN,
        high="1000",
        checked=False,
    ),
    _aim("recommendations", "Tỷ lệ kiến nghị phải thực hiện xong", "100"),
    Figure(
        "payment_days",
        "Thời gian còn được thanh toán vốn sau ngày 31/12 của năm kế hoạch",
        "31",
        "ngày",
        PAYMENT_SOURCE,
        high="366",
        whole=True,
        checked=False,
    ),
)
RULES = (
    Rule("code", "Mỗi dự án ghi một lần cho mỗi năm kế hoạch vốn, theo mã dự án."),
    Rule("whole", "Số tiền ghi bằng đồng, không có số lẻ."),
    Rule("day", "Ngày quyết định, thanh toán, đối chiếu, thực hiện không ở sau ngày ghi."),
    Rule("planned", "Vốn được giao phải lớn hơn 0 và không thấp hơn số đã giải ngân."),
    Rule("year", "Năm kế hoạch vốn là một năm, không phải một quý hay một tháng."),
    Rule(
        "payment_year",
        "Vốn của một năm được thanh toán từ 01/01 năm đó đến hết 31/01 năm sau; chứng từ ghi ngày ngoài"
        " khoảng ấy thì cảnh báo. Thanh toán trong tháng 01 vẫn tính cho năm kế hoạch.",
        source=PAYMENT_SOURCE,
        checked=False,
        figures=("payment_days",),
    ),
    Rule("running", "Lũy kế ghi theo Kho bạc phải đúng bằng lũy kế trước đó cộng hoặc trừ số tiền lần này."),
    Rule("within", "Lũy kế giải ngân không vượt kế hoạch vốn được giao."),
    Rule("unspent", "Kết thúc giải ngân khi chưa hết vốn thì phải nêu lý do."),
    Rule("period", "Thu ngân sách của một khoảng thời gian chỉ ghi một lần, và chỉ khi kỳ đã bắt đầu."),
    Rule("confirmed", "Chỉ ghi số đã đối chiếu khi kỳ thu đã hết."),
    Rule("number", "Mỗi kiến nghị ghi một lần theo số kiến nghị và số văn bản kết luận."),
    Rule("done", "Số tiền đã thực hiện không vượt số tiền kiến nghị."),
    Rule(
        "proved",
        "Kiến nghị chỉ kết thúc khi số tiền đã thực hiện bằng số tiền kiến nghị và có tệp minh chứng.",
    ),
    Rule("area", "Nhiệm vụ ghi ở các sổ này phải thuộc lĩnh vực tài chính công."),
    Rule("unfinished", "Nhiệm vụ chưa được đóng khi dự án, số thu hay kiến nghị ghi cho nó chưa xong."),
)
