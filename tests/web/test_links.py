"""The addresses to which pages lead."""

import re

import pytest

EMPTY = re.compile(r'(?:href|hx-get|action)="[^"]*[?;]\w+=(?:&amp;[^"]*)?"')


@pytest.mark.parametrize(
    "path",
    [
        "board?area=1&lanes=unit",
        "board?as_of=2026-03-02",
        "calendar?unit=phong-kinh-te",
        "items?unit=phong-kinh-te",
        "overview?as_of=2026-03-01",
        "progress?as_of=2026-03-01",
        "reports?as_of=2026-03-01",
        "work",
    ],
)
def test_no_address_has_a_parameter_without_a_value(get, path):
    page = get("hoa", path)
    assert page.status_code == 200
    assert EMPTY.findall(page.text) == []
