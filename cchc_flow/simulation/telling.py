"""What the units of the simulated year tell in their reports: figures, words, and that nothing arose.

It draws lots of its own, by unit and period, so that the rest of the year is as it would be without.
"""

import random
from collections.abc import Iterator, Mapping, Sequence

from cchc_flow.simulation.cast import CULTURE, DEPARTMENTS, ECONOMY, OFFICE, SERVICE, UNITS
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.periods import Period, parse
from cchc_flow.workflow.report_outline import DIFFICULTIES, PROPOSALS
from cchc_flow.workflow.unit_report import NOTHING, WORDS

MONTHLY_DOCUMENTS = {OFFICE: 24, CULTURE: 18, SERVICE: 12, ECONOMY: 16}
FEW_DOCUMENTS = 5
MONTHLY = {"documents": FEW_DOCUMENTS, "meetings": 3}
FORMERLY = 1.16
"""Where there are 100 documents this year there were 116 in the year before: the commune saves some 14 %."""
OWN_AREAS: Mapping[str, tuple[str, ...]] = {
    OFFICE: ("1", "7"),
    CULTURE: ("3", "4", "7"),
    SERVICE: ("2", "6"),
    ECONOMY: ("2", "5"),
}
"""The areas of the sample plan about which a department has most to say."""
RESULTS: Mapping[str, tuple[str, ...]] = {
    "1": (
        "Đã tự kiểm tra {n} văn bản ban hành trong kỳ; nội dung, thể thức bảo đảm đúng quy định.",
        "Đã rà soát văn bản quy phạm pháp luật do xã ban hành, không có văn bản phải xử lý.",
        "Đã lấy ý kiến của {n} thôn, buôn về dự thảo nghị quyết của Hội đồng nhân dân xã.",
        "Đã đăng tải đầy đủ văn bản của xã lên Trang thông tin điện tử trong 3 ngày từ ngày ký.",
        "Đã phổ biến {n} văn bản pháp luật mới đến cán bộ, công chức và người dân.",
    ),
    "2": (
        "Thủ tục hành chính được niêm yết công khai đầy đủ; hồ sơ chậm đều có phiếu hẹn lại.",
        "Đã hướng dẫn {n} lượt người dân nộp hồ sơ trực tuyến tại các thôn, buôn.",
        "Đã cập nhật {n} thủ tục mới công bố vào bảng niêm yết và mã QR tại bộ phận một cửa.",
        "Đã trả lời {n} phản ánh, kiến nghị của người dân, không có phản ánh quá hạn.",
        "Đã số hóa thành phần và kết quả của {n} hồ sơ tiếp nhận trong kỳ.",
    ),
    "3": (
        "Đã rà soát chức năng, nhiệm vụ của các đơn vị sự nghiệp; đang hoàn thiện đề án vị trí việc làm.",
        "Đã trình phương án tự chủ tài chính của {n} đơn vị sự nghiệp.",
        "Đã kiểm tra việc thực hiện quy chế làm việc tại {n} đơn vị thuộc xã.",
    ),
    "4": (
        "Đã cử {n} công chức dự các lớp bồi dưỡng theo kế hoạch; không có công chức vi phạm kỷ luật.",
        "Đã nhắc nhở việc chấp hành giờ giấc làm việc sau kiểm tra đột xuất.",
        "Đã hoàn thành đánh giá công chức trong kỳ; kết quả được công khai tại đơn vị.",
        "Đã rà soát {n} vị trí đến thời hạn chuyển đổi công tác.",
    ),
    "5": (
        "Tiến độ giải ngân vốn đầu tư công bám sát kế hoạch; đang quyết toán {n} công trình.",
        "Thu ngân sách trên địa bàn đạt khá; đã đôn đốc {n} hộ kinh doanh còn nợ.",
        "Đã thực hiện kiến nghị của kiểm toán đúng thời hạn; hồ sơ lưu tại Phòng Kinh tế.",
        "Đã nghiệm thu {n} hạng mục; hồ sơ thanh toán gửi Kho bạc đúng hạn.",
    ),
    "6": (
        "Văn bản đi, đến được xử lý trên môi trường mạng và ký số, trừ văn bản mật.",
        "Tổ công nghệ số cộng đồng đã hỗ trợ {n} lượt người dân cài đặt ứng dụng định danh.",
        "Đã kiểm tra an toàn thông tin của {n} máy tính tại bộ phận một cửa.",
        "Đã tập huấn sử dụng chữ ký số cho {n} công chức.",
    ),
    "7": (
        "Đã quán triệt nội dung cải cách hành chính trong các cuộc giao ban của đơn vị.",
        "Đã phân công người theo dõi từng nhiệm vụ, kiểm điểm tiến độ hằng tuần.",
        "Đã tuyên truyền cải cách hành chính trên hệ thống truyền thanh {n} lượt.",
        "Đã ban hành {n} văn bản đôn đốc các đơn vị thực hiện nhiệm vụ.",
        "Đã khảo sát mức độ hài lòng của {n} người dân đến giao dịch.",
    ),
}
OF_OTHERS = (
    "Đã sinh hoạt chuyên đề về cải cách hành chính với {n} lượt người tham gia.",
    "Đã vận động {n} hội viên cài đặt ứng dụng định danh điện tử.",
    "Đã giới thiệu một giải pháp rút ngắn thời gian xử lý công việc của đơn vị.",
    "Đã niêm yết số điện thoại, hòm thư tiếp nhận phản ánh tại trụ sở.",
    "Hồ sơ, học bạ, sổ sách của đơn vị đã chuyển sang bản điện tử được {n} loại.",
    "Đã phối hợp với Phòng Văn hóa - Xã hội tổ chức {n} buổi tuyên truyền.",
    "Đã giảm {n} loại báo cáo giấy gửi trong nội bộ đơn vị.",
    "Đã cử người hướng dẫn người dân khai hồ sơ trực tuyến vào sáng thứ Hai hằng tuần.",
    "Đã rà soát, bỏ {n} giấy tờ không cần thiết khi giải quyết công việc.",
    "Đã lồng ghép nội dung cải cách hành chính vào kế hoạch công tác quý.",
    "Đã tổ chức lấy ý kiến của {n} người về thái độ phục vụ.",
)
"""What units other than the departments tell, of direction."""
OBSTACLES = (
    "Một số nhiệm vụ phải chờ hướng dẫn của cấp trên nên chưa triển khai được.",
    "Kinh phí cho tuyên truyền còn hạn chế, chủ yếu lồng ghép với hoạt động khác.",
    "Đường truyền mạng ở hai buôn chưa ổn định nên nộp hồ sơ trực tuyến còn chậm.",
    "Công chức kiêm nhiệm nhiều việc, việc cập nhật sổ theo dõi đôi lúc chưa kịp thời.",
    "Người dân chưa quen với dịch vụ công trực tuyến, nhất là người lớn tuổi.",
)
REQUESTS = (
    "Đề nghị cấp trên sớm có hướng dẫn thống nhất về mẫu báo cáo.",
    "Đề nghị hỗ trợ kinh phí nâng cấp đường truyền cho các buôn ở xa.",
    "Đề nghị tập huấn kỹ năng số cho công chức mới.",
    "Đề nghị bố trí thêm máy quét tại bộ phận một cửa.",
)
REMARKS = {
    "documents": "Đề nghị đối chiếu lại với sổ văn bản đi.",
    DIFFICULTIES: "Nêu rõ nguyên nhân và hướng khắc phục.",
}


def report_form(seed: str, item: str, unit: str) -> JsonObject:
    """Return what somebody of a unit types into the form of a report."""
    lots = random.Random(f"{seed}{item}/told")  # noqa: S311  # nosec B311  # a simulation, no secret
    if unit not in DEPARTMENTS and lots.random() < 0.06:
        return {NOTHING: "1"}
    period = parse(item.rsplit(":", 1)[1])
    counts = _MonthlyCounts(seed, unit)
    form: JsonObject = {}
    for name in MONTHLY:
        form[name] = str(counts.between(name, period.first, period.last))
        form[f"{name}_before"] = str(round(counts.between(name, 1, period.last) * FORMERLY))
    form |= {f"{WORDS}{area}": words for area, words in _results(lots, unit, period)}
    if unit in DEPARTMENTS and lots.random() < 0.3:
        form[WORDS + DIFFICULTIES] = lots.choice(OBSTACLES)
    if unit in DEPARTMENTS and lots.random() < 0.2:
        form[WORDS + PROPOSALS] = lots.choice(REQUESTS)
    return form


def _results(lots: random.Random, unit: str, period: Period) -> Iterator[tuple[str, str]]:
    """Yield the areas of which a unit tells, and its words: other ones than in its last report.

    Departments tell of one of their areas each month, of all of them where the period is longer; the others
    tell of direction, mostly where the period is longer.
    """
    is_long, place = period.last > period.first, UNITS.index(unit)
    areas = OWN_AREAS.get(unit)
    if areas is None:
        if is_long or lots.random() < 0.2:
            yield "7", _sentence(lots, OF_OTHERS, place + period.last // 3)
        return
    for area in areas if is_long else (areas[period.last % len(areas)],):
        yield area, _sentence(lots, RESULTS[area], place + period.last)


def _sentence(lots: random.Random, variants: Sequence[str], number: int) -> str:
    return variants[number % len(variants)].format(n=lots.randint(3, 40))


def remarks_on(form: JsonObject) -> dict[str, str]:
    """Return what a reviewer remarks on the sections of a report that comes back."""
    told = {name.removeprefix(WORDS) for name in form}
    return {key: remark for key, remark in REMARKS.items() if key in told}


class _MonthlyCounts:
    """How many documents and meetings a unit has in each month, so that periods are the sums of months."""

    def __init__(self, seed: str, unit: str) -> None:
        lots = random.Random(f"{seed}{unit}/months")  # noqa: S311  # nosec B311  # a simulation, no secret
        usual = {"documents": MONTHLY_DOCUMENTS.get(unit, FEW_DOCUMENTS), "meetings": MONTHLY["meetings"]}
        self._months = {
            name: [max(1, number + lots.randint(-number // 6, number // 6)) for _ in range(12)]
            for name, number in usual.items()
        }

    def between(self, name: str, first: int, last: int) -> int:
        """Return the sum of the months from `first` to `last`."""
        return sum(self._months[name][first - 1 : last])
