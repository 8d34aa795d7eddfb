"""Parts the two columns of a plain text's letterhead, and of its recipients and signature."""

import re
from collections.abc import Sequence

from cchc_flow.plan_import.document import Table

GAP = re.compile(r"(?<=\S)(?: {3,}|[ \t]*\t[ \t]*)(?=\S)")
MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s*[-–—]\s*Tự do", re.IGNORECASE)
RECIPIENTS = re.compile(r"\s*nơi nhận\s*:?", re.IGNORECASE)
SIGNER = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.|(?:PHÓ )?CHỦ TỊCH|ỦY BAN|UỶ BAN|CHÁNH|TRƯỞNG")
RULE = re.compile(r"[-–—_=*\s]+")
TALLEST = 16
TALLEST_TAIL = 40


def find_columns_of_text(lines: Sequence[str]) -> list[tuple[int, int, Table]]:
    """Return the parts of a text set in two columns, each as (first line, line after its last, table)."""
    parts = [letterhead(lines), signature(lines)]
    return [part for part in parts if part is not None]


def letterhead(lines: Sequence[str]) -> tuple[int, int, Table] | None:
    """Return the letterhead, if the country's name and motto stand beside the issuing body's name."""
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    window = range(first, min(len(lines), first + TALLEST))
    motto = next((index for index in window if MOTTO.search(lines[index])), None)
    parted = [index for index in window if len(split_columns(lines[index])) == 2]
    if motto is None or motto not in parted or any(lines[index].count("\t") > 3 for index in parted):
        return None
    end = motto + 1
    while end < window.stop and (end in parted or is_beside(lines[end], right_edge(lines, parted))):
        end += 1
    start = min(index for index in parted if index <= motto)
    return start, end, two_columns(lines[start:end])


def is_beside(line: str, edge: int) -> bool:
    """Return whether a line belongs to the right column, or is a rule below either."""
    return bool(line.strip()) and (
        line.startswith("\t")
        or len(line) - len(line.lstrip()) >= edge - 4
        or RULE.fullmatch(line) is not None
    )


def right_edge(lines: Sequence[str], parted: Sequence[int]) -> int:
    """Return the leftmost column where a right half begins."""
    return min(len(lines[index]) - len(split_columns(lines[index])[1]) for index in parted)


def signature(lines: Sequence[str]) -> tuple[int, int, Table] | None:
    """Return the recipients with the signature beside them."""
    for start, line in enumerate(lines):
        halves = split_columns(line)
        if len(halves) == 2 and RECIPIENTS.match(halves[0]) and SIGNER.match(halves[1]):
            end = start + 1
            edge = len(line) - len(halves[1])
            while end < min(len(lines), start + TALLEST_TAIL) and goes_on(lines[end], edge):
                end += 1
            return start, end, two_columns(lines[start:end])
    return None


def goes_on(line: str, edge: int) -> bool:
    """Return whether a line below the recipients belongs to them or to the signature."""
    is_item = line.strip().startswith(("-", "+", "–"))
    return not line.strip() or is_item or len(split_columns(line)) == 2 or is_beside(line, edge - edge // 2)


def two_columns(lines: Sequence[str]) -> Table:
    """Return a table of one row: the lines of the left column, and those of the right."""
    left: list[str] = []
    right: list[str] = []
    edge = min(len(line) - len(halves[1]) for line in lines if len(halves := split_columns(line)) == 2)
    for line in lines:
        halves = split_columns(line)
        if len(halves) == 2:
            left.append(halves[0])
            right.append(halves[1])
        elif line.strip():
            is_right = line.startswith("\t") or len(line) - len(line.lstrip()) >= edge - edge // 2
            (right if is_right else left).append(line.strip())
    return Table((("\n".join(left), "\n".join(right)),))


def split_columns(line: str) -> list[str]:
    """Return the two halves of a line that a wide gap parts, or the whole line."""
    halves = [half.strip() for half in GAP.split(line.strip())]
    return halves if len(halves) == 2 else [line.strip()]
