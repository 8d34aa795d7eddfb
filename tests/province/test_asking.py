"""Communes are asked one after the other in bounded time, and each one's trouble is its own."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from cchc_flow.errors import LogBroken, NotAllowed, Refusal
from cchc_flow.projections.province import ListedCommune
from cchc_flow.province.asking import Hearing, ask_communes

COMMUNES = [ListedCommune(name, name, f"xã {name}", "commune", founding=True) for name in "abcd"]


@contextmanager
def borrow(name: str) -> Iterator[Any]:
    yield SimpleNamespace(name=name)


def hear(ask: Any, seconds: float = 5.0, **options: Any) -> Hearing[str]:
    return ask_communes(COMMUNES, borrow, ask, seconds=seconds, **options)


def test_every_commune_answers_in_order() -> None:
    heard = hear(lambda ws: ws.name.upper())
    assert [one.value for one in heard.heard] == ["A", "B", "C", "D"]
    assert (heard.outside, heard.unreached) == ((), ())


def test_the_trouble_of_one_is_named_and_stops_no_other() -> None:
    def ask(ws: Any) -> str:
        if ws.name == "b":
            raise LogBroken("Nhật ký bị sửa.")
        if ws.name == "c":
            raise ZeroDivisionError
        return str(ws.name)

    heard = hear(ask).heard
    assert [one.value for one in heard] == ["a", None, None, "d"]
    assert heard[1].trouble == "Nhật ký bị sửa."
    assert "ZeroDivisionError" in heard[2].trouble


def test_a_commune_that_the_province_may_not_read_is_told_apart() -> None:
    def ask(ws: Any) -> str:
        if ws.name == "a":
            raise NotAllowed("không")
        return str(ws.name)

    assert hear(ask).outside == (COMMUNES[0],)


def test_what_is_not_reached_in_time_is_named_and_the_walk_ends_with_the_commune_that_it_is_in() -> None:
    release, asked = threading.Event(), list[str]()

    def ask(ws: Any) -> str:
        asked.append(ws.name)
        if ws.name == "b":
            release.wait(5)
        return str(ws.name)

    turns = threading.BoundedSemaphore(1)
    begin = time.monotonic()
    heard = hear(ask, 0.2, turns=turns)
    assert time.monotonic() - begin < 2
    assert [one.value for one in heard.heard] == ["a"]
    assert [one.workspace for one in heard.unreached] == ["b", "c", "d"]
    with pytest.raises(Refusal):
        hear(ask, 0.1, turns=turns)
    release.set()
    assert turns.acquire(timeout=5)
    assert asked == ["a", "b"]
