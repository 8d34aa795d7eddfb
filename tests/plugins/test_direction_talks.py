"""Dialogues and the petitions that they raise: each is opened, due, handled, and only then the talk ends."""

import pytest
from support import directing
from support.directing import AREA, KINH_TE, VHXH, DirectionCommune

from cchc_flow import commands
from cchc_flow.commands.dispatch import catch_up_reactions
from cchc_flow.errors import MissingData
from cchc_flow.plugin_host.rule_checks import RuleBroken

commune = directing.commune

NOTICE = {"notice": "31/TB-UBND", "noticed_on": "2026-03-02"}
HANDLED = {"handled_on": "2026-03-02", "result": "settled"}


def test_a_dialogue_opens_a_petition_for_each_that_was_raised(commune: DirectionCommune) -> None:
    dialogue = commune.dialogue(petitions=3)
    entries = commune.petitions()
    assert [petition.title for petition in entries] == [f"Kiến nghị {n}: Mục dialogue" for n in (1, 2, 3)]
    assert {(petition.fields["dialogue"], petition.lead, petition.state) for petition in entries} == {
        (dialogue.id, VHXH, "received")
    }


def test_a_petition_is_due_fifteen_working_days_after_the_dialogue(commune: DirectionCommune) -> None:
    commune.dialogue(petitions=1, on="2026-02-27")
    # From Monday 2 March three weeks of five days; no holiday among them.
    assert [petition.due for petition in commune.petitions()] == ["2026-03-20"]


def test_the_days_of_a_petition_are_a_figure(commune: DirectionCommune) -> None:
    commands.set_figure(commune.ws, AREA, "petition_days", "5", "QĐ 9", commune.order("coordinator"))
    commune.dialogue(petitions=1, on="2026-02-28")
    assert [petition.due for petition in commune.petitions()] == ["2026-03-06"]


def test_petitions_are_opened_once_however_often_that_is_asked(commune: DirectionCommune) -> None:
    commune.dialogue(petitions=2)
    (commune.ws.private / "reacted").unlink(missing_ok=True)
    catch_up_reactions(commune.ws)
    assert len(commune.petitions()) == 2


def test_a_greater_count_opens_the_missing_petitions(commune: DirectionCommune) -> None:
    dialogue = commune.dialogue(petitions=1)
    commune.do(dialogue, "recount", petitions=3, reason="Biên bản ghi thiếu.")
    assert [petition.fields["number"] for petition in commune.petitions()] == ["1", "2", "3"]
    assert commune.then(dialogue.id).state == "held"


def test_a_count_is_not_less_than_the_petitions_that_are_there(commune: DirectionCommune) -> None:
    dialogue = commune.dialogue(petitions=2)
    commune.refuses("Đã có 2 kiến nghị", lambda: commune.do(dialogue, "recount", petitions=1, reason="Nhầm."))


@pytest.mark.parametrize(
    ("people", "petitions", "why"), [(0, 0, "không có người dự"), (9, 101, "nhiều nhất 100")]
)
def test_a_dialogue_that_cannot_be_is_refused(
    commune: DirectionCommune, people: int, petitions: int, why: str
) -> None:
    entry = commune.open("dialogue", audience="both")
    given = {"held_on": "2026-03-02", "people": people, "petitions": petitions}
    commune.refuses(why, lambda: commune.do(entry, "hold", **given))


def test_a_dialogue_ends_only_when_all_its_petitions_are_handled(commune: DirectionCommune) -> None:
    dialogue = commune.dialogue(petitions=2)
    first, second = commune.petitions()
    commune.do(first, "handle", **HANDLED)
    commune.refuses("Còn 1 kiến nghị chưa giải quyết", lambda: commune.do(dialogue, "close", **NOTICE))
    commune.do(second, "drop", reason="Trùng kiến nghị 1.")
    assert commune.do(dialogue, "close", **NOTICE).state == "closed"


def test_a_dialogue_does_not_end_before_it_was_held(commune: DirectionCommune) -> None:
    dialogue = commune.dialogue()
    given = NOTICE | {"noticed_on": "2026-03-01"}
    commune.refuses(r"trước ngày tổ chức \(02/03/2026\)", lambda: commune.do(dialogue, "close", **given))


def test_a_dialogue_that_was_not_held_is_cancelled_with_a_reason(commune: DirectionCommune) -> None:
    entry = commune.open("dialogue", "leader", audience="business")
    assert commune.do(entry, "cancel", reason="Hoãn sang năm sau.").state == "cancelled"


def test_a_petition_is_also_written_by_hand_for_a_dialogue_that_is_under_way(
    commune: DirectionCommune,
) -> None:
    dialogue = commune.dialogue()
    entry = commune.open("petition", "officer", KINH_TE, dialogue=dialogue.id)
    commune.refuses("Còn 1 kiến nghị", lambda: commune.do(dialogue, "close", **NOTICE))
    commune.do(entry, "handle", "officer", **HANDLED)
    commune.do(dialogue, "close", **NOTICE)
    for late in (dialogue, commune.open("dialogue", audience="both")):
        with pytest.raises(RuleBroken, match="chưa tổ chức, hoặc đã kết thúc"):
            commune.open("petition", "officer", KINH_TE, dialogue=late.id)
    for wrong in (entry.id, "khong-co"):
        with pytest.raises(MissingData, match="không có mục này trong sổ"):
            commune.open("petition", "officer", KINH_TE, dialogue=wrong)


def test_a_petition_is_described_and_handed_over_to_the_unit_that_handles_it(
    commune: DirectionCommune,
) -> None:
    commune.dialogue(petitions=1)
    (entry,) = commune.petitions()
    commune.do(entry, "describe", content="Đường thôn 3 ngập nước.")
    commune.do(entry, "hand_over", lead=KINH_TE, reason="Thuộc lĩnh vực kinh tế.")
    after = commune.do(entry, "handle", "officer", **HANDLED)
    assert (after.state, after.lead, after.fields["handled_on"]) == ("handled", KINH_TE, "2026-03-02")


def test_a_petition_has_a_day_and_a_result_and_what_went_upwards_a_number(commune: DirectionCommune) -> None:
    commune.dialogue(petitions=1)
    (entry,) = commune.petitions()
    with pytest.raises(MissingData) as missing:
        commune.do(entry, "handle")
    assert set(missing.value.fields) == {"handled_on", "result"}
    given = HANDLED | {"result": "forwarded"}
    commune.refuses("Chưa có số văn bản", lambda: commune.do(entry, "handle", **given))
    early = HANDLED | {"handled_on": "2026-03-01"}
    commune.refuses("trước ngày tổ chức", lambda: commune.do(entry, "handle", **early))
    assert commune.do(entry, "handle", answer="88/UBND-VP", **given).state == "handled"
