"""The page in a bundle verifies bundles from file://, without a network."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from support.bundling import (
    make_bundle,
    make_bundle_without,
    pack,
    relist,
    scope_of,
    spoil_sum,
    tell_story,
    unpack,
)
from support.world import TASK, World

pytestmark = pytest.mark.browser


def test_the_page_in_a_bundle_takes_the_right_ones_and_refuses_forgeries(
    browser: Browser, tmp_path: Path
) -> None:
    world = tell_story(World(tmp_path / "data"))
    page, faults = open_page(browser, world, tmp_path)
    for kind in ("item", "period"):
        expect_answer(page, tmp_path, make_bundle(world, scope_of(world, kind))[0], "Đúng: ")
    page.fill("#kept", "\n".join(world.ws.log.checkpoint_and_key()))
    expect_answer(page, tmp_path, make_bundle(world)[0], "Đúng: ")
    expect(page.locator("#answer")).to_contain_text("Lịch sử này khớp với dấu niêm phong")
    other = tell_story(World(tmp_path / "other"))
    expect_answer(page, tmp_path, make_bundle(other)[0], "Đã bị thay đổi: lịch sử này KHÁC")
    other.ws.close()
    page.fill("#kept", "")
    for forged in forgeries(world):
        expect_answer(page, tmp_path, forged, "Đã bị thay đổi: ")
    expect_answer(page, tmp_path, b"no zip at all", "Không kiểm được: đây không phải")
    assert faults == []
    world.ws.close()


def open_page(browser: Browser, world: World, folder: Path) -> tuple[Page, list[str]]:
    path = folder / "verify.html"
    path.write_bytes(unpack(make_bundle(world)[0])["verify.html"])
    page, faults = browser.new_page(), []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: faults.append(asked.url) if asked.url != path.as_uri() else None)
    page.goto(path.as_uri())
    return page, faults


def expect_answer(page: Page, folder: Path, content: bytes, words: str) -> None:
    (folder / "ho-so.zip").write_bytes(content)
    page.set_input_files("#bundle", [])
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.locator("#answer p")).to_contain_text("Hãy chọn tệp")
    page.set_input_files("#bundle", folder / "ho-so.zip")
    page.get_by_role("button", name="Kiểm tra").click()
    expect(page.locator("#answer p:not(.busy)")).to_contain_text(words)


def forgeries(world: World) -> list[bytes]:
    """Return one forgery of each sort; tests/audit/bundles has all of them."""
    content = make_bundle(world, scope_of(world, "item"))[0]
    files = unpack(content)
    evidence = next(name for name in files if name.startswith("contents/"))
    changed = [
        files | {name: files[name][:-2] + b"?" + files[name][-1:]} for name in (evidence, "README.txt")
    ]
    second = world.ws.log.stream(f"item-{TASK}")[2].position
    return [
        *map(pack, changed),
        *(pack(relist(each)) for each in changed),
        pack({name: files[name] for name in files if name != evidence}),
        content + b"x",
        spoil_sum(content),
        make_bundle_without(world, scope_of(world, "item"), second),
        make_bundle_without(world, scope_of(world, "period"), 20),
    ]
