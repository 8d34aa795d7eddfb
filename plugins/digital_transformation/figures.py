"""The numbers that the measures are held against, and the rules in plain words."""

from functools import partial

from cchc_flow.hookspecs import Rule
from cchc_flow.plugin_kit import OF_THE_PLAN, percent_figure

SET_BY_COMMUNE = "Do xã quyết định"
_aim = partial(percent_figure, source=OF_THE_PLAN, checked=False)
_own = partial(percent_figure, source=SET_BY_COMMUNE, checked=False)
FIGURES = (
    _aim("signed", "Tỷ lệ văn bản điện tử có chữ ký số, trừ văn bản mật", "100"),
    _aim("mobile", "Tỷ lệ dịch vụ công toàn trình dùng được trên nhiều phương tiện", "100"),
    _aim("identified", "Tỷ lệ người dùng dịch vụ công được định danh, xác thực điện tử", "100"),
    _aim("plan", "Tỷ lệ nhiệm vụ Kế hoạch chuyển đổi số hoàn thành", "100"),
    _aim("reports", "Tỷ lệ báo cáo trên hệ thống điện tử đúng hạn", "100"),
    _own("accounts", "Tỷ lệ người có tài khoản", "100"),
    _own("certificates", "Tỷ lệ người có chứng thư số", "100"),
)
RULES = (
    Rule(
        "online",
        "Dịch vụ công trực tuyến được cung cấp theo Nghị định 224/2026/NĐ-CP, thay Nghị định 42/2022/NĐ-CP.",
        source="Nghị định 224/2026/NĐ-CP",
        checked=True,
    ),
    Rule("month", "Số liệu hằng tháng ghi theo từng tháng, khi kỳ số liệu đã bắt đầu."),
    Rule("once", "Mỗi đơn vị ghi số liệu của một tháng một lần, và theo dõi tài khoản ở một mục."),
    Rule("whole", "Số văn bản, dịch vụ, người dùng là số nguyên."),
    Rule("secret", "Văn bản mật không vượt tổng số; văn bản ký số không vượt số văn bản không mật."),
    Rule("part", "Phần «trong đó» không vượt tổng của nó."),
    Rule("over", "Chỉ chốt số liệu của tháng khi kỳ số liệu đã hết."),
    Rule("number", "Mỗi nhiệm vụ của kế hoạch chuyển đổi số ghi một lần cho mỗi năm."),
    Rule("proved", "Nhiệm vụ số chỉ hoàn thành khi có tệp minh chứng sản phẩm."),
    Rule("day", "Ngày hoàn thành, gửi, quyết định, tính đến không ở sau ngày ghi."),
    Rule("complete", "Chỉ xác nhận đã cấp đủ khi mọi người thuộc diện đều có tài khoản và chứng thư số."),
    Rule("due", "Báo cáo trên hệ thống phải có hạn gửi."),
    Rule("late", "Báo cáo gửi sau hạn thì phải nêu lý do, và tính là trễ hạn."),
    Rule("area", "Nhiệm vụ ghi ở các sổ này phải thuộc lĩnh vực chuyển đổi số."),
    Rule(
        "unfinished",
        "Nhiệm vụ chưa được đóng khi nhiệm vụ số, báo cáo hay việc cấp chứng thư số ghi cho nó chưa xong.",
    ),
)
