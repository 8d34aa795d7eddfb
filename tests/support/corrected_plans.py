"""Two plans with a habit of their own, a line of evidence below each task, and what a person says of it."""

from collections.abc import Iterator

from cchc_flow.plan_import.corrections import fingerprint_of
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.roles.role import Role
from cchc_flow.plan_import.roles.tagging import tag
from cchc_flow.plan_import.roles.weights import Weights
from cchc_flow.plan_import.training.labels import read_lines
from cchc_flow.plugin_host import contributions, loading
from cchc_flow.workflow.events import ReadingCorrection

AREAS = tuple(contributions.areas(loading.load_plugins()))
HABIT = "Minh chứng kèm theo là"
FORM = """ỦY BAN NHÂN DÂN
XÃ MẪU

KẾ HOẠCH
Cải cách hành chính năm {year}

I. MỤC TIÊU
- Nâng cao chất lượng phục vụ người dân.

II. NHIỆM VỤ
{work}

III. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND xã: theo dõi việc thực hiện Kế hoạch này.
"""
Work = dict[str, dict[str, str]]
"""Areas by title, their tasks by text, and of each what shows that it was done."""


def plan_text(year: int, work: Work) -> str:
    """Return a plan in which each task has a line of evidence below it."""
    return FORM.format(year=year, work="\n".join(_work_lines(work)))


def _work_lines(work: Work) -> Iterator[str]:
    for number, (area, tasks) in enumerate(work.items(), 1):
        yield f"{number}. {area}"
        for task, evidence in tasks.items():
            yield f"- {task}\n{HABIT} {evidence}."


FIRST = plan_text(
    2026,
    {
        "Cải cách thể chế": {
            "Ban hành văn bản đúng hạn.": "biên bản họp",
            "Kiểm tra văn bản đã ban hành.": "ảnh chụp bảng niêm yết",
        },
        "Cải cách thủ tục hành chính": {
            "Công khai thủ tục tại trụ sở.": "danh sách ký nhận",
            "Rà soát thủ tục hành chính.": "sổ góp ý",
        },
    },
)
SECOND = plan_text(
    2027,
    {
        "Cải cách tài chính công": {
            "Công khai ngân sách từng quý.": "sổ theo dõi",
            "Thực hiện kết luận kiểm toán.": "phiếu khảo sát",
        },
        "Chuyển đổi số": {
            "Số hóa hồ sơ lưu trữ.": "bảng chấm công",
            "Tập huấn kỹ năng số cho công chức.": "ảnh lớp học",
        },
    },
)


def corrections_of(text: str) -> tuple[ReadingCorrection, ...]:
    """Return what a person says: the lines of evidence are not to be used."""
    return tuple(
        ReadingCorrection(place=line.place, fingerprint=fingerprint_of(line.text), role="other")
        for line in _lines(text)
        if line.text.startswith(HABIT)
    )


def roles_of(text: str, weights: Weights | None) -> dict[str, Role]:
    """Return the roles of the lines of evidence, by their texts."""
    return {words: role for words, role in lines_of(text, weights) if words.startswith(HABIT)}


def lines_of(text: str, weights: Weights | None) -> list[tuple[str, Role]]:
    """Return the text and role of each line of a plan."""
    lines = _lines(text)
    return [
        (line.text, one.role) for line, one in zip(lines, tag(lines, AREAS, weights=weights), strict=True)
    ]


def _lines(text: str) -> tuple[Line, ...]:
    return read_lines("ke-hoach.txt", text.encode())
