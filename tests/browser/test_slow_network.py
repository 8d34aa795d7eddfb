"""A line as slow as 3G, and one that breaks: nothing is sent twice or lost, what is on its way says so."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from support.browsing import violations
from support.world import ASSIGN, TASK, World

pytestmark = pytest.mark.browser
KILOBYTES = 1024
THIRD_GENERATION = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 200 * KILOBYTES,
    "uploadThroughput": 90 * KILOBYTES,
}


class Line:
    """The line of a page's browser to the server."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._session.send("Network.enable")
        self.mend()

    def mend(self, latency: int = THIRD_GENERATION["latency"]) -> None:
        """Let everything pass, each way in so many milliseconds."""
        self._session.send("Network.emulateNetworkConditions", THIRD_GENERATION | {"latency": latency})

    def cut(self) -> None:
        """Let nothing pass."""
        self._session.send("Network.emulateNetworkConditions", THIRD_GENERATION | {"offline": True})


@pytest.fixture
def lan(world: World, sit: Callable[..., Page]) -> Page:
    """Lan's board, with a task that was given to her unit."""
    world.take("hoa", "assign", **ASSIGN)
    return sit("lan")


@pytest.fixture
def line(lan: Page) -> Line:
    return Line(lan)


WATCH = """(text) => new MutationObserver(() => {
    const told = [...document.querySelectorAll("[role=status]")].filter((status) => status.checkVisibility())
        .map((status) => status.textContent);
    if (told.some((words) => words.includes(text))) sessionStorage.setItem("told", text);
}).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })"""


def watch(page: Page, text: str) -> None:
    """Let the page note when a status says this; the note outlives the page, which the answer replaces."""
    page.evaluate(WATCH, text)


def was_told(page: Page) -> str | None:
    """Return what a watched status said since it was last asked, on this page or the one before."""
    told: str | None = page.evaluate(
        "() => { const told = sessionStorage.getItem('told'); sessionStorage.clear(); return told; }"
    )
    return told


def types(world: World) -> list[str]:
    return [event.type.partition("/")[0] for event in world.ws.log.stream(f"item-{TASK}")]


def test_a_drop_on_a_slow_line_is_shown_at_once_says_that_it_is_on_its_way_and_is_done_once(lan, line, world):
    card = lan.locator(f'[id="i-{TASK}"]')
    lan.reload()
    line.mend(latency=1_200)
    card.drag_to(lan.locator("#c-in_progress"))
    expect(lan.locator("#c-in_progress").locator(card)).to_have_count(1)
    expect(card).to_have_attribute("aria-busy", "true")
    expect(lan.locator("#told")).to_have_text("Đang lưu, xin chờ…")
    card.drag_to(lan.locator("#c-assigned"))
    expect(lan.locator("#toasts .toast")).to_contain_text("sang «Đang thực hiện»")
    expect(card).not_to_have_attribute("aria-busy", "true")
    assert types(world).count("item.started") == 1 and types(world)[-1] == "item.started"


def test_a_form_that_is_clicked_twice_on_a_slow_line_is_sent_once_and_says_so(lan, line, world):
    lan.locator(f'[id="i-{TASK}"]').get_by_role("link", name="Chọn bước").click()
    lan.locator("#menu").get_by_text("Trao đổi…").click()
    dialog = lan.locator("#dialog")
    lan.get_by_label("Nội dung trao đổi").fill("Khi nào xong?")
    lan.wait_for_load_state("networkidle")  # the scripts of the form are there
    watch(lan, "Đang gửi…")
    dialog.get_by_role("button", name="Trao đổi").dblclick()
    expect(dialog).to_be_hidden()
    assert was_told(lan) == "Đang gửi…"
    lan.goto(f"items/{TASK}/comments/new")
    lan.get_by_label("Nội dung trao đổi").fill("Đã xong chưa?")
    watch(lan, "Đang gửi…")
    lan.get_by_role("button", name="Trao đổi", exact=True).dblclick()
    expect(lan.locator("#toasts .toast")).to_contain_text("Đã ghi «Trao đổi»")
    assert was_told(lan) == "Đang gửi…"
    assert types(world)[-2:] == ["item.commented", "item.commented"]
    assert types(world).count("item.commented") == 2


def test_a_line_that_breaks_puts_the_card_back_with_the_reason_and_keeps_what_is_typed(lan, line, world):
    card = lan.locator(f'[id="i-{TASK}"]')
    line.cut()
    card.drag_to(lan.locator("#c-in_progress"))
    expect(lan.locator(".toast.bad")).to_contain_text("Không kết nối được máy chủ nên việc này chưa")
    expect(lan.locator("#c-assigned").locator(card)).to_have_count(1)
    assert violations(lan) == []
    line.mend()
    lan.goto(f"items/{TASK}/comments/new")
    text = lan.get_by_label("Nội dung trao đổi")
    text.fill("Viết khi có mạng,")
    expect(lan.locator("form[data-kept]")).to_be_visible()
    line.cut()
    text.press_sequentially(" và khi mất mạng.")
    lan.get_by_role("button", name="Trao đổi", exact=True).click()
    told = lan.locator(".unsent")
    expect(told).to_contain_text("Chưa gửi được")
    line.mend()
    expect(told).to_contain_text("Đã có mạng trở lại.")
    expect(text).to_have_value("Viết khi có mạng, và khi mất mạng.")
    told.get_by_role("button", name="Gửi lại").click()
    expect(lan.locator("#toasts .toast")).to_contain_text("Đã ghi «Trao đổi»")
    assert types(world)[-1] == "item.commented" and "item.started" not in types(world)


def test_a_line_that_breaks_before_the_parts_of_a_form_have_come_loses_nothing(lan, line, world):
    lan.route("**/js/drafts.js*", lambda route: route.abort(), times=1)
    lan.goto(f"items/{TASK}/comments/new")
    text, send = lan.get_by_label("Nội dung trao đổi"), lan.get_by_role("button", name="Trao đổi", exact=True)
    text.fill("Khi nào xong?")
    line.cut()
    send.click()
    expect(lan.locator(".toast.bad")).to_contain_text("Không có mạng nên chưa gửi được; những gì đã")
    line.mend()
    expect(lan.locator("form[data-kept]")).to_be_visible(timeout=10_000)
    expect(text).to_have_value("Khi nào xong?")
    send.click()
    expect(lan.locator("#toasts .toast").filter(has_text="Đã ghi «Trao đổi»")).to_be_visible()
    assert types(world)[-1] == "item.commented"
