"""What stands on a drawn board."""

import re

CARD = re.compile(r'<li id="i-.*?(?=<li |</ol>|$)', re.DOTALL)


def cards_of(page: str) -> list[str]:
    return re.findall(r'<li id="i-([^"]+)"', page)


def lane_of(page: str, state: str) -> str:
    return page.split(f'id="c-{state}"')[1].split("</section>")[0]


def count_of(page: str, state: str) -> int:
    return int(re.search(rf'id="n-{state}" class="count"[^>]*>(\d+)<', page)[1])
