"""Where clauses end, and which words say what a figure measures."""

import re

# A colon right behind "giảm", "tăng", "tối thiểu" … opens their list and parts nothing.
BOUNDARY = re.compile(
    r"[;()]|(?<!iảm)(?<!ăng)(?<!thiểu)(?<!nhất)(?<!đa)(?<!quá):|,(?!\d)(?! đơn giản)|\.(?=\s|$)"
)
SENTENCE_END = re.compile(r";|\.(?=\s|$)")
BASE = re.compile(r"\s*\b(?:so (?:với|năm|cùng)|(?:cao|thấp|nhiều|ít) hơn năm \d{4})\b.*$", re.DOTALL)
JOINT = re.compile(r",(?!\d)|\svà\b")
# What a figure says of its subject, right before it: "đạt tối thiểu", "giảm từ 10 ngày xuống còn".
PREDICATE = re.compile(
    r"(?:^|\s|(?<=,))(?:(?:đạt tỷ lệ|đạt|đều|phải|tối thiểu|ít nhất|tối đa|nhiều nhất|không quá"
    r"|không vượt quá|không vượt|không dưới|không thấp hơn|không ít hơn|không trên|không để quá|trên|dưới|hơn"
    r"|vượt|khoảng|ở mức|là|bằng|tăng|cắt giảm|giảm|rút ngắn|gấp|có thêm|thêm|lên|xuống|còn|chưa đến"
    r"|chậm nhất|muộn nhất|(?:cao|thấp|nhiều|ít) hơn(?: năm \d{4})?|so với(?: cùng kỳ)? năm \d{4}"
    r"|từ \d[\d.,]*(?:\s?%| [^\W\d_]+)?|từ|≥|>|≤|<)(?:\s+|$))+$",
    re.IGNORECASE,
)
VERB = re.compile(
    r"\b(?:đạt|tăng|giảm|rút ngắn|vượt|gấp|lên|xuống|còn|là|bằng|cao hơn|thấp hơn)\b", re.IGNORECASE
)
# What may stand before the subject; a change that opens it is told by the direction.
LEAD_IN = re.compile(
    r"^(?:phấn đấu|phân đầu|đảm bảo|bảo đảm|trong đó|đồng thời|và|thực hiện(?=\s+\S)"
    r"|(?:cắt |kéo )?giảm(?! thiểu| nghèo)|rút ngắn|tăng(?! cường| trưởng| tốc| thu nhập)"
    r"|(?:so với|trong|đến|từ)(?: \S+){0,6}? (?:năm(?: \d{4})?|ngày \S+\d{4}|\d{4})(?=\s*,|\s*$)"
    r"|so với[^,]{0,60}?\d{4})[\s,:]+",
    re.IGNORECASE,
)
AND_UP = re.compile(r"\s*trở (?:lên|xuống)\b")
BEHIND = re.compile(
    r"^(?:\s*/\s*\w+|\s*\((?:năm|hiện|kết quả)[^()]*\)|\s*(?:đến|-|–)\s*(?:dưới |trên )?\d[\d.,]*\s?%?)"
)
# The words with which a matter of its own begins behind a comma.
MATTER = re.compile(
    r"\s*(?:tỷ lệ|mức|số|tổng|lượng|chỉ số|điểm|thời gian|chi phí|kinh phí|hồ sơ|mỗi|vốn)\b", re.IGNORECASE
)
EDGES = " ,;:.–-"
LONG_ENOUGH, SHORT_ENOUGH = 3, 7


def subject_words(head: str, unit: str, rest: str) -> str:
    """The words that name a figure's matter: its subject, or what it is done to with the verb before it.

    `head` are the words before the figure, `rest` those after it; `unit` is a noun that the figure counts.
    """
    said = PREDICATE.search(head)
    subject = strip_lead_in(head[: said.start()] if said else head)
    matter = strip_rest(rest)
    if not matter:
        return subject.strip(EDGES)
    if said is not None and VERB.search(said[0]):
        is_named = len(subject.split()) >= LONG_ENOUGH
        return subject.strip(EDGES) if is_named else f"{unit} {matter}".strip()
    counted = "" if MATTER.match(subject) else unit
    return " ".join(f"{nearest_words(subject)} {counted} {matter}".split())


def strip_lead_in(head: str) -> str:
    """The head without what only leads to its subject ("Phấn đấu", "Trong năm 2026,")."""
    words, before = f"{head.rstrip(' ;:.–-').lstrip(EDGES)} ", ""
    while words != before:
        before, words = words, LEAD_IN.sub("", words)
    return words.strip()


def nearest_words(subject: str) -> str:
    """The words that stand with the figure: none behind a comma, of many those behind the last one."""
    if subject.endswith(","):
        return ""
    return subject if len(subject.split()) < SHORT_ENOUGH else subject.rpartition(",")[2].strip()


def strip_rest(rest: str) -> str:
    """The rest without base, "trở lên", the end of a range, and the words that govern the next figure."""
    before = ""
    while rest != before:
        before, rest = rest, PREDICATE.sub("", BASE.sub("", BEHIND.sub("", AND_UP.sub("", rest))))
    return rest.strip(EDGES)


def find_subject_end(text: str, place: int, limit: int) -> int | None:
    """Where the matter of one figure ends and that of the next begins; None if nothing parts them."""
    if edge := SENTENCE_END.search(text, place, limit):
        return edge.start()
    joints = [match.start() for match in JOINT.finditer(text, place, limit)]
    own = [joint for joint in joints if MATTER.match(text, joint + 1, limit)]
    return own[0] if own else joints[-1] if joints else None
