"""A terminal at which commands are typed, and what they said."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from cchc_flow.cli import run


class Said(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Terminal = Callable[..., Said]


def open_terminal(data: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """Return what runs a command over a data folder."""

    def type_in(*words: str | Path) -> Said:
        capsys.readouterr()
        code = run(["--data", str(data), *map(str, words)])
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return type_in
