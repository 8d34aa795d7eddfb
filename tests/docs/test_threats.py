"""docs/threats.md promises nothing that no test holds."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", DOCUMENT)))
LINES = [
    line
    for line in DOCUMENT.splitlines()
    if line.startswith("|") and not line.startswith(("|---", "| what ", "| file "))
]


def test_every_named_test_exists() -> None:
    missing = [
        f"{file}::{test}"
        for file, test in NAMED
        if not re.search(rf"^\s*def {test}\(", _text(file), re.MULTILINE)
    ]
    assert NAMED and missing == []


def test_every_line_of_a_table_names_a_test() -> None:
    assert LINES and [line for line in LINES if "`tests/" not in line.rsplit(" | ", 1)[1]] == []


def test_every_table_of_the_log_and_every_column_of_its_events_is_spoken_of() -> None:
    columns = ("position", "stream", "version", "type", "recordedtime", "actor", "seal", "leaf", "body")
    words = (*columns, "nodes", "commits", "contents", "sqlite_master", "command_digest")
    assert [word for word in words if f"`{word}`" not in DOCUMENT.replace("commits.", "`commits`, `")] == []


def _text(file: str) -> str:
    path = ROOT / file
    return path.read_text(encoding="utf-8") if path.is_file() else ""
