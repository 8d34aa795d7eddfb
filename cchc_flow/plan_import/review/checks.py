"""Checks a proposal for gaps, repetitions and doubtful passages; each finding is a remark."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

import msgspec
from msgspec.structs import replace

from cchc_flow.plan_import.extraction.figures import CHANGES
from cchc_flow.plan_import.extraction.leads import task_leads
from cchc_flow.plan_import.proposal import Goal, Measure, Proposal, Remark, leaves
from cchc_flow.plan_import.review.appendix import appendix_conflicts
from cchc_flow.plan_import.review.ranking import make_remark
from cchc_flow.plan_import.review.similarity import find_misspellings, similarity
from cchc_flow.plan_import.structure.outline import Node

MOST_COMPARED = 100
MOST_MISSPELLINGS = 20
MOST_MEASURES = 8
SIMILAR_TEXT = 0.18
SIMILAR_SUBJECT = 0.45
CITED_APPENDIX = re.compile(
    r"(?:tại|theo|kèm|xem) (?:các )?Phụ lục|Phụ lục (?:đính kèm|kèm theo)", re.IGNORECASE
)
BEFORE_DAY = re.compile(r"\btrước ngày (\d[\d/. -]{5,12}\d)", re.IGNORECASE)
WEEKEND = {5: "thứ Bảy", 6: "Chủ nhật"}


class Source(msgspec.Struct, frozen=True):
    """What the checks need from the document itself: its outline's nodes, its text, and two formal facts."""

    nodes: tuple[Node, ...]
    text: str
    day_is_blank: bool
    has_appendix: bool


def check_plan(proposal: Proposal, source: Source) -> tuple[Remark, ...]:
    """Return all remarks on a plan: blanks, paragraphs, goals, deadlines, areas and units, in this order."""
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
        *appendix_conflicts(proposal),
        *areas_without_lead(proposal),
        *repeated_letters(source),
        *doubtful_spellings(proposal, source),
    )


def blank_fields(proposal: Proposal, source: Source) -> Iterator[Remark]:
    """Yield a remark for a missing number or day of issue."""
    if proposal.number is None:
        yield make_remark("blank", "Số", "Số của kế hoạch còn để trống.")
    if source.day_is_blank:
        yield make_remark("blank", "Ngày", "Ngày ban hành còn để trống.")


def broken_paragraphs(source: Source) -> Iterator[Remark]:
    """Yield a remark for each paragraph that was joined across an empty line."""
    for node in source.nodes:
        if node.joined:
            message = "Đoạn này bị ngắt đôi bởi một dòng trống trong tệp; đã nối lại thành một."
            yield make_remark("joined", node.ref, message)


def repeated_numbers(source: Source) -> Iterator[Remark]:
    """Yield a remark for each paragraph whose number was used before and whose reference differs from it."""
    for node in source.nodes:
        if node.repeated:
            message = f"Số thứ tự «{node.label}» đã dùng ở trên; mục này được gọi là {node.ref}."
            yield make_remark("repeated_number", node.ref, message)


def comparable_goals(goals: Sequence[Goal]) -> list[Goal]:
    """Return the first 100 goals with their first eight measures, more than a real plan has."""
    return [replace(goal, measures=goal.measures[:MOST_MEASURES]) for goal in goals[:MOST_COMPARED]]


def repeated_goals(proposal: Proposal) -> Iterator[Remark]:
    """Yield a remark for each target that repeats a measure of an objective."""
    for objective in comparable_goals(proposal.objectives):
        for target in comparable_goals(proposal.targets):
            shared = [
                measure_words(measure)
                for measure in target.measures
                if any(is_same_measure(measure, other) for other in objective.measures)
            ]
            if shared:
                message = f"Chỉ tiêu này nhắc lại mục tiêu {objective.ref} ({', '.join(shared)})."
                yield make_remark("repeated_goal", target.ref, message)


def overlapping_targets(proposal: Proposal) -> Iterator[Remark]:
    """Yield a remark for each target whose text is similar to that of an earlier target."""
    for first, second in combinations(comparable_goals(proposal.targets), 2):
        if similarity(first.text, second.text) >= SIMILAR_TEXT:
            message = f"Chỉ tiêu này trùng phần lớn nội dung với chỉ tiêu {first.ref}."
            yield make_remark("overlap", second.ref, message)


def figure_remarks(proposal: Proposal) -> Iterator[Remark]:
    """Yield remarks on targets with several measures, an implied 1, or a missing baseline year."""
    for target in proposal.targets:
        if any(is_implied(measure, target) for measure in target.measures):
            yield make_remark("implied", target.ref, "«Có thêm» mà không ghi số lượng; tạm hiểu là thêm 1.")
        elif len(target.measures) > 1:
            figures = "; ".join(measure_words(measure) for measure in target.measures[:MOST_MEASURES])
            yield make_remark(
                "several_measures",
                target.ref,
                f"Một chỉ tiêu mang {len(target.measures)} số liệu ({figures}); mỗi số là một thước đo.",
            )
        yield from missing_baselines(target)


def missing_baselines(goal: Goal) -> Iterator[Remark]:
    """Yield a remark for each change without a baseline year, if another change of the goal has one."""
    changes = [measure for measure in goal.measures if measure.direction in CHANGES]
    years = sorted({measure.baseline_year for measure in changes if measure.baseline_year is not None})
    for measure in changes if years else ():
        if measure.baseline_year is None:
            words = measure_words(measure)
            message = f"Mức {words} không ghi năm so sánh, trong khi mức kia so với năm {years[0]}."
            yield make_remark("no_baseline", goal.ref, message)


def figures_only_in_objectives(proposal: Proposal) -> Iterator[Remark]:
    """Yield a remark for each measure of an objective that no target has."""
    in_targets = [measure for target in comparable_goals(proposal.targets) for measure in target.measures]
    for objective in comparable_goals(proposal.objectives):
        for measure in objective.measures:
            if not any(is_same_measure(measure, other) for other in in_targets):
                yield make_remark(
                    "only_in_objective",
                    objective.ref,
                    f"Chỉ mục tiêu có mức {measure_words(measure)} ({measure.what}); không chỉ tiêu nào ghi.",
                )


def doubtful_days(proposal: Proposal) -> Iterator[Remark]:
    """Yield remarks on days whose reading is uncertain («trước ngày») and on days at a weekend."""
    for deadline in proposal.deadlines:
        if match := BEFORE_DAY.search(deadline.text):
            yield make_remark(
                "before_day",
                deadline.ref,
                f"«Trước ngày {match[1]}» theo câu chữ là không kể ngày đó; cần thống nhất cách tính.",
            )
        yield from weekend_days(deadline.ref, deadline.date)
    for leaf in (leaf for area in proposal.areas for task in area.tasks for leaf in leaves(task)):
        if leaf.before and leaf.due:
            message = f"{before_day_words(leaf.before, leaf.due)} (thiết lập «Cách tính hạn»)."
            yield make_remark("before_day", leaf.ref, message)
        yield from weekend_days(leaf.ref, leaf.due)


def before_day_words(day: str, last: str) -> str:
    """Return a sentence on how «trước ngày» was read: whether that day counts, and which is the last day."""
    named, due = (f"{date.fromisoformat(iso):%d/%m/%Y}" for iso in (day, last))
    counts = "tính cả ngày đó" if named == due else "không kể ngày đó"
    return f"«Trước ngày {named}» {counts}: hạn là hết ngày {due}"


def weekend_days(ref: str, day: str | None) -> Iterator[Remark]:
    """Yield a remark if the day, an ISO date or None, is a Saturday or Sunday."""
    if day and (weekday := date.fromisoformat(day).weekday()) in WEEKEND:
        yield make_remark("weekend", ref, f"Hạn {date.fromisoformat(day):%d/%m/%Y} là {WEEKEND[weekday]}.")


def missing_appendix(proposal: Proposal, source: Source) -> Iterator[Remark]:
    """Yield a remark for each paragraph that cites an appendix if the document has none."""
    if proposal.annex or source.has_appendix:
        return
    for node in source.nodes:
        if CITED_APPENDIX.search(node.full_text):
            message = "Có dẫn Phụ lục đính kèm nhưng tệp không có Phụ lục."
            yield make_remark("missing_appendix", node.ref, message)


def areas_without_lead(proposal: Proposal) -> Iterator[Remark]:
    """Yield a remark for each area with a task whose lead is named nowhere, nor suggested by assignments."""
    leads = task_leads(proposal)
    in_appendix = {row.matches for row in proposal.annex if row.lead}
    for area in proposal.areas[:MOST_COMPARED]:
        work = [leaf.ref for task in area.tasks for leaf in leaves(task)]
        if any(leads[ref] is None and ref not in in_appendix for ref in work):
            yield make_remark(
                "no_lead",
                area.ref or area.code,
                f"Không đơn vị nào được giao chủ trì lĩnh vực {area.code} «{area.title}»; cần người chọn.",
            )


def repeated_letters(source: Source) -> Iterator[Remark]:
    """Yield a remark for each list a), b) … that repeats the letters of an earlier one in its section."""
    first_list: dict[str, str] = {}
    for node in source.nodes:
        letters = [child.label for child in node.children if child.kind == "a"]
        section = node.ref.split(".")[0]
        if len(letters) > 1 and section in first_list:
            first, last = letters[0], letters[-1]
            yield make_remark(
                "repeated_letters",
                node.ref,
                f"Thứ tự {first})–{last}) dùng lại sau mục {first_list[section]};"
                f" khi dẫn phải ghi cả mục ({node.ref}.{first}).",
            )
        if len(letters) > 1:
            first_list.setdefault(section, node.ref)


def doubtful_spellings(proposal: Proposal, source: Source) -> Iterator[Remark]:
    """Yield remarks on units with several spellings, and on abbreviations that look misspelt."""
    for unit in proposal.units:
        if unit.aliases and unit.assignments:
            ref = unit.assignments[0].ref.rpartition(".")[0]
            aliases = ", ".join(f"«{alias}»" for alias in unit.aliases)
            yield make_remark("alias", ref, f"«{unit.name}» còn được viết là {aliases}.")
    for misspelling, correction in find_misspellings(source.text)[:MOST_MISSPELLINGS]:
        word = re.compile(rf"\b{misspelling}\b")
        ref = next((node.ref for node in source.nodes if word.search(node.full_text)), "")
        message = f"«{misspelling}» có thể là «{correction}» viết nhầm; giữ nguyên như trong tệp."
        yield make_remark("misspelling", ref, message)


def is_implied(measure: Measure, target: Goal) -> bool:
    """Return whether the text names no number for a measure: it says "có thêm", and the importer reads 1."""
    return measure.value == 1 and f"có thêm {measure.what}".lower() in target.text.lower()


def is_same_measure(first: Measure, second: Measure) -> bool:
    """Return whether two measures have the same figure and direction, and similar subjects."""
    has_same_figure = (first.value, first.unit, first.direction) == (
        second.value,
        second.unit,
        second.direction,
    )
    return has_same_figure and similarity(first.what, second.what) >= SIMILAR_SUBJECT


def measure_words(measure: Measure) -> str:
    """Return a measure in a few words: "giảm 15%", "tối thiểu 98%"."""
    words = {
        "increase_at_least": "tăng ",
        "decrease_at_least": "giảm ",
        "at_least": "tối thiểu ",
        "at_most": "tối đa ",
    }
    number = f"{measure.value:g}".replace(".", ",")
    unit = measure.unit or ""
    return f"{words.get(measure.direction, '')}{number}{'' if unit in ('%', '') else ' '}{unit}"
