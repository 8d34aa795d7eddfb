"""Which unit the plan's own words suggest for each area; a person decides."""

import re

from cchc_flow.plan_import.proposal import Area, Proposal, Statement, Unit

DUTIES: dict[str, re.Pattern[str]] = {
    topic: re.compile(words, re.IGNORECASE)
    for topic, words in (
        ("institutions", r"\bcải cách thể chế"),
        ("procedures", r"\b(?:cải cách|kiểm soát) (?:TTHC|thủ tục hành chính)"),
        ("apparatus", r"\b(?:cải cách|sắp xếp|nhiệm vụ) (?:về )?(?:tổ chức )?bộ máy"),
        ("civil_service", r"\bchất lượng (?:của )?đội ngũ|\bchế độ công vụ|\bđạo đức công vụ"),
        ("finance", r"\bcải cách (?:về )?tài chính"),
        (
            "digital",
            r"\b(?:nhiệm vụ|công tác|triển khai|thực hiện|chủ trì|tham mưu|lĩnh vực|về) chuyển đổi số",
        ),
        ("direction", r"\bCCHC\b|\bcải cách hành chính"),
    )
}
MOST_AREAS = 100  # a text with more is no plan, and must not cost more
LEADS = re.compile(r"\bchủ trì|\bđầu mối|\btham mưu|\bbáo cáo kết quả", re.IGNORECASE)


def suggested_leads(proposal: Proposal) -> dict[str, str | None]:
    """For each area code the unit whose assignments speak of that area, or None where none does."""
    known: dict[str, str | None] = {}
    for area in proposal.areas[:MOST_AREAS]:
        key = area.topic or area.title
        if key not in known:
            known[key] = lead_of(area, proposal.units)
    return {area.code: known.get(area.topic or area.title) for area in proposal.areas}


def lead_of(area: Area, units: tuple[Unit, ...]) -> str | None:
    points = [(points_for(area, unit), -place, unit.name) for place, unit in enumerate(units)]
    best = max(points, default=(0, 0, ""))
    return best[2] if best[0] > 0 else None


def points_for(area: Area, unit: Unit) -> int:
    """How often the unit is told to lead what the area is about; just to speak of it counts for nothing."""
    return sum(1 for told in unit.assignments if speaks_of(area, told) and LEADS.search(told.text))


def speaks_of(area: Area, told: Statement) -> bool:
    if area.topic is None:
        return area.title.lower() in told.text.lower()
    return DUTIES[area.topic].search(told.text) is not None
