"""What a person should look at in a plan that was read: the doubtful first, and nothing is passed over."""

from cchc_flow.plan_import.corrections import (
    Correction,
    corrections_that_hold,
    fingerprint_of,
    format_correction,
    parse_correction,
)
from cchc_flow.plan_import.proposal import Passage, Proposal
from cchc_flow.plan_import.review.doubts import ROLE_WORDS, doubt_words
from cchc_flow.plan_import.roles.role import ROLES, Role
from cchc_flow.web.plans.doubts import MOST_SHOWN, review_proposal


def passage(
    place: int,
    confidence: float,
    role: Role = "task",
    other: Role | None = "target",
    ref: str = "III.1",
    page: int | None = None,
) -> Passage:
    return Passage(place, page, ref, f"Đoạn thứ {place}.", role, role, confidence, other)


def proposal(*passages: Passage) -> Proposal:
    return Proposal(
        *("Kế hoạch", None, 2026, None),
        *((),) * 9,
        warnings=(),
        passages=passages,  # type: ignore[misc]
    )


def test_doubtful_lines_are_listed_in_the_order_of_the_document() -> None:
    review = review_proposal(proposal(passage(3, 0.5), passage(5, 0.99), passage(9, 0.3)))
    assert [line.place for line in review.doubtful] == [3, 9]
    assert review.waiting == 2


def test_of_many_doubtful_lines_the_least_sure_are_shown_and_the_others_folded() -> None:
    lines = [passage(place, 0.8 if place % 2 else 0.4) for place in range(1, 21)]
    review = review_proposal(proposal(*lines))
    assert [line.place for line in review.doubtful] == list(range(2, 21, 2))
    assert len(review.doubtful) == MOST_SHOWN
    assert [line.place for line in review.more] == list(range(1, 21, 2))


def test_a_doubt_that_changes_nothing_of_the_plan_is_not_asked_about() -> None:
    review = review_proposal(proposal(passage(2, 0.3, "recipients", "signature", ref="Kết thúc")))
    assert review.doubtful == ()


def test_a_line_that_somebody_settled_stays_in_its_place_and_is_not_waited_for() -> None:
    lines = (passage(3, 0.5), passage(5, 1.0, "target", None), passage(9, 0.3))
    review = review_proposal(proposal(*lines), {5: Correction("target", "0" * 16)})
    assert [(line.place, line.is_settled) for line in review.doubtful] == [(3, False), (5, True), (9, False)]
    assert review.waiting == 2


def test_the_second_reading_is_offered_first_and_the_present_one_not_at_all() -> None:
    (line,) = review_proposal(proposal(passage(3, 0.5, "task", "unit"))).doubtful
    assert [choice.role for choice in line.choices] == ["unit", "target", "duty", "other"]


def test_what_went_nowhere_is_listed_unless_it_is_asked_about_already() -> None:
    lines = (passage(3, 0.99, "other", None, ""), passage(4, 0.4, "other", "task", ""))
    review = review_proposal(proposal(*lines))
    assert [line.place for line in review.unread] == [3]
    assert [line.place for line in review.doubtful] == [4]


def test_a_part_of_the_plan_says_its_page_its_paragraph_and_its_least_sure_line() -> None:
    review = review_proposal(
        proposal(passage(41, 0.99, page=3), passage(42, 0.7), passage(50, 0.99, ref="V"))
    )
    doubtful = review.sources["III.1"]
    assert (doubtful.where, doubtful.doubt) == ("Trang 3, đoạn 41", "Nên xem lại")
    assert (review.sources["V"].where, review.sources["V"].doubt) == ("Đoạn 50", "")


def test_doubt_is_said_in_words() -> None:
    assert [doubt_words(confidence) for confidence in (0.2, 0.7, 0.95)] == ["Chưa chắc", "Nên xem lại", ""]


def test_every_role_has_words() -> None:
    assert set(ROLE_WORDS) == set(ROLES)


def test_a_correction_holds_only_for_the_text_for_which_it_was_made() -> None:
    same, other = fingerprint_of("Đoạn  thứ 3."), fingerprint_of("Một đoạn khác.")
    kept = {3: Correction("target", same), 4: Correction("task", other)}
    assert set(corrections_that_hold(kept, (passage(3, 1.0), passage(4, 1.0)))) == {3}


def test_what_is_no_correction_is_none() -> None:
    correction = Correction("task", "0123456789abcdef")
    assert parse_correction(format_correction(correction)) == correction
    assert [parse_correction(words) for words in ("", "nothing 01", " task")] == [None, None, None]
