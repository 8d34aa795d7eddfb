"""The data folder that an older program left, and its workspace opened with all areas."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cchc_flow import commands
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.workspace import Workspace

FIXTURE = Path(__file__).parents[1] / "fixtures" / "data_2ee1401"
NAME = "test-material"
NOW = datetime(2026, 3, 16, 2, 0, tzinfo=UTC)
"""The Monday after the last event."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the folder."""
    return shutil.copytree(FIXTURE / "data", tmp_path / "data")


@pytest.fixture
def ws(data: Path) -> Iterator[Workspace]:
    """The workspace of the copy."""
    opened = commands.open_workspace(data, NAME, lambda: NOW, load_plugins())
    yield opened
    opened.close()
