"""A first guess of the roles by word lists, a section at a time: evidence for the learned sequence."""

import re
from collections.abc import Sequence

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.levels import Level
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.roles.role import Role

TITLE = re.compile(r"(?:KẾ HOẠCH|PHƯƠNG ÁN|CHƯƠNG TRÌNH|QUYẾT ĐỊNH|BÁO CÁO|CHỈ THỊ|THÔNG BÁO|ĐỀ ÁN)\b")
BASIS = re.compile(r"(?:Căn cứ|Thực hiện|Theo|Xét|Trên cơ sở|Triển khai)\b")
RECIPIENTS = re.compile(r"nơi nhận\s*:?", re.IGNORECASE)
SIGNING = re.compile(
    r"(?:TM|KT|TL|Q|TUQ)\.|(?:(?:PHÓ )?CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|TRƯỞNG BAN|CHÁNH VĂN PHÒNG)\b"
)
CLOSING = re.compile(r"Trên đây là|Kế hoạch này")
SECTION_WORDS: tuple[tuple[Role, str], ...] = (
    ("duty", r"tổ chức (?:triển khai )?thực hiện|phân công|trách nhiệm"),
    ("reporting", r"chế độ (?:thông tin,? )?báo cáo|thông tin,? báo cáo|^báo cáo"),
    ("funding", r"kinh phí|nguồn lực thực hiện"),
    ("target", r"chỉ tiêu|mục tiêu cụ thể"),
    ("task", r"nhiệm vụ|giải pháp"),
    ("goal", r"mục tiêu|mục đích|yêu cầu|quan điểm"),
    ("task", r"nội dung"),
)
SECTIONS = tuple((role, re.compile(words, re.IGNORECASE)) for role, words in SECTION_WORDS)
LABEL = re.compile(
    r"(?:(?:cơ quan|đơn vị|bộ phận|người) (?:chủ trì|phối hợp|thực hiện)|chủ trì|phối hợp|thời (?:gian|hạn)"
    r"|sản phẩm|kết quả|tiến độ|hoàn thành)[^:]{0,40}:",
    re.IGNORECASE,
)
LONGEST_HEADING = 160


def guess_roles(
    lines: Sequence[Line], levels: Sequence[Level], areas: Sequence[Area]
) -> list[tuple[Role, Role]]:
    """Return a role and section for each line, read from the top without looking back."""
    guess = _Guess(lines, levels)
    return [guess.take(index) for index in range(len(lines))]


class _Guess:
    """The state while a document is guessed line by line."""

    def __init__(self, lines: Sequence[Line], levels: Sequence[Level]) -> None:
        self.lines, self.levels = lines, levels
        self.zone = "front"
        self.section: Role = "other"
        self.subsection: tuple[int, Role] | None = None
        self.roles: list[tuple[Role, Role]] = []

    def take(self, index: int) -> tuple[Role, Role]:
        """Return the guess for the next line."""
        found = self._guess(index)
        self.roles.append(found)
        return found

    def _guess(self, index: int) -> tuple[Role, Role]:
        line, level = self.lines[index], self.levels[index]
        if TITLE.match(line.text) and line.mark is None and line.text[:8].isupper() and len(line.text) < 300:
            self.zone = "title"
            return "title", "other"
        if RECIPIENTS.match(line.text):
            self.zone = "tail"
            return "recipients", "other"
        if line.mark is None and self.zone in ("body", "tail") and SIGNING.match(line.text):
            self.zone = "tail"
            return "signature", "other"
        if self.zone in ("front", "title"):
            role = self._guess_front(line)
            if role is not None:
                return role, "other"
            self.zone = "body"
        if self.zone == "tail":
            is_recipient = line.mark is not None and line.mark.is_bullet
            role = "recipients" if is_recipient else "signature" if len(line.text) < 40 else "other"
            return role, "other"
        return self._guess_body(index, line, level)

    def _guess_front(self, line: Line) -> Role | None:
        if BASIS.match(line.text):
            self.zone = "front"
            return "legal_basis"
        if line.mark is not None and not line.mark.is_bullet and line.mark.kind != "article":
            return None
        if self.zone == "title" and len(line.text) < LONGEST_HEADING and not line.text.endswith((".", ";")):
            return "title"
        return "letterhead" if not any(role == "title" for role, _ in self.roles) else "other"

    def _guess_body(self, index: int, line: Line, level: Level) -> tuple[Role, Role]:
        if line.mark is None and CLOSING.match(line.text):
            return "other", "other"
        is_heading = len(line.text) <= LONGEST_HEADING and (level.children > 0 or level.depth == 0)
        if level.depth == 0 and level.kind:
            self.section, self.subsection = section_of(line.text) or "other", None
            if is_heading:
                return "heading", self.section
        if self.subsection and level.depth <= self.subsection[0]:
            self.subsection = None
        section = self.subsection[1] if self.subsection else self.section
        named = section_of(line.text) if is_heading and level.depth <= 2 and section != "task" else None
        if named and section != "duty":
            self.subsection = (level.depth, named)
            return "heading", named
        if section == "task" and level.parent >= 0 and LABEL.match(line.text) and level.depth >= 1:
            return "attribute", "task"
        if section == "task" and is_heading and self._has_content(index):
            return ("area", "task") if level.depth == 1 else ("task", "task")
        if section == "duty" and is_heading and self._has_content(index):
            return "unit", "duty"
        return section, section

    def _has_content(self, index: int) -> bool:
        after = index + 1
        if after >= len(self.lines) or self.levels[after].parent != index:
            return False
        return self.lines[after].mark is not None or not CLOSING.match(self.lines[after].text)


def section_of(text: str) -> Role | None:
    """Return the section that a heading's words name, None if they name none."""
    return next((role for role, words in SECTIONS if words.search(text)), None)
