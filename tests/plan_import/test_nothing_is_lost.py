"""Every line of a document is in the proposal, where its passage says so, or is listed as unread."""

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.plans import read_plan_bytes
from support.tagged_plans import LETTERS, read_tagged

from cchc_flow.errors import BadInput
from cchc_flow.plan_import import Proposal
from cchc_flow.plan_import.extraction.areas import all_tasks
from cchc_flow.plan_import.extraction.passages import AT_END, IN_FRONT

MARKS = ("I. ", "II. ", "1. ", "2. ", "1.1. ", "a) ", "b) ", "- ", "+ ", "")
LABELS = ("Chủ trì: ", "Thời gian: ", "Nội dung: ", "")
HEADS = ("heading", "area", "unit")

lines = st.lists(
    st.tuples(st.sampled_from("GTAW@UDFRHOWDA"), st.sampled_from(MARKS), st.sampled_from(LABELS)), max_size=30
)


def texts_of(plan: Proposal) -> str:
    """All that the proposal says, apart from the passages and the remarks."""
    return str(msgspec.to_builtins(msgspec.structs.replace(plan, passages=(), warnings=())))


def refs_of(plan: Proposal) -> list[str]:
    assignments = [part for unit in plan.units for part in unit.assignments]
    parts = [*plan.objectives, *plan.requirements, *plan.targets, *plan.general_assignments, *plan.reporting]
    parts += [*assignments, *plan.areas, *all_tasks(plan.areas), *plan.deadlines, *plan.annex]
    return [part.ref for part in parts]


def check_passages(plan: Proposal) -> None:
    everything = texts_of(plan)
    for passage in plan.passages:
        is_told = passage.ref and passage.ref not in (IN_FRONT, AT_END) and passage.role not in HEADS
        if (
            is_told
            and passage.role != "attribute"
            and not any(
                part.ref and part.text.startswith(passage.text)
                for part in plan.passages
                if part is not passage
            )
        ):
            only_leads = any(
                other.ref.startswith(f"{passage.ref}.")
                for other in plan.passages
                if other.role == passage.role
            )
            assert passage.text in everything or only_leads
    assert {passage.ref for passage in plan.passages} >= {ref for ref in refs_of(plan) if ref}


@settings(max_examples=150, deadline=None)
@given(lines)
def test_whatever_roles_its_lines_have_a_line_is_in_the_proposal_or_unread(
    drawn: list[tuple[str, str, str]],
) -> None:
    text = "".join(
        f"{role} {mark}{label}dòng {number} hết\n" for number, (role, mark, label) in enumerate(drawn)
    )
    plan = read_tagged(f"P KẾ HOẠCH\nP Cải cách\n{text}")
    everything = texts_of(plan)
    assert len(plan.passages) == len(drawn) + 2
    heads = {passage.ref for passage in plan.passages if passage.ref}
    for number, (passage, (letter, _, _)) in enumerate(zip(plan.passages[2:], drawn, strict=True)):
        if passage.ref == "" or LETTERS[letter] in HEADS:
            continue
        is_head_of_others = any(ref.startswith(f"{passage.ref}.") for ref in heads)
        assert f"dòng {number} hết" in everything or is_head_of_others


@settings(max_examples=100, deadline=None)
@given(lines)
def test_everything_in_the_proposal_can_be_followed_to_its_line(drawn: list[tuple[str, str, str]]) -> None:
    text = "".join(f"{role} {mark}{label}dòng {number}\n" for number, (role, mark, label) in enumerate(drawn))
    plan = read_tagged(f"P KẾ HOẠCH\nP Cải cách\n{text}")
    assert {passage.ref for passage in plan.passages} >= {ref for ref in refs_of(plan) if ref}


def test_of_the_whole_plans_every_line_has_its_passage_and_nothing_but_the_closing_is_unread(
    plan: Proposal,
) -> None:
    check_passages(plan)
    assert [passage.role for passage in plan.unread if passage.role != "other"] == []
    assert len(plan.unread) <= 3


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_of_any_disorder_of_a_plan_nothing_is_lost(small_plan: str, data: st.DataObject) -> None:
    parts = [line for line in small_plan.splitlines() if line]
    shuffled = [*parts[:2], *data.draw(st.permutations(parts[2:]))]
    try:
        plan = read_plan_bytes("a.txt", "\n\n".join(shuffled).encode())
    except BadInput:
        return
    check_passages(plan)
    assert [passage.place for passage in plan.passages] == sorted(passage.place for passage in plan.passages)
