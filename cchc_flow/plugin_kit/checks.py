"""Checks for the hook `check`: how they are run, and those that several areas make.

A check looks at one step of one kind of item. A plugin keeps its checks in a table by kind and step:

CHECKS = {("project", "open"): (past_day_check("decided_on"), check_code)}
all_violations(CHECKS.get((item.kind, step.name), ()), item, data, facts)
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from cchc_flow.hookspecs import Facts, Item, JsonObject, Violation, Workflow
from cchc_flow.plugin_kit.entries import unfinished_entries
from cchc_flow.plugin_kit.wording import day_in_words, first_titles
from cchc_flow.workflow.periods import parse

Check = Callable[[Item, JsonObject, Facts], Iterator[Violation]]
"""What yields the violations that it finds in an item and in the data of a step."""


def all_violations(checks: Iterable[Check], item: Item, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return everything that some checks find."""
    return [violation for check in checks for violation in check(item, data, facts)]


def violations_until_blocked(
    checks: Iterable[Check], item: Item, data: JsonObject, facts: Facts
) -> list[Violation]:
    """Return what some checks find, up to the first of them that blocks: the later ones may rest on it."""
    violations: list[Violation] = []
    for check in checks:
        violations += check(item, data, facts)
        if any(violation.blocks for violation in violations):
            break
    return violations


def past_day_check(name: str, rule: str = "day") -> Check:
    """Return the check that the day in a field is not after today («Ngày 05/03/2026 chưa đến.»).

    A field that was left empty passes.
    """

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        day = data[name]
        if day and date.fromisoformat(day) > facts.today:
            yield Violation(rule, f"Ngày {day_in_words(day)} chưa đến.", "Hãy ghi lại ngày.")

    return check


def whole_year_check(name: str, rule: str = "year") -> Check:
    """Return the check that the period in a field is a whole year («quý I/2026» is none)."""

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        period = parse(data[name])
        if period.name != str(period.year):
            yield Violation(rule, f"«{period.words()}» không phải một năm.", "Hãy ghi năm, như 2026.")

    return check


def document_number_check(name: str, title: str, rule: str = "decision") -> Check:
    """Return the check that the number of a document has a digit («Số quyết định không có chữ số nào.»)."""

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        if not any(letter.isdigit() for letter in data[name]):
            yield Violation(rule, f"{title} không có chữ số nào.", "Hãy ghi như 45/QĐ-UBND.")

    return check


def task_area_check(area: str, title: str, rule: str = "area") -> Check:
    """Return the check that the task in the field `task`, if any, belongs to an area.

    `title` is the area's in the sentence: «Nhiệm vụ … không thuộc tài chính công.»
    """

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        task = facts.item(data["task"]) if data["task"] else None
        if task is not None and facts.area_of(task) != area:
            yield Violation(rule, f"Nhiệm vụ «{task.title}» không thuộc {title}.", "Hãy chọn nhiệm vụ khác.")

    return check


def finished_entries_check(area: str, registers: Iterable[Workflow], rule: str = "unfinished") -> Check:
    """Return the check, for steps that end a task, that all entries which name the task are finished.

    The sentence counts those that are not, and names the first three.
    """

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        entries = unfinished_entries(item, area, registers, facts)
        if entries:
            yield Violation(
                rule,
                f"{len(entries)} mục ghi cho nhiệm vụ này chưa xong: {first_titles(entries)}.",
                "Hãy hoàn thành các mục đó ở sổ theo dõi trước khi đóng nhiệm vụ.",
            )

    return check


def has_evidence(item: Item, data: JsonObject) -> bool:
    """Tell whether files prove an item: some that it has already, or some that come with this step."""
    return bool(item.evidence or data["evidence"])
