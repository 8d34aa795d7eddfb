"""The figures of the area: days for publishing a document and for its taking effect."""

from cchc_flow.hookspecs import Figure

FIGURES = [
    Figure(
        "publication_days",
        "Thời hạn công bố, đăng tải kể từ ngày ký",
        "3",
        "ngày",
        "Yêu cầu công bố, đăng tải trong 3 ngày kể từ ngày ký; xã đối chiếu với quy định hiện hành",
        low="1",
        high="60",
        whole=True,
    ),
    Figure(
        "effect_days",
        "Ngày có hiệu lực sớm nhất, kể từ ngày ký",
        "7",
        "ngày",
        "Thông lệ của xã, do xã quyết định",
        high="365",
        whole=True,
    ),
]
