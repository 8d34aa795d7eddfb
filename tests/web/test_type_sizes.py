"""The type of the pages: one face, five sizes."""

import re
from pathlib import Path

import pytest

from cchc_flow import web

STATIC = Path(web.__file__).parent / "static"
SHEETS = sorted((STATIC / "css").glob("*.css"))
SIZES = [f"--type-{number}" for number in range(1, 6)]


def test_there_are_five_sizes_of_type():
    base = (STATIC / "css" / "base.css").read_text()
    assert re.findall(r"^\s*(--type-\w+):", base, re.MULTILINE) == SIZES


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_style_sheet_sets_type_in_one_of_the_five_sizes(sheet):
    declared = re.findall(r"font-size:\s*([^;}]+)|(?<![-\w])font:\s*([^;}]+)", sheet.read_text())
    others = [
        size or font
        for size, font in declared
        if (size or font).strip() != "inherit" and not re.match(r"(\d+ )?var\(--type-[1-5]\)", size or font)
    ]
    assert others == [], "use var(--type-1) … var(--type-5) of base.css"


def test_the_face_is_preloaded_under_the_address_that_the_style_sheet_asks_for(get):
    preloaded = re.search(r'rel="preload" href="/static/(vendor/[^"]+)"', get("hoa", "board").text)
    assert preloaded is not None
    assert f'url("../{preloaded[1]}")' in (STATIC / "css" / "base.css").read_text()
