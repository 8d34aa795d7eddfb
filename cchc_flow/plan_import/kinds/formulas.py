"""The set sentences with which documents of a kind open, close and call themselves."""

import re
from collections.abc import Iterator

from cchc_flow.plan_import.structure.kind_names import BY_NAME, KindName

LONGEST_SENTENCE = 1_500
NAMES = "|".join(("kế hoạch", "báo cáo", "quyết định", "chỉ thị", "thông báo", "hướng dẫn", "nghị quyết",
                  "tờ trình", "biên bản", "công văn", "chương trình", "phương án", "đề án", "quy chế",
                  "quy định", "hợp đồng", "kết luận", "thông tư", "nghị định", "luật"))  # fmt: skip
# All are matched against text in small letters: folding case in the pattern is slow outside ASCII.
OWN_NAMES = (
    (re.compile(rf"(?P<name>{NAMES}) này\b"), "tự gọi là"),
    (
        re.compile(rf"trên đây là (?:nội dung |toàn bộ |dự thảo )?(?P<name>{NAMES})\b"),
        "câu kết «Trên đây là …»",
    ),
)
ANNOUNCING = re.compile(
    rf"\b(?:ban hành|xây dựng|lập|đề ra|triển khai)(?: và (?:ban hành|triển khai))? (?:bản )?"
    rf"(?P<name>{NAMES})\b"
)
ANNOUNCEMENT_ENDS = ("như sau", "sau đây", "cụ thể", " sau")
OPENINGS: tuple[tuple[str, str, str], ...] = (
    ("báo cáo", r"\bbáo cáo\b", "câu mở đầu của báo cáo"),
    ("thông báo", r"\bthông báo\b", "câu mở đầu của thông báo"),
    ("hướng dẫn", r"\bhướng dẫn\b", "câu mở đầu của hướng dẫn"),
    ("tờ trình", r"\btrình\b", "lời trình"),
    (
        "chỉ thị",
        r"\b(?:yêu cầu|chỉ thị)\b.{0,400}\b(?:nội dung|nhiệm vụ|biện pháp)\b",
        "câu giao việc của chỉ thị",
    ),
)
STARTS: tuple[tuple[str, str, str], ...] = (
    ("báo cáo", r"trên đây là (?:tình hình|kết quả)\b", "câu kết của báo cáo"),
    ("tờ trình", r"kính trình\b", "lời trình"),
    ("biên bản", r"(?:hôm nay|vào hồi|hồi)\b.{0,80}\b(?:ngày|giờ)\b", "giờ lập biên bản"),
    ("biên bản", r"(?:cuộc họp|hội nghị|buổi làm việc) kết thúc\b", "câu kết của biên bản"),
    ("biên bản", r"biên bản\b.{0,80}\b(?:lập thành|lập xong|thông qua|kết thúc)\b", "câu kết của biên bản"),
    ("hợp đồng", r"(?:bên a\b|bên b\b|\(?sau đây gọi (?:tắt )?là bên)", "hai bên của hợp đồng"),
    ("giấy mời", r".{0,60}\bkính mời\b", "lời mời"),
    ("quy chế", r"phạm vi (?:điều chỉnh|áp dụng)(?:,| và) đối tượng", "phạm vi điều chỉnh"),
    ("nghị quyết", r"nghị quyết\b.{0,200}\bkh(?:óa|oá)\b.{0,80}\bthông qua\b", "câu kết của nghị quyết"),
    ("công văn", r"(?:v/v|về việc)\b", "trích yếu «V/v …»"),
)  # fmt: skip
COMPILED_OPENINGS = tuple((BY_NAME[name], re.compile(text), words) for name, text, words in OPENINGS)
COMPILED_STARTS = tuple((BY_NAME[name], re.compile(text), words) for name, text, words in STARTS)


def formulas_in(text: str) -> Iterator[tuple[KindName, str]]:
    """Yield the kinds whose formulas a paragraph holds, with what was seen."""
    if len(text) > LONGEST_SENTENCE:
        return
    text = text.lower()
    for pattern, words in OWN_NAMES:
        if match := pattern.match(text):
            yield BY_NAME[match["name"]], f"{words} {match['name']}"
    for kind, pattern, words in COMPILED_STARTS:
        if pattern.match(text):
            yield kind, words
    if text.rstrip(" :.").endswith(ANNOUNCEMENT_ENDS):
        yield from announcements_in(text)


def announcements_in(text: str) -> Iterator[tuple[KindName, str]]:
    """Yield what a sentence announces that ends «… như sau:», in small letters."""
    match = ANNOUNCING.search(text)
    if match is not None:
        yield BY_NAME[match["name"]], f"câu ban hành {match['name']}"
    for kind, pattern, words in COMPILED_OPENINGS:
        if pattern.search(text):
            yield kind, words
