"""A signed file of a report is kept when it begins with the issued one and is only signed since."""

from pathlib import Path

import pytest
from signatures.test_examining import changed_after
from support.issuing import PERIOD, forge, issue_february
from support.signing import handwriting, officer, sign, stranger
from support.world import World

from cchc_flow.audit.document_check import check_with_log
from cchc_flow.commands.commune_reports import recall_report
from cchc_flow.errors import NotAllowed, Refusal
from cchc_flow.reporting.signed_reports import take_signed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, bytes]:
    return issue_february(tmp_path_factory.mktemp("issued"))


def test_a_signed_file_is_kept_with_who_signed_and_what(made):
    world, pdf = made
    signed = sign(pdf, officer("Phạm Nam"), name="Phạm Nam", picture=handwriting())
    take_signed(world.ws, signed, world.order("hoa"))
    event = world.ws.log.stream(f"report-2026-{PERIOD}")[-1]
    assert event.type == "report.signed/1" and event.actor == "hoa"
    assert (event.data["capacity"], event.data["number"]) == ("person", 1)
    assert event.data["signer"].startswith("Phạm Nam")
    assert world.ws.vault.load(event.data["file"]["content"]["digest"]) == signed
    check = check_with_log(world.ws, signed)
    assert check.is_right and check.known and check.known.signed_by


def test_an_order_that_comes_again_keeps_the_file_once(made):
    world, pdf = made
    signed, order = sign(pdf, officer("Phạm Nam"), name="Phạm Nam"), world.order("hoa")
    take_signed(world.ws, signed, order)
    size = world.ws.log.size()
    take_signed(world.ws, signed, order)
    assert world.ws.log.size() == size
    with pytest.raises(Refusal, match="đã được ghi nhận"):
        take_signed(world.ws, signed, world.order("hoa"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda pdf: forge(pdf), "không bắt đầu bằng tệp báo cáo nào"),
        (lambda pdf: changed_after(pdf), "không phải chữ ký"),
        (lambda pdf: sign(changed_after(pdf), stranger(), name="Phạm Nam"), "không phải chữ ký"),
        (lambda pdf: pdf, "chưa có chữ ký nào"),
        (lambda pdf: pdf + b"\n", "không phải chữ ký"),
    ],
)
def test_any_other_file_is_refused_and_nothing_recorded(made, change, sentence):
    world, pdf = made
    size = world.ws.log.size()
    with pytest.raises(Refusal, match=sentence):
        take_signed(world.ws, change(pdf), world.order("hoa"))
    assert world.ws.log.size() == size


def test_only_who_issues_reports_keeps_signed_ones(made):
    world, pdf = made
    with pytest.raises(NotAllowed):
        take_signed(world.ws, sign(pdf, stranger(), name="Phạm Nam"), world.order("lan"))


def test_a_recalled_report_is_not_signed(tmp_path: Path):
    world, pdf = issue_february(tmp_path)
    recall_report(world.ws, PERIOD, "Sai số liệu.", world.order("hoa"))
    with pytest.raises(Refusal):
        take_signed(world.ws, sign(pdf, officer("Phạm Nam"), name="Phạm Nam"), world.order("hoa"))
