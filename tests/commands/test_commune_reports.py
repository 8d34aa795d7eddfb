"""The commune's report: written by the coordinator, issued once it is due, frozen, sent, recalled."""

import threading
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from support.issuing import say_numbering
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.commune_reports import (
    Frozen,
    Issue,
    Issuing,
    issue_report,
    recall_report,
    send_report,
)
from cchc_flow.commands.document_numbers import recall_document
from cchc_flow.commands.report_sections import edit_section
from cchc_flow.errors import ItemMoved, MissingData, NotAllowed, NotFound, Refusal
from cchc_flow.projections import issued

PERIOD, STREAM = "2026-02", "report-2026-2026-02"
ISSUE = Issue(day="02/03/2026", signer="Phạm Nam", signer_lines=("TM. Ủy ban nhân dân", "Chủ tịch"))


def lacking(issuing: Issuing) -> Frozen:
    return msgspec.structs.replace(say_numbering(issuing), lacking=("Trạm Y tế chưa nộp báo cáo.",))


def issue(
    world: World, actor: str = "hoa", make: Any = say_numbering, seen: int | None = None, **changes: Any
) -> None:
    order = world.order(actor)
    issue_report(world.ws, PERIOD, msgspec.structs.replace(ISSUE, **changes), order, make, seen=seen)


def text(world: World, section: str = "2") -> str | None:
    found = issued.report_texts(world.ws.read(), "2026", PERIOD).get(section)
    return world.ws.vault.load(found.text.digest).decode() if found else None


def last_event(world: World, stream: str = STREAM) -> Any:
    return world.ws.log.stream(stream)[-1]


def test_the_coordinators_words_are_kept_with_who_wrote_them_and_when(world: World) -> None:
    assert edit_section(world.ws, PERIOD, "2", "Đã rà soát 40 thủ tục.\n\nCòn 3.", world.order("hoa"))
    assert text(world) == "Đã rà soát 40 thủ tục.\n\nCòn 3."
    written = issued.report_texts(world.ws.read(), "2026", PERIOD)["2"]
    assert written.actor == "hoa"
    assert "Đã rà soát" not in str(last_event(world).data)


def test_words_change_and_are_taken_back_and_each_moment_keeps_its_own(world: World) -> None:
    edit_section(world.ws, PERIOD, "2", "Một", world.order("hoa"))
    first = world.ws.log.size()
    edit_section(world.ws, PERIOD, "2", "Hai", world.order("hoa"))
    edit_section(world.ws, PERIOD, "results", "Tốt", world.order("hoa"))
    assert (text(world), text(world, "results")) == ("Hai", "Tốt")
    edit_section(world.ws, PERIOD, "2", " ", world.order("hoa"))
    assert text(world) is None
    then = issued.report_texts(world.ws.models.read_as_of(first), "2026", PERIOD)
    assert {key: world.ws.vault.load(one.text.digest) for key, one in then.items()} == {"2": "Một".encode()}


def test_the_same_words_again_change_nothing(world: World) -> None:
    assert not edit_section(world.ws, PERIOD, "2", "", world.order("hoa"))
    edit_section(world.ws, PERIOD, "2", "Một", world.order("hoa"))
    size = world.ws.log.size()
    assert not edit_section(world.ws, PERIOD, "2", "Một ", world.order("hoa"))
    assert world.ws.log.size() == size


@pytest.mark.parametrize("actor", ["nam", "lan", "binh", "thu", "nobody"])
def test_only_the_coordinator_writes_sections(world: World, actor: str) -> None:
    with pytest.raises(NotAllowed, match="đầu mối CCHC"):
        edit_section(world.ws, PERIOD, "2", "Một", world.order(actor))


def test_a_section_or_period_that_is_not_there_is_not_written(world: World) -> None:
    for period, section in ((PERIOD, "9"), ("2026-03", "2"), ("2027-01", "2"), ("tháng 2", "2")):
        with pytest.raises(NotFound):
            edit_section(world.ws, period, section, "Một", world.order("hoa"))


def test_words_that_are_too_long_are_refused_in_a_sentence(world: World) -> None:
    with pytest.raises(MissingData, match=r"dài quá 20\.000 ký tự"):
        edit_section(world.ws, PERIOD, "2", "x" * 200_000, world.order("hoa"))


def test_an_old_page_does_not_write_over_a_colleagues_words_in_the_same_section(world: World) -> None:
    edit_section(world.ws, PERIOD, "2", "Một", world.order("hoa"), seen=0)
    edit_section(world.ws, PERIOD, "results", "Tốt", world.order("hoa"), seen=0)
    with pytest.raises(ItemMoved):
        edit_section(world.ws, PERIOD, "2", "Hai", world.order("hoa"), seen=0)


def test_an_issued_report_has_a_number_a_cut_off_a_checkpoint_and_frozen_files(world: World) -> None:
    before = world.ws.log.size()
    issue(world)
    data = last_event(world).data
    assert (data["number"], data["symbol"], data["day"]) == (1, "BC-UBND", "2026-03-02")
    assert data["signer"] == {"lines": ["TM. Ủy ban nhân dân", "Chủ tịch"], "name": "Phạm Nam"}
    assert data["cut_off"] == {"position": before, "day": "2026-03-02"}
    assert data["checkpoint"]["size"] == before
    (file,) = data["files"]
    content = world.ws.vault.load(file["file"]["content"]["digest"])
    assert content.decode() == f"01/BC-UBND, 2026-03-02, {before}"
    assert file["digest"] == sha256(content).hexdigest()
    (document,) = issued.documents_of(world.ws.read(), STREAM)
    assert (document.number, document.kind, document.subject) == (1, "Báo cáo", data["subject"])
    assert document.issue == last_event(world).position


def test_number_and_report_are_one_commit(world: World) -> None:
    issue(world)
    assert world.ws.log.stream("documents-2026")[0].position + 1 == last_event(world).position


def test_an_issued_report_is_neither_written_nor_issued_again(world: World) -> None:
    issue(world)
    with pytest.raises(Refusal, match="đã ban hành, số 01/BC-UBND, ngày 02/03/2026"):
        edit_section(world.ws, PERIOD, "2", "Một", world.order("hoa"))
    with pytest.raises(Refusal, match="đã ban hành"):
        issue(world, "nam")


def test_a_period_that_is_not_over_is_not_issued(world: World) -> None:
    with pytest.raises(Refusal, match=r"số liệu tính đến hết ngày 14/03/2026"):
        issue_report(world.ws, "2026-Q1", ISSUE, world.order("hoa"), say_numbering)


def test_a_report_that_is_due_before_its_figures_end_is_issued_with_estimates(world: World) -> None:
    days = {"window_from": 1}  # the figures of the first quarter run to 31 March, it is due on the 20th
    commands.change_setting(world.ws, "reporting", days, "Công văn của Sở", world.order("hoa"))
    issue_report(world.ws, "2026-Q1", ISSUE, world.order("hoa"), say_numbering)
    assert last_event(world, "report-2026-2026-Q1").type == "report.issued/1"


def test_what_blocks_is_told_and_what_lacks_is_to_be_accepted(world: World) -> None:
    with pytest.raises(Refusal, match=r"Chưa ban hành được: Chưa có người ký\."):
        issue(world, make=lambda issuing: Frozen(subject="", make_files=tuple, blocks=("Chưa có người ký.",)))
    many = tuple(f"Báo cáo của đơn vị {number}: chưa nộp." for number in range(9))
    with pytest.raises(Refusal, match=r"đơn vị 2: chưa nộp\. Còn 6 điều khác nêu ở «Còn thiếu gì»\."):
        issue(world, make=lambda issuing: Frozen(subject="", make_files=tuple, blocks=many))
    with pytest.raises(MissingData, match="còn thiếu 1 mục") as refused:
        issue(world, make=lacking)
    assert set(refused.value.fields) == {"accepts_gaps"}
    issue(world, make=lacking, accepts_gaps=True)
    assert last_event(world).data["lacking"] == ["Trạm Y tế chưa nộp báo cáo."]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": "03/03/2026"}, "day"),
        ({"day": ""}, "day"),
        ({"signer": " "}, "signer"),
        ({"signer_lines": ("", " ")}, "signer_lines"),
        ({"signer": "x" * 61}, "signer"),
    ],
)
def test_what_cannot_stand_on_a_report_is_told_at_its_field(
    world: World, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(MissingData) as refused:
        issue(world, **changes)
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("actor", ["lan", "binh", "thu", "nobody"])
def test_only_coordinators_and_leaders_issue_send_and_recall(world: World, actor: str) -> None:
    with pytest.raises(NotAllowed):
        issue(world, actor)
    issue(world, "nam")
    with pytest.raises(NotAllowed):
        send_report(world.ws, PERIOD, "02/03/2026", world.order(actor))
    with pytest.raises(NotAllowed):
        recall_report(world.ws, PERIOD, "Sai", world.order(actor))


def test_an_old_page_issues_nothing(world: World) -> None:
    edit_section(world.ws, PERIOD, "2", "Một", world.order("hoa"))
    with pytest.raises(ItemMoved, match="đã sửa báo cáo này"):
        issue(world, "nam", seen=0)
    issue(world, "nam", seen=1)


def test_a_report_is_sent_once_after_its_day(world: World) -> None:
    with pytest.raises(Refusal, match="chưa ban hành"):
        send_report(world.ws, PERIOD, "02/03/2026", world.order("hoa"))
    issue(world)
    with pytest.raises(MissingData, match="không trước ngày của báo cáo"):
        send_report(world.ws, PERIOD, "01/03/2026", world.order("hoa"))
    send_report(world.ws, PERIOD, "02/03/2026", world.order("hoa"))
    assert last_event(world).data["to"] == ["Sở Nội vụ"]
    assert issued.documents_of(world.ws.read(), STREAM)[0].sent == last_event(world).position
    with pytest.raises(Refusal, match="đã được ghi là đã gửi"):
        send_report(world.ws, PERIOD, "02/03/2026", world.order("hoa"))


def test_a_recalled_report_keeps_its_number_and_another_comes_in_its_place(world: World) -> None:
    issue(world)
    recall_report(world.ws, PERIOD, "Sai số liệu", world.order("nam"))
    edit_section(world.ws, PERIOD, "2", "Đã sửa", world.order("hoa"))
    issue(world)
    assert (last_event(world).data["number"], last_event(world).data["replaces"]) == (2, 1)
    new, old = issued.documents_of(world.ws.read(), STREAM)
    assert (new.number, new.recalled, old.number) == (2, None, 1)
    assert old.recalled
    assert world.ws.differences() == []


def test_what_is_not_issued_is_not_recalled_and_a_recall_needs_a_reason(world: World) -> None:
    with pytest.raises(Refusal, match="chưa ban hành"):
        recall_report(world.ws, PERIOD, "Sai", world.order("hoa"))
    issue(world)
    with pytest.raises(MissingData, match="Lý do thu hồi"):
        recall_report(world.ws, PERIOD, "", world.order("hoa"))


def test_a_report_is_not_recalled_through_the_register(world: World) -> None:
    issue(world)
    (document,) = issued.documents_of(world.ws.read(), STREAM)
    with pytest.raises(Refusal, match="là báo cáo kỳ"):
        recall_document(world.ws, document.position, "Sai", world.order("hoa"))


def test_the_clerks_number_stands_on_the_report(world: World) -> None:
    value = {"by_clerk": True, "report_symbol": "BC-VHXH"}
    commands.change_setting(world.ws, "documents", value, "Quy chế văn thư", world.order("hoa"))
    with pytest.raises(MissingData, match="hãy ghi số mà văn thư đã cấp"):
        issue(world)
    issue(world, number="57")
    assert world.ws.vault.load(last_event(world).data["files"][0]["file"]["content"]["digest"]).startswith(
        b"57/BC-VHXH"
    )


def test_two_reports_issued_at_once_get_two_numbers_and_each_file_bears_its_own(world: World) -> None:
    begun = threading.Barrier(2)

    def run(period: str, actor: str) -> None:
        own, tries = World(world.data, is_there=True), iter((True,))

        def make(issuing: Issuing) -> Frozen:
            if next(tries, False):
                begun.wait(20)
            return say_numbering(issuing)

        issue_report(own.ws, period, ISSUE, own.order(actor), make)
        own.ws.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(run, ("2026-01", "2026-02"), ("hoa", "nam")))
    taken = {}
    for period in ("2026-01", "2026-02"):
        data = last_event(world, f"report-2026-{period}").data
        taken[data["number"]] = world.ws.vault.load(data["files"][0]["file"]["content"]["digest"]).decode()
    assert {number: words[:2] for number, words in taken.items()} == {1: "01", 2: "02"}


def test_each_report_of_a_year_tells_how_far_the_commune_is_with_it(world: World) -> None:
    def stages(at: int | None = None) -> dict[str, str]:
        found = issued.commune_reports(world.ws.read(), "2026", at)
        return {period: state.stage for period, state in found.items()}

    assert stages() == {}
    edit_section(world.ws, "2026-01", "2", "Một", world.order("hoa"))
    issue(world)
    begun = world.ws.log.size()
    assert stages() == {"2026-01": "drafted", PERIOD: "issued"}
    send_report(world.ws, PERIOD, "02/03/2026", world.order("hoa"))
    assert stages()[PERIOD] == "sent"
    recall_report(world.ws, PERIOD, "Sai", world.order("hoa"))
    assert stages()[PERIOD] == "recalled"
    assert stages(begun)[PERIOD] == "issued"
    past = issued.commune_reports(world.ws.models.read_as_of(begun), "2026")
    assert past[PERIOD].stage == "issued"


@pytest.mark.parametrize("day", ["31/12/2025", "01/01/2026", "14/02/2026"])
def test_a_report_bears_no_day_on_which_its_period_was_not_over(world: World, day: str) -> None:
    with pytest.raises(MissingData, match="chỉ ban hành được từ ngày 15/02/2026"):
        issue(world, day=day)
    issue(world, day="15/02/2026")


def test_a_report_that_was_issued_is_still_there_when_the_calendar_owes_it_no_more(world: World) -> None:
    world.wait(days=60)
    calendar = {"all_months": True}
    commands.change_setting(world.ws, "reporting", calendar, "QĐ 8", world.order("hoa"))
    march = msgspec.structs.replace(ISSUE, day="28/04/2026")
    issue_report(world.ws, "2026-03", march, world.order("hoa"), say_numbering)
    commands.change_setting(world.ws, "reporting", {"all_months": False}, "QĐ 9", world.order("hoa"))
    recall_report(world.ws, "2026-03", "Sai số liệu", world.order("hoa"))
    issue_report(world.ws, "2026-03", march, world.order("hoa"), say_numbering)
    assert last_event(world, "report-2026-2026-03").data["replaces"] == 1


def test_a_signer_has_no_more_lines_than_the_setting_allows(world: World) -> None:
    with pytest.raises(MissingData, match="Chức vụ: nhiều nhất 30 dòng"):
        issue(world, signer_lines=("Chủ tịch",) * 31)
