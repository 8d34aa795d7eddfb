"""Files that are there whole or not at all, for their owner only."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cchc_flow.files import read_or_create, write_atomically


def test_of_many_who_ask_at_once_all_get_the_same(tmp_path: Path) -> None:
    together, numbers = threading.Barrier(8), itertools.count()

    def ask(_: int) -> bytes:
        together.wait()
        return read_or_create(tmp_path / "private" / "key", lambda: b"%d" % next(numbers))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1
    assert [path.name for path in (tmp_path / "private").iterdir()] == ["key"]


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    read_or_create(tmp_path / "private" / "key", lambda: b"x")
    modes = [
        oct(path.stat().st_mode & 0o777) for path in (tmp_path / "private", tmp_path / "private" / "key")
    ]
    assert modes == ["0o700", "0o600"]


def test_a_reader_meets_the_old_content_or_the_new_one(tmp_path: Path) -> None:
    path, contents = tmp_path / "mark", {b"1" * 4000, b"2" * 4000}
    write_atomically(path, b"1" * 4000)

    def write(number: int) -> None:
        for _ in range(50):
            write_atomically(path, b"%d" % number * 4000)

    with ThreadPoolExecutor(2) as pool:
        writers = [pool.submit(write, number) for number in (1, 2)]
        read = {path.read_bytes()}
        while not all(writer.done() for writer in writers):
            read.add(path.read_bytes())
    assert [writer.result() for writer in writers] == [None, None]
    assert read <= contents
    assert [file.name for file in tmp_path.iterdir()] == ["mark"]


def test_a_making_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        read_or_create(tmp_path / "key", fail)
    assert list(tmp_path.iterdir()) == []
    assert read_or_create(tmp_path / "key", lambda: b"x") == b"x"
