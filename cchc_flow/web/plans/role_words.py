"""Which roles the page of a plan offers, and the doubt about a line in its words."""

from cchc_flow.plan_import.roles.role import Role

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
