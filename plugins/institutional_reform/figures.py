"""The figures of the area: days for publishing a document and for its taking effect."""

from datetime import date
from functools import partial

from cchc_flow.hookspecs import Edition, Figure

EFFECT_LAW = "Luật Ban hành văn bản quy phạm pháp luật 64/2025/QH15, Điều 53"
EFFECT_SINCE = date(2025, 4, 1)
EARLIER_EFFECT_LAW = "Luật Ban hành văn bản quy phạm pháp luật 80/2015/QH13"
PUBLICATION_CUSTOM = "Chưa tìm được quy định về thời hạn 3 ngày; xã đối chiếu với quy định hiện hành"
_days = partial(Figure, unit="ngày", whole=True)

FIGURES = [
    _days(
        "publication_days",
        "Thời hạn công bố, đăng tải kể từ ngày ký",
        "3",
        source=PUBLICATION_CUSTOM,
        low="1",
        high="60",
        checked=False,
    ),
    _days(
        "effect_days",
        "Ngày có hiệu lực sớm nhất, kể từ ngày thông qua (nghị quyết) hoặc ngày ký (quyết định)",
        "10",
        source=EFFECT_LAW,
        high="365",
        since=EFFECT_SINCE,
        checked=True,
        editions=(Edition("7", EARLIER_EFFECT_LAW, checked=False),),
    ),
]
