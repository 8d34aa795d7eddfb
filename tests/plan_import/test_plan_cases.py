"""Twenty kinds of plans that were once read wrongly are read rightly, here and outside the project."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.plan_cases import CASES, FACTS, Case, Facts
from support.plans import read_plan_bytes

from cchc_flow.errors import BadInput

OUTSIDE = Path(__file__).parents[3] / "shared" / "plan-cases"
ONE_OF = {"year"}


def check(name: str, content: bytes, expected: Facts) -> None:
    if "refused" in expected:
        with pytest.raises(BadInput, match=expected["refused"]):
            read_plan_bytes(name, content)
        return
    plan = read_plan_bytes(name, content)
    for fact, value in expected.items():
        found = FACTS[fact](plan)
        assert found in value if fact in ONE_OF else found == value, fact


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_kind_of_plan_that_was_read_wrongly_is_read_rightly(case: Case, word: Callable[..., bytes]) -> None:
    if not case.table:
        check("a.txt", case.text.encode(), case.own)
        return
    before, _, after = case.text.partition("{table}")
    content = word([line for line in before.splitlines() if line], table=case.table, after=after.splitlines())
    check("a.docx", content, case.own)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_plan_of_that_kind_outside_the_project_is_read_rightly(case: Case) -> None:
    path = OUTSIDE / case.name
    if not path.is_file():
        pytest.skip(f"no case {case.name}: the cases are kept outside the project")
    check(case.name, path.read_bytes(), case.shared)
