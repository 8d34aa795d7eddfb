"""docs/vi/cach-tinh.md: what the program computes is what the page computes by hand."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from cchc_flow.hookspecs import Assessment
from cchc_flow.reporting.grading import Grade, grade
from cchc_flow.reporting.products import Product
from cchc_flow.reporting.verdicts import unit_words, verdict
from cchc_flow.web.overview.grading import points
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.settings.values import Grading

PAGE = (Path(__file__).parents[2] / "docs/vi/cach-tinh.md").read_text("utf-8")
RULES = Grading(quantity=1, quality=1, progress=1, by_decree=True)


def rows_below(heading: str) -> list[list[str]]:
    """Return the cells of the rows of the table whose first line begins with this."""
    lines = PAGE[PAGE.index(heading) :].split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def number(words: str) -> Decimal:
    return Decimal(words.replace(",", "."))


def product(name: str, weight: str = "1", done: bool = True, defects: int = 0, delays: int = 0) -> Product:
    """Return a product that was due in the period."""
    day = date(2026, 3, 1)
    return Product(
        item=name, ref=None, title=name, unit="a", person="lan", due=day, last=day,
        done=day if done else None, handed_in=None, defects=defects, returns=(), delays=tuple(range(delays)),
        weight=number(weight),
    )  # fmt: skip


@pytest.fixture
def officer() -> Grade:
    """The grade of the products of the first example."""
    rows = rows_below("| Sản phẩm |")
    return grade(
        "lan",
        [product(name, weight, done == "có", int(bad), int(late)) for name, weight, done, bad, late in rows],
        RULES,
    )


def test_nd_335_2025_the_results_of_an_officer_are_those_of_the_page(officer: Grade) -> None:
    expected = dict(rows_below("| Ví dụ 1 |"))
    said = verdict(officer, [Assessment(item="i", person="lan", general="26.5")], RULES)
    assert said.total is not None and said.general is not None
    assert {
        "Số lượng": points(officer.quantity),
        "Chất lượng": points(officer.quality),
        "Tiến độ": points(officer.progress),
        "Kết quả": points(officer.total),
        "Tiêu chí chung": points(said.general),
        "Tổng": points(said.total),
        "Mức": said.words,
    } == expected
    assert officer.total == Fraction(70) * (90 + 80 + Fraction("82.5")) / 300
    assert f"{points(officer.total)}/70" in PAGE


def test_nd_335_2025_the_results_of_a_leader_have_six_parts(officer: Grade) -> None:
    expected = dict(rows_below("| Ví dụ 2 |"))
    leading = tuple(expected.pop("Ba tiêu chí lãnh đạo").split("; "))
    general = str(number(expected["Tiêu chí chung"]))
    said = verdict(
        officer, [Assessment(item="i", person="lan", general=general, leads=True, leading=leading)], RULES
    )
    assert said.total is not None and said.general is not None
    assert {
        "Kết quả": points(said.results),
        "Tiêu chí chung": points(said.general),
        "Tổng": points(said.total),
        "Mức": said.words,
    } == expected


@pytest.mark.parametrize("row", rows_below("| Ví dụ 3 |"), ids=lambda row: row[0])
def test_nd_233_2026_what_the_tasks_of_a_unit_allow(row: list[str]) -> None:
    _, done, late, words = row
    (asked,) = re.findall(r"một năm có (\d+) nhiệm vụ", PAGE)
    tasks = [product(str(n), done=n < int(done), delays=int(n < int(late))) for n in range(int(asked))]
    assert unit_words(grade("a", tasks, RULES), parse("2026"), RULES) == words
