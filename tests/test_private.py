"""Files that are made once, for their owner only."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cchc_flow.private import made_once


def test_of_many_who_ask_at_once_all_get_the_same(tmp_path: Path) -> None:
    together, numbers = threading.Barrier(8), itertools.count()

    def ask(_: int) -> bytes:
        together.wait()
        return made_once(tmp_path / "private" / "key", lambda: b"%d" % next(numbers))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
    assert [path.name for path in (tmp_path / "private").iterdir()] == ["key"]


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    made_once(tmp_path / "private" / "key", lambda: b"x")
    modes = [
        oct(path.stat().st_mode & 0o777) for path in (tmp_path / "private", tmp_path / "private" / "key")
    ]
    assert modes == ["0o700", "0o600"]


def test_a_making_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        made_once(tmp_path / "key", fail)
    assert list(tmp_path.iterdir()) == []
    assert made_once(tmp_path / "key", lambda: b"x") == b"x"
