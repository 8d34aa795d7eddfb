"""What is said of a file: the issued one, one signed since, a forged one, one of another log."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from eventlog.forging import open_without_triggers
from support.issuing import PERIOD, forge, issue_anew, issue_february
from support.plugging import plugged
from support.signing import authority, officer, sign
from support.world import World

from cchc_flow.audit.document_check import DocumentCheck, check_alone, check_with_log
from cchc_flow.commands.commune_reports import recall_report
from cchc_flow.errors import BadInput
from cchc_flow.hookspecs import Area, Facts, Measure, Period, Report, hookimpl
from cchc_flow.plugin_kit import ReportDraft
from cchc_flow.previews.process import attached_files
from cchc_flow.reporting.attached_data import FIGURES, read_figures


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, bytes]:
    return issue_february(tmp_path_factory.mktemp("issued"))


@pytest.fixture(scope="module")
def world(made: tuple[World, bytes]) -> World:
    return made[0]


@pytest.fixture(scope="module")
def pdf(made: tuple[World, bytes]) -> bytes:
    return made[1]


def words(check: DocumentCheck, is_right: bool | None = False) -> str:
    """Return the findings with one answer."""
    return " ".join(finding.words for finding in check.findings if finding.is_right is is_right)


def test_the_issued_file_is_the_issued_file_and_its_figures_come_out_again(world, pdf):
    check = check_with_log(world.ws, pdf)
    assert check.is_right is True
    said = words(check, True)
    assert "Đây đúng là tệp đã ban hành của Báo cáo số 01/BC-UBND ngày 02/03/2026" in said
    assert "Số liệu lập từ nhật ký này" in said and "đều ra như trong tệp" in said
    assert check.figures.count > 5


def test_what_happens_afterwards_changes_nothing_of_it(world, pdf):
    world.take("lan", "start")
    world.take("lan", "submit", result="Xong.", evidence=[])
    assert check_with_log(world.ws, pdf).is_right is True


def test_a_key_kept_elsewhere_makes_the_answer_independent(world, pdf):
    check = check_with_log(world.ws, pdf, world.ws.log.verifier_key())
    assert "khóa kiểm tra được đưa vào" in words(check, True) and check.is_right


def test_another_key_is_noticed_and_what_is_no_key_is_refused(world, pdf, tmp_path):
    other, _ = issue_anew(tmp_path)
    check = check_with_log(world.ws, pdf, other.ws.log.verifier_key())
    assert "không có chữ ký của khóa kiểm tra được đưa vào" in words(check)
    with pytest.raises(BadInput):
        check_with_log(world.ws, pdf, "không phải khóa")


def test_without_its_log_a_file_is_checked_against_a_key_only(world, pdf):
    check = check_alone(pdf, world.ws.log.verifier_key())
    assert check.is_right is None and words(check) == ""
    assert "chứng minh nằm dưới dấu niêm phong" in words(check, True)
    assert "không tính lại" in words(check, None)
    assert "Chưa có khóa kiểm tra giữ ở nơi khác" in words(check_alone(pdf), None)


def test_a_figure_that_was_changed_in_the_file_is_named_with_both_values(world, pdf):
    def better(data: dict[str, Any]) -> None:
        data["figures"][0]["value"] = "99"

    check = check_with_log(world.ws, forge(pdf, better))
    assert "không phải tệp đã ban hành" in words(check)
    assert f"Tính lại {check.figures.count} số liệu ở đúng mốc chốt: 1 số liệu khác với tệp." in words(check)
    (figure,) = check.figures.different
    assert figure.in_file == "99" and figure.now not in ("99", None) and not figure.other_rules


def test_a_figure_that_was_left_out_or_added_is_named(world, pdf):
    def other(data: dict[str, Any]) -> None:
        data["figures"].append(data["figures"].pop() | {"key": "of-nothing"})

    different = check_with_log(world.ws, forge(pdf, other)).figures.different
    assert len(different) == 2 and all(figure.is_missing for figure in different)


def test_a_wrong_figure_does_not_hide_behind_the_right_one_of_the_same_name(world, pdf):
    def twice(data: dict[str, Any]) -> None:
        data["figures"].insert(0, data["figures"][0] | {"value": "99"})

    (figure,) = check_with_log(world.ws, forge(pdf, twice)).figures.different
    assert figure.in_file == "99"


def test_figures_counted_by_other_rules_are_told_apart_from_wrong_ones(world, pdf):
    def other(data: dict[str, Any]) -> None:
        data["figures"][0] |= {"value": "99", "rules": "another edition"}

    check = check_with_log(world.ws, forge(pdf, other))
    assert "Quy tắc tính các số liệu đó đã đổi" in words(check, None)
    assert check.figures.different[0].other_rules and check.is_right is False


def test_other_figures_of_another_release_are_told_so(world, pdf):
    def older(data: dict[str, Any]) -> None:
        data["software"] = "0.0.9"
        data["figures"][0]["value"] = "99"

    check = check_with_log(world.ws, forge(pdf, older))
    assert "Báo cáo lập bằng bản phần mềm 0.0.9, khác bản này." in words(check, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["leaves"].update({"1": "00" * 32}),
        lambda data: data["nodes"].clear(),
        lambda data: data.update(size=data["size"] + 1),
        lambda data: data.update(root="00" * 32),
    ],
)
def test_a_proof_that_does_not_lead_to_the_checkpoint_is_called_none(world, pdf, change):
    assert "Chứng minh trong tệp không dẫn" in words(check_with_log(world.ws, forge(pdf, proofs=change)))


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(checkpoint="không phải dấu"),
        lambda data: data.update(format="cchc-flow-report/99"),
        lambda data: data.pop("figures"),
    ],
)
def test_data_that_cannot_be_read_are_told_in_one_sentence(world, pdf, change):
    check = check_with_log(world.ws, forge(pdf, change))
    assert check.is_right is False and len(check.findings) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(period="2026-13"),
        lambda data: data.update(period="1999-01"),
        lambda data: data["cut_off"].update(position=10**9),
        lambda data: data["cut_off"].update(position=-5),
    ],
)
def test_a_cut_off_that_never_was_is_not_computed(world, pdf, change):
    check = check_with_log(world.ws, forge(pdf, change))
    assert check.figures.fault and check.is_right is False


def test_a_file_of_another_log_is_told_to_be_that(pdf, tmp_path):
    other, _ = issue_anew(tmp_path)
    check = check_with_log(other.ws, pdf)
    assert "không phải nhật ký này" in words(check) and "không phải tệp đã ban hành" in words(check)


def test_a_log_with_another_tree_does_not_agree_with_the_file(tmp_path: Path):
    world, pdf = issue_february(tmp_path)
    with open_without_triggers(world.ws.folder) as connection:
        connection.execute("UPDATE nodes SET hash = zeroblob(32) WHERE level = 4 AND idx = 0")
    assert "nhật ký đã bị thay đổi" in words(check_with_log(world.ws, pdf))


def test_an_event_behind_a_figure_that_was_changed_is_named(tmp_path: Path):
    world, pdf = issue_february(tmp_path)
    position = max(
        read_figures(attached_files(pdf)[FIGURES]).figures, key=lambda figure: figure.positions
    ).positions[0]
    body = world.ws.log.body(position)
    with open_without_triggers(world.ws.folder) as connection:
        connection.execute("UPDATE events SET body = ? WHERE position = ?", (body + b" ", position))
    assert f"Nội dung của sự kiện {position} trong nhật ký không còn" in words(check_with_log(world.ws, pdf))


def test_a_file_that_was_signed_since_begins_with_the_issued_one(world, pdf):
    signed = sign(pdf, officer(), name="Phạm Nam")
    check = check_with_log(world.ws, signed, trusted=(authority().der,))
    assert check.is_right is True
    assert "từ đó chỉ được ký thêm" in words(check, True)
    assert check.signatures.found[0].trust == "trusted"


def test_a_file_to_which_something_else_was_added_is_told_so(world, pdf):
    from signatures.test_examining import changed_after

    assert "thêm nội dung không phải chữ ký" in words(check_with_log(world.ws, changed_after(pdf)))


def test_a_recalled_report_is_told_to_be_recalled(tmp_path: Path):
    world, pdf = issue_february(tmp_path)
    recall_report(world.ws, PERIOD, "Sai số liệu.", world.order("hoa"))
    check = check_with_log(world.ws, pdf)
    assert "đã bị thu hồi" in words(check) and check.is_right is False


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 forty", b"GIF89a"])
def test_another_file_is_told_to_carry_nothing(world, content):
    check = check_with_log(world.ws, content)
    assert "không mang số liệu đính kèm" in words(check)
    assert check_alone(content).is_right is False


class Counting:
    """An area that counts the same entries, by one edition of its rules or another."""

    def __init__(self, value: str) -> None:
        self.value = value

    @hookimpl
    def areas(self) -> list[Area]:
        return [Area("counting", "Cải cách thủ tục hành chính", "C", "#336699", ("thủ tục",))]

    @hookimpl
    def report_section(self, period: Period, facts: Facts) -> Report:
        report = ReportDraft("Thủ tục")
        measure = Measure(key="settled", title="Hồ sơ đã giải quyết", unit="hồ sơ", value=self.value)
        report.say("Đã giải quyết {settled} hồ sơ.", settled=measure)
        return report.finish()


@pytest.mark.parametrize(("digest", "is_right"), [("edition two", None), (None, False)])
def test_a_plugin_that_counts_otherwise_excuses_its_figure_only_when_its_code_is_another(
    tmp_path: Path, digest: str | None, is_right: bool | None
):
    world, pdf = issue_anew(tmp_path, plugged(counting=Counting("12")))
    world.ws.close()
    later = plugged(counting=Counting("13"))
    if digest:
        about = msgspec.structs.replace(later.about["counting"], digest=digest)
        later.about = {**later.about, "counting": about}
    check = check_with_log(World(tmp_path, plugins=later, is_there=True).ws, pdf)
    assert check.is_right is is_right
    (figure,) = check.figures.different
    assert (figure.key, figure.in_file, figure.now) == ("areas.counting.settled", "12", "13")
