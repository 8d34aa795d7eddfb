"""Run the command line as a terminal does, and look at what it says and how it ends."""

from pathlib import Path

import pytest
from support.terminal import Said, Terminal

from cchc_flow.cli import run


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An empty data folder."""
    return tmp_path / "data"


@pytest.fixture
def terminal(data: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Run a command over the data folder."""

    def type_in(*words: str | Path) -> Said:
        capsys.readouterr()
        code = run(["--data", str(data), *map(str, words)])
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return type_in
