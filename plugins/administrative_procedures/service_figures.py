"""The register of a period's figures: what is counted, which counts form a share, and how to add them up."""

from collections.abc import Sequence
from decimal import Decimal

import msgspec

from cchc_flow.hookspecs import Field, Item, Period, Workflow
from cchc_flow.plugin_kit import REASON, lies_within, period_of, total_amount, transition
from cchc_flow.workflow.definition import State

from .registers import WRITERS


class Pair(msgspec.Struct, frozen=True):
    """Two counts that form a share: `done` out of `of`.

    A stock (procedures, valid results) is taken from the newest period; all else is added up over periods.
    """

    key: str
    done: str
    of: str
    is_stock: bool = False


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
    ("settled", "Hồ sơ đã giải quyết"),
    ("in_time", "– trong đó đúng hạn và trước hạn"),
    ("with_components", "– trong đó đã số hóa thành phần hồ sơ"),
    ("with_result", "– trong đó có kết quả điện tử"),
    ("digitised", "– trong đó có đủ cả hai (được tính là số hóa)"),
    ("reusable", "Hồ sơ có dữ liệu số hóa có thể dùng lại"),
    ("reused", "– trong đó đã khai thác, sử dụng lại"),
    ("rated", "Lượt đánh giá của người dân, doanh nghiệp"),
    ("satisfied", "– trong đó hài lòng"),
    ("procedures", "Thủ tục thuộc thẩm quyền giải quyết"),
    ("one_stop", "– trong đó thực hiện qua một cửa, một cửa liên thông"),
    ("published", "– trong đó được công khai"),
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
    version=1,
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
    """Return the totals of a pair over the entries that give both counts; of a stock, the newest entry's."""
    complete = [entry for entry in entries if entry.fields.get(pair.done) and entry.fields.get(pair.of)]
    complete.sort(key=lambda entry: period_of(entry).end)
    if pair.is_stock:
        complete = complete[-1:]
    return PairTotal(total_amount(complete, pair.done), total_amount(complete, pair.of), complete)
