"""What becomes of a request and of the team when the work takes another turn."""

from support.story import ASSIGN, COORDINATOR, HEAD, LEADER, OFFICER, RESULT, Story, started_task

from cchc_flow.workflow.item import Extension


def open_request() -> Story:
    return started_task().take(OFFICER, "ask_extension", due="2026-07-31", reason="Chờ số liệu của tỉnh.")


def test_a_request_is_still_decided_after_the_result_was_handed_in() -> None:
    story = open_request().take(OFFICER, "submit", **RESULT)
    assert story.it.extension == Extension("2026-07-31", "lan")
    assert story.take(LEADER, "grant_extension", due="2026-07-15").it.due == "2026-07-15"


def test_a_new_assignment_ends_a_request() -> None:
    story = open_request().take(COORDINATOR, "assign", **ASSIGN | {"due": "2026-08-15"})
    assert (story.it.extension, story.it.due) == (None, "2026-08-15")


def test_a_decline_and_an_approval_end_a_request() -> None:
    declined = Story().take(COORDINATOR, "assign", **ASSIGN)
    declined.take(OFFICER, "ask_extension", due="2026-07-31", reason="x").take(HEAD, "decline", reason="x")
    approved = open_request().take(OFFICER, "submit", **RESULT).take(COORDINATOR, "approve", quality="met")
    assert (declined.it.extension, approved.it.extension) == (None, None)


def test_a_unit_that_takes_the_lead_no_longer_supports() -> None:
    story = started_task().take(LEADER, "hand_over", lead="tram-y-te", officer="tam", reason="Đúng việc hơn.")
    assert (story.it.lead, story.it.officer, story.it.support) == ("tram-y-te", "tam", ())
