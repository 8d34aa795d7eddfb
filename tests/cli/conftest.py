"""Run the command line as a terminal does, and look at what it says and how it ends."""

from pathlib import Path

import pytest
from support.terminal import Terminal, open_terminal
from support.world import World


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path / "data"


@pytest.fixture
def world_clock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands go by the clock of the commune, whose days are long past for that of this machine."""
    monkeypatch.setattr("cchc_flow.cli.context.MachineClock", lambda: world.ws.now)


@pytest.fixture
def terminal(data: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Run a command over the data folder."""
    return open_terminal(data, capsys)
