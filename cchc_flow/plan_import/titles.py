"""Short titles for cards: the beginning of a task's text, cut where a reader would pause."""

import re

LONGEST = 80
SHORTEST = 24
PAUSE = re.compile(r"[.;:](?=\s|$)")
# Pairs that are read as one ("cơ quan, đơn vị") are not parted at their comma.
COMMA = re.compile(
    r",(?=\s)(?! (?:đơn vị|doanh nghiệp|hiệu quả|công chức|viên chức|tổ chức|kỷ cương|chống|UBND|và)\b)"
    r"|\s(?=[(\[“\"–-])"
)
# Words that open a new phrase: the cut comes before them; behind some words they only end a compound.
OPENERS = re.compile(
    r"(?<!gắn)(?<!đối)(?<!hợp)(?<!thông)(?<!phụ)(?<!dành)(?<!giao)(?<!tiếp)(?<!kèm)(?<!tự)(?<!lý)(?<!sau)"
    r"\s(?=(?:và|hoặc|để|nhằm|theo|trên|của|trong|với|do|về|đối với|đảm bảo|bảo đảm|góp phần|gắn với|tại|qua"
    r"|thông qua|từ|cho|khi|bằng|nhất là|phục vụ|phù hợp|giai đoạn|cũng như|đồng thời)\s)"
)
JOINTS = ((PAUSE, 40), (OPENERS, 12), (COMMA, 0))
DANGLING = re.compile(
    r"\s(?:và|hoặc|để|nhằm|theo|trên|của|trong|với|do|về|tại|qua|từ|cho|khi|bằng|các|những|là|được|có|đến|như"
    r"|một|mọi|đối với|thông qua|nhất là|gắn với|cũng như|đồng thời|không|sẽ|phải|đã|đang|lại|gắn"
    r"|đối|dành|nhất|trước|(?<!làm )việc)$"
)
ENDS = ' ,;:.-–(“"['


def short_title(text: str) -> str:
    """The text up to a natural joint within 80 characters: never inside a word, never on a dangling word."""
    text = " ".join(text.split())
    first = text if len(text) <= LONGEST else text[: cut(text)]
    return without_tail(balanced(first)) or text[:LONGEST].strip()


def cut(text: str) -> int:
    """Where to cut: as late as there is room, rather at a full pause or before a phrase than at a comma."""
    places = [
        (found.start() + worth, found.start())
        for joint, worth in JOINTS
        for found in joint.finditer(text[: LONGEST + 12])
        if SHORTEST <= found.start() <= LONGEST and is_outside_brackets(text, found.start())
    ]
    space = text[: LONGEST + 1].rfind(" ")
    return max(places)[1] if places else (space if space > 0 else LONGEST)


def is_outside_brackets(text: str, place: int) -> bool:
    return text.count("(", 0, place) == text.count(")", 0, place)


def balanced(title: str) -> str:
    """Without a bracket or quotation that was opened and not closed, if enough is left."""
    for opens, closes in (("(", ")"), ("“", "”")):
        if title.count(opens) > title.count(closes) and title.rfind(opens) > 0:
            title = title[: title.rfind(opens)]
    return title


def without_tail(title: str) -> str:
    before = ""
    while title != before:
        before = title
        title = DANGLING.sub("", title.rstrip(ENDS))
    return title
