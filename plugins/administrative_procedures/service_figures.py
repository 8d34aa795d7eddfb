"""The register of a period's figures: what is counted, which counts form a share, and how to add them up."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from cchc_flow.hookspecs import Field, Item, Period, Workflow
from cchc_flow.plugin_kit import REASON, lies_within, period_of, total_amount, transition
from cchc_flow.workflow.definition import State

from .registers import WRITERS


class Pair(msgspec.Struct, frozen=True):
    """Two counts that form a share: `done` out of `of`; `less` is a count to be taken off `done`.

    A stock (procedures, valid results) is taken from the newest period; all else is added up over periods.
    """

    key: str
    done: str
    of: str
    is_stock: bool = False
    less: str = ""

    @property
    def counts(self) -> tuple[str, ...]:
        """The names of all its counts."""
        return tuple(filter(None, (self.done, self.of, self.less)))


class PairTotal(msgspec.Struct, frozen=True):
    """The two numbers of a pair over several periods, and the entries behind them."""

    done: Decimal
    of: Decimal
    entries: Sequence[Item]


COUNTS = (
    ("received", "Hồ sơ tiếp nhận"),
    ("online", "– trong đó nộp trực tuyến"),
    ("tracked", "– trong đó theo dõi trạng thái trên hệ thống của tỉnh"),
    ("synced", "– trong đó đồng bộ lên Cổng Dịch vụ công quốc gia"),
    ("shared", "– trong đó được số hóa và kết nối, chia sẻ để dùng lại"),
    ("resident_data", "– trong đó dùng dữ liệu dân cư"),
    ("settled", "Hồ sơ đã giải quyết"),
    ("in_time", "– trong đó đúng hạn và trước hạn"),
    ("with_components", "– trong đó đã số hóa thành phần hồ sơ"),
    ("with_result", "– trong đó có kết quả điện tử"),
    ("digitised", "– trong đó có đủ cả hai (được tính là số hóa)"),
    ("complained", "– trong đó bị phản ánh, kiến nghị hoặc bị đánh giá không hài lòng"),
    ("fee_dossiers", "Hồ sơ có nghĩa vụ tài chính"),
    ("paid_online", "– trong đó thanh toán trực tuyến"),
    ("reusable", "Hồ sơ có dữ liệu số hóa có thể dùng lại"),
    ("reused", "– trong đó đã khai thác, sử dụng lại"),
    ("rated", "Lượt đánh giá của người dân, doanh nghiệp"),
    ("satisfied", "– trong đó hài lòng"),
    ("feedback", "Phản ánh, kiến nghị phải xử lý trong kỳ"),
    ("feedback_in_time", "– trong đó xử lý đúng hạn"),
    ("feedback_satisfied", "– trong đó không quá hạn, không bị đánh giá không hài lòng"),
    ("announced", "Thủ tục được công bố trong kỳ"),
    ("announced_in_time", "– trong đó công bố đúng hạn"),
    ("updated", "Thủ tục phải cập nhật, công khai trong kỳ"),
    ("updated_in_time", "– trong đó công khai đúng hạn"),
    ("procedures", "Thủ tục thuộc thẩm quyền giải quyết"),
    ("one_stop", "– trong đó thực hiện qua một cửa, một cửa liên thông"),
    ("published", "– trong đó được công khai"),
    ("complete", "– trong đó công khai đủ các bộ phận tạo thành"),
    ("online_procedures", "– trong đó cung cấp dịch vụ công trực tuyến"),
    ("services", "Dịch vụ công trực tuyến đang cung cấp"),
    ("services_used", "– trong đó có phát sinh hồ sơ"),
    ("fee_procedures", "Thủ tục có nghĩa vụ tài chính"),
    ("payable", "– trong đó thanh toán được trên Cổng Dịch vụ công quốc gia"),
    ("paid_procedures", "– trong đó có giao dịch thanh toán trực tuyến"),
    ("citizen_procedures", "Thủ tục có đối tượng là người dân"),
    ("resident_procedures", "– trong đó kết nối, chia sẻ dữ liệu dân cư"),
    ("certifiers", "Nơi có thẩm quyền chứng thực bản sao từ bản chính"),
    ("e_certifiers", "– trong đó cung cấp bản sao chứng thực điện tử"),
    ("full_online", "Thủ tục cung cấp dịch vụ công trực tuyến toàn trình"),
    ("restructured", "– trong đó đã tái cấu trúc quy trình, điện tử hóa mẫu đơn"),
    ("valid_results", "Kết quả còn hiệu lực cần số hóa"),
    ("valid_digitised", "– trong đó đã số hóa"),
)
AMOUNTS = (
    ("time_before", "Tổng thời gian giải quyết TTHC kinh doanh năm 2024 (ngày)"),
    ("time_now", "Tổng thời gian giải quyết hiện nay (ngày)"),
    ("cost_before", "Tổng chi phí tuân thủ TTHC kinh doanh năm 2024 (đồng)"),
    ("cost_now", "Tổng chi phí tuân thủ hiện nay (đồng)"),
)
PAIRS = {
    pair.key: pair
    for pair in (
        Pair("online", "online", "received"),
        Pair("tracked", "tracked", "received"),
        Pair("synced", "synced", "received"),
        Pair("in_time", "in_time", "settled"),
        Pair("with_components", "with_components", "settled"),
        Pair("with_result", "with_result", "settled"),
        Pair("digitised", "digitised", "settled"),
        Pair("reused", "reused", "reusable"),
        Pair("satisfied", "satisfied", "rated"),
        Pair("announced", "announced_in_time", "announced"),
        Pair("updated", "updated_in_time", "updated"),
        Pair("paid_online", "paid_online", "fee_dossiers"),
        Pair("feedback_in_time", "feedback_in_time", "feedback"),
        Pair("feedback_satisfied", "feedback_satisfied", "feedback"),
        Pair("undisputed", "in_time", "settled", less="complained"),
        Pair("shared", "shared", "received"),
        Pair("resident_data", "resident_data", "received"),
        Pair("complete", "complete", "published", is_stock=True),
        Pair("online_procedures", "online_procedures", "procedures", is_stock=True),
        Pair("services_used", "services_used", "services", is_stock=True),
        Pair("payable", "payable", "fee_procedures", is_stock=True),
        Pair("paid_procedures", "paid_procedures", "fee_procedures", is_stock=True),
        Pair("resident_procedures", "resident_procedures", "citizen_procedures", is_stock=True),
        Pair("certified", "e_certifiers", "certifiers", is_stock=True),
        Pair("one_stop", "one_stop", "procedures", is_stock=True),
        Pair("published", "published", "procedures", is_stock=True),
        Pair("restructured", "restructured", "full_online", is_stock=True),
        Pair("valid_digitised", "valid_digitised", "valid_results", is_stock=True),
    )
}
TIME = Pair("time", "time_now", "time_before", is_stock=True)
COST = Pair("cost", "cost_now", "cost_before", is_stock=True)

SERVICE_FIGURES = Workflow(
    kind="service_figures",
    version=2,
    title="Số liệu giải quyết TTHC",
    initial="recorded",
    states=(
        State("recorded", "Đã ghi"),
        State("confirmed", "Đã xác nhận", final=True),
        State("dropped", "Đã bỏ", column="", final=True),
    ),
    transitions=(
        transition(
            "confirm",
            "Xác nhận số liệu",
            "confirmations",
            from_=("recorded",),
            to="confirmed",
            by=("coordinator", "lead_head"),
        ),
        transition(
            "drop", "Bỏ để ghi lại", "droppings", REASON, from_=("recorded", "confirmed"), to="dropped"
        ),
    ),
    short="Số liệu TTHC",
    asks=(
        Field("period", "period", "Kỳ", required=True),
        *(Field(name, "amount", title) for name, title in (*COUNTS, *AMOUNTS)),
    ),
    openers=WRITERS,
)


def figures_within(entries: Sequence[Item], period: Period) -> list[Item]:
    """Return the entries of figures whose own period lies wholly in a period."""
    return [entry for entry in entries if lies_within(period_of(entry), period)]


def add_up(entries: Sequence[Item], pair: Pair) -> PairTotal:
    """Return the totals of a pair over the entries that give all its counts; of a stock, the newest one's."""
    complete = [entry for entry in entries if all(entry.fields.get(name) for name in pair.counts)]
    complete.sort(key=lambda entry: period_of(entry).end)
    if pair.is_stock:
        complete = complete[-1:]
    done, of = (total_amount(complete, name) for name in (pair.done, pair.of))
    less = total_amount(complete, pair.less) if pair.less else 0
    return PairTotal(max(Decimal(), done - less), of, complete)
