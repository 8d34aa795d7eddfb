"""The pages over a whole year of work: whatever a page links to opens, for everybody."""

import html
import re

import pytest
from support.visitors import Site
from support.year import Year

PAGES = 150
"""So many pages of each visitor's are opened, the nearest to the board first."""
LINK = re.compile(r'href="(/[^"#]*)')


@pytest.mark.parametrize(
    "login", ["dau.moi", "lanh.dao", "truong.phong", "cong.chuc", "kiem.tra", "quan.tri"]
)
def test_whatever_a_page_links_to_opens(year_to_write: Year, login: str) -> None:
    visitor = Site(year_to_write.ws).visitor(login)
    waiting = [f"/{year_to_write.ws.name}/board"]
    seen = set(waiting)
    answers = {}
    while waiting and len(answers) < PAGES:
        address = waiting.pop(0)
        answer = visitor.get(address)
        answers[address] = answer.status_code
        if answer.mimetype == "text/html":
            ahead = [html.unescape(link) for link in LINK.findall(answer.text)]
            new = [link for link in dict.fromkeys(ahead) if link not in seen and "/static/" not in link]
            seen.update(new)
            waiting += new
    assert len(answers) == PAGES
    assert {address: status for address, status in answers.items() if status not in (200, 302, 303)} == {}
