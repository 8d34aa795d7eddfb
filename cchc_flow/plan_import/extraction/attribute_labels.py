"""The labels of what is told of a task («Đơn vị chủ trì:», «Thời gian:»), and what stands behind them."""

import re
from typing import Literal

import msgspec

Name = Literal["lead", "support", "due", "product", "other"]

WHO = (
    r"(?:(?:các\s+)?(?:cơ quan|đơn vị|bộ phận|phòng|ban|người|cá nhân|công chức|lãnh đạo)"
    r"(?:,\s*(?:cơ quan|đơn vị|cá nhân))*\s+)"
)
LABELS: dict[Name, str] = {
    "support": rf"{WHO}?(?:cùng\s+)?phối\s+hợp(?:\s+thực hiện)?",
    "lead": (
        rf"{WHO}?(?:được giao\s+)?(?:chủ\s+trì|đầu mối|phụ trách|chịu trách nhiệm)"
        r"(?:\s+(?:thực hiện|chính|tham mưu|theo dõi|triển khai))*"
        rf"|{WHO}(?:thực hiện|tham mưu|triển khai|soạn thảo|theo dõi)"
        r"|(?:trách nhiệm|phân công)(?:\s+thực hiện)?"
    ),
    "due": (
        r"(?:thời\s+(?:gian|hạn|điểm)|tiến độ|hạn|mốc thời gian|thời hạn)"
        r"(?:\s+(?:thực hiện|hoàn thành|ban hành|triển khai|báo cáo|trình|xong|chót|cuối|và|tổ chức))*"
        r"|hoàn thành"
    ),
    "product": (
        r"(?:sản phẩm|kết quả|đầu ra)(?:\s*[/,(]\s*(?:kết quả|sản phẩm)\)?)?"
        r"(?:\s+(?:dự kiến|đạt được|đầu ra|hoàn thành|cần đạt|chủ yếu|thực hiện|đầu ra dự kiến))*"
    ),
    "other": (
        r"(?:địa điểm|thành phần|đối tượng|kinh phí|hình thức|số lượng|ghi chú|lưu ý)"
        r"(?:\s+(?:thực hiện|tổ chức|tham dự|tham gia))*"
    ),
}
NAMES: dict[str, Name] = {name: name for name in LABELS}
LABEL = re.compile(
    r"(?:^|(?<=[;.,(\n–-])|(?<=[;.,]\s)|(?<=\s[-–+]))\s*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in LABELS.items())
    + r")\s*:\s*",
    re.IGNORECASE,
)
EDGES = " .;,:-–+("


class Attribute(msgspec.Struct, frozen=True):
    """One thing that is told of a task, by the name of the field that it belongs to."""

    name: Name
    value: str


def read_attributes(text: str) -> list[Attribute]:
    """Return the attributes that a text names by their labels; none if it begins with no label.

    Of one that belongs to no field the value has its label with it.
    """
    labels = list(LABEL.finditer(text))
    if not labels or text[: labels[0].start()].strip(EDGES):
        return []
    ends = [*(label.start() for label in labels[1:]), len(text)]
    attributes: list[Attribute] = []
    for label, end in zip(labels, ends, strict=True):
        name = NAMES[label.lastgroup or "other"]
        start = label.start() if name == "other" else label.end()
        if text[label.end() : end].strip(EDGES):
            attributes.append(Attribute(name, text[start:end].strip(EDGES)))
    return attributes
