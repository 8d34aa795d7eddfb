"""In whose hands work is: to whom it was given, who took it up, and to whom it falls when they cannot."""

import pytest
from msgspec.structs import replace
from support.story import ASSIGN, COORDINATOR, HEAD, LEADER, OFFICER, Story, assigned_task, started_task

from cchc_flow.errors import MissingData, NotAllowed
from cchc_flow.workflow.hands import Crew, Hands, find_hands
from cchc_flow.workflow.policy import Actor

COLLEAGUE = Actor("mai", frozenset({"officer"}), "kinh-te")
PEOPLE = (HEAD, OFFICER, COLLEAGUE)


def crew(*people: Actor, **away: str | None) -> Crew:
    return Crew({one.id: one.unit for one in people}, {one.id: one.roles for one in people}, away)


ALL = crew(*PEOPLE)


def given() -> Story:
    """A task that is under way and that the head gave to Lan."""
    return started_task().take(HEAD, "delegate", officer="lan", note="Làm trước ngày 10.")


def called(story: Story, who: Crew) -> frozenset[str]:
    return find_hands(story.it, who).called


def test_given_work_is_the_officers_and_tells_who_gave_it_and_stands_where_it_stood() -> None:
    story = given()
    assert (story.it.officer, story.it.given_by, story.it.state) == ("lan", "binh", "in_progress")
    assert story.events[-1].data | {"note": None} == {"officer": "lan", "previous": None, "note": None}
    assert find_hands(story.it, ALL) == Hands("lan", "lan", frozenset({"lan"}))


def test_giving_again_to_another_is_one_act_and_the_former_one_is_named() -> None:
    story = assigned_task().take(HEAD, "delegate", officer="lan").take(HEAD, "delegate", officer="binh")
    assert (story.it.officer, story.events[-1].data["previous"]) == ("binh", "lan")


def test_taken_back_work_is_the_heads_even_if_the_officer_had_begun_it() -> None:
    story = assigned_task().take(HEAD, "delegate", officer="lan").take(OFFICER, "start")
    assert story.it.taken_by == "lan"
    story.take(HEAD, "recall")
    assert (story.it.officer, story.it.taken_by, called(story, ALL)) == (None, None, {"binh"})
    assert story.events[-1].data["officer"] == "lan"


@pytest.mark.parametrize("actor", [OFFICER, COORDINATOR, LEADER])
def test_only_the_head_of_the_lead_unit_gives_and_takes_back(actor: Actor) -> None:
    with pytest.raises(NotAllowed, match="do thủ trưởng đơn vị chủ trì thực hiện"):
        given().take(actor, "delegate", officer="binh")
    with pytest.raises(NotAllowed):
        given().take(actor, "recall")


def test_who_is_not_of_the_unit_is_not_given_its_work() -> None:
    with pytest.raises(MissingData, match="phải là người của đơn vị chủ trì"):
        assigned_task().take(HEAD, "delegate", officer="tam")


def test_given_work_of_somebody_who_left_or_moved_falls_to_the_head_and_to_nobody_else() -> None:
    story = given()
    for rest in (crew(HEAD, COLLEAGUE), crew(HEAD, COLLEAGUE, replace(OFFICER, unit="tram-y-te"))):
        assert find_hands(story.it, rest) == Hands("lan", None, frozenset({"binh"}))


def test_who_lost_every_role_at_work_has_work_in_hand_no_more() -> None:
    viewer = replace(OFFICER, roles=frozenset({"viewer"}))
    assert called(given(), crew(HEAD, viewer)) == {"binh"}


def test_while_somebody_is_away_the_stand_in_is_called_else_the_head() -> None:
    story = given()
    assert called(story, crew(*PEOPLE, lan="mai")) == {"mai"}
    assert find_hands(story.it, crew(*PEOPLE, lan="mai")).instead_of == "lan"
    for away in ({"lan": None}, {"lan": "tam"}, {"lan": "mai", "mai": None}):
        assert called(story, crew(*PEOPLE, **away)) == {"binh"}


def test_of_a_head_who_is_away_the_stand_in_is_called_else_the_head_all_the_same() -> None:
    assert called(assigned_task(), crew(*PEOPLE, binh="mai")) == {"mai"}
    assert called(assigned_task(), crew(*PEOPLE, binh=None)) == {"binh"}


def test_in_a_unit_without_a_head_nobodys_work_calls_all_who_do_its_work() -> None:
    assert called(assigned_task(), crew(OFFICER, COLLEAGUE)) == {"lan", "mai"}
    assert called(assigned_task(), crew()) == frozenset()


def test_work_that_is_assigned_anew_is_no_longer_given() -> None:
    story = given().take(COORDINATOR, "assign", **ASSIGN | {"due": "2026-07-31"})
    assert (story.it.officer, story.it.given_by, called(story, ALL)) == (None, None, {"binh"})


def test_one_person_who_does_the_work_of_another_is_the_stand_in_and_several_are_none() -> None:
    assert find_hands(given().it, ALL).stand_in is None
    assert find_hands(given().it, crew(*PEOPLE, lan="mai")).stand_in == "mai"
    assert find_hands(given().it, crew(*PEOPLE, lan=None)).stand_in == "binh"
    assert find_hands(given().it, crew(HEAD, COLLEAGUE)).stand_in == "binh"
    second = replace(COLLEAGUE, roles=frozenset({"unit_head"}))
    assert find_hands(given().it, crew(HEAD, second)).stand_in is None
    assert find_hands(assigned_task().it, ALL).stand_in is None
