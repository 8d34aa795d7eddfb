"""The operator's list of what lies in the folders has every file that a commune's work makes."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from support.visitors import Site
from support.world import World

from cchc_flow import demo
from cchc_flow.clock import now
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.web.daily import DailyRound

TEXT = (Path(__file__).parents[2] / "docs" / "operating.md").read_text()
SECTION = TEXT.partition("\n## What lies in the folders\n")[2].partition("\n## ")[0]
ROWS = [line.strip("|").split("|") for line in SECTION.splitlines() if line.startswith("| `")]


def patterns() -> list[str]:
    return [pattern for row in ROWS for pattern in re.findall(r"`([^`]+)`", row[0])]


def unlisted(data: Path, name: str) -> list[str]:
    """Return the files below a data folder that no line of the list is about."""
    paths = [str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()]
    known = [pattern.replace("NAME", name) for pattern in patterns()]
    return [path for path in paths if not any(fnmatchcase(path, pattern) for pattern in known)]


def test_each_file_of_a_commune_at_work_is_listed(world: World) -> None:
    world.submitted()
    Site(world.ws).visitor("hoa").get("/xa-mau/board")
    world.ws.rebuild()
    DailyRound(world.data, world.ws.now).run_due_rounds()
    assert unlisted(world.data, "xa-mau") == []


def test_a_file_that_nobody_listed_would_be_found(world: World) -> None:
    (world.ws.folder / "surprise.bin").touch()
    assert unlisted(world.data, "xa-mau") == ["xa-mau/surprise.bin"]


def test_each_file_of_a_demo_is_listed(tmp_path: Path) -> None:
    demo.demo_workspace(tmp_path, "demo", now, load_plugins()).close()
    assert unlisted(tmp_path, "demo") == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0].strip())
def test_each_line_says_whether_nodes_share_it(row: list[str]) -> None:
    assert len(row) == 3 and re.match(r" (own|shared)\b", row[2])
