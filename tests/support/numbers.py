"""Every number on the pages of a site: what its link promises, and what is found when it is opened."""

import re
from collections import deque
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
import msgspec
from flask import Flask
from flask.testing import FlaskClient
from lxml.html import HtmlElement
from werkzeug.exceptions import HTTPException

COUNT = re.compile(
    r"(?<![\w.,/:-])\d{1,3}(?:\.\d{3})*(?![\w/:-]|[.,]\d| %|\xa0%|\. \w)|(?<![\w.,/:-])\d+(?= việc)"
)
"""A number that may be a count: not a reference, a day, a share or an amount with a fraction."""
COUNTED = re.compile(
    r"(?<![\w.,/:-])\d[\d.]*(?:/\d+)? "
    r"(?:việc|công việc|nhiệm vụ|báo cáo|phần việc|mục|đơn vị|người|thông báo)\b"
)
"""A number with what it counts."""
ROWS = {
    "listing.index": "//table[contains(@class, 'item-table')]/tbody/tr",
    "board.show": "//*[@id='board']//li[@data-v]",
    "board.column": "//ol[@class='cards']/li[@data-v]",
    "handovers.show": "//table[contains(@class, 'item-table')]/tbody/tr",
    "handovers.index": "//ul[@class='rows']/li",
    "work.show": "//*[@aria-labelledby='h-do' or @aria-labelledby='h-decide']//li",
    "inbox.show": "//*[contains(@class, 'chip bad')]",
    "grading.show": "//*[@id='products']//tbody/tr",
    "events.index": "//li[@class='trail-row']",
}
"""How the rows of a page that a number leads to are found, by its endpoint."""
NEXT = {"board.show": "//li[@class='more']/a", "board.column": "//li[@class='more']/a"}
"""Where the rows go on, if not behind a link rel=next."""
CHANGING = ("inbox.show",)
"""What changes as pages are opened."""
POINTS = ("Số lượng", "Chất lượng", "Tiến độ", "Tổng điểm")
"""Columns of points, whose links explain them."""
OF_ONE_ENDPOINT = 4
"""So many pages of one endpoint are walked for `each`: filters can be combined without end."""
OTHER_TEXT = {"script", "style", "option", "textarea", "template"}


class Linked(msgspec.Struct, frozen=True):
    """A number with a link: where it stands and in which words, and the address that it opens."""

    page: str
    words: str
    number: int
    address: str


class Unlinked(msgspec.Struct, frozen=True):
    """A number of something without a link: where it stands, and the words around it."""

    page: str
    endpoint: str
    words: str
    element: HtmlElement


class SeenPage:
    """One page of the site, as its reader sees it."""

    def __init__(self, address: str, endpoint: str, text: str) -> None:
        self.address, self.endpoint = address, endpoint
        self.root: HtmlElement = lxml.html.fromstring(text)

    @cached_property
    def links(self) -> list[tuple[HtmlElement, str]]:
        """The links to other pages of the site, with their addresses."""
        ways = [
            (link, urljoin(self.address, link.get("href")))
            for link in self.root.iter("a")
            if link.get("href")
        ]
        return [(link, way.partition("#")[0]) for link, way in ways if not urlsplit(way).netloc]

    def unlinked(self) -> Iterator[Unlinked]:
        """Yield the numbers of something that stand in no link, by the smallest element that has them."""
        for element in self.root.body.iter():
            if not isinstance(element.tag, str) or _is_passed_over(element):
                continue
            words = _words_beside_links(element)
            is_count = "count" in (element.get("class") or "").split() and COUNT.search(words)
            if (COUNTED.search(words) and not _within(element, COUNTED)) or is_count:
                yield Unlinked(self.address, self.endpoint, words, element)


class Walk:
    """A walk of one person through the site, at most `each` pages of a kind: endpoint and parameters."""

    def __init__(self, app: Flask, client: FlaskClient, each: int = 2, of_one: int = OF_ONE_ENDPOINT) -> None:
        self._app, self._client, self._each, self._of_one = app, client, each, of_one * each
        self._found: dict[str, int] = {}
        self._files: set[str] = set()

    def pages(self, *starts: str) -> Iterator[SeenPage]:
        """Yield the pages that links lead to from the first ones."""
        queue, known, seen = deque(starts), set(starts), dict[str, int]()
        while queue:
            address = queue.popleft()
            endpoint = self.endpoint(address)
            sort = f"{endpoint} {sorted(name for name, _ in parse_qsl(urlsplit(address).query))}"
            if endpoint in {None, "static", *self._files} or seen.get(sort, 0) >= self._each:
                continue
            if seen.get(str(endpoint), 0) >= self._of_one:
                continue
            page = self.open(address)
            if page is None:
                continue
            seen |= {name: seen.get(name, 0) + 1 for name in (sort, str(endpoint))}
            new = [way for _, way in page.links if way not in known]
            known.update(new)
            queue.extend(dict.fromkeys(new))
            yield page

    def open(self, address: str) -> SeenPage | None:
        """Return a page, None for what is none."""
        answer = self._client.get(address, follow_redirects=True)
        if answer.status_code != 200:
            return None
        if answer.mimetype != "text/html":
            self._files.add(self.endpoint(address) or "")  # a PDF takes seconds: one of them is enough
            return None
        return SeenPage(address, self.endpoint(answer.request.path) or "", answer.text)

    def endpoint(self, address: str) -> str | None:
        """Return the endpoint of an address that can be asked for."""
        try:
            return str(self._app.url_map.bind("localhost").match(urlsplit(address).path, "GET")[0])
        except HTTPException:
            return None

    def numbers(self, page: SeenPage) -> Iterator[Linked]:
        """Yield the numbers of a page that link to the rows they count; «hơn 1.000» is none."""
        for link, way in page.links:
            number = COUNT.search(re.sub(r"\([^)]*%\)", "", _words(link)))
            if (
                number
                and "hơn" not in link.text_content()
                and self.endpoint(way) in ROWS
                and not _is_other(link)
            ):
                yield Linked(page.address, _words(link), int(number[0].replace(".", "")), way)

    def rows_behind(self, address: str) -> int:
        """Return how many rows are found at an address and on the pages that follow it."""
        if self.endpoint(address) in CHANGING:
            return self._count(address)
        if address not in self._found:
            self._found[address] = self._count(address)
        return self._found[address]

    def rows_from(self, page: SeenPage, scope: HtmlElement, path: str) -> int:
        """Return how many rows a path finds in a part of a page, and on the pages that follow it."""
        way_on = scope.xpath("." + NEXT.get(page.endpoint, "//a[@rel='next']"))
        more = sum(self.rows_behind(urljoin(page.address, link.get("href"))) for link in way_on)
        return len(scope.xpath(path)) + more

    def _count(self, address: str) -> int:
        page = self.open(address)
        return -1 if page is None else self.rows_from(page, page.root, ROWS[page.endpoint])


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _words_beside_links(element: HtmlElement) -> str:
    """Return the words of an element without those of its links."""
    return " ".join("".join(element.xpath(".//text()[not(ancestor::a)]")).split())


def _within(element: HtmlElement, pattern: re.Pattern[str]) -> bool:
    """Tell whether a child of an element has the number by itself."""
    return any(isinstance(child.tag, str) and pattern.search(_words_beside_links(child)) for child in element)


def _is_passed_over(element: HtmlElement) -> bool:
    """Tell whether an element is a link or within one, or is not read as text."""
    return any(one.tag in OTHER_TEXT or one.tag == "a" for one in (element, *element.iterancestors()))


def _is_other(link: HtmlElement) -> bool:
    """Tell whether a link's words are no count: the title of a row, points that it explains."""
    cell = link.getparent()
    return cell.get("scope") == "row" or cell.get("data-title") in POINTS or "page" in (link.get("rel") or "")
