"""The reform areas by their words: a plan may number or order them as it likes."""

import re

TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(pattern, re.IGNORECASE))
    for topic, pattern in (
        ("institutions", r"thể chế"),
        ("procedures", r"thủ tục hành chính|\bTTHC\b"),
        ("apparatus", r"tổ chức bộ máy|bộ máy hành chính|bộ máy nhà nước"),
        ("civil_service", r"công vụ|đội ngũ|cán bộ, công chức|\bCBCC"),
        ("finance", r"tài chính công|tài chính"),
        (
            "digital",
            r"chuyển đổi số|chính quyền điện tử|chính quyền số|chính phủ điện tử|hiện đại hóa|hiện đại hoá",
        ),
        ("direction", r"chỉ đạo,? (?:và )?điều hành|công tác cải cách hành chính|tuyên truyền"),
    )
)


def topic_of(title: str) -> str | None:
    """Which area a heading speaks of, or None if its words name none that we know."""
    found = [(match.start(), topic) for topic, words in TOPICS if (match := words.search(title))]
    return min(found)[1] if found else None
