"""The roles of a plan's lines and the doubt about them, in the words of the page."""

from collections.abc import Mapping
from types import MappingProxyType

from cchc_flow.plan_import.roles.role import Role

ROLE_WORDS: Mapping[Role, str] = MappingProxyType(
    {
        "task": "công việc",
        "target": "chỉ tiêu",
        "goal": "mục tiêu, yêu cầu",
        "area": "tên lĩnh vực",
        "unit": "tên đơn vị",
        "duty": "nhiệm vụ của đơn vị",
        "attribute": "thông tin của công việc ở trên",
        "funding": "kinh phí",
        "reporting": "chế độ báo cáo",
        "heading": "đề mục",
        "legal_basis": "căn cứ",
        "title": "tên văn bản",
        "letterhead": "phần đầu văn bản",
        "recipients": "nơi nhận",
        "signature": "phần ký",
        "other": "không dùng",
    }
)
"""Every role, in the order in which a menu offers them."""
FIRST_OFFERED: tuple[Role, ...] = ("task", "target", "duty", "goal")
"""What a line is most often, if it is not what it was taken for."""
BUILDING: frozenset[Role] = frozenset(
    ("goal", "target", "area", "task", "attribute", "unit", "duty", "reporting", "heading")
)
"""The roles from which the plan's content is made: a doubt between two others changes nothing."""
FAIR, SURE = 0.6, 0.85
"""Below the first a reading is not sure, from the second on it is sure; between them it is fairly sure."""


def doubt_words(confidence: float) -> str:
    """Return how sure a reading is in words, "" when it is sure."""
    if confidence >= SURE:
        return ""
    return "Nên xem lại" if confidence >= FAIR else "Chưa chắc"
