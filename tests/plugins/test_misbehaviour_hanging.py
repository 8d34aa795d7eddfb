"""A plugin that hangs: neither pages nor steps nor other plugins wait for it."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.misbehaving import CLOSED, DRAWN, bad, commune, commune_with_panel, goes_on, read
from support.world import ASSIGN, TASK

from cchc_flow.plugin_host import calling
from cchc_flow.plugin_host.rule_checks import RuleNotAsked


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """What comes at the end of a test: until then, who waits for it hangs."""
    event = threading.Event()
    yield event
    event.set()


@pytest.mark.parametrize("hook", DRAWN)
def test_a_page_does_not_wait_for_a_plugin_that_hangs(
    tmp_path: Path, released: threading.Event, hook: str
) -> None:
    world, site = commune(tmp_path, bad=bad(hook, lambda: released.wait(10)))
    begun = time.monotonic()
    assert "«Lĩnh vực hỏng»" in read(site, DRAWN[hook])
    goes_on(site)
    assert time.monotonic() - begun < 5
    assert world.ws.plugins.timed_out.keys() == {"bad"}


def test_a_page_does_not_wait_a_second_time_for_a_plugin_that_hung_just_now(
    tmp_path: Path, released: threading.Event
) -> None:
    asked = []
    world, site = commune(tmp_path, bad=bad("badges", lambda: (asked.append(1), released.wait(10))))
    for _ in range(3):
        assert "không trả lời" in read(site, f"items/{TASK}")
    assert len(asked) == 1
    world.ws.plugins.timed_out["bad"] -= calling.SKIP_SECONDS
    assert "không trả lời" in read(site, f"items/{TASK}")
    assert len(asked) == 2


@pytest.mark.parametrize("hook", CLOSED)
def test_a_step_does_not_wait_for_a_plugin_that_hangs(
    tmp_path: Path, released: threading.Event, hook: str
) -> None:
    world, _ = commune(tmp_path, bad=bad(hook, lambda: released.wait(10)))
    begun = time.monotonic()
    with pytest.raises(RuleNotAsked, match=r"«Lĩnh vực hỏng» \(không trả lời"):
        world.take("hoa", "assign", **ASSIGN)
    assert time.monotonic() - begun < 5


def test_a_plugin_that_hangs_does_not_keep_those_after_it_from_being_asked(
    tmp_path: Path, released: threading.Event
) -> None:
    hung, later = bad("react", lambda: released.wait(10)), []
    world, _ = commune(tmp_path, bad=hung, later=bad("react", lambda: later.append(1) or []))
    world.take("hoa", "assign", **ASSIGN)
    assert later == [1]


def test_a_template_that_never_ends_is_given_up_and_the_rest_is_drawn(
    tmp_path: Path, released: threading.Event
) -> None:
    site = commune_with_panel(tmp_path, "{{ wait() }}", wait=released.wait)
    told = read(site, "areas/bad")
    assert "Không vẽ được phần riêng của lĩnh vực «Lĩnh vực hỏng»: không trả lời trong 0.8 giây" in told
    goes_on(site)
