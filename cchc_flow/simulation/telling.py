"""What the units of the simulated year tell in their reports: figures, words, and that nothing arose.

It draws lots of its own, by unit and period, so that the rest of the year is as it would be without.
"""

import random
from collections.abc import Mapping

from cchc_flow.simulation.cast import ASSOCIATIONS, CULTURE, DEPARTMENTS, ECONOMY, OFFICE, SERVICE
from cchc_flow.workflow.events import JsonObject
from cchc_flow.workflow.periods import parse
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
"""The areas of the sample plan about which a department has most to say; all others tell of the seventh."""
RESULTS: Mapping[str, tuple[str, ...]] = {
    "1": (
        "Đã rà soát văn bản quy phạm pháp luật do xã ban hành, không có văn bản phải xử lý.",
        "Đã tự kiểm tra các văn bản ban hành trong kỳ; nội dung, thể thức bảo đảm đúng quy định.",
    ),
    "2": (
        "Thủ tục hành chính được niêm yết công khai đầy đủ; hồ sơ chậm đều có phiếu hẹn lại.",
        "Đã hướng dẫn người dân nộp hồ sơ trực tuyến tại 4 thôn, buôn.",
    ),
    "3": ("Đã rà soát chức năng, nhiệm vụ của các đơn vị sự nghiệp; đang hoàn thiện đề án vị trí việc làm.",),
    "4": (
        "Đã cử công chức dự các lớp bồi dưỡng theo kế hoạch; không có công chức vi phạm kỷ luật.",
        "Đã nhắc nhở việc chấp hành giờ giấc làm việc sau kiểm tra đột xuất.",
    ),
    "5": (
        "Tiến độ giải ngân vốn đầu tư công bám sát kế hoạch; đang quyết toán hai công trình.",
        "Thu ngân sách trên địa bàn đạt khá; đã đôn đốc các hộ kinh doanh còn nợ.",
    ),
    "6": (
        "Văn bản đi, đến được xử lý trên môi trường mạng và ký số, trừ văn bản mật.",
        "Tổ công nghệ số cộng đồng đã hỗ trợ 60 lượt người dân cài đặt ứng dụng định danh.",
    ),
    "7": (
        "Đã quán triệt nội dung cải cách hành chính trong các cuộc giao ban của đơn vị.",
        "Đã phổ biến kế hoạch đến toàn thể công chức, viên chức; phân công người theo dõi từng nhiệm vụ.",
    ),
}
OBSTACLES = (
    "Đường truyền mạng ở hai buôn chưa ổn định nên nộp hồ sơ trực tuyến còn chậm.",
    "Công chức kiêm nhiệm nhiều việc, việc cập nhật sổ theo dõi đôi lúc chưa kịp thời.",
    "Người dân chưa quen với dịch vụ công trực tuyến, nhất là người lớn tuổi.",
)
REQUESTS = (
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
    areas = OWN_AREAS.get(unit, ("7",))
    chosen = areas if period.last > period.first else (lots.choice(areas),)
    form |= {f"{WORDS}{area}": lots.choice(RESULTS[area]) for area in chosen}
    if unit not in ASSOCIATIONS and lots.random() < 0.25:
        form[WORDS + DIFFICULTIES] = lots.choice(OBSTACLES)
    if unit in DEPARTMENTS and lots.random() < 0.2:
        form[WORDS + PROPOSALS] = lots.choice(REQUESTS)
    return form


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
