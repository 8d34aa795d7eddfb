"""What the documentation says, taken apart."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUNNABLE = re.compile(r"<!-- runnable: (?P<name>\S+) -->\n```\w+\n(?P<code>.*?)```", re.DOTALL)


@pytest.fixture(scope="session")
def programs() -> dict[str, str]:
    """The code blocks that the documents mark as runnable, by the name that they give them."""
    text = "".join(path.read_text() for path in documents())
    return {found["name"]: found["code"] for found in RUNNABLE.finditer(text)}


def documents() -> list[Path]:
    return [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
