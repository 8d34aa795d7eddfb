"""What a person should see before adopting a plan: gaps, repetitions and doubts, each with its place."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

import msgspec
from msgspec.structs import replace

from cchc_flow.plan_import.extraction.leads import suggested_leads
from cchc_flow.plan_import.proposal import Goal, Measure, Proposal, Remark, leaves
from cchc_flow.plan_import.review.likeness import find_misspellings, similarity
from cchc_flow.plan_import.structure.outline import Node

MOST_COMPARED = 100
MOST_SLIPS = 20
MOST_MEASURES = 8
SIMILAR_TEXT = 0.18
SIMILAR_SUBJECT = 0.45
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


def check_plan(proposal: Proposal, source: Source) -> tuple[Remark, ...]:
    """Every remark on the plan, in the order: opening, paragraphs, goals, deadlines, areas, units, words."""
    return (
        *blank_fields(proposal, source),
        *broken_paragraphs(source),
        *repeated_numbers(source),
        *repeated_goals(proposal),
        *overlapping_targets(proposal),
        *figure_remarks(proposal),
        *figures_only_in_objectives(proposal),
        *doubtful_days(proposal),
        *missing_appendix(proposal, source),
        *areas_without_lead(proposal),
        *repeated_letters(source),
        *doubtful_spellings(proposal, source),
    )


def blank_fields(proposal: Proposal, source: Source) -> Iterator[Remark]:
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


def comparable_goals(goals: Sequence[Goal]) -> list[Goal]:
    """The goals that are compared with each other: not more than any real plan has."""
    return [replace(goal, measures=goal.measures[:MOST_MEASURES]) for goal in goals[:MOST_COMPARED]]


def repeated_goals(proposal: Proposal) -> Iterator[Remark]:
    for objective in comparable_goals(proposal.objectives):
        for target in comparable_goals(proposal.targets):
            shared = [
                measure_words(one)
                for one in target.measures
                if any(is_same_measure(one, other) for other in objective.measures)
            ]
            if shared:
                yield Remark(
                    target.ref, f"Chỉ tiêu này nhắc lại mục tiêu {objective.ref} ({', '.join(shared)})."
                )


def overlapping_targets(proposal: Proposal) -> Iterator[Remark]:
    for one, other in combinations(comparable_goals(proposal.targets), 2):
        if similarity(one.text, other.text) >= SIMILAR_TEXT:
            yield Remark(other.ref, f"Chỉ tiêu này trùng phần lớn nội dung với chỉ tiêu {one.ref}.")


def figure_remarks(proposal: Proposal) -> Iterator[Remark]:
    for target in proposal.targets:
        implied = [one for one in target.measures if is_implied(one, target)]
        if implied:
            yield Remark(target.ref, "«Có thêm» mà không ghi số lượng; tạm hiểu là thêm 1.")
        elif len(target.measures) > 1:
            figures = "; ".join(measure_words(one) for one in target.measures[:MOST_MEASURES])
            yield Remark(
                target.ref,
                f"Một chỉ tiêu mang {len(target.measures)} số liệu ({figures}); mỗi số là một thước đo.",
            )
        yield from missing_baselines(target)


def missing_baselines(goal: Goal) -> Iterator[Remark]:
    changes = [one for one in goal.measures if one.direction in CHANGES]
    years = sorted({one.baseline_year for one in changes if one.baseline_year is not None})
    for one in changes if years else ():
        if one.baseline_year is None:
            yield Remark(
                goal.ref,
                f"Mức {measure_words(one)} không ghi năm so sánh, trong khi mức kia so với năm {years[0]}.",
            )


def figures_only_in_objectives(proposal: Proposal) -> Iterator[Remark]:
    known = [one for target in comparable_goals(proposal.targets) for one in target.measures]
    for objective in comparable_goals(proposal.objectives):
        for one in objective.measures:
            if not any(is_same_measure(one, other) for other in known):
                yield Remark(
                    objective.ref,
                    f"Chỉ mục tiêu có mức {measure_words(one)} ({one.what}); không chỉ tiêu nào ghi.",
                )


def doubtful_days(proposal: Proposal) -> Iterator[Remark]:
    for one in proposal.deadlines:
        if found := BEFORE_DAY.search(one.text):
            yield Remark(
                one.ref,
                f"«Trước ngày {found[1]}» theo câu chữ là không kể ngày đó; cần thống nhất cách tính.",
            )
        yield from weekend_days(one.ref, one.date)
    for leaf in (leaf for area in proposal.areas for task in area.tasks for leaf in leaves(task)):
        if leaf.before and leaf.due:
            yield Remark(leaf.ref, f"{before_day_words(leaf.before, leaf.due)} (thiết lập «Cách tính hạn»).")
        yield from weekend_days(leaf.ref, leaf.due)


def before_day_words(day: str, last: str) -> str:
    """How «trước ngày» was read: whether that day counts, and the last day in time."""
    named, due = (f"{date.fromisoformat(one):%d/%m/%Y}" for one in (day, last))
    counts = "tính cả ngày đó" if named == due else "không kể ngày đó"
    return f"«Trước ngày {named}» {counts}: hạn là hết ngày {due}"


def weekend_days(ref: str, day: str | None) -> Iterator[Remark]:
    if day and (weekday := date.fromisoformat(day).weekday()) in WEEKEND:
        yield Remark(ref, f"Hạn {date.fromisoformat(day):%d/%m/%Y} là {WEEKEND[weekday]}.")


def missing_appendix(proposal: Proposal, source: Source) -> Iterator[Remark]:
    if proposal.annex or source.has_appendix:
        return
    for node in source.nodes:
        if CITED_APPENDIX.search(node.full_text):
            yield Remark(node.ref, "Có dẫn Phụ lục đính kèm nhưng tệp không có Phụ lục.")


def areas_without_lead(proposal: Proposal) -> Iterator[Remark]:
    leads = suggested_leads(proposal)
    for area in proposal.areas[:MOST_COMPARED]:
        if leads[area.code] is None:
            yield Remark(
                area.ref or area.code,
                f"Không đơn vị nào được giao chủ trì lĩnh vực {area.code} «{area.title}»; cần người chọn.",
            )


def repeated_letters(source: Source) -> Iterator[Remark]:
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


def doubtful_spellings(proposal: Proposal, source: Source) -> Iterator[Remark]:
    for unit in proposal.units:
        if unit.aliases and unit.assignments:
            ref = unit.assignments[0].ref.rpartition(".")[0]
            yield Remark(
                ref, f"«{unit.name}» còn được viết là {', '.join(f'«{one}»' for one in unit.aliases)}."
            )
    for written, meant in find_misspellings(source.text)[:MOST_SLIPS]:
        word = re.compile(rf"\b{written}\b")
        ref = next((node.ref for node in source.nodes if word.search(node.full_text)), "")
        yield Remark(ref, f"«{written}» có thể là «{meant}» viết nhầm; giữ nguyên như trong tệp.")


def is_implied(measure: Measure, target: Goal) -> bool:
    """Whether the 1 is ours: the text says "có thêm" and names no number."""
    return measure.value == 1 and f"có thêm {measure.what}".lower() in target.text.lower()


def is_same_measure(one: Measure, other: Measure) -> bool:
    """Whether two measures ask the same of the same matter."""
    same = (one.value, one.unit, one.direction) == (other.value, other.unit, other.direction)
    return same and similarity(one.what, other.what) >= SIMILAR_SUBJECT


def measure_words(measure: Measure) -> str:
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
