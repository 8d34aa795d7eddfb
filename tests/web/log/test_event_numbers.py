"""The number of an event is written as every other number is: 5.692, not 5692."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[3] / "templates"

SHOWN = re.compile(
    r">\{\{ [a-z_.]*position \}\}<|(?:[Ss]ự kiện|[Ss]ố) (?:số )?\{\{ \(?[a-z_.]*position[^}|]*\}\}"
)


def test_a_page_shows_no_number_of_an_event_without_its_dots() -> None:
    bare = [
        f"{page.relative_to(TEMPLATES)}: {found}"
        for page in sorted(TEMPLATES.rglob("*.html"))
        for found in SHOWN.findall(page.read_text())
    ]
    assert not bare
