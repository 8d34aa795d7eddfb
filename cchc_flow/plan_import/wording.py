"""Where clauses end, and which words say what a figure measures."""

import re

# A colon right behind "giảm", "tăng", "tối thiểu" … opens their list and parts nothing.
BOUNDARY = re.compile(
    r"[;()]|(?<!iảm)(?<!ăng)(?<!thiểu)(?<!nhất)(?<!đa)(?<!quá):|,(?!\d)(?! đơn giản)|\.(?=\s|$)"
)
SENTENCE_END = re.compile(r";|\.(?=\s|$)")
BASE = re.compile(r"\s*\bso (?:với|năm|cùng)\b.*$")
NOT_A_SUBJECT = re.compile(
    r"\b(?:phấn đấu|phân đầu|đảm bảo|bảo đảm|thực hiện|trong đó|tối thiểu|ít nhất|tối đa|không quá|không dưới"
    r"|đạt tỷ lệ|đạt|(?<!gia )tăng(?! trưởng| cường)|cắt giảm|giảm(?! thiểu)|từ|trên|dưới|là|lên"
    r"|mức(?! độ)|trở lên|phải|đồng thời)\b",
    re.IGNORECASE,
)
PREDICATE = re.compile(r"\b(?:đạt|tăng|giảm|tối thiểu|ít nhất|tối đa|không quá|trên|dưới)\b")
JOINT = re.compile(r",|\svà\b")
AND_UP = re.compile(r"\s*trở (?:lên|xuống)\b")
LEADING_BASE = re.compile(r"^\s*so với[^,]{0,60}?\d{4}", re.IGNORECASE)
EDGES = " ,;:.–-"
LONG_ENOUGH = 3


def what_is_measured(text: str, span: tuple[int, int], room: tuple[int, int]) -> str:
    """The words that name a figure's matter: the subject before it, else what follows it.

    `span` is where the figure and its unit stand, `room` where the one before ends and the next begins.
    """
    head = text[last_edge(text, room[0], span[0]) : span[0]]
    rest = AND_UP.sub("", BASE.sub("", text[span[1] : next_edge(text, span[1], room[1])])).strip(EDGES)
    subject = named(LEADING_BASE.sub("", head))
    if len(subject.split()) >= LONG_ENOUGH and (not rest or PREDICATE.search(head)):
        return f"{subject} {rest}".strip()
    return rest or subject


def last_edge(text: str, start: int, place: int) -> int:
    edges = [match.end() for match in SENTENCE_END.finditer(text, start, place)]
    return edges[-1] if edges else start


def next_edge(text: str, place: int, limit: int) -> int:
    """Where the matter of a figure ends: at the end of its sentence, or where the next figure's begins."""
    edge = SENTENCE_END.search(text, place, limit)
    if edge:
        return edge.start()
    joints = [match.start() for match in JOINT.finditer(text, place, limit)]
    return joints[-1] if joints and limit < len(text) else limit


def named(head: str) -> str:
    words = " ".join(NOT_A_SUBJECT.sub(" ", head).split()).replace(" ,", ",").strip(EDGES)
    return f"{words} ".removeprefix("và ").strip(EDGES)
