"""Which targets of a plan the measures of the area answer to, by the words of plans."""

from cchc_flow.plugin_kit import Answer

ANSWERS = {
    "disbursement": Answer(("giai ngan",), accumulates=True),
    "revenue": Answer(("thu ngan sach", "thu nsnn"), change="increase"),
    "recommendations": Answer(
        ("kien nghi thanh tra", "kien nghi kiem toan", "ket luan thanh tra"), accumulates=True
    ),
}
