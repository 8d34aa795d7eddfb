"""Dialogues and the petitions that they raise: each is opened, due, handled, and only then the talk ends."""

from pathlib import Path

import pytest
from support.directing import KINH_TE, VHXH, Commune

from cchc_flow import commands
from cchc_flow.commands.asking import RuleBroken
from cchc_flow.commands.reactions import catch_up
from cchc_flow.errors import MissingData

NOTICE = {"notice": "31/TB-UBND", "noticed_on": "2026-03-02"}
HANDLED = {"handled_on": "2026-03-02", "result": "settled"}


@pytest.fixture
def commune(tmp_path: Path) -> Commune:
    return Commune(tmp_path / "data")


def test_a_dialogue_opens_a_petition_for_each_that_was_raised(commune: Commune) -> None:
    dialogue = commune.dialogue(petitions=3)
    entries = commune.entries("petition")
    assert [one.title for one in entries] == [f"Kiến nghị {n}: Mục dialogue" for n in (1, 2, 3)]
    assert {(one.fields["dialogue"], one.lead, one.state) for one in entries} == {
        (dialogue.id, VHXH, "received")
    }


def test_a_petition_is_due_fifteen_working_days_after_the_dialogue(commune: Commune) -> None:
    commune.dialogue(petitions=1, on="2026-02-27")
    # From Monday 2 March three weeks of five days; no holiday among them.
    assert [one.due for one in commune.entries("petition")] == ["2026-03-20"]


def test_the_days_of_a_petition_are_a_figure(commune: Commune) -> None:
    commands.set_figure(commune.ws, "direction", "petition_days", "5", "QĐ 9", commune.order("hoa"))
    commune.dialogue(petitions=1, on="2026-02-28")
    assert [one.due for one in commune.entries("petition")] == ["2026-03-06"]


def test_petitions_are_opened_once_however_often_that_is_asked(commune: Commune) -> None:
    commune.dialogue(petitions=2)
    (commune.ws.private / "reacted").unlink(missing_ok=True)
    catch_up(commune.ws)
    assert len(commune.entries("petition")) == 2


def test_a_greater_count_opens_the_missing_petitions(commune: Commune) -> None:
    dialogue = commune.dialogue(petitions=1)
    commune.do(dialogue, "recount", petitions=3, reason="Biên bản ghi thiếu.")
    assert [one.fields["number"] for one in commune.entries("petition")] == ["1", "2", "3"]
    assert commune.now(dialogue).state == "held"


def test_a_count_is_not_less_than_the_petitions_that_are_there(commune: Commune) -> None:
    dialogue = commune.dialogue(petitions=2)
    commune.refuses("Đã có 2 kiến nghị", lambda: commune.do(dialogue, "recount", petitions=1, reason="Nhầm."))


@pytest.mark.parametrize(
    ("people", "petitions", "why"), [(0, 0, "không có người dự"), (9, 101, "nhiều nhất 100")]
)
def test_a_dialogue_that_cannot_be_is_refused(
    commune: Commune, people: int, petitions: int, why: str
) -> None:
    entry = commune.write("dialogue", audience="both")
    given = {"held_on": "2026-03-02", "people": people, "petitions": petitions}
    commune.refuses(why, lambda: commune.do(entry, "hold", **given))


def test_a_dialogue_ends_only_when_all_its_petitions_are_handled(commune: Commune) -> None:
    dialogue = commune.dialogue(petitions=2)
    first, second = commune.entries("petition")
    commune.do(first, "handle", **HANDLED)
    commune.refuses("Còn 1 kiến nghị chưa giải quyết", lambda: commune.do(dialogue, "close", **NOTICE))
    commune.do(second, "drop", reason="Trùng kiến nghị 1.")
    assert commune.do(dialogue, "close", **NOTICE).state == "closed"


def test_a_dialogue_does_not_end_before_it_was_held(commune: Commune) -> None:
    dialogue = commune.dialogue()
    given = NOTICE | {"noticed_on": "2026-03-01"}
    commune.refuses(r"trước ngày tổ chức \(02/03/2026\)", lambda: commune.do(dialogue, "close", **given))


def test_a_dialogue_that_was_not_held_is_cancelled_with_a_reason(commune: Commune) -> None:
    entry = commune.write("dialogue", "nam", audience="business")
    assert commune.do(entry, "cancel", reason="Hoãn sang năm sau.").state == "cancelled"


def test_a_petition_is_also_written_by_hand_for_a_dialogue_that_is_under_way(commune: Commune) -> None:
    dialogue = commune.dialogue()
    entry = commune.write("petition", "lan", KINH_TE, dialogue=dialogue.id)
    commune.refuses("Còn 1 kiến nghị", lambda: commune.do(dialogue, "close", **NOTICE))
    commune.do(entry, "handle", "lan", **HANDLED)
    commune.do(dialogue, "close", **NOTICE)
    for late in (dialogue, commune.write("dialogue", audience="both")):
        with pytest.raises(RuleBroken, match="chưa tổ chức, hoặc đã kết thúc"):
            commune.write("petition", "lan", KINH_TE, dialogue=late.id)
    for wrong in (entry.id, "khong-co"):
        with pytest.raises(MissingData, match="không có mục này trong sổ"):
            commune.write("petition", "lan", KINH_TE, dialogue=wrong)


def test_a_petition_is_described_and_handed_over_to_the_unit_that_handles_it(commune: Commune) -> None:
    commune.dialogue(petitions=1)
    (entry,) = commune.entries("petition")
    commune.do(entry, "describe", content="Đường thôn 3 ngập nước.")
    commune.do(entry, "hand_over", lead=KINH_TE, reason="Thuộc lĩnh vực kinh tế.")
    after = commune.do(entry, "handle", "lan", **HANDLED)
    assert (after.state, after.lead, after.fields["handled_on"]) == ("handled", KINH_TE, "2026-03-02")


def test_a_petition_has_a_day_and_a_result_and_what_went_upwards_a_number(commune: Commune) -> None:
    commune.dialogue(petitions=1)
    (entry,) = commune.entries("petition")
    with pytest.raises(MissingData) as missing:
        commune.do(entry, "handle")
    assert set(missing.value.fields) == {"handled_on", "result"}
    given = HANDLED | {"result": "forwarded"}
    commune.refuses("Chưa có số văn bản", lambda: commune.do(entry, "handle", **given))
    early = HANDLED | {"handled_on": "2026-03-01"}
    commune.refuses("trước ngày tổ chức", lambda: commune.do(entry, "handle", **early))
    assert commune.do(entry, "handle", answer="88/UBND-VP", **given).state == "handled"
