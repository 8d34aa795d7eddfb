"""A report that is issued: its files bear its number, carry its figures with their proof, and stay."""

import io
import json

import msgspec
import pypdf
import pytest
from support.world import ASSIGN, World

from cchc_flow.commands.commune_reports import Issue, issue_report
from cchc_flow.commands.report_sections import edit_section
from cchc_flow.conversion import convert
from cchc_flow.documents.pages import draw_page
from cchc_flow.eventlog.merkle import leaf_hash
from cchc_flow.previews.process import attached_files
from cchc_flow.reporting.attached_data import read_proofs
from cchc_flow.reporting.issuing import build_draft, build_issued, freezer, issuing_of
from cchc_flow.workflow.events import ReportIssued

PERIOD, STREAM = "2026-02", "report-2026-2026-02"
ISSUE = Issue(
    day="02/03/2026",
    signer="Phạm Nam",
    signer_lines=("TM. Ủy ban nhân dân", "Chủ tịch"),
    accepts_gaps=True,
)


@pytest.fixture
def issued(world: World) -> ReportIssued:
    """A report whose coordinator wrote a section."""
    world.take("hoa", "assign", **ASSIGN)
    edit_section(world.ws, PERIOD, "2", "Đã rà soát 40 thủ tục.", world.order("hoa"))
    address = "https://cchc.example.vn/xa-mau/reports/2026-02"
    issue_report(world.ws, PERIOD, ISSUE, world.order("hoa"), freezer(world.ws, address))
    return event_of(world)


def event_of(world: World) -> ReportIssued:
    return convert(world.ws.log.stream(STREAM)[-1].data, ReportIssued)


def content(world: World, event: ReportIssued, ending: str) -> bytes:
    file = next(file for file in event.files if file.format == ending)
    return world.ws.vault.load(file.file.content.digest)


def test_all_formats_are_frozen_and_bear_number_day_and_signer(world: World, issued: ReportIssued) -> None:
    assert [file.format for file in issued.files] == ["pdf", "docx", "xlsx"]
    pages = pypdf.PdfReader(io.BytesIO(content(world, issued, "pdf"))).pages
    first, words = pages[0].extract_text(), " ".join(page.extract_text() for page in pages)
    assert "Số: 01/BC-UBND" in first
    assert "ngày 02 tháng 3 năm 2026" in first
    assert "Phạm Nam" in words
    assert "Đã rà soát 40 thủ tục." in words
    assert "Số liệu niêm phong: cchc-flow/xa-mau/" in words


def test_the_pdf_carries_every_figure_with_a_proof_of_its_events(world: World, issued: ReportIssued) -> None:
    files = attached_files(content(world, issued, "pdf"))
    figures = json.loads(files["figures.json"])
    assert figures["cut_off"] == {"position": issued.cut_off.position, "day": "2026-03-02"}
    total = next(figure for figure in figures["figures"] if figure["key"] == "counts.total")
    assert (total["value"], len(total["positions"])) == ("3", 3)
    proof = read_proofs(files["proofs.json"])
    assert proof.size == issued.checkpoint.size
    assert all(proof.leaves[at] == leaf_hash(world.ws.log.body(at)) for at in total["positions"])


def test_the_issued_report_is_the_same_whatever_happens_after_it(world: World, issued: ReportIssued) -> None:
    before = draw_page(build_issued(world.ws, issuing_of(issued)).document)
    world.wait(days=30)
    world.take("lan", "start")
    world.take("hoa", "comment", text="Xin nhanh")
    assert draw_page(build_issued(world.ws, issuing_of(issued)).document) == before


def test_a_draft_has_no_number_and_shows_the_words_as_they_are_now(world: World) -> None:
    draft = build_draft(world.ws, PERIOD, world.ws.cutoff())
    assert (draft.document.number, draft.document.day) == (None, None)
    edit_section(world.ws, PERIOD, "2", "Đã rà soát 41 thủ tục.", world.order("hoa"))
    section = next(
        section for section in build_draft(world.ws, PERIOD, world.ws.cutoff()).sections if section.key == "2"
    )
    assert section.coordinator
    assert (section.coordinator.who, section.coordinator.words) == ("Lê Thị Hoa", "Đã rà soát 41 thủ tục.")


def test_words_that_were_erased_are_left_out(world: World, issued: ReportIssued) -> None:
    text = world.ws.log.stream(STREAM)[0].data["text"]["digest"]
    world.ws.vault.erase(text)
    sections = build_issued(world.ws, issuing_of(issued)).sections
    assert next(section for section in sections if section.key == "2").coordinator is None


def test_what_blocks_is_told_apart_from_what_is_only_lacking(world: World, issued: ReportIssued) -> None:
    nobody = msgspec.structs.replace(issued.signer, name="")
    issuing = msgspec.structs.replace(issuing_of(issued), signer=nobody)
    frozen = freezer(world.ws)(issuing)
    assert "Kế hoạch chưa có số, ký hiệu, nên báo cáo dẫn chiếu kế hoạch theo tên." in frozen.lacking
    assert frozen.blocks == ("Chưa biết người ký báo cáo.",)
