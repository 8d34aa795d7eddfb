"""Remarks are few and ranked: what to decide first, alike ones as one, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from cchc_flow.plan_import import Proposal
from cchc_flow.plan_import.proposal import Remark
from cchc_flow.plan_import.review.ranking import (
    MOST_SHOWN,
    TOPICS,
    folded_remarks,
    make_remark,
    rank_remarks,
    short_list,
)


def test_a_person_is_asked_at_most_a_dozen_things_what_to_decide_first(plan: Proposal) -> None:
    shown = short_list(plan.warnings)
    ranks = [remark.rank for remark in shown]
    assert 0 < len(shown) <= MOST_SHOWN
    assert ranks == sorted(ranks, key=["decide", "look"].index)


def test_what_is_not_shown_is_folded(plan: Proposal) -> None:
    named = {
        ref
        for remark in (*short_list(plan.warnings), *folded_remarks(plan.warnings))
        for ref in (remark.refs or (remark.ref,))
    }
    assert {remark.ref for remark in plan.warnings} == named


def test_three_alike_are_one_sentence_with_their_references() -> None:
    weekends = [make_remark("weekend", ref, f"Hạn {ref} là Chủ nhật.") for ref in ("I.1", "I.2", "I.3")]
    (one,) = short_list(weekends)
    assert one.message == "3 hạn rơi vào thứ Bảy hoặc Chủ nhật: I.1, I.2, I.3."
    assert (one.ref, one.refs) == ("I.1", ("I.1", "I.2", "I.3"))
    assert short_list(weekends[:2]) == tuple(weekends[:2])


def test_remarks_of_no_topic_are_never_one() -> None:
    remarks = [Remark(ref, f"Điều {ref}.") for ref in ("a", "b", "c", "d")]
    assert short_list(remarks) == tuple(remarks)


def test_many_unread_passages_are_one_remark_since_they_are_listed_by_themselves() -> None:
    unread = [make_remark("unread", f"II.{number}", "Không đưa vào.") for number in range(1, 31)]
    (one,) = rank_remarks(unread)
    assert one.message.startswith("30 đoạn không đưa vào kế hoạch: II.1, II.2")
    assert rank_remarks(unread[:3]) == tuple(unread[:3])


@given(st.lists(st.tuples(st.sampled_from([*TOPICS]), st.sampled_from("abcdef"))))
def test_no_reference_is_lost_whatever_the_remarks(pairs: list[tuple[str, str]]) -> None:
    remarks = rank_remarks([make_remark(topic, ref, f"{topic} {ref}") for topic, ref in pairs])
    shown, folded = short_list(remarks), folded_remarks(remarks)
    named = {(one.topic, ref) for one in (*shown, *folded) for ref in (one.refs or (one.ref,))}
    assert named == set(pairs)
    assert len(shown) <= MOST_SHOWN
