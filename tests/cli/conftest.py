"""Run the command line as a terminal does, and look at what it says and how it ends."""

from pathlib import Path

import pytest
from support.terminal import Said, Terminal
from support.world import World

from cchc_flow.cli import run


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

    def type_in(*words: str | Path) -> Said:
        capsys.readouterr()
        code = run(["--data", str(data), *map(str, words)])
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return type_in
