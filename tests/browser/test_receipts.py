"""Receipts in a real browser: given after a step and on the item's page, and checked where they come back."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from support.browsing import DESKTOP, PHONE, violations
from support.c2sp import open_consistency_proof, open_receipt
from support.world import ASSIGN, TASK

pytestmark = pytest.mark.browser


def test_who_took_a_step_carries_its_receipt_away_and_an_auditor_checks_it(world, sit, tmp_path):
    world.take("hoa", "assign", **ASSIGN)
    log, size = world.ws.log, world.ws.log.size()
    head = size, log.root(size)
    lan = sit("lan")
    lan.locator(f'[id="i-{TASK}"]').drag_to(lan.locator("#c-in_progress"))
    file = download(lan, lan.locator(".toast").get_by_role("link", name="Biên nhận"), tmp_path)
    assert open_receipt(file.read_text(), log.body(size + 1), log.verifier_key()) == size
    picture(lan, "toast")
    lan.goto(f"items/{TASK}")
    newest = lan.locator(".history .receipt").first
    assert download(lan, newest, tmp_path / "again").read_text() == file.read_text()
    picture(lan, "history")
    assert violations(lan) == []
    lan.get_by_role("link", name="Kiểm tra biên nhận").click()
    lan.get_by_label("Tệp biên nhận").set_input_files(file)
    lan.get_by_role("button", name="Kiểm tra biên nhận").click()
    expect(lan.get_by_text(f"Đây là sự kiện số {size + 1}")).to_be_visible()
    expect(lan.get_by_role("navigation", name="Các trang kiểm tra")).to_have_count(0)
    picture(lan, "own-check")
    assert violations(lan) == []
    hoa = sit("hoa", "receipt-checks", viewport=DESKTOP)
    hoa.get_by_label("Tệp biên nhận").set_input_files(file)
    hoa.get_by_label("Khóa kiểm tra").fill(log.verifier_key())
    hoa.get_by_role("button", name="Kiểm tra biên nhận").click()
    expect(hoa.get_by_role("heading", name="Biên nhận đúng")).to_be_visible()
    expect(hoa.get_by_text(f"Đây là sự kiện số {size + 1}")).to_be_visible()
    for viewport in (DESKTOP, PHONE):
        hoa.set_viewport_size(viewport)
        picture(hoa, f"check-{viewport['width']}")
        assert violations(hoa) == []
        assert hoa.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    hoa.goto("checkpoint")
    hoa.get_by_label("Số sự kiện của dấu đã cất").fill(str(size))
    proof = download(hoa, hoa.get_by_role("button", name="Tải chứng minh nối tiếp"), tmp_path)
    assert open_consistency_proof(proof.read_text(), head, log.verifier_key()) == (
        log.size(),
        log.root(log.size()),
    )
    hoa.get_by_label("Số sự kiện của dấu đã cất").fill("chín")
    hoa.get_by_role("button", name="Tải chứng minh nối tiếp").click()
    expect(hoa.get_by_text("«chín» không phải là số sự kiện")).to_be_visible()
    expect(hoa.get_by_role("alert")).to_have_count(0)  # nothing is wrong with the other form of the page
    picture(hoa, "joined-390")


def download(page: Page, link: Locator, folder: Path) -> Path:
    """Click what downloads a file, and return where it lies."""
    with page.expect_download() as waiting:
        link.click()
    waiting.value.save_as(folder / waiting.value.suggested_filename)
    return folder / waiting.value.suggested_filename


def picture(page: Page, name: str) -> None:
    """Keep a picture for people to look at, in the folder that SCREENSHOTS names, if it names one."""
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"receipts-{name}.png", full_page=True)
