"""What the plugin kit promises to those who write an area with it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from cchc_flow import plugin_kit
from cchc_flow.hookspecs import Facts, Item, JsonObject, Violation, Workflow
from cchc_flow.plugin_kit import VOID, transition, void_transition
from cchc_flow.workflow import periods
from cchc_flow.workflow.definition import State, problems

REGISTER = Workflow(
    "project",
    1,
    "Dự án",
    "waiting",
    (State("waiting", "Chờ"), State("done", "Xong", final=True), VOID),
    (
        transition("finish", "Kết thúc", "finishings", from_=("waiting",), to="done"),
        void_transition("waiting"),
    ),
)


def entry(state: str = "waiting", title: str = "Đường thôn 3", **fields: str) -> Item:
    return cast(Item, SimpleNamespace(id=title, state=state, title=title, fields=fields))


def facts(*entries: Item, area: str = "finance", today: str = "2026-03-02") -> Facts:
    known = SimpleNamespace(
        today=date.fromisoformat(today), items=lambda kind, **_: entries, area_of=lambda item: area
    )
    return cast(Facts, known)


def finds(rule: str, *, blocks: bool) -> plugin_kit.Check:
    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        yield Violation(rule, "Sai.", blocks=blocks)

    return check


def test_a_register_of_its_parts_is_sound() -> None:
    assert problems(REGISTER) == []
    assert {step.event for step in REGISTER.transitions} == {plugin_kit.ADVANCED}


@pytest.mark.parametrize(
    ("run", "rules"),
    [
        (plugin_kit.all_violations, ["warns", "blocks", "unasked"]),
        (plugin_kit.violations_until_blocked, ["warns", "blocks"]),
    ],
)
def test_checks_are_all_run_or_only_up_to_one_that_blocks(run: Any, rules: list[str]) -> None:
    checks = [finds("warns", blocks=False), finds("blocks", blocks=True), finds("unasked", blocks=True)]
    assert [violation.rule for violation in run(checks, entry(), {}, facts())] == rules


@pytest.mark.parametrize(("day", "words"), [("2026-03-02", []), (None, []), ("2026-03-03", ["03/03/2026"])])
def test_a_day_to_come_is_a_violation(day: str | None, words: list[str]) -> None:
    found = list(plugin_kit.past_day_check("paid_on")(entry(), {"paid_on": day}, facts()))
    assert [violation.why for violation in found] == [f"Ngày {word} chưa đến." for word in words]


def test_a_task_waits_for_the_entries_of_its_area_that_are_in_no_final_state() -> None:
    entries = (entry("waiting"), entry("done", "Kè suối"), entry("void", "Ghi nhầm"))
    check = plugin_kit.finished_entries_check("finance", [REGISTER])
    (violation,) = check(entry(title="Nhiệm vụ"), {}, facts(*entries))
    assert violation.why == "1 mục ghi cho nhiệm vụ này chưa xong: «Đường thôn 3»."
    assert not list(check(entry(title="Nhiệm vụ"), {}, facts(*entries, area="direction")))


def test_empty_fields_count_as_nothing() -> None:
    items = [entry(paid="1250000.5"), entry()]
    assert plugin_kit.total_amount(items, "paid") == Decimal("1250000.5")
    assert plugin_kit.total_count([entry(people="3"), entry()], "people") == 3
    assert plugin_kit.day_of(entry(), "paid_on") is None


def test_only_entries_of_days_in_the_window_are_within_it() -> None:
    days = ["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"]
    entries = [entry(), *(entry(title=day, paid_on=day) for day in days)]
    march = date(2026, 3, 1), date(2026, 3, 31)
    assert [item.id for item in plugin_kit.entries_within(march, entries, "paid_on")] == days[1:3]


def test_an_aim_is_asked_of_the_exact_numbers() -> None:
    """94999999 of 100000000 are 95 % once rounded to two decimals, and less than 95 % in truth."""
    assert not plugin_kit.is_aim_met(94_999_999, 100_000_000, Decimal(95))
    assert plugin_kit.is_aim_met(95, 100, Decimal(95))
    assert plugin_kit.aim_words(False, Decimal(95)) == "chưa đạt mức 95\xa0%"


def test_a_share_of_nothing_has_no_value() -> None:
    assert plugin_kit.share_of_total("paid", "Giải ngân", 0, 0, []).value is None
    measure = plugin_kit.share_of_total("paid", "Giải ngân", Decimal(1), Decimal(3), [entry()])
    assert (measure.value, measure.count, measure.of) == ("33.33", 1, 3)


def test_last_year_is_shown_while_it_has_entries() -> None:
    assert plugin_kit.years_with_entries(date(2027, 1, 5), lambda year: year == 2026) == [2027, 2026]
    assert plugin_kit.years_with_entries(date(2027, 1, 5), lambda year: False) == [2027]


@pytest.mark.parametrize(
    ("one", "other", "overlap", "within"),
    [
        ("2026-03", "2026-Q1", True, True),
        ("2026-Q1", "2026-03", True, False),
        ("2026-04", "2026-Q1", False, False),
        ("2025", "2026", False, False),
    ],
)
def test_periods_overlap_where_they_share_a_month(one: str, other: str, overlap: bool, within: bool) -> None:
    assert plugin_kit.periods_overlap(periods.parse(one), periods.parse(other)) is overlap
    assert plugin_kit.lies_within(periods.parse(one), periods.parse(other)) is within
