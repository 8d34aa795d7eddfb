"""Which targets of a plan the measures of the area answer to, by the words of plans."""

from cchc_flow.plugin_kit import Answer

ANSWERS = {
    "lawful": Answer(("van ban quy pham phap luat", "van ban qppl")),
    "communicated": Answer(("truyen thong du thao", "lay y kien du thao")),
    "self_checked": Answer(("duoc tu kiem tra",)),
    "handled": Answer(("co chua quy dinh khong phu hop", "noi dung khong phu hop")),
    "monitored": Answer(
        ("theo doi tinh hinh thi hanh phap luat", "theo doi tinh hinh", "theo doi thi hanh"), accumulates=True
    ),
}
