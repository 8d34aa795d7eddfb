"""Finds the words that say what a figure measures, and where clauses end."""

import re

# A colon right after "giảm", "tăng", "tối thiểu" … opens their list and does not end a clause.
BOUNDARY = re.compile(
    r"[;()]|(?<!iảm)(?<!ăng)(?<!thiểu)(?<!nhất)(?<!đa)(?<!quá):|,(?!\d)(?! đơn giản)|\.(?=\s|$)"
)
SENTENCE_END = re.compile(r";|\.(?=\s|$)")
BASE = re.compile(r"\s*\b(?:so (?:với|năm|cùng)|(?:cao|thấp|nhiều|ít) hơn năm \d{4})\b.*$", re.DOTALL)
SEPARATOR = re.compile(r",(?!\d)|\svà\b")
# The predicate between a subject and its figure: "đạt tối thiểu", "giảm từ 10 ngày xuống còn".
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
# Words that lead to the subject; a change at its beginning is what the direction says.
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
# Words that begin a new subject after a comma.
NEW_SUBJECT = re.compile(
    r"\s*(?:tỷ lệ|mức|số|tổng|lượng|chỉ số|điểm|thời gian|chi phí|kinh phí|hồ sơ|mỗi|vốn)\b", re.IGNORECASE
)
EDGES = " ,;:.–-"
LONG_ENOUGH, SHORT_ENOUGH = 3, 7


def subject_words(head: str, unit: str, rest: str) -> str:
    """Return the phrase that says what a figure measures: its subject, or a verb with its object.

    `head` are the words before the figure, `rest` those after it; `unit` is a noun that the figure counts.
    """
    predicate = PREDICATE.search(head)
    subject = strip_lead_in(head[: predicate.start()] if predicate else head)
    object_words = strip_rest(rest)
    if not object_words:
        return subject.strip(EDGES)
    if predicate is not None and VERB.search(predicate[0]):
        is_named = len(subject.split()) >= LONG_ENOUGH
        return subject.strip(EDGES) if is_named else f"{unit} {object_words}".strip()
    counted_noun = "" if NEW_SUBJECT.match(subject) else unit
    return " ".join(f"{nearest_words(subject)} {counted_noun} {object_words}".split())


def strip_lead_in(head: str) -> str:
    """Return the head without the words that only lead to its subject ("Phấn đấu", "Trong năm 2026,")."""
    words, previous = f"{head.rstrip(' ;:.–-').lstrip(EDGES)} ", ""
    while words != previous:
        previous, words = words, LEAD_IN.sub("", words)
    return words.strip()


def nearest_words(subject: str) -> str:
    """Return the part of a subject that belongs to the figure: nothing if a comma ends it, of a long one
    the words after its last comma."""
    if subject.endswith(","):
        return ""
    return subject if len(subject.split()) < SHORT_ENOUGH else subject.rpartition(",")[2].strip()


def strip_rest(rest: str) -> str:
    """Return the words after a figure that name its subject: no "trở lên", no baseline, no next predicate."""
    previous = ""
    while rest != previous:
        previous, rest = rest, PREDICATE.sub("", BASE.sub("", BEHIND.sub("", AND_UP.sub("", rest))))
    return rest.strip(EDGES)


def find_subject_end(text: str, place: int, limit: int) -> int | None:
    """Return where, between `place` and `limit`, one figure's subject ends and that of the next begins.

    None if no sentence, comma or "và" separates them.
    """
    if sentence_end := SENTENCE_END.search(text, place, limit):
        return sentence_end.start()
    separators = [match.start() for match in SEPARATOR.finditer(text, place, limit)]
    new_subjects = [position for position in separators if NEW_SUBJECT.match(text, position + 1, limit)]
    return new_subjects[0] if new_subjects else separators[-1] if separators else None
