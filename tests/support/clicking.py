"""A hand in front of a browser that counts what a job costs: clicks, fields, page loads, from sign-in on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from playwright.sync_api import Browser, Locator, Page, Response, expect
from support.browsing import LAPTOP
from support.visitors import PASSWORD


class Cost(msgspec.Struct):
    """What a job took; `each` are the clicks of each item, where the job repeats."""

    clicks: int = 0
    fields: int = 0
    pages: int = 0
    each: list[int] = msgspec.field(default_factory=list)

    @property
    def per_item(self) -> int | None:
        """The clicks of one item; None where the job does not repeat. All items must cost the same."""
        costs = set(self.each)
        assert len(costs) <= 1, f"items cost differently: {self.each}"
        return costs.pop() if costs else None


class Hand:
    """One person's hand on the mouse; what it does is added to the cost of a job."""

    def __init__(self, page: Page, cost: Cost) -> None:
        self.page, self._cost = page, cost

    def click(self, what: Locator) -> None:
        """Press a button or follow a link."""
        what.click()
        self._cost.clicks += 1

    def fill(self, field: Locator, words: str) -> None:
        """Type into a field, or choose in a list: the field is counted, not its keys."""
        if field.evaluate("field => field.localName") == "select":
            field.select_option(label=words)
        else:
            field.fill(words)
        self._cost.fields += 1

    def press(self, name: str) -> None:
        """Press the one button or link of the page whose name begins so."""
        self.click(button_or_link(self.page.get_by_role("main"), name))

    def answer(self, name: str, **fields: str) -> None:
        """Fill fields of the form in the dialog by their names, and press its button."""
        dialog = self.page.get_by_role("dialog")
        for field, words in fields.items():
            self.fill(dialog.locator(f"[name={field}]"), words)
        self.click(dialog.get_by_role("button", name=name, exact=True))
        expect(dialog).to_have_count(0)

    @contextmanager
    def item(self) -> Iterator[None]:
        """Count the clicks of one item among several."""
        before = self._cost.clicks
        yield
        self._cost.each.append(self._cost.clicks - before)


def button_or_link(where: Locator, name: str) -> Locator:
    """Return the button or link whose name begins so; what is only heard may follow."""
    begins = re.compile(f"^{re.escape(name)}")
    return where.get_by_role("button", name=begins).or_(where.get_by_role("link", name=begins))


@contextmanager
def hand_of(browser: Browser, address: str, login: str, cost: Cost) -> Iterator[Hand]:
    """Sign a person in on a laptop, and give the hand on the page that comes then: the first that counts."""
    context = browser.new_context(base_url=address, locale="vi-VN", viewport=LAPTOP)
    page = context.new_page()
    page.set_default_timeout(5_000)
    page.goto("sign-in")
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(PASSWORD)

    def count_page(response: Response) -> None:
        cost.pages += response.request.is_navigation_request() and response.ok

    page.on("response", count_page)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    try:
        yield Hand(page, cost)
    finally:
        context.close()


def row(job: str, cost: Cost) -> str:
    """Return the line of a job in the table of `docs/clicks.md`."""
    each = "–" if cost.per_item is None else cost.per_item
    return f"| {job} | {cost.clicks} | {each} | {cost.fields} | {cost.pages} |"
