"""What a person should see before adopting a plan: gaps, repetitions and doubts, each with its place."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

import msgspec
from msgspec.structs import replace

from cchc_flow.plan_import.extraction.leads import suggested_leads
from cchc_flow.plan_import.proposal import Goal, Measure, Proposal, Remark, leaves
from cchc_flow.plan_import.review.likeness import likeness, misspelt
from cchc_flow.plan_import.structure.outline import Node

MOST_COMPARED = 100
MOST_SLIPS = 20
MOST_MEASURES = 8
ALIKE = 0.18
SAME_MATTER = 0.45
CITED_APPENDIX = re.compile(
    r"(?:tại|theo|kèm|xem) (?:các )?Phụ lục|Phụ lục (?:đính kèm|kèm theo)", re.IGNORECASE
)
BEFORE_DAY = re.compile(r"\btrước ngày (\d[\d/. -]{5,12}\d)", re.IGNORECASE)
CHANGES = ("increase_at_least", "decrease_at_least")
WEEKEND = {5: "thứ Bảy", 6: "Chủ nhật"}


class Source(msgspec.Struct, frozen=True):
    """What the checks need beside the proposal: the outline's nodes, the text, what the frame lacked."""

    nodes: tuple[Node, ...]
    text: str
    day_is_blank: bool
    has_appendix: bool


def clashes(proposal: Proposal, source: Source) -> tuple[Remark, ...]:
    """Every remark on the plan, in the order: opening, paragraphs, goals, deadlines, areas, units, words."""
    return (
        *blanks(proposal, source),
        *broken_paragraphs(source),
        *repeated_numbers(source),
        *goals_twice(proposal),
        *overlaps(proposal),
        *figures_of(proposal),
        *only_in_objectives(proposal),
        *days(proposal),
        *appendix(proposal, source),
        *without_lead(proposal),
        *letters_twice(source),
        *spellings(proposal, source),
    )


def blanks(proposal: Proposal, source: Source) -> Iterator[Remark]:
    if proposal.number is None:
        yield Remark("Số", "Số của kế hoạch còn để trống.")
    if source.day_is_blank:
        yield Remark("Ngày", "Ngày ban hành còn để trống.")
    if proposal.year is None:
        yield Remark("Năm", "Không thấy năm của kế hoạch trong tên và phần mở đầu.")


def broken_paragraphs(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        if node.joined:
            yield Remark(node.ref, "Đoạn này bị ngắt đôi bởi một dòng trống trong tệp; đã nối lại thành một.")


def repeated_numbers(source: Source) -> Iterator[Remark]:
    for node in source.nodes:
        if node.repeated:
            yield Remark(
                node.ref, f"Số thứ tự «{node.label}» đã dùng ở trên; mục này được gọi là {node.ref}."
            )


def compared(goals: Sequence[Goal]) -> list[Goal]:
    """The goals that are compared with each other: not more than any real plan has."""
    return [replace(goal, measures=goal.measures[:MOST_MEASURES]) for goal in goals[:MOST_COMPARED]]


def goals_twice(proposal: Proposal) -> Iterator[Remark]:
    for objective in compared(proposal.objectives):
        for target in compared(proposal.targets):
            shared = [
                said(one)
                for one in target.measures
                if any(is_same(one, other) for other in objective.measures)
            ]
            if shared:
                yield Remark(
                    target.ref, f"Chỉ tiêu này nhắc lại mục tiêu {objective.ref} ({', '.join(shared)})."
                )


def overlaps(proposal: Proposal) -> Iterator[Remark]:
    for one, other in combinations(compared(proposal.targets), 2):
        if likeness(one.text, other.text) >= ALIKE:
            yield Remark(other.ref, f"Chỉ tiêu này trùng phần lớn nội dung với chỉ tiêu {one.ref}.")


def figures_of(proposal: Proposal) -> Iterator[Remark]:
    for target in proposal.targets:
        implied = [one for one in target.measures if is_implied(one, target)]
        if implied:
            yield Remark(target.ref, "«Có thêm» mà không ghi số lượng; tạm hiểu là thêm 1.")
        elif len(target.measures) > 1:
            figures = "; ".join(said(one) for one in target.measures[:MOST_MEASURES])
            yield Remark(
                target.ref,
                f"Một chỉ tiêu mang {len(target.measures)} số liệu ({figures}); mỗi số là một thước đo.",
            )
        yield from missing_base(target)


def missing_base(goal: Goal) -> Iterator[Remark]:
    changes = [one for one in goal.measures if one.direction in CHANGES]
    years = sorted({one.baseline_year for one in changes if one.baseline_year is not None})
    for one in changes if years else ():
        if one.baseline_year is None:
            yield Remark(
                goal.ref, f"Mức {said(one)} không ghi năm so sánh, trong khi mức kia so với năm {years[0]}."
            )


def only_in_objectives(proposal: Proposal) -> Iterator[Remark]:
    known = [one for target in compared(proposal.targets) for one in target.measures]
    for objective in compared(proposal.objectives):
        for one in objective.measures:
            if not any(is_same(one, other) for other in known):
                yield Remark(
                    objective.ref, f"Chỉ mục tiêu có mức {said(one)} ({one.what}); không chỉ tiêu nào ghi."
                )


def days(proposal: Proposal) -> Iterator[Remark]:
    for one in proposal.deadlines:
        if found := BEFORE_DAY.search(one.text):
            yield Remark(
                one.ref,
                f"«Trước ngày {found[1]}» theo câu chữ là không kể ngày đó; cần thống nhất cách tính.",
            )
        yield from weekend(one.ref, one.date)
    for leaf in (leaf for area in proposal.areas for task in area.tasks for leaf in leaves(task)):
        if leaf.before and leaf.due:
            yield Remark(leaf.ref, f"{said_before(leaf.before, leaf.due)} (thiết lập «Cách tính hạn»).")
        yield from weekend(leaf.ref, leaf.due)


def said_before(day: str, last: str) -> str:
    """How «trước ngày» was read: whether that day counts, and the last day in time."""
    named, due = (f"{date.fromisoformat(one):%d/%m/%Y}" for one in (day, last))
    counts = "tính cả ngày đó" if named == due else "không kể ngày đó"
    return f"«Trước ngày {named}» {counts}: hạn là hết ngày {due}"


def weekend(ref: str, day: str | None) -> Iterator[Remark]:
    if day and (weekday := date.fromisoformat(day).weekday()) in WEEKEND:
        yield Remark(ref, f"Hạn {date.fromisoformat(day):%d/%m/%Y} là {WEEKEND[weekday]}.")


def appendix(proposal: Proposal, source: Source) -> Iterator[Remark]:
    if proposal.annex or source.has_appendix:
        return
    for node in source.nodes:
        if CITED_APPENDIX.search(node.full_text):
            yield Remark(node.ref, "Có dẫn Phụ lục đính kèm nhưng tệp không có Phụ lục.")


def without_lead(proposal: Proposal) -> Iterator[Remark]:
    leads = suggested_leads(proposal)
    for area in proposal.areas[:MOST_COMPARED]:
        if leads[area.code] is None:
            yield Remark(
                area.ref or area.code,
                f"Không đơn vị nào được giao chủ trì lĩnh vực {area.code} «{area.title}»; cần người chọn.",
            )


def letters_twice(source: Source) -> Iterator[Remark]:
    seen: dict[str, str] = {}
    for node in source.nodes:
        letters = [child.label for child in node.children if child.kind == "a"]
        section = node.ref.split(".")[0]
        if len(letters) > 1 and section in seen:
            first, last = letters[0], letters[-1]
            yield Remark(
                node.ref,
                f"Thứ tự {first})–{last}) dùng lại sau mục {seen[section]};"
                f" khi dẫn phải ghi cả mục ({node.ref}.{first}).",
            )
        if len(letters) > 1:
            seen.setdefault(section, node.ref)


def spellings(proposal: Proposal, source: Source) -> Iterator[Remark]:
    for unit in proposal.units:
        if unit.aliases and unit.assignments:
            ref = unit.assignments[0].ref.rpartition(".")[0]
            yield Remark(
                ref, f"«{unit.name}» còn được viết là {', '.join(f'«{one}»' for one in unit.aliases)}."
            )
    for written, meant in misspelt(source.text)[:MOST_SLIPS]:
        word = re.compile(rf"\b{written}\b")
        ref = next((node.ref for node in source.nodes if word.search(node.full_text)), "")
        yield Remark(ref, f"«{written}» có thể là «{meant}» viết nhầm; giữ nguyên như trong tệp.")


def is_implied(measure: Measure, target: Goal) -> bool:
    """Whether the 1 is ours: the text says "có thêm" and names no number."""
    return measure.value == 1 and f"có thêm {measure.what}".lower() in target.text.lower()


def is_same(one: Measure, other: Measure) -> bool:
    """Whether two measures ask the same of the same matter."""
    same = (one.value, one.unit, one.direction) == (other.value, other.unit, other.direction)
    return same and likeness(one.what, other.what) >= SAME_MATTER


def said(measure: Measure) -> str:
    """A measure in a few words: "giảm 15%", "tối thiểu 98%"."""
    words = {
        "increase_at_least": "tăng ",
        "decrease_at_least": "giảm ",
        "at_least": "tối thiểu ",
        "at_most": "tối đa ",
    }
    number = f"{measure.value:g}".replace(".", ",")
    unit = measure.unit or ""
    return f"{words.get(measure.direction, '')}{number}{'' if unit in ('%', '') else ' '}{unit}"
